"""The one table of models that are known by their USB numbers. Another model is another row.

`confirmed` says that the number names this kind of device in usb.ids (the list that lsusb and systemd's hwdb show). The
others are numbers of a chip that its buyers put into devices of several kinds; what hangs on it is a guess.

Cameras need no rows: they are known by what the kernel makes of them (video4linux). Printers without a row are known by
the USB class 07.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

#: The only field of an address template.
NODE = "{node}"
_NUMBER = re.compile(r"[0-9a-f]{4}")
_ADDRESS = re.compile(r"[\x21-\x7e]{1,300}")


class Role(StrEnum):
    """What a device can be. The last three are candidates: a person says what it is."""

    TICKET = "ticket"
    PAGE = "page"
    READER = "reader"
    KEYPAD = "keypad"
    CAMERA = "camera"
    PRINTER = "printer"  # of either kind
    SERIAL = "serial"  # a bridge, behind which anything can be
    KEYBOARD = "keyboard"  # a person's, a pad of keys, or a reader that types


CANDIDATES = frozenset({Role.PRINTER, Role.SERIAL, Role.KEYBOARD})


class Wire(StrEnum):
    """Which node the kernel makes for it."""

    LP = "lp"  # /dev/usb/lp0, by usblp
    TTY = "tty"  # /dev/ttyACM0 or ttyUSB0
    KEYS = "keys"  # /dev/input/event0


@dataclass(frozen=True)
class Model:
    """One row. `vendor` and `product` are four small hex digits.

    `address` is what stands in the configuration, `{node}` in place of the node's path; None for KEYS, whose addresses
    carry an identity (drivers.inputs.address). `source` says where the numbers are from. ValueError for a bad row.
    """

    role: Role
    wire: Wire
    vendor: str
    product: str
    name: str
    address: str | None
    source: str
    confirmed: bool = True

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.vendor) or not _NUMBER.fullmatch(self.product):
            raise ValueError("a model's numbers are four small hex digits each")
        if not self.name or len(self.name) > 80 or not self.name.isprintable() or "|" in self.name:
            raise ValueError("a model's name is at most 80 printable characters")
        if self.role not in tuple(Role) or self.wire not in tuple(Wire):
            raise ValueError("no such role, or no such wire")
        if (self.address is None) != (self.wire == Wire.KEYS):
            raise ValueError("an address is what each model has but one that types")
        if self.address is not None and (not _ADDRESS.fullmatch(self.address) or self.address.count(NODE) != 1):
            raise ValueError(f"an address has {NODE} once, and no spaces")

    def at(self, node: str) -> str:
        """The address of the one at `node`; for one that types the path alone."""
        return node if self.address is None else self.address.replace(NODE, node)


_IDS = "usb.ids"


def _ticket(vendor: str, product: str, name: str, what: str, source: str, confirmed: bool = True) -> Model:
    return Model(Role.TICKET, Wire.LP, vendor, product, name, f"usb://{NODE}?{what}", source, confirmed)


def _serial_reader(vendor: str, product: str, name: str, commands: str = "") -> Model:
    model = f"&model={commands}" if commands else ""
    return Model(Role.READER, Wire.TTY, vendor, product, name, f"serial://{NODE}?baud=9600{model}", _IDS)


def _typing_reader(vendor: str, product: str, name: str) -> Model:
    return Model(Role.READER, Wire.KEYS, vendor, product, name, None, _IDS)


def _bridge(vendor: str, product: str, name: str) -> Model:
    return Model(Role.SERIAL, Wire.TTY, vendor, product, name, f"serial://{NODE}?baud=9600", _IDS)


def _newland(high: str, name: str) -> tuple[Model, Model]:
    # Newland's numbers end in 03 for a keyboard and in 06 for a serial port (usb.ids, the same for all its models)
    return (
        _serial_reader("1eab", f"{high}06", f"Newland {name}", "newland"),
        _typing_reader("1eab", f"{high}03", f"Newland {name}"),
    )


MODELS: tuple[Model, ...] = (
    # the number is the interface card's, which fits many printers of its time; those named have 512 dots, 180 dpi
    _ticket("04b8", "0202", "Epson UB-U05 (TM-T88IV, TM-T70)", "model=tm-t88", _IDS),
    _ticket("04b8", "0e03", "Epson TM-T20", "model=tm-t20", _IDS),
    _ticket("04b8", "0e15", "Epson TM-T20II", "model=tm-t20", "users of python-escpos", confirmed=False),
    # where the number is a chip's, the model is a person's choice: some have a knife and some do not
    # Winbond's number for a serial port, in many printers of 58 mm
    _ticket("0416", "5011", "ESC/POS, 58 mm (POS-5890)", "dots=384", "an example of python-escpos", confirmed=False),
    # numbers of STMicroelectronics, in Xprinter and others
    _ticket("0483", "5743", "ESC/POS, 80 mm", "dots=576", "users of python-escpos", confirmed=False),
    _ticket("0483", "070b", "ESC/POS, 58 mm", "dots=384", "users of python-escpos", confirmed=False),
    _serial_reader("0c2e", "0720", "Metrologic MS7120"),
    _typing_reader("0c2e", "0204", "Metrologic MS7120"),
    _typing_reader("0c2e", "0b61", "Honeywell Vuquest 3310g"),
    _typing_reader("0c2e", "0b81", "Honeywell Voyager 1400g"),
    *_newland("01", "HR200"),
    *_newland("0c", "HR100, HR3260, HR3290, BS80"),
    *_newland("0d", "EM2028"),
    *_newland("13", "EM30xx, EM20xx, HR3260, HR200C"),
    *_newland("14", "HR15"),
    *_newland("16", "FM100-M, FM3250"),
    *_newland("19", "EM1300"),
    *_newland("1a", "HR3290, HR22"),
    *_newland("1d", "FM430"),
    *_newland("1f", "HR11+"),
    *_newland("80", "EM13x5, HR15-70, HR100-70, HR12"),
    *_newland("82", "EM3080, EM3095, FR20, FM30"),
    _serial_reader("05e0", "1701", "Zebra (Symbol), as a serial port"),
    _typing_reader("05e0", "1200", "Zebra (Symbol), as a keyboard"),
    _bridge("1a86", "7523", "QinHeng CH340"),
    _bridge("10c4", "ea60", "Silicon Labs CP210x"),
    _bridge("0403", "6001", "FTDI FT232"),
    _bridge("067b", "2303", "Prolific PL2303"),
)
