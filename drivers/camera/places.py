"""From an address to its source: the one table of all ways of getting pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import cv2

from drivers.camera import csi, network, uvc
from drivers.camera.address import Address, Kind, Settings, parse
from drivers.camera.film import FilmSource, RtspSource
from drivers.camera.find import SYSTEM, Locator
from drivers.camera.modes import Purpose, Size
from drivers.camera.source import Source
from drivers.camera.v4l2 import Wire
from drivers.roles import Fault

_PROBE = 1.5  # seconds


class Place(Protocol):
    """One address: what is there, and how it is opened."""

    @property
    def key(self) -> str:
        """Equal for two places that are one device."""
        ...

    @property
    def noisy(self) -> bool:
        """Whether a sensor is at work there, whose pictures always differ."""
        ...

    def open(self, purpose: Purpose) -> Source:
        """Open it; blocks. Raises OSError, Broken when it is there and cannot be used."""
        ...

    def there(self) -> bool | Fault | None:
        """Whether something is there that can be used; None when it does not answer. Within 2 s."""
        ...

    def offered(self) -> tuple[Size, Size, Settings] | None:
        """Preview size, still size and settings by its own word, where it gives one without pictures."""
        ...


@dataclass
class Kinds:
    """How each kind is opened; a test gives others."""

    system: Path = SYSTEM
    wire: uvc.WireOpener = Wire
    capture: uvc.Capture = cv2.VideoCapture
    picamera2: csi.Importer = csi.picamera2
    clock: Callable[[], float] = field(default=time.monotonic)

    def place(self, text: str) -> Place:
        """The place of an address. Raises ValueError for one that is none."""
        address = parse(text)
        if address.kind in (Kind.NODE, Kind.USB):
            return _Uvc(text, address, self)
        if address.kind is Kind.CSI:
            return _Csi(address, self)
        return _Other(address, self)


class _Uvc:
    noisy = True

    def __init__(self, text: str, address: Address, kinds: Kinds) -> None:
        self.key = text.partition("?")[0]
        self._settings, self._kinds = address.settings, kinds
        self._locator = Locator(address.place, address.identity, kinds.system)

    def open(self, purpose: Purpose) -> Source:
        node = self._locator.node()
        if node is None:
            raise FileNotFoundError(self.key)
        kinds = self._kinds
        return uvc.UvcSource(node, purpose, self._settings, clock=kinds.clock, wire=kinds.wire, capture=kinds.capture)

    def there(self) -> bool | Fault | None:
        return self._locator.node() is not None

    def offered(self) -> tuple[Size, Size, Settings] | None:
        node = self._locator.node()
        return None if node is None else uvc.offered(node, self._kinds.wire)


class _Csi:
    noisy = True

    def __init__(self, address: Address, kinds: Kinds) -> None:
        self.key = f"csi {address.place}"
        self._number, self._settings, self._kinds = int(address.place), address.settings, kinds

    def open(self, purpose: Purpose) -> Source:
        kinds = self._kinds
        return csi.CsiSource(self._number, purpose, self._settings, clock=kinds.clock, importer=kinds.picamera2)

    def there(self) -> bool | Fault | None:
        there = csi.plugged_in(self._number, self._kinds.picamera2)
        return Fault("no-picamera2") if there is None else there

    def offered(self) -> tuple[Size, Size, Settings] | None:
        return None


class _Other:
    """Files and the network."""

    def __init__(self, address: Address, kinds: Kinds) -> None:
        self.key, self._kind, self._clock = address.place, address.kind, kinds.clock
        self.noisy = address.kind is not Kind.FILM

    def open(self, purpose: Purpose) -> Source:
        makers: dict[Kind, Callable[[str, Callable[[], float]], Source]] = {
            Kind.STREAM: network.StreamSource,
            Kind.SNAPSHOT: network.SnapshotSource,
            Kind.FILM: FilmSource,
            Kind.RTSP: RtspSource,
        }
        return makers[self._kind](self.key, self._clock)

    def there(self) -> bool | Fault | None:
        if self._kind is Kind.FILM:
            return Path(self.key).exists()
        if self._kind is Kind.RTSP:
            return True  # only pictures can say
        return network.answers(self.key, _PROBE)

    def offered(self) -> tuple[Size, Size, Settings] | None:
        return None
