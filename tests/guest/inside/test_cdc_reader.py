"""A code reader on USB-CDC, as most modules are: the kernel's cdc_acm, and on the other side its serial gadget."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.reader import open
from drivers.reader.device import SerialCodeReader
from drivers.roles import Missing, Ready
from tests.drivers.until import until
from tests.guest.inside.gadget import Gadget

NAME = Path("/dev/serial/by-id/usb-Desa_Gadget_CDC1-if00")
FAR = Path("/dev/ttyGS0")


class Module:
    """The reader's own side of the line."""

    def __init__(self, gadget: Gadget) -> None:
        self.cable = gadget

    def say(self, data: bytes) -> None:
        """Bytes out, as after a good read."""
        line = os.open(FAR, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            tty.setraw(line)
            os.write(line, data)
        finally:
            os.close(line)


@pytest.fixture
def module() -> Iterator[Module]:
    with Gadget("acm.usb0", {}, vendor=0x0416, product=0x5012, serial="CDC1") as gadget:
        until(NAME.exists, within=20)
        until(FAR.exists, within=20)
        yield Module(gadget)


@pytest.fixture
def reader(module: Module) -> Iterator[SerialCodeReader]:
    made = open(f"serial://{NAME}")
    until(lambda: made.status() == Ready())
    yield made
    made.close()


def test_a_code_comes_exact(reader: SerialCodeReader, module: Module) -> None:
    module.say(b"7315996405900001\r\n")
    assert reader.read(10) == b"7315996405900001"
    assert reader.read(0.2) is None


def test_half_a_code_is_lost_with_the_cable_and_the_next_is_whole(reader: SerialCodeReader, module: Module) -> None:
    module.say(b"731599")
    assert reader.read(0.3) is None
    module.cable.pull()
    until(lambda: reader.read(1.0) == Missing(), within=20)
    until(lambda: reader.status() == Missing())
    module.cable.plug()
    until(NAME.exists, within=20)
    until(lambda: reader.status() == Ready(), within=20)
    module.say(b"6405900002\r")
    assert reader.read(10) == b"6405900002"
