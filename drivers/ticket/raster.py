"""A slip as ESC/POS bytes: one picture in bands, and a cut. python-escpos writes all but the picture.

A picture, because the code pages and fonts of cheap printers differ and a picture does not; in bands, because a printer
with a buffer of a few kilobytes would choke on one long command.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from escpos.printer import Dummy
from PIL import Image, ImageChops

from drivers.ticket.answers import STAY_QUIET
from drivers.ticket.heads import head_of
from drivers.ticket.models import Knife, usual
from drivers.ticket.realtime import without_commands

#: Rows of dots in a band: 64 x 72 bytes at 576 dots fit a buffer of 8 kB with room.
BAND = 64
#: Lines fed where the cut does not do it, so that the last row passes knife or edge, 8 to 17 mm above the head.
FEED_LINES = 4


def bands(slip: Image.Image, dots: int, knife: Knife | None = None) -> Iterator[bytes]:
    """The slip's bytes in the pieces in which they are sent; cut off as most printers with so many dots do it.

    Raises ValueError, before any bytes, when it is no slip for the head that is `dots` wide (see drivers.ticket.heads).
    """
    head_of(dots).check(slip)
    return _written(slip, usual(dots).knife if knife is None else knife)


def tear(knife: Knife) -> bytes:
    """What moves the paper on to the knife or the edge, and cuts."""
    return b"".join(_end(knife))


def _written(slip: Image.Image, knife: Knife) -> Iterator[bytes]:
    # after the reset, which may have switched it on again: a printer that talks unasked is asked not to
    yield _by_escpos(lambda printer: printer.hw("INIT")) + STAY_QUIET
    for top in range(0, slip.height, BAND):
        band = slip.crop((0, top, slip.width, min(top + BAND, slip.height)))
        yield _picture(band)
    yield from _end(knife)


def _end(knife: Knife) -> Iterator[bytes]:
    if knife is not Knife.FEEDS:
        yield _by_escpos(lambda printer: printer.print_and_feed(FEED_LINES))
    if knife is not Knife.ABSENT:
        yield _by_escpos(lambda printer: printer.cut(mode="PART", feed=False))


def _by_escpos(write: Callable[[Dummy], object]) -> bytes:
    printer = Dummy()
    write(printer)
    return bytes(printer.output)


def _picture(band: Image.Image) -> bytes:
    # GS v 0: bytes in a row, rows, a bit each, 1 is black. python-escpos would want a profile that knows the head
    width = (band.width + 7) // 8
    dots = without_commands(ImageChops.invert(band).tobytes())
    return b"\x1dv0\0" + struct.pack("<HH", width, band.height) + dots
