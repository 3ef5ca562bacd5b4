"""A serial code reader on USB, pulled out and put in while it is read: QEMU's FTDI converter, the kernel's ftdi_sio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.reader import open
from drivers.reader.device import SerialCodeReader
from drivers.roles import Missing, Ready
from tests.drivers.until import until
from tests.guest.inside.conftest import Hands

BY_ID = Path("/dev/serial/by-id")
NAME = BY_ID / "usb-QEMU_QEMU_USB_SERIAL_KIOSK1-if00-port0"
OTHER = BY_ID / "usb-QEMU_QEMU_USB_SERIAL_OTHER-if00-port0"


def plug(hands: Hands, port: str) -> None:
    hands.plug("usb-serial", "reader", chardev="scanner", serial="KIOSK1", port=port)
    until(NAME.exists, within=30)


@pytest.fixture
def reader(hands: Hands) -> Iterator[SerialCodeReader]:
    plug(hands, "1")
    made = open(f"serial://{NAME}?baud=9600")
    until(lambda: made.status() == Ready())
    yield made
    made.close()


def answer(reader: SerialCodeReader) -> object:
    """What it gives next that is not silence."""
    given: list[object] = []

    def something() -> bool:
        given.append(reader.read(1.0))
        return given[-1] is not None

    until(something, within=20)
    return given[-1]


def test_codes_come_exact(reader: SerialCodeReader, hands: Hands) -> None:
    assert reader.read(0.2) is None
    for code in ("7315996405900001", "https://contoh.desa.id/q?a=1&b=%20", "x" * 700):
        hands.scan(code + "\r")
        assert answer(reader) == code.encode()


def test_pulled_out_it_is_missing_and_is_found_in_another_socket_under_another_path(
    reader: SerialCodeReader, hands: Hands
) -> None:
    before = NAME.resolve()
    hands.pull("reader")
    assert answer(reader) == Missing()
    until(lambda: reader.status() == Missing())
    # another converter takes the path that the reader had
    hands.plug("usb-serial", "other", chardev="nobody", serial="OTHER", port="1", **{"always-plugged": True})
    until(OTHER.exists, within=30)
    plug(hands, "2")
    assert NAME.resolve() != before
    until(lambda: reader.status() == Ready(), within=20)
    hands.scan("7315996405900002\r")
    assert answer(reader) == b"7315996405900002"


def test_half_a_code_before_the_pull_is_never_glued(reader: SerialCodeReader, hands: Hands) -> None:
    for turn in range(3):
        hands.scan("7315")
        assert reader.read(0.3) is None
        hands.pull("reader")
        assert answer(reader) == Missing()
        plug(hands, "1")
        until(lambda: reader.status() == Ready(), within=20)
        hands.scan(f"code {turn}\r")
        assert answer(reader) == f"code {turn}".encode()
