"""No slip spells a command that a printer obeys inside a picture, and what that costs is seen on no code."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
import segno
from PIL import Image

from drivers.roles import SlipOutcome
from drivers.ticket.device import open
from drivers.ticket.driver import CLEAR_BUFFERS
from drivers.ticket.heads import HEADS
from drivers.ticket.models import Knife
from drivers.ticket.raster import bands
from drivers.ticket.realtime import AFTER_DLE, says_a_command, without_commands
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.ticket.test_ticket_bytes import commands

Dots = npt.NDArray[np.bool_]
#: Bytes of which commands are made, and their neighbours.
SPELLING = bytes([0x10, 0x10, 0x10, *AFTER_DLE, 0x18, 0x08, 0x00, 0x01, 0x02, 0xFF])


def black(picture: Image.Image) -> Dots:
    return ~np.asarray(picture)


def picture_of(dots: bytes, width: int) -> Image.Image:
    rows = len(dots) * 8 // width
    return Image.frombytes("1", (width, rows), bytes(byte ^ 0xFF for byte in dots))


def burnt(data: bytes, width: int) -> Dots:
    """The dots that the commands of a slip burn; True is black."""
    rows: list[Dots] = []
    for name, arguments in commands(data):
        if name == b"\x1dv":
            row = np.frombuffer(arguments[6:], np.uint8).reshape(-1, int.from_bytes(arguments[2:4], "little"))
            rows.append(np.unpackbits(row, axis=1)[:, :width].astype(np.bool_))
    return np.vstack(rows)


def pictures(seed: int, count: int) -> Iterator[tuple[Image.Image, int, Knife]]:
    rng = random.Random(seed)
    for _ in range(count):
        dots = rng.choice(list(HEADS))
        width = rng.choice([dots, dots, rng.randrange(1, dots + 1)])
        size = (width + 7) // 8 * rng.randrange(1, 200)
        data = bytes(rng.choices(SPELLING, k=size)) if rng.random() < 0.5 else rng.randbytes(size)
        rows = size // ((width + 7) // 8)
        picture = Image.frombytes("1", (width, rows), bytes(byte ^ 0xFF for byte in data))
        yield picture, dots, rng.choice(list(Knife))


@pytest.mark.parametrize("seed", range(4))
def test_no_picture_spells_a_command_and_each_change_is_one_dot_beside_a_lone_one(seed: int) -> None:
    changed = 0
    for picture, dots, knife in pictures(seed, 60):
        data = b"".join(bands(picture, dots, knife))
        assert not says_a_command(data)
        was, now = black(picture), burnt(data, picture.width)
        assert not (was & ~now).any(), "a black dot is lost"
        padded = np.pad(was, ((0, 0), (1, 8)))
        for row, at in np.argwhere(now & ~was):
            assert at % 8 == 4
            assert padded[row, at - 3 : at + 5].tolist() == [False, False, False, True, False, False, False, False]
            changed += 1
    assert changed > 1000


def test_a_picture_without_commands_is_burnt_dot_for_dot() -> None:
    for picture, dots, knife in pictures(9, 60):
        quiet = picture_of(
            without_commands(bytes(byte ^ 0xFF for byte in picture.tobytes())), (picture.width + 7) // 8 * 8
        )
        if quiet.width <= dots:
            assert np.array_equal(burnt(b"".join(bands(quiet, dots, knife)), quiet.width), black(quiet))


@pytest.mark.parametrize("module", [2, 3, 4, 6, 7])
def test_no_code_is_touched_wherever_it_stands(module: int) -> None:
    rng = random.Random(module)
    for _ in range(12):
        text = "".join(rng.choices("ABCDEFGHJKMNPQRSTVWXYZ0123456789", k=rng.randrange(10, 120)))
        rows = segno.make_qr(text).matrix_iter(scale=module, border=4)
        drawn = Image.fromarray(~np.array([list(row) for row in rows], np.bool_))
        if drawn.width > 576:
            continue
        slip = Image.new("1", (576, drawn.height), 1)
        slip.paste(drawn, (rng.randrange(0, 577 - drawn.width), 0))
        dots = bytes(byte ^ 0xFF for byte in slip.tobytes())
        assert without_commands(dots) == dots


@pytest.fixture
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("t"), [Twin("ticket", "drivers.ticket.twin")]) as running:
        yield running


@pytest.mark.parametrize(
    "command",
    [
        b"\x10\x04\x01",
        b"\x10\x04\x02\x10\x04\x04",
        b"\x10\x05\x02",
        b"\x10\x14\x01\0\x01",
        b"\x10\x14\x02\x01\x08",
        CLEAR_BUFFERS,
    ],
    ids=["status", "two answers", "throw away", "drawer", "switch off", "clear"],
)
def test_a_picture_full_of_commands_is_only_a_picture(virtual: Virtual, command: bytes) -> None:
    rows = (command * 40)[:72] * 200
    picture = picture_of(rows, 576)
    assert open(virtual.endpoints["ticket"]).print_slip(picture) is SlipOutcome.PRINTED
    out = Image.open(str(virtual.world.last("ticket"))).crop((0, 0, 576, 200))
    assert black(out).tobytes() == black(picture_of(without_commands(rows), 576)).tobytes()
    assert not (virtual.directory / "ticket" / "drawer.txt").exists()
    assert virtual.world.get("ticket", "power", "on") == "on"


def test_the_virtual_printer_obeys_them_wherever_they_stand(virtual: Virtual) -> None:
    # else the test above would prove nothing
    host, _, port = virtual.endpoints["ticket"].removeprefix("tcp://").partition("?")[0].partition(":")
    with socket.create_connection((host, int(port)), 5) as line:
        line.sendall(b"\x1dv0\0\x48\0\x01\0" + b"\x10\x04\x01" + bytes(6))
        assert line.recv(1) == b"\x12"
        line.sendall(b"\x10\x14\x01\0\x01")
        line.sendall(b"\x10\x04")
        line.sendall(b"\x04")
        assert line.recv(1) == b"\x12"
    assert (virtual.directory / "ticket" / "drawer.txt").read_text() == "1"
