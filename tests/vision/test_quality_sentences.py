"""Whatever is found, there is one plain sentence for it."""

from __future__ import annotations

import pytest

from kiosk.journeys.capture import REMARKS, STRIPS
from kiosk.vision import Hint


@pytest.mark.parametrize("hint", Hint)
def test_every_hint_has_a_sentence(hint: Hint) -> None:
    assert STRIPS[hint.value]


@pytest.mark.parametrize("said", [*STRIPS.values(), *REMARKS.values()])
def test_sentences_are_short_calm_and_blame_nobody(said: str) -> None:
    assert len(said) <= 68
    assert "!" not in said
    assert said[0].isupper()
    assert not {"salah", "gagal", "error", "blur", "scan"} & set(
        said.lower().replace(".", " ").replace(",", " ").split()
    )


def test_remarks_are_about_hints() -> None:
    assert set(REMARKS) <= {hint.value for hint in Hint}
