"""What each key of a pad means.

A pad is registered with its own map, `?map=KEY_1:yes,KEY_2:no,KEY_3:back`: keys by the kernel's names or numbers. Pads
whose headphone socket is told by a key (they press one when a plug goes in and another one when it comes out) map those
to `jack_in` and `jack_out`. Without a map the keys of an ordinary keyboard mean what is written on them.
"""

from __future__ import annotations

from drivers.inputs.codes import CODES, code_of

WORDS = frozenset({"yes", "no", "back", "up", "down", "help"})
JACK_IN, JACK_OUT = "jack_in", "jack_out"
_ALL = WORDS | {JACK_IN, JACK_OUT} | frozenset("0123456789")

_ORDINARY = {
    "KEY_ENTER": "yes",
    "KEY_KPENTER": "yes",
    "KEY_OK": "yes",
    "KEY_Y": "yes",
    "KEY_N": "no",
    "KEY_ESC": "back",
    "KEY_BACK": "back",
    "KEY_BACKSPACE": "back",
    "KEY_UP": "up",
    "KEY_DOWN": "down",
    "KEY_F1": "help",
    "KEY_HELP": "help",
    **{f"KEY_{digit}": digit for digit in "0123456789"},
    **{f"KEY_KP{digit}": digit for digit in "0123456789"},
}
DEFAULT: dict[int, str] = {CODES[name]: meaning for name, meaning in _ORDINARY.items()}


def parse(text: str) -> dict[int, str]:
    """`KEY_1:yes,KEY_2:no` as key number to meaning; the default for an empty text. Raises ValueError."""
    if not text:
        return DEFAULT
    meanings: dict[int, str] = {}
    for pair in text.split(","):
        key, colon, meaning = pair.partition(":")
        if not colon or meaning not in _ALL:
            raise ValueError(f"not a key and its meaning: {pair}")
        meanings[code_of(key)] = meaning
    return meanings
