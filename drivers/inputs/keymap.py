"""Keystrokes of a reader that types like a keyboard, as bytes: the US layout, which such readers have from the factory.

Control characters come as Ctrl with a letter or sign (a GS in a GS1 code is Ctrl and ]), other bytes as Alt with three
or four digits on the number pad ("universal keyboard", "ALT mode"). Enter is a carriage return, Tab a tab.
"""

from __future__ import annotations

from collections.abc import Iterable

from drivers.inputs.codes import CODES
from drivers.inputs.events import EV_KEY, PRESSED, RELEASED, Event, strokes

_SHIFTS = {CODES["KEY_LEFTSHIFT"], CODES["KEY_RIGHTSHIFT"]}
_CONTROLS = {CODES["KEY_LEFTCTRL"], CODES["KEY_RIGHTCTRL"]}
_ALTS = {CODES["KEY_LEFTALT"], CODES["KEY_RIGHTALT"]}
_CAPS = CODES["KEY_CAPSLOCK"]
_SHIFT, _CONTROL, _ALT = CODES["KEY_LEFTSHIFT"], CODES["KEY_LEFTCTRL"], CODES["KEY_LEFTALT"]
_MODIFIERS = _SHIFTS | _CONTROLS | _ALTS

_SIGNS = {
    "MINUS": "-_",
    "EQUAL": "=+",
    "LEFTBRACE": "[{",
    "RIGHTBRACE": "]}",
    "SEMICOLON": ";:",
    "APOSTROPHE": "'\"",
    "GRAVE": "`~",
    "BACKSLASH": "\\|",
    "COMMA": ",<",
    "DOT": ".>",
    "SLASH": "/?",
    "102ND": "\\|",
    "SPACE": "  ",
    "TAB": "\t\t",
    "ENTER": "\r\r",
    "KPENTER": "\r\r",
    "KPASTERISK": "**",
    "KPMINUS": "--",
    "KPPLUS": "++",
    "KPDOT": "..",
    "KPSLASH": "//",
}

#: Key number to (plain, shifted) byte.
LAYOUT: dict[int, tuple[int, int]] = {CODES[f"KEY_{key}"]: (ord(two[0]), ord(two[1])) for key, two in _SIGNS.items()}
LAYOUT.update({CODES[f"KEY_{a}"]: (ord(a.lower()), ord(a)) for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
LAYOUT.update({CODES[f"KEY_{d}"]: (ord(d), ord(s)) for d, s in zip("1234567890", "!@#$%^&*()", strict=True)})
_DIGITS = {CODES[f"KEY_KP{d}"]: d for d in range(10)}
LAYOUT.update({code: (ord(str(d)), ord(str(d))) for code, d in _DIGITS.items()})

#: Byte to (key number, shifted): how a twin types it; bytes that no key has are typed as Alt and digits.
KEYS: dict[int, tuple[int, bool]] = {}
for _code, (_plain, _shifted) in LAYOUT.items():
    KEYS.setdefault(_plain, (_code, False))
    KEYS.setdefault(_shifted, (_code, True))


class Typist:
    """Follows the modifiers and gives the byte of each key pressed."""

    def __init__(self) -> None:
        self._down: set[int] = set()
        self._caps = False
        self._alt = ""

    def reset(self, down: Iterable[int] = ()) -> None:
        """Begin anew; `down` are the keys that are held just now."""
        self._down = set(down) & _MODIFIERS
        self._caps, self._alt = False, ""

    def feed(self, event: Event) -> bytes:
        """The byte that this event types, or none. Repeats type nothing: a reader never holds a key."""
        if event.type != EV_KEY:
            return b""
        if event.value == RELEASED:
            return self._released(event.code)
        if event.value != PRESSED:
            return b""
        if event.code in _MODIFIERS:
            self._down.add(event.code)
            self._alt = ""
        elif event.code == _CAPS:
            self._caps = not self._caps
        elif self._down & _ALTS:
            self._alt += str(_DIGITS.get(event.code, ""))[:1] if len(self._alt) < 4 else ""
        elif event.code in LAYOUT:
            return self._typed(*LAYOUT[event.code])
        return b""

    def _typed(self, plain: int, shifted: int) -> bytes:
        up = bool(self._down & _SHIFTS)
        if self._caps and chr(plain).isalpha():
            up = not up
        byte = shifted if up else plain
        if self._down & _CONTROLS:
            # the ASCII rule: a control character is its sign without the upper three bits
            return bytes([byte & 0x1F]) if 0x40 <= byte < 0x80 else b""
        return bytes([byte])

    def _released(self, code: int) -> bytes:
        self._down.discard(code)
        if code in _ALTS and self._alt:
            number, self._alt = int(self._alt), ""
            return bytes([number]) if number < 256 else b""
        return b""


def typed(data: bytes) -> list[Event]:
    """The keystrokes of a reader that types these bytes (for twins and tests)."""
    events: list[Event] = []
    for byte in data:
        if byte in KEYS:
            code, up = KEYS[byte]
            events += strokes(code, held=[_SHIFT] if up else [])
        elif byte < 0x20:
            code, up = KEYS[byte | 0x60 if 0 < byte < 0x1B else byte | 0x40]
            events += strokes(code, held=[_CONTROL, _SHIFT] if up else [_CONTROL])
        else:
            events += strokes(*(CODES[f"KEY_KP{digit}"] for digit in f"{byte:04d}"), held=[_ALT])
    return events
