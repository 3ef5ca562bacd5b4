"""Picture frozen, in every state of every role."""

from __future__ import annotations

import pytest

from tests.matrix.cells import RIGS, play
from tests.matrix.rigs.base import STATES


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RIGS)
def test_it(role: str, state: str) -> None:
    play(role, "picture frozen", state)
