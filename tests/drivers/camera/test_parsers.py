"""The camera's pure parsers: addresses, V4L2's structures, JPEG headers, multipart streams."""

from __future__ import annotations

import random
import struct

import pytest

from drivers.camera import jpeg, multipart, v4l2
from drivers.camera.address import Address, Identity, Kind, Settings, parse
from tests.drivers.camera.seeds import SEEDS, small_jpeg


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/dev/v4l/by-id/x-index0", Address(Kind.NODE, "/dev/v4l/by-id/x-index0")),
        (
            "/dev/v4l/by-path/y?focus=30&exposure=156&white_balance=4600",
            Address(Kind.NODE, "/dev/v4l/by-path/y", Settings(30, 156, 4600)),
        ),
        (
            "usb://046D:0892/S%2F1?focus=3",
            Address(Kind.USB, "046D:0892/S%2F1", Settings(3), Identity("046d", "0892", "S/1")),
        ),
        ("usb://046d:0892", Address(Kind.USB, "046d:0892", identity=Identity("046d", "0892"))),
        ("csi://1?exposure=100", Address(Kind.CSI, "1", Settings(exposure=100))),
        ("http://h/a.mjpg?x=1", Address(Kind.STREAM, "http://h/a.mjpg?x=1")),
        ("https://h/a.JPG?x=1", Address(Kind.SNAPSHOT, "https://h/a.JPG?x=1")),
        ("file:///a%20b.avi", Address(Kind.FILM, "/a b.avi")),
    ],
)
def test_addresses(text: str, address: Address) -> None:
    assert parse(text) == address


NO_ADDRESSES = (
    "0 2 /dev/video0 /dev/video11?focus=1 video0 usb://46d:1 csi://x csi:// gopher://x http:// http://h:99999/ "
    "/dev/v4l/x?focus=-1 /dev/v4l/x?focus= /dev/v4l/x?zoom=1"
)


@pytest.mark.parametrize("text", ["", "/a\n", "/" + "a" * 3000, *NO_ADDRESSES.split()])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_settings_are_written_as_an_address_takes_them() -> None:
    assert str(Settings(30, None, 4600)) == "focus=30&white_balance=4600"
    assert parse(f"/dev/x?{Settings(1, 2, 3)}").settings == Settings(1, 2, 3)


def test_a_metadata_node_is_told_from_one_with_pictures() -> None:
    def answer(of_all: int, of_this: int) -> bytes:
        return struct.pack("<16s32s32sII I12x", b"uvcvideo", b"Camera", b"", 1, of_all, of_this)

    assert v4l2.parse_capability(answer(0x84A00001, 0x04200001)) == v4l2.Capability("uvcvideo", "Camera", True)
    metadata = v4l2.parse_capability(answer(0x84A00001, 0x04A00000))
    assert metadata is not None and not metadata.captures
    old = v4l2.parse_capability(answer(0x04000001, 0))
    assert old is not None and old.captures


def test_of_a_range_of_sizes_the_largest_is_taken() -> None:
    assert v4l2.parse_size(struct.pack("<I4sI6I8x", 0, b"YUYV", 3, 16, 1920, 8, 16, 1080, 8)) == (1920, 1080, False)
    assert v4l2.parse_size(struct.pack("<I4sI6I8x", 0, b"YUYV", 1, 0, 720, 0, 0, 0, 0)) is None


def test_the_requests_are_the_kernels_own() -> None:
    """As `VIDIOC_…` comes out of include/uapi/linux/videodev2.h on a 64-bit machine."""
    assert (v4l2.QUERYCAP, v4l2.ENUM_FMT, v4l2.ENUM_FRAMESIZES) == (0x80685600, 0xC0405602, 0xC02C564A)
    assert (v4l2.G_CTRL, v4l2.S_CTRL, v4l2.QUERYCTRL) == (0xC008561B, 0xC008561C, 0xC0445624)


def test_a_jpegs_size_is_known_before_it_is_unpacked() -> None:
    whole = small_jpeg(300, 20)
    assert jpeg.size_of(whole) == (300, 20)
    assert jpeg.size_of(whole + b"\0" * 100) == (300, 20)
    assert jpeg.size_of(whole[:-20]) is None, "cut off"
    at = whole.index(b"\xff\xc0") + 5
    bomb = whole[:at] + b"\xff\xdc\xff\xdc" + whole[at + 4 :]
    assert jpeg.size_of(bomb) is None
    assert jpeg.unpack(bomb) is None
    assert jpeg.unpack(b"") is None


@pytest.mark.parametrize("piece", [1, 7, 100, 100000])
def test_a_stream_is_cut_into_its_pictures_however_it_comes(piece: int) -> None:
    one, two = small_jpeg(), small_jpeg(80, 60)
    counted = b"--f\r\nContent-Length: %d\r\n\r\n" % len(one) + one + b"\r\n"
    uncounted = b"--f\nContent-Type: image/jpeg\n\n" + two + b"\n"
    data = b"noise" + counted + uncounted + counted + b"--f--"
    parts = multipart.Parts(b"--f")
    assert [body for at in range(0, len(data), piece) for body in parts.feed(data[at : at + piece])] == [one, two, one]
    assert parts.spoilt == 0


def test_a_part_that_claims_too_much_is_passed_over_and_nothing_grows() -> None:
    one = small_jpeg()
    parts = multipart.Parts(b"--f")
    assert parts.feed(b"--f\r\nContent-Length: 999999999\r\n\r\nxx") == []
    good = b"--f\r\nContent-Length: %d\r\n\r\n" % len(one) + one
    assert parts.feed(b"yy\r\n" + good) == [one]
    assert parts.spoilt == 1
    for _ in range(200):
        parts.feed(b"z" * 100_000)  # no boundary at all
    assert parts.held < 10
    parts.feed(b"--f" + b"h" * 100_000)  # a header without an end
    assert parts.held < 10


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_input_raises_nothing(name: str) -> None:
    parser, seeds = SEEDS[name]
    rng = random.Random(5)
    assert all(parser(seed) is not None for seed in seeds)
    passed = 0
    for turn in range(300):
        data = bytearray(seeds[turn % len(seeds)])
        for _ in range(rng.randint(1, 2)):
            # what is no text does not get into a parser of texts
            data[rng.randrange(len(data))] = rng.choice(
                range(32, 127) if name in ("address", "boundary") else range(256)
            )
        passed += parser(bytes(data)) is not None
    assert passed > 90, "the mutations hardly got in"
