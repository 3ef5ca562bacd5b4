"""A paper that somebody brought is checked: pictures 12 to 13b."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckPrompt:
    """12 before the verdict: show the paper's QR to the camera or the reader."""

    strip: str
    corners: tuple[tuple[float, float], ...] = ()
    error: str = ""
    busy: bool = False


@dataclass(frozen=True)
class VerdictPage:
    """12, 12b, 12c, 12d, 13, 13b."""

    verdict: str
    heading: str
    sentence: str
    facts_heading: str
    facts: tuple[tuple[str, str], ...]
    advice: str
    list_line: str
    list_old: bool = False
    look_up: str = ""
    contact: str = ""  # where to ask the office, where the verdict asks for it
