"""The document says what the cells come to, and which are not executed."""

from __future__ import annotations

import pytest

from drivers.roles import SlipOutcome
from tests.conftest import ROLES
from tests.matrix.__main__ import DOCUMENT
from tests.matrix.cells import RIGS, WITHOUT_RIG, play, table
from tests.matrix.rigs import ticket


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(), "run python -m tests.matrix"


def test_every_role_has_a_rig_or_a_reason() -> None:
    assert set(ROLES) == {role for role in ROLES if role in RIGS} | set(WITHOUT_RIG)


def test_a_driver_that_lies_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ticket._TOLD, SlipOutcome.NO_PAPER, "done")
    with pytest.raises(AssertionError, match="told done, and it did not come out"):
        play("ticket", "paper out", "middle of the act")
