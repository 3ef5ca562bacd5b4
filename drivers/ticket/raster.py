"""A slip as ESC/POS bytes: one picture in bands, a feed, a cut. python-escpos writes them.

A picture, because the code pages and fonts of cheap printers differ and a picture does not; in bands, because a printer
with a buffer of a few kilobytes would choke on one long command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from escpos.printer import Dummy
from PIL import Image

from drivers.ticket.answers import STAY_QUIET

#: Rows of dots in a band: 64 x 72 bytes at 576 dots fit a buffer of 8 kB with room.
BAND = 64
#: Lines fed so that the last printed row passes the knife (about 12 mm above the head).
FEED_LINES = 4
#: python-escpos only wants to know how wide the head is.
_PROFILES = {576: "TM-T20II", 384: "POS-5890"}


def bands(slip: Image.Image, dots: int) -> Iterator[bytes]:
    """The slip's bytes in the pieces in which they are sent.

    Raises ValueError when it is not a 1-bit picture or wider than the head.
    """
    if slip.mode != "1" or slip.width > dots:
        raise ValueError(f"a slip is a 1-bit picture at most {dots} dots wide")
    profile = _PROFILES.get(dots)
    if profile is None:
        raise ValueError("heads are 576 or 384 dots wide")

    def written(write: Callable[[Dummy], object]) -> bytes:
        printer = Dummy(profile=profile)
        write(printer)
        return bytes(printer.output)

    # after the reset, which may have switched it on again: a printer that talks unasked is asked not to
    yield written(lambda printer: printer.hw("INIT")) + STAY_QUIET
    for top in range(0, slip.height, BAND):
        band = slip.crop((0, top, slip.width, min(top + BAND, slip.height)))
        # python-escpos takes any picture; for a 1-bit one it only turns white and black round, as GS v 0 wants it
        yield written(partial(Dummy.image, img_source=band, impl="bitImageRaster"))
    yield written(lambda printer: printer.print_and_feed(FEED_LINES))
    yield written(lambda printer: printer.cut(mode="PART", feed=False))
