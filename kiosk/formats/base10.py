"""Bytes as decimal digits, as FIDO CTAP 2.2's hybrid transport prints them: 7 bytes, little-endian, are 17 digits.

Digits fill a QR code's numeric mode to 98.8 % and survive in a URL, which base45 does not.
"""

from __future__ import annotations

_CHUNK = 7
#: How many digits hold 1 … 7 bytes.
_DIGITS = (0, 3, 5, 8, 10, 13, 15, 17)
_BYTES = {digits: count for count, digits in enumerate(_DIGITS) if count}


def to_digits(data: bytes) -> str:
    """The digits of `data`; every byte string has exactly one such text."""
    parts = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return "".join(f"{int.from_bytes(part, 'little'):0{_DIGITS[len(part)]}d}" for part in parts)


def from_digits(text: str) -> bytes | None:
    """The bytes whose digits `text` is, or None when no byte string has these digits."""
    if not (text.isascii() and text.isdigit()):  # int() would also take full-width and other digits
        return b"" if text == "" else None
    out = bytearray()
    for start in range(0, len(text), _DIGITS[_CHUNK]):
        part = text[start : start + _DIGITS[_CHUNK]]
        count = _BYTES.get(len(part))
        value = int(part)
        if count is None or value >= 1 << (8 * count):
            return None
        out += value.to_bytes(count, "little")
    return bytes(out)
