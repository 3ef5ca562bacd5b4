"""Valid bytes of input devices, for fuzzing.

Parser entry points, all pure: `drivers.inputs.events.Reports().feed(data)` (events), then, for each Event of it,
`drivers.inputs.keymap.Typist().feed(event)` (bytes typed) and
`drivers.keypad.device.Presses(meanings).feed(event)` (keys).
`Reports` keeps less than one event and at most `events.LONGEST` events of an unfinished report.
Text entry points: `drivers.inputs.address.parse(url)` and `drivers.keypad.meanings.parse(text)` raise ValueError only.
"""

from __future__ import annotations

from drivers.inputs.events import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    SW_HEADPHONE_INSERT,
    SYN_DROPPED,
    SYN_REPORT,
    Event,
    pack,
    strokes,
)
from drivers.inputs.keymap import typed

_REPORT = Event(EV_SYN, SYN_REPORT, 0, 2.0)

SEEDS: tuple[bytes, ...] = (
    pack(typed(b"PDT1-7315-KBL7F3K9X\r")),
    pack(typed("]d2\x1d01 ünï\t".encode())),
    pack(strokes(183, 184, 185, at=3.5)),
    pack(
        [Event(EV_KEY, 183, 1, 1.0), _REPORT, Event(EV_KEY, 183, 2, 1.5), _REPORT, Event(EV_KEY, 183, 0, 2.0), _REPORT]
    ),
    pack([Event(EV_SW, SW_HEADPHONE_INSERT, 1, 1.0), _REPORT]),
    pack([Event(EV_KEY, 30, 1), Event(EV_SYN, SYN_DROPPED, 0), Event(EV_KEY, 31, 1), _REPORT, *typed(b"A\r")]),
)

URLS: tuple[str, ...] = (
    "evdev:///dev/input/by-id/usb-CONTOH-event-kbd?vendor=0c2e&product=0b61&uniq=18032B1234&phys=usb-1.2/input0&end=%09",
    "evdev+unix:///run/twins/keypad/device?map=KEY_F13:yes,KEY_F14:no,0x160:back&jack=/dev/input/event3",
)
