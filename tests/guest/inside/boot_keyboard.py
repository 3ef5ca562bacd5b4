"""What a keyboard says on USB: boot reports (HID 1.11, appendix B), usages of the HID Usage Tables' page 7."""

from __future__ import annotations

import os
import string
from pathlib import Path

SETTINGS: dict[str, str | bytes] = {
    "protocol": "1",  # keyboard
    "subclass": "1",  # boot
    "report_length": "8",
    # modifiers, one reserved byte, six keys
    "report_desc": bytes.fromhex(
        "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508"
        "150025650507190029658100c0"
    ),
}
#: The far end's node.
FAR = Path("/dev/hidg0")
_SHIFT = 0x02
_USAGES = {
    **{letter: 0x04 + place for place, letter in enumerate(string.ascii_lowercase)},
    **{digit: 0x1E + place for place, digit in enumerate("1234567890")},
    **{"\n": 0x28, " ": 0x2C, "-": 0x2D, ".": 0x37, "/": 0x38},
}


def reports(text: str) -> list[bytes]:
    """Each key down and up."""
    made: list[bytes] = []
    for character in text:
        keys = [_USAGES[character.lower()], 0, 0, 0, 0, 0]
        made += [bytes([_SHIFT if character.isupper() else 0, 0, *keys]), bytes(8)]
    return made


def type_it(text: str) -> None:
    """Say it; returns when the host has fetched all of it."""
    far = os.open(FAR, os.O_RDWR)
    try:
        for report in reports(text):
            os.write(far, report)
    finally:
        os.close(far)
