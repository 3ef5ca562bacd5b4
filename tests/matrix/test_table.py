"""The document says what the cells come to, and which are not executed."""

from __future__ import annotations

import pytest

from drivers.roles import SlipOutcome
from tests.conftest import ROLES
from tests.matrix.__main__ import DOCUMENT
from tests.matrix.cells import FAULTS, play, table
from tests.matrix.rigs import ticket
from tests.matrix.rigs.base import STATES


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(), "run python -m tests.matrix"


def test_nine_cells_of_ten_are_executed() -> None:
    """Of all six roles; what the document has in a cell was played, see above, and says what came of it."""
    outcomes = ("done", "not done", "not known", "nobody was told", "untouched")
    executed, role = set[tuple[str, str, int]](), ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        role = line.removeprefix("## ") if line.startswith("## ") else role
        fault, *cells = [cell.strip() for cell in line.split("|")[1:-1]] or [""]
        executed |= {(role, fault, at) for at, cell in enumerate(cells) if cell.startswith(outcomes)}
    wanted = {(role, fault, at) for role in ROLES for fault in FAULTS for at in range(len(STATES))}
    assert len(wanted & executed) >= 0.9 * len(wanted), f"{len(wanted & executed)} of {len(wanted)}"


def test_a_driver_that_lies_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ticket._TOLD, SlipOutcome.NO_PAPER, "done")
    with pytest.raises(AssertionError, match="told done, and it did not come out"):
        play("ticket", "paper out", "middle of the act")
