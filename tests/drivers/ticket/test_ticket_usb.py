"""The wire over the kernel's printer node; a pseudo-terminal stands in for the node, which has no port status then."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator

import pytest

from drivers.roles import Fault, NoPaper, Status
from drivers.ticket import usb
from drivers.ticket.usb import UsbWire, port
from drivers.ticket.wire import connect


@pytest.fixture
def ends() -> Iterator[tuple[int, str]]:
    far, near = os.openpty()
    tty.setraw(near)
    yield far, os.ttyname(near)
    os.close(far)
    os.close(near)


@pytest.mark.parametrize(
    ("byte", "proves"),
    [(0x18, None), (0x00, None), (0x38, NoPaper()), (0x30, NoPaper()), (0x20, NoPaper()), (0x10, Fault("error"))],
)
def test_what_the_port_status_proves(byte: int, proves: Status | None) -> None:
    assert port(byte) == proves


def test_bytes_go_and_come(ends: tuple[int, str]) -> None:
    wire = connect(f"usb://{ends[1]}")
    wire.send(b"\x1b@")
    assert os.read(ends[0], 64) == b"\x1b@"
    os.write(ends[0], b"\x12")
    assert wire.receive(5) == b"\x12"
    assert wire.receive(0) == b""
    assert wire.port_status() is None
    wire.close()
    wire.close()


def test_a_printer_that_takes_no_more_is_an_error_in_bounded_time(
    ends: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb, "SEND_WITHIN", 0.1)
    wire = UsbWire(ends[1])
    with pytest.raises(TimeoutError):
        wire.send(bytes(10**6))
    wire.abort()


def test_no_node_is_an_error(tmp_path: str) -> None:
    with pytest.raises(FileNotFoundError):
        connect(f"usb://{tmp_path}/lp0")
