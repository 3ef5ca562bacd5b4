"""Does this PDF belong to this family? The likeliest privacy disaster is family A's file attached to family B."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import Literal

import pypdfium2

MAX_PDF_BYTES = 5 << 20
_MAX_PAGES = 20
_MAX_CHARACTERS = 200_000
#: pdfium may be used by one thread at a time.
_PDFIUM = threading.Lock()

Difference = Literal["nik", "kk", "number", "name", "not_a_pdf", "too_large", "no_text", "unreadable"]


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
    """`differs` lists what is missing or other (nik, kk, number, name), or why the file was not read.

    Never the values themselves.
    """

    differs: tuple[Difference, ...]


def text_of(pdf: bytes) -> str:
    """The text of all pages, as pdfium reads it; "" when it is no readable PDF or too large."""
    found = _text(pdf)
    return found if isinstance(found, str) else ""


def matches(pdf: bytes, expected: Expected) -> Match | Mismatch:
    """Compare; robust to case, accents, line breaks and the spaces or dots in numbers.

    Numbers are compared as whole runs of digits, so that one cannot hide inside another. With nothing expected nothing
    can match: the answer is a Mismatch that names everything.
    """
    if not (expected.nik or expected.kk or expected.number or expected.names):
        return Mismatch(("nik", "kk", "number", "name"))
    text = _text(pdf)
    if isinstance(text, Mismatch):
        return text
    differs: list[Difference] = []
    if expected.nik and not _has_digits(text, expected.nik):
        differs.append("nik")
    if expected.kk and not _has_digits(text, expected.kk):
        differs.append("kk")
    if expected.number and not _has_number(text, expected.number):
        differs.append("number")
    words = f" {_letters(text)} "
    if any(f" {_letters(name)} " not in words for name in expected.names):
        differs.append("name")
    return Mismatch(tuple(differs)) if differs else Match()


def _text(pdf: bytes) -> str | Mismatch:
    if len(pdf) > MAX_PDF_BYTES:
        return Mismatch(("too_large",))
    if not pdf.startswith(b"%PDF-"):
        return Mismatch(("not_a_pdf",))
    with _PDFIUM:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                if not 1 <= len(document) <= _MAX_PAGES:
                    return Mismatch(("unreadable",))
                text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        except pypdfium2.PdfiumError:
            return Mismatch(("unreadable",))
    if len(text) > _MAX_CHARACTERS:
        return Mismatch(("too_large",))
    return text if text.strip() else Mismatch(("no_text",))


def _has_digits(text: str, number: str) -> bool:
    """Whether a run of digits, perhaps grouped by spaces, dots or dashes, is exactly this number."""
    wanted = re.sub(r"[ .\-]", "", number)
    if not re.fullmatch(r"[0-9]{16}", wanted):  # NIK and KK have sixteen; a shorter one would be found anywhere
        return False
    spelled = r"[ .\-\u00a0\u2009]?".join(wanted)
    return re.search(rf"(?<!\d){spelled}(?!\d)", text) is not None


def _has_number(text: str, number: str) -> bool:
    """Whether a document's number stands in the text, whatever spaces a line break or a kerning pair put into it."""
    spelled = r"\s*".join(re.escape(sign) for sign in re.sub(r"\s", "", number.upper()))
    return re.search(rf"(?<![0-9A-Z]){spelled}(?![0-9A-Z])", text.upper()) is not None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['’`ʼ]", "", plain)
    return " ".join(re.findall(r"[^\W_]+", plain))
