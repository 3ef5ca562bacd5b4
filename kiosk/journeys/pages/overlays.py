"""Sheets that lie over any page: pictures 15, 24 and 25."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class IdleWarning:
    """15. Over any page; what lies behind is not legible."""

    seconds: int


@dataclass(frozen=True)
class HelpSheet:
    """24. `state`: called, coming, not_coming, away."""

    state: Literal["called", "coming", "not_coming", "away"]
    waited: int = 0


@dataclass(frozen=True)
class DisplaySheet:
    """Tampilan: text size, contrast, less motion."""


Overlay = IdleWarning | HelpSheet | DisplaySheet
