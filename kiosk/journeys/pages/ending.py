"""How a visit ends: the survey and thanks, pictures 14 to 14c."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SurveyQuestion:
    """14. `faces` are the four words from 1 to 4."""

    key: str
    index: int
    total: int
    heading: str
    faces: tuple[str, str, str, str]
    chosen: int = 0
    skip_label: str = "Lewati"


@dataclass(frozen=True)
class SurveyAbout:
    """14b. Four optional facts: name, heading, options as value and label."""

    groups: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    chosen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Thanks:
    """The end of a visit, with what happens next."""

    heading: str
    sentence: str
    offer_complaint: bool = False
    offer_survey: bool = False
