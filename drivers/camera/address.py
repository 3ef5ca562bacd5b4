"""Where a camera is, and what it is to be set to: the text that stands in the configuration.

    /dev/v4l/by-id/usb-046d_HD_Pro_SN1-video-index0?focus=30&exposure=156&white_balance=4600
    usb://046d:0892/SN1?focus=30        the camera with this vendor, product and serial, wherever it is plugged in
    csi://0                             the first camera on the ribbon cable (picamera2)
    http://host/preview.mjpg            a stream; http://host/still.jpg one picture a request; rtsp://…
    file:///films/desk.avi              a film, a folder of pictures or one picture, again and again

Never an index: a Raspberry Pi 5 has a dozen /dev/video nodes that are no cameras, and they change places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST = 2000  # characters of an address
LARGEST = 1_000_000  # of a setting; no control of a camera goes further

_USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.ASCII | re.IGNORECASE)


class Kind(StrEnum):
    """How pictures are got."""

    NODE = "node"  # V4L2 by a stable path
    USB = "usb"  # V4L2 by identity
    CSI = "csi"
    STREAM = "stream"
    SNAPSHOT = "snapshot"
    RTSP = "rtsp"
    FILM = "film"


@dataclass(frozen=True)
class Settings:
    """What stays fixed; None is the camera's own automatic.

    V4L2 in the camera's units: focus as it counts it, exposure in 100 µs, white balance in kelvin. CSI: focus in
    hundredths of a dioptre, the others alike.
    """

    focus: int | None = None
    exposure: int | None = None
    white_balance: int | None = None

    def __str__(self) -> str:
        """As it stands behind the question mark of an address."""
        named = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return "&".join(f"{name}={value}" for name, value in named if value is not None)


@dataclass(frozen=True)
class Identity:
    """A USB device wherever it is plugged in; four hex digits each, the serial number empty where it has none."""

    vendor: str
    product: str
    serial: str = ""


@dataclass(frozen=True)
class Address:
    """An address taken apart. `place`: a path, a URL or a number of the kind."""

    kind: Kind
    place: str
    settings: Settings = Settings()
    identity: Identity | None = None


def parse(text: str) -> Address:
    """Take an address apart. Raises ValueError, with its reason, for one that is none."""
    if not text or len(text) > LONGEST or not text.isprintable():
        raise ValueError("no address of a camera")
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower() if separator else ""
    if scheme in ("http", "https"):
        parts = urlsplit(text)
        if not parts.hostname or (parts.port is not None and not parts.port):
            raise ValueError("a camera's URL wants a host")
        single = parts.path.lower().endswith((".jpg", ".jpeg"))
        return Address(Kind.SNAPSHOT if single else Kind.STREAM, text)
    if scheme == "rtsp":
        return Address(Kind.RTSP, text)
    if scheme == "file":
        return Address(Kind.FILM, unquote(urlsplit(text).path))
    place, _, query = (rest if scheme else text).partition("?")
    settings = _settings(query)
    if scheme == "usb":
        ids, _, serial = place.partition("/")
        found = _USB.fullmatch(ids)
        if found is None:
            raise ValueError("usb:// wants VENDOR:PRODUCT, four hex digits each")
        return Address(Kind.USB, place, settings, Identity(found[1].lower(), found[2].lower(), unquote(serial)))
    if scheme == "csi":
        if re.fullmatch(r"\d{1,2}", place, re.ASCII) is None:
            raise ValueError("csi:// wants the camera's number")
        return Address(Kind.CSI, place, settings)
    if scheme:
        raise ValueError(f"no camera speaks {scheme[:20]}")
    if not place.startswith("/"):
        raise ValueError("a camera's device is named by its whole path")
    if re.fullmatch(r"/dev/video\d+", place):
        raise ValueError("a /dev/video number changes: name the camera by /dev/v4l/by-id/… or usb://VENDOR:PRODUCT")
    return Address(Kind.NODE, place, settings)


def _settings(query: str) -> Settings:
    known = {each.name for each in fields(Settings)}
    values: dict[str, int] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in known or re.fullmatch(r"\d{1,7}", value, re.ASCII) is None or int(value) > LARGEST:
            raise ValueError("a camera's settings are focus=, exposure= and white_balance= with a whole number")
        values[name] = int(value)
    return Settings(**values)
