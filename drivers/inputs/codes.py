"""Names and numbers of the keys that pads and readers have: the kernel's `include/uapi/linux/input-event-codes.h`."""

from __future__ import annotations

_NAMED: dict[int, str] = {
    1: "ESC",
    12: "MINUS",
    13: "EQUAL",
    14: "BACKSPACE",
    15: "TAB",
    26: "LEFTBRACE",
    27: "RIGHTBRACE",
    28: "ENTER",
    29: "LEFTCTRL",
    39: "SEMICOLON",
    40: "APOSTROPHE",
    41: "GRAVE",
    42: "LEFTSHIFT",
    43: "BACKSLASH",
    51: "COMMA",
    52: "DOT",
    53: "SLASH",
    54: "RIGHTSHIFT",
    55: "KPASTERISK",
    56: "LEFTALT",
    57: "SPACE",
    58: "CAPSLOCK",
    74: "KPMINUS",
    78: "KPPLUS",
    83: "KPDOT",
    86: "102ND",
    96: "KPENTER",
    97: "RIGHTCTRL",
    98: "KPSLASH",
    100: "RIGHTALT",
    102: "HOME",
    103: "UP",
    104: "PAGEUP",
    105: "LEFT",
    106: "RIGHT",
    107: "END",
    108: "DOWN",
    109: "PAGEDOWN",
    110: "INSERT",
    111: "DELETE",
    113: "MUTE",
    114: "VOLUMEDOWN",
    115: "VOLUMEUP",
    138: "HELP",
    158: "BACK",
    0x160: "OK",
}
#: Rows of keys with one number after the other.
_ROWS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, tuple("1234567890")),
    (16, tuple("QWERTYUIOP")),
    (30, tuple("ASDFGHJKL")),
    (44, tuple("ZXCVBNM")),
    (59, tuple(f"F{n}" for n in range(1, 11))),
    (71, ("KP7", "KP8", "KP9")),
    (75, ("KP4", "KP5", "KP6")),
    (79, ("KP1", "KP2", "KP3", "KP0")),
    (87, ("F11", "F12")),
    (183, tuple(f"F{n}" for n in range(13, 25))),
)

NAMES: dict[int, str] = {code: f"KEY_{name}" for code, name in _NAMED.items()}
for _first, _row in _ROWS:
    NAMES.update({_first + place: f"KEY_{name}" for place, name in enumerate(_row)})
NAMES.update({0x100 + n: f"BTN_{n}" for n in range(10)})

CODES: dict[str, int] = {name: code for code, name in NAMES.items()}
HIGHEST = 0x2FF  # KEY_MAX


def code_of(name: str) -> int:
    """`KEY_ENTER` or a plain number such as `0x160` as a key's number. Raises ValueError for anything else."""
    if name in CODES:
        return CODES[name]
    code = int(name, 0)
    if not 0 <= code <= HIGHEST:
        raise ValueError(f"no key has the number {name}")
    return code
