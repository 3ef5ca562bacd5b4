"""Put the QR seal into the page's content, as an increment after revision 0.

Into the content, not into a signature's widget: a renderer without forms would leave the widget out, and the sheet
would come out of the printer without its seal. Modules are 1.2 pt, whole dots of every common printer (10 at 600 dpi,
5 at 300), on a grid counted from the sheet's upper left corner, where rasterisers begin.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from kiosk.formats import seal

#: Points. 69 modules of a version 13 are 29.2 mm.
MODULE = 1.2
#: Free modules around the code, as the QR standard asks.
QUIET = 4
#: Millimetres from the sheet's right and lower edge to the code's own edge.
RIGHT_MM, BOTTOM_MM = 22.6, 28.0
_MM = 72 / 25.4
_HAIR = 0.002  # points; a sixtieth of a dot at 600 dpi


def stamp(rev0: bytes, text: str) -> bytes:
    """Revision 0 and one increment that draws the code on the first page. Raises ValueError if it is too big."""
    code = seal.qr(text)
    if not isinstance(code.version, int) or code.version > seal.MAX_VERSION:
        raise ValueError("the seal does not fit its corner")
    writer = IncrementalPdfFileWriter(BytesIO(rev0))
    page = writer.root["/Pages"]["/Kids"][0]
    _, _, width, height = (float(edge) for edge in page["/MediaBox"])
    matrix = [bytes(row) for row in code.matrix]
    # the page's own content may leave its coordinates turned or scaled
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"q\n")), prepend=True)
    drawing = _drawing(matrix, width, height)
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=drawing)))
    out = BytesIO()
    writer.write(out)
    stamped = out.getvalue()
    if not stamped.startswith(rev0):
        raise ValueError("the increment changed what it should follow")
    return stamped


def _drawing(matrix: list[bytes], width: float, height: float) -> bytes:
    side = len(matrix) * MODULE
    left = _on_grid(width - RIGHT_MM * _MM - side)
    top = _on_grid(height - BOTTOM_MM * _MM - side)  # from the upper edge
    quiet = QUIET * MODULE
    lines = [
        "",  # the content before may end without a line break
        "Q",
        "q",
        "1 g",
        _rectangle(left - quiet, height - top - side - quiet, side + 2 * quiet, side + 2 * quiet),
        "f",
        "0 g",
    ]
    for number, row in enumerate(matrix):
        y = height - top - (number + 1) * MODULE
        lines += [_rectangle(left + start * MODULE, y, count * MODULE, MODULE) for start, count in _runs(row)]
    return "\n".join([*lines, "f", "Q", ""]).encode()


def _runs(row: bytes) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules: one rectangle each, so that no seam shows between modules."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs


def _on_grid(points: float) -> float:
    return round(points / MODULE) * MODULE


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    """A hair smaller than asked: an edge that lies exactly between two dots is rounded on to the next one by some."""
    return f"{x + _HAIR:.4f} {y + _HAIR:.4f} {width - 2 * _HAIR:.4f} {height - 2 * _HAIR:.4f} re"
