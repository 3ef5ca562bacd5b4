"""The code on a ticket reads from what the printer's head is told, not only from the picture before it became bytes.

The bytes are read by a decoder of its own, written here from Epson's ESC/POS command reference (ESC @, ESC d, GS a,
GS V 66, GS v 0): the virtual printer could share a mistake with the driver, this one cannot.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from drivers.ticket.heads import Head
from drivers.ticket.raster import bands
from kiosk.tickets import slip
from tests.tickets.papers import HEAD_IDS, HEADS, TICKET

#: Commands that burn nothing: their first bytes, and how many bytes of arguments follow (GS V 66 n feeds, then cuts).
FIXED = {b"\x1b@": 0, b"\x1bd": 1, b"\x1da": 1, b"\x1dV": 2}
Dots = npt.NDArray[np.uint8]


def burnt(data: bytes) -> Dots:
    """What GS v 0 commands burn, one below the other; 0 is black, 255 is paper. AssertionError at any other byte."""
    at, pictures = 0, list[Dots]()
    while at < len(data):
        command = data[at : at + 2]
        at += 2
        if command in FIXED:
            at += FIXED[command]
            continue
        # GS v 0 m xL xH yL yH d1…dk: m 0 is a dot a bit, x bytes in a row, y rows; the highest bit is the left dot
        assert data[at - 2 : at + 2] == b"\x1dv0\0", f"no command of a slip at byte {at - 2}"
        x, y = data[at + 2] + 256 * data[at + 3], data[at + 4] + 256 * data[at + 5]
        at += 6
        rows = np.frombuffer(data, np.uint8, x * y, at).reshape(y, x)
        pictures.append(np.where(np.unpackbits(rows, axis=1), 0, 255).astype(np.uint8))
        at += x * y
    assert at == len(data), "the last command is cut off"
    return np.vstack(pictures)


def printed(dots: Dots) -> Dots:
    """As on paper: heat spreads a dot's black by about a dot to each side, and a camera sees no sharp edges."""
    gained = Image.fromarray(dots).filter(ImageFilter.MinFilter(3))
    return np.asarray(gained.filter(ImageFilter.GaussianBlur(1)))


def codes(dots: Dots) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(dots)]


@cache
def on_the_wire(head: Head, online: bool) -> tuple[Image.Image, bytes]:
    picture = slip.render(replace(TICKET, online=online), head)
    return picture, b"".join(bands(picture, head.dots))


@pytest.mark.parametrize("head", HEADS, ids=HEAD_IDS)
@pytest.mark.parametrize("online", [True, False])
def test_the_bytes_burn_the_slip_dot_for_dot(head: Head, online: bool) -> None:
    picture, data = on_the_wire(head, online)
    assert np.array_equal(burnt(data), np.asarray(picture.convert("L")))


@pytest.mark.parametrize("head", HEADS, ids=HEAD_IDS)
@pytest.mark.parametrize("online", [True, False])
def test_the_code_reads_from_the_bytes(head: Head, online: bool) -> None:
    assert codes(burnt(on_the_wire(head, online)[1])) == [TICKET.payload]


@pytest.mark.parametrize("head", HEADS, ids=HEAD_IDS)
@pytest.mark.parametrize("online", [True, False])
def test_the_code_still_reads_when_the_heat_has_spread(head: Head, online: bool) -> None:
    dots = burnt(on_the_wire(head, online)[1])
    paper = printed(dots)
    assert (paper < 128).sum() > 1.1 * (dots < 128).sum()
    assert codes(paper) == [TICKET.payload]
