"""What one turn of a loop came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Turn(Enum):
    """What a loop does next."""

    WORKED = "worked"  # there may be more: go on at once
    IDLE = "idle"  # nothing to do now
    FAILED = "failed"  # no answer from the centre, or it does not know this device: wait, longer each time


@dataclass(frozen=True)
class Result:
    """The turn, why it failed, and how long an idle loop may rest (seconds; None for the loop's own measure)."""

    turn: Turn
    why: str = ""
    rest: float | None = None


WORKED = Result(Turn.WORKED)
IDLE = Result(Turn.IDLE)


def failed(why: str) -> Result:
    """The centre could not be reached, or would not talk to us."""
    return Result(Turn.FAILED, why)
