"""Pages as pictures, by pdfium with its forms initialised: a code that sits in a widget is otherwise not drawn."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pypdfium2

_COMPARE_DPI = 72
_MAX_SIDE_PIXELS = 6000


def pages(data: bytes, dpi: int) -> Iterator[tuple[int, int, bytes]]:
    """(width, height, grey bytes row by row) of every page. Raises pypdfium2.PdfiumError or ValueError."""
    document = pypdfium2.PdfDocument(data)
    try:
        document.init_forms()
        for page in document:
            width, height = page.get_size()
            if max(width, height) * dpi / 72 > _MAX_SIDE_PIXELS:
                raise ValueError("a page is too large")
            bitmap = page.render(scale=cast("int", dpi / 72), grayscale=True, may_draw_forms=True)
            row, wide = bitmap.stride, bitmap.width
            grey = bytes(bitmap.buffer)
            yield wide, bitmap.height, b"".join(grey[y * row : y * row + wide] for y in range(bitmap.height))
    finally:
        document.close()


def same_pages(first: bytes, second: bytes) -> bool:
    """Whether two files show exactly the same pages."""
    return list(pages(first, _COMPARE_DPI)) == list(pages(second, _COMPARE_DPI))
