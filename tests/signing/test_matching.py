"""Family A's file never passes for family B's."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from central.signing import MAX_PDF_BYTES, Expected, Issued, Match, Mismatch, matches, text_of
from tests.signing.conftest import AKTA, CARD


@pytest.mark.parametrize(
    "expected",
    [
        Expected(nik=AKTA.nik, kk=AKTA.kk, names=(AKTA.holder, "SITI AMINAH")),
        Expected(nik="7315 9950 1126 0001"),
        Expected(nik="7315.9950.1126.0001"),
        Expected(names=("andi cahaya   ramadhani",)),
        Expected(names=("Siti  Aminah", "Andi Baso Mappangara")),
    ],
)
def test_the_right_family(akta: Issued, expected: Expected) -> None:
    assert matches(akta.pdf, expected) == Match()


def test_its_own_number(akta: Issued, card: Issued) -> None:
    assert matches(akta.pdf, Expected(number=akta.number)) == Match()
    assert matches(akta.pdf, Expected(number=akta.number.lower().replace("-", " - "))) == Match()
    assert matches(card.pdf, Expected(number=CARD.kk, kk=CARD.kk, nik="7315995512920002")) == Match()


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        (Expected(nik="7315995011260002"), ("nik",)),
        (Expected(nik=AKTA.nik[:-1]), ("nik",)),  # a part of a number is another number
        (Expected(nik=AKTA.nik + "1"), ("nik",)),
        (Expected(nik=AKTA.nik[1:]), ("nik",)),
        (Expected(kk="7315990101200002"), ("kk",)),
        (Expected(number="7315-LU-24112026-9999"), ("number",)),
        (Expected(number="7315-LU-24112026-000"), ("number",)),
        (Expected(names=("ANDI CAHAYA",)), ()),
        (Expected(names=("ANDI CAHAY",)), ("name",)),
        (Expected(names=("ANDI CAHAYA RAMADHANI", "BUDI")), ("name",)),
        (Expected(nik="7315995011260002", kk="1", names=("X",)), ("nik", "kk", "name")),
        (Expected(), ("nik", "kk", "number", "name")),
    ],
)
def test_another_family(akta: Issued, expected: Expected, differs: tuple[str, ...]) -> None:
    found = matches(akta.pdf, expected)
    assert found == (Mismatch(differs) if differs else Match())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not_a_pdf"),
        (b"hello", "not_a_pdf"),
        (b"%PDF-1.7\nnothing", "unreadable"),
        (b"%PDF-1.7\n" + bytes(MAX_PDF_BYTES), "too_large"),
    ],
)
def test_what_is_no_document(data: bytes, why: str) -> None:
    assert matches(data, Expected(nik=AKTA.nik)) == Mismatch((why,))  # type: ignore[arg-type]
    assert text_of(data) == ""


def test_the_text_is_real_text(akta: Issued) -> None:
    text = text_of(akta.pdf)
    for part in (AKTA.holder, AKTA.nik, AKTA.kk, akta.number, "SITI AMINAH", "Selasa, 10 November 2026"):
        assert part in text


def test_a_page_of_pictures_has_no_text() -> None:
    picture = io.BytesIO()
    Image.new("L", (100, 100), 255).save(picture, "PDF")
    assert matches(picture.getvalue(), Expected(names=("SITI",))) == Mismatch(("no_text",))
