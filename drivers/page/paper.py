"""Whether bytes are a document that an A4 printer can be given. Asked before anything is sent.

A bounded look at the structure, no judgement of the contents: whoever prints files of strangers has those judged
elsewhere first. No page is drawn.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import pypdfium2
from pypdfium2 import raw

from drivers.roles import NotPrintable

#: Bytes and pages of the largest document that is looked at.
MOST_BYTES, MOST_PAGES = 50 << 20, 200
#: A4 (ISO 216) and what a page may differ from it, in millimetres; points in a millimetre (ISO 32000-1, 8.3.2.3).
A4_MM, TOLERANCE_MM, POINTS = (210.0, 297.0), 2.0, 72 / 25.4


def refused(pdf: bytes) -> NotPrintable | None:
    """Why these bytes cannot be printed, or None: not-a-pdf (or none with a page), encrypted, not-a4, too-large."""
    if len(pdf) > MOST_BYTES:
        return NotPrintable("too-large")
    if b"%PDF-" not in pdf[:1024]:  # else pdfium would look for a beginning all through the file
        return NotPrintable("not-a-pdf")
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as broken:
        encrypted = broken.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return NotPrintable("encrypted" if encrypted else "not-a-pdf")
    try:
        return _refused(document)
    except pypdfium2.PdfiumError:
        return NotPrintable("not-a-pdf")  # a page that is announced and not there
    finally:
        document.close()


def pages(pdf: bytes) -> int:
    """The pages of a document that was not refused, each of which is a sheet."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _refused(document: pypdfium2.PdfDocument) -> NotPrintable | None:
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        return NotPrintable("encrypted")  # opens without a password, but printers do not all know how
    pages = len(document)
    if pages > MOST_PAGES:
        return NotPrintable("too-large")
    sizes = (document.get_page_size(page) for page in range(pages))
    return None if all(_is_a4(*size) for size in sizes) else NotPrintable("not-a4")


def _is_a4(width: float, height: float) -> bool:
    """Width and height in points, upright or lying."""
    sides = zip(sorted((width, height)), A4_MM, strict=True)
    return all(abs(side / POINTS - wanted) <= TOLERANCE_MM for side, wanted in sides)
