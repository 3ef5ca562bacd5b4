"""Hands: what tests inside the guest ask the host to do with the machine's USB sockets."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import BinaryIO

import pytest


class Hands:
    """What `tests.guest.machine.Machine` can do. Each returns when it is done; the guest sees it a little later."""

    def __init__(self, port: BinaryIO) -> None:
        self._port = port
        self._plugged: list[str] = []

    def plug(self, driver: str, id: str, *, port: str, **properties: object) -> None:
        """Put a USB device into a socket, "1" to "4"."""
        self._ask("plug", driver, id, port=port, **properties)
        self._plugged.append(id)

    def pull(self, id: str) -> None:
        """Pull it out."""
        self._ask("pull", id)
        self._plugged.remove(id)

    def pull_all(self) -> None:
        """Pull what is still in."""
        for id in list(self._plugged):
            self.pull(id)

    def scan(self, data: str) -> None:
        """Bytes come out of the serial reader."""
        self._ask("scan", data)

    def type(self, text: str) -> None:
        """Keys are pressed on the USB keyboard."""
        self._ask("type", text)

    def _ask(self, hand: str, *of: object, **properties: object) -> None:
        self._port.write(json.dumps({"hand": hand, "of": of, "with": properties}).encode() + b"\n")
        refused = json.loads(self._port.readline())["error"]
        assert not refused, refused


@pytest.fixture(scope="session")
def _port() -> Iterator[BinaryIO]:
    # the agent, which waits for this process, has it open; a virtio port cannot be opened twice
    with open(int(os.environ["PRODESAKU_GUEST_PORT"]), "r+b", buffering=0, closefd=False) as port:
        yield port


@pytest.fixture
def hands(_port: BinaryIO) -> Iterator[Hands]:
    """The host's hands; whatever a test left plugged in is pulled."""
    made = Hands(_port)
    yield made
    made.pull_all()
