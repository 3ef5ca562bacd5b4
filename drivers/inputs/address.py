"""Addresses of input devices: where one was when a technician chose it, and what it is.

`evdev:///dev/input/by-id/usb-…-event-kbd?vendor=0c2e&product=0b61&uniq=18032B1234&phys=usb-3f980000.usb-1.2/input0`

With an identity (vendor and product in hexadecimal; uniq is the serial number, phys the socket) the device is found
again wherever it was plugged in, and whatever else lies at the path is left alone. `evdev+unix://PATH` is a twin's
socket. Further keys belong to the role: `map`, `jack`, `prefix`, `suffix`, `end`, `repeat`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KERNEL, SOCKET = "evdev", "evdev+unix"
_IDENTITY = ("vendor", "product", "uniq", "phys")


@dataclass(frozen=True)
class Identity:
    """What a device is: USB vendor and product number, serial number, and the socket it is in ("" where unknown)."""

    vendor: int = 0
    product: int = 0
    uniq: str = ""
    phys: str = ""

    def __bool__(self) -> bool:
        return bool(self.vendor or self.product or self.uniq)

    @property
    def interface(self) -> str:
        """Which of a device's several interfaces: `input0` of `usb-3f980000.usb-1.2/input0`."""
        return self.phys.rpartition("/")[2]


@dataclass(frozen=True)
class InputAddress:
    """An input device; `options` are the keys that belong to the role, values as Latin-1 text."""

    path: str
    scheme: str = KERNEL
    identity: Identity = Identity()
    options: dict[str, str] = field(default_factory=dict[str, str])


def parse(url: str) -> InputAddress:
    """Raises ValueError for what is no such address."""
    parts = urlsplit(url)
    if parts.scheme not in (KERNEL, SOCKET) or parts.netloc or not parts.path.startswith("/"):
        raise ValueError(f"not an input device's address: {url}")
    # Latin-1: a suffix may be any byte
    given = dict(parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1"))
    identity = Identity(
        int(given.get("vendor") or "0", 16),
        int(given.get("product") or "0", 16),
        given.get("uniq", ""),
        given.get("phys", ""),
    )
    options = {key: value for key, value in given.items() if key not in _IDENTITY}
    return InputAddress(unquote(parts.path), parts.scheme, identity, options)


def url_of(address: InputAddress) -> str:
    """The address as it is written into the configuration; :func:`parse` gives it back."""
    what = address.identity
    pairs = {
        "vendor": f"{what.vendor:04x}" if what.vendor else "",
        "product": f"{what.product:04x}" if what.product else "",
        "uniq": what.uniq,
        "phys": what.phys,
        **address.options,
    }
    query = "&".join(f"{key}={quote(value, safe='/:,', encoding='latin-1')}" for key, value in pairs.items() if value)
    return f"{address.scheme}://{quote(address.path)}{'?' if query else ''}{query}"
