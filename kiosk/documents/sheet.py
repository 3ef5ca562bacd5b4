"""Is the sheet under the camera the document that was verified?

Works for any issuer: the text of the code in the verified PDF's own rendering must be the text that the camera read.
What the PDF's signature proved then holds for the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.documents.answers import Codes, NoCodes, SheetMatch
from kiosk.documents.guard import codes_of


def compare_sheet(texts: Iterable[str], document: bytes | Codes | NoCodes) -> SheetMatch:
    """Compare the texts that the camera read with the codes of the verified PDF's own rendering.

    `document`: the verified bytes, or what :func:`codes_of` said of them (worth asking while the printer works: it
    takes about a second). Blocks when given bytes. One code of the document is enough for a match; only other codes
    mean another sheet. Nothing read, codes of both, or renderers that disagree: nothing can be compared.
    """
    codes = codes_of(document) if isinstance(document, bytes) else document
    seen = set(texts)
    if isinstance(codes, NoCodes) or not seen:
        return SheetMatch.CANNOT_COMPARE
    own = seen & set(codes.texts)
    if own and own != seen:
        return SheetMatch.CANNOT_COMPARE
    return SheetMatch.MATCH if own else SheetMatch.DIFFERS


__all__ = ["codes_of", "compare_sheet"]
