"""A4 with marks at known places and a code, to measure what a printer was sent."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from PIL import Image

POINTS = 72 / 25.4
#: Side of a mark, and its centres from the upright sheet's upper left corner: four corners and the middle; all in mm.
SIDE = 6.0
PLACES = ((15.0, 15.0), (195.0, 15.0), (15.0, 282.0), (195.0, 282.0), (105.0, 148.5))
#: Where the code's own upper left corner lies, and the side of its modules, in mm; no mark is near.
CODE_AT, MODULE = (60.0, 190.0), 0.5
#: Ink farther than this from where a mark should be is not looked for, in mm.
AROUND = 5.0


@dataclass(frozen=True)
class Mark:
    """A mark as it was found: centre and sides in mm from the sheet's upper left corner."""

    x: float
    y: float
    width: float
    height: float


def chart(text: str, *, lying: bool = False) -> bytes:
    """A PDF of one page, the marks and a QR code with `text`, drawn as shapes; or the same on a lying page.

    The lying page is the upright one turned by a quarter to the left, so turned back it is the same sheet.
    """
    boxes = [(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE) for x, y in PLACES]
    for row, line in enumerate(segno.make(text, error="m", boost_error=False).matrix):
        boxes += [
            (CODE_AT[0] + column * MODULE, CODE_AT[1] + row * MODULE, MODULE, MODULE)
            for column, dark in enumerate(line)
            if dark
        ]
    drawn = "\n".join(
        f"{x * POINTS:.3f} {(297 - y - height) * POINTS:.3f} {width * POINTS:.3f} {height * POINTS:.3f} re f"
        for x, y, width, height in boxes
    )
    wide, high = (297, 210) if lying else (210, 297)
    turned = f"0 1 -1 0 {297 * POINTS:.3f} 0 cm\n" if lying else ""
    return _document(wide * POINTS, high * POINTS, (turned + drawn).encode())


def _document(width: float, height: float, content: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> /MediaBox [0 0 %.2f %.2f] >>" % (width, height),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


def marks(sheet: Image.Image, dpi: tuple[int, int]) -> list[Mark]:
    """The marks on an upright sheet, in the order of PLACES. AssertionError where one is not."""
    ink = sheet.convert("L").point([255 if dot < 128 else 0 for dot in range(256)])
    across, down = (each / 25.4 for each in dpi)
    found: list[Mark] = []
    for x, y in PLACES:
        half = SIDE / 2 + AROUND
        left, top = round((x - half) * across), round((y - half) * down)
        box = ink.crop((left, top, round((x + half) * across), round((y + half) * down))).getbbox()
        assert box is not None, f"no ink around {x}, {y} mm"
        found.append(
            Mark(
                (left + (box[0] + box[2]) / 2) / across,
                (top + (box[1] + box[3]) / 2) / down,
                (box[2] - box[0]) / across,
                (box[3] - box[1]) / down,
            )
        )
    return found
