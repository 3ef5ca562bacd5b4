"""What a file is made of: where it ends, what its revisions hold, whether anything in it would act by itself.

Every object of every revision is looked at, also those that nothing refers to any more: an earlier revision is what a
later one may fall back to.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from kiosk.documents import der

MAX_OBJECTS = 60_000
_MAX_DEPTH = 40
_END = re.compile(rb"startxref[\r\n]{1,2}(\d{1,10})[ ]*[\r\n]{1,2}%%EOF(?:\r\n|\r|\n)?\Z")
_HEX = re.compile(rb"<(?:(?:[0-9A-F]{2})+|(?:[0-9a-f]{2})+)>")
_A4_POINTS = (595.28, 841.89)
_A4_TOLERANCE = 3.0

#: Keys that make a file act, carry another file, or fetch one.
_ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/AF", "/RichMediaContent", "/RichMediaSettings"}
)
_ACTIVE_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/GoToR",
        "/GoToE",
        "/GoToDp",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/Hide",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/RichMediaExecute",
        "/SetOCGState",
        "/Trans",
        "/GoTo3DView",
        "/Thread",
        "/Named",
    }
)
_ACTIVE_ANNOTATIONS = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})


@dataclass(frozen=True)
class Signatures:
    """The signatures of a file in the order of their revisions: one of a person, the rest time stamps."""

    person: EmbeddedPdfSignature
    stamps: tuple[EmbeddedPdfSignature, ...]


def ends_well(data: bytes) -> bool:
    """Whether the file begins with its header and ends with its last ``startxref N %%EOF``, nothing after it."""
    end = _END.search(data, max(0, len(data) - 64))
    return data.startswith(b"%PDF-") and end is not None and int(end[1]) < len(data)


def first_revision(data: bytes) -> bytes:
    """The bytes to the end of the first ``%%EOF`` line: what our seals are over."""
    at = data.find(b"%%EOF")
    if at < 0:
        return data
    end = at + len(b"%%EOF")
    for mark in (b"\r\n", b"\n", b"\r"):
        if data.startswith(mark, end):
            return data[: end + len(mark)]
    return data[:end]


def signed_part(data: bytes, signature: EmbeddedPdfSignature) -> bytes | None:
    """The beginning of the file that a signature covers, or None when its byte range is not the one honest shape.

    Honest: from byte 0 to the opening ``<`` of its own hexadecimal contents, and from the closing ``>`` to the end of a
    revision. Anything else (gaps, overlaps, ranges that begin later) hides bytes from the signature.
    """
    numbers = [int(number) for number in cast("generic.ArrayObject", signature.byte_range)]
    if len(numbers) != 4:
        return None
    start, length, second, rest = numbers
    if start != 0 or not 0 < length < second <= second + rest <= len(data):
        return None
    gap = data[length:second]
    if not _HEX.fullmatch(gap) or bytes.fromhex(gap[1:-1].decode()) != signature.pkcs7_content:
        return None
    if not _padded_with_zeros(signature.pkcs7_content):
        return None
    part = data[: second + rest]
    return part if part.rstrip(b"\r\n").endswith(b"%%EOF") else None


def _padded_with_zeros(contents: bytes) -> bool:
    """Whether one DER value stands there and nothing but zeros after it: the signature itself covers none of this."""
    length = der.nested_length(contents)
    return length is not None and not any(contents[length:])


def fault(reader: PdfFileReader, signatures: int, optional_content: bool) -> str:
    """Why the file is refused for what it holds, or "". `signatures` is how many of them its form declares."""
    seen = 0
    signed: set[int] = set()
    for revision in range(reader.xrefs.total_revisions):
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            seen += 1
            if seen > MAX_OBJECTS:
                return "too many objects"
            thing = reader.get_object(reference, revision=revision)
            for part in _parts(thing, 0):
                why = _active(part, optional_content)
                if why:
                    return why
            if isinstance(thing, generic.DictionaryObject) and "/ByteRange" in thing:
                signed.add(reference.idnum)
    return "" if len(signed) == signatures else "a hidden signature"


def page_fault(reader: PdfFileReader, a4: bool, most: int) -> tuple[int, str]:
    """Number of pages, and why they are refused or ""."""
    boxes = list(_boxes(reader.root["/Pages"], None, 0))
    if not 1 <= len(boxes) <= most:
        return len(boxes), "page count"
    if a4 and not all(_is_a4(box) for box in boxes):
        return len(boxes), "not A4"
    return len(boxes), ""


def _parts(thing: object, depth: int) -> Iterator[generic.DictionaryObject]:
    """The dictionaries in a direct object; references lead to objects that are visited on their own."""
    if depth > _MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(thing, generic.DictionaryObject):
        yield thing
        for key in thing:
            yield from _parts(thing.raw_get(key), depth + 1)
    elif isinstance(thing, generic.ArrayObject):
        for index in range(len(thing)):
            yield from _parts(thing.raw_get(index), depth + 1)


def _active(part: generic.DictionaryObject, optional_content: bool) -> str:
    keys = set(part)
    if keys & _ACTIVE_KEYS:
        return "active content"
    if "/OpenAction" in keys and not isinstance(part["/OpenAction"], generic.ArrayObject):
        return "active content"  # a plain destination only says where to begin reading
    if "/S" in keys and part["/S"] in _ACTIVE_ACTIONS:
        return "active content"
    if "/Subtype" in keys and part["/Subtype"] in _ACTIVE_ANNOTATIONS:
        return "active content"
    if isinstance(part, generic.StreamObject) and ("/F" in keys or "/FFilter" in keys):
        return "external stream"
    if "/OCProperties" in keys and not optional_content:
        return "optional content"
    return ""


def _boxes(node: generic.DictionaryObject, inherited: object, depth: int) -> Iterator[object]:
    if depth > _MAX_DEPTH:
        raise ValueError("nested too deeply")
    box = node["/MediaBox"] if "/MediaBox" in node else inherited  # noqa: SIM401 — get() would not resolve it
    if "/Kids" in node:
        kids = node["/Kids"]
        for index in range(len(kids)):  # by index: plain iteration gives unresolved references
            yield from _boxes(kids[index], box, depth + 1)
        return
    yield box if "/UserUnit" not in node else None


def _is_a4(box: object) -> bool:
    if not isinstance(box, generic.ArrayObject) or len(box) != 4:
        return False
    left, low, right, high = (float(edge) for edge in box)
    sides = sorted((right - left, high - low))
    return all(abs(side - wanted) <= _A4_TOLERANCE for side, wanted in zip(sides, _A4_POINTS, strict=True))
