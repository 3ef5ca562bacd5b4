"""Is the sheet under the camera the document that was verified?"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.documents.answers import Codes, NoCodes, SheetMatch
from kiosk.documents.guard import codes_of


def compare_sheet(texts: Iterable[str], document: bytes | Codes | NoCodes) -> SheetMatch:
    """Compare the texts that the camera read with the codes of the verified PDF's own rendering.

    `document`: the verified bytes, or what :func:`codes_of` said of them (worth asking while the printer works: it
    takes about a second). Blocks when given bytes.
    """
    raise NotImplementedError


__all__ = ["codes_of", "compare_sheet"]
