"""Does this PDF belong to this family? The likeliest privacy disaster is family A's file attached to family B."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MAX_PDF_BYTES = 5 << 20


@dataclass(frozen=True)
class Expected:
    """What the text of the PDF must contain. Empty fields are not asked for; `names` must all be found."""

    nik: str = ""
    kk: str = ""
    number: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Everything that was asked for stands in the text."""


@dataclass(frozen=True)
class Mismatch:
    """`differs` lists what is missing or other: nik, kk, number, name, or why the file was not read:
    not_a_pdf, too_large, no_text, unreadable. Never the values themselves."""

    differs: tuple[Literal["nik", "kk", "number", "name", "not_a_pdf", "too_large", "no_text", "unreadable"], ...]


def text_of(pdf: bytes) -> str:
    """The text of all pages, as pdfium reads it; "" when it is no readable PDF."""
    raise NotImplementedError


def matches(pdf: bytes, expected: Expected) -> Match | Mismatch:
    """Compare; robust to case and to the spaces and dots in numbers. With nothing expected it is a Mismatch."""
    raise NotImplementedError
