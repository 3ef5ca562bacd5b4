"""The bytes of a slip, taken apart command by command: nothing is in them but what a slip needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.ticket.heads import HEADS
from drivers.ticket.models import Knife
from drivers.ticket.raster import bands
from tests.drivers.slips import slip

#: Bytes of parameters: ESC @, GS a n, ESC d n, GS V m (Epson ESC/POS reference). GS v 0 says it itself,
#: and GS V A and B feed by one more.
PARAMETERS = {b"\x1b@": 0, b"\x1da": 1, b"\x1bd": 1, b"\x1dV": 1}


def commands(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        name, after = data[at : at + 2], data[at + 2 :]
        if name == b"\x1dv":
            count = 6 + int.from_bytes(after[2:4], "little") * int.from_bytes(after[4:6], "little")
        else:
            assert name in PARAMETERS, name
            count = PARAMETERS[name] + (name == b"\x1dV" and after[0] in b"AB")
        yield name, after[:count]
        at += 2 + count


FED, CUT = b"\x1bd", b"\x1dV"


@pytest.mark.parametrize(
    ("dots", "knife", "end"),
    [
        (576, None, [CUT]),
        (512, None, [CUT]),
        (384, None, [FED, CUT]),
        (360, None, [FED, CUT]),
        (360, Knife.FEEDS, [CUT]),
        (576, Knife.UNFED, [FED, CUT]),
        (384, Knife.ABSENT, [FED]),
    ],
)
def test_no_drawer_is_kicked_and_the_knife_is_used_once_at_the_end(
    dots: int, knife: Knife | None, end: list[bytes]
) -> None:
    names = [name for name, _ in commands(b"".join(bands(slip(dots, 150), dots, knife)))]
    assert names == [b"\x1b@", b"\x1da", b"\x1dv", b"\x1dv", b"\x1dv", *end]


@pytest.mark.parametrize("dots", HEADS)
def test_the_picture_in_the_bytes_is_the_slip(dots: int) -> None:
    picture = slip(dots, 150)
    rows = b"".join(data[6:] for name, data in commands(b"".join(bands(picture, dots))) if name == b"\x1dv")
    assert rows == bytes(byte ^ 0xFF for byte in picture.tobytes())
