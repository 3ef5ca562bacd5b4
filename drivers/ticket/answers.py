"""What an ESC/POS printer says, byte by byte: three kinds of answers on one line, in any mixture.

Source: Epson's ESC/POS command reference, DLE EOT (real-time status), GS r (status in the order of the data), GS a
(automatic status back, "ASB"), and its table of how the kinds are told apart by their fixed bits:

| kind | fixed bits | bytes |
|---|---|---|
| DLE EOT | 0xx1xx10 | 1 |
| GS r | 0xx0xxxx | 1 |
| ASB | 0xx1xx00, then three of 0xx0xxxx | 4 |
| XON, XOFF | 00010001, 00010011 | 1, of no meaning here |

The last three bytes of a frame look like answers to GS r, "your slip is finished". So frames are put together first,
and a frame that breaks off takes its bytes with it: an answer lost is an honest "unknown", one made up is not.

Pure: no clock, no wire. Whoever hears silence says so with :meth:`Sorter.silence`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drivers.roles import CoverOpen, Fault, NearEnd, NoPaper, Ready, Status

#: GS a 0: say nothing unasked.
STAY_QUIET = b"\x1da\x00"
#: GS a 15: say unasked when drawer, line, error or paper change, and how it is right now.
SPEAK = b"\x1da\x0f"
FRAME = 4


@dataclass(frozen=True)
class RealTime:
    """The answer to a DLE EOT; which one it answers, the byte does not say."""

    byte: int


@dataclass(frozen=True)
class InOrder:
    """The answer to GS r."""

    byte: int


@dataclass(frozen=True)
class Frame:
    """Automatic status back, sent unasked; `data`: its four bytes."""

    data: bytes

    @property
    def status(self) -> Status:
        """How the printer is."""
        printer, errors, paper = self.data[0], self.data[1], self.data[2]
        if printer & 0x20:
            return CoverOpen()
        if paper & 0x0C:
            return NoPaper()
        # bit 2 is a mechanical error; the others lie as in the answer to DLE EOT 3
        if errors & 0x6C:
            return Fault(fault(errors))
        return NearEnd() if paper & 0x03 else Ready()


Answer = RealTime | InOrder | Frame


def is_real_time(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 0 and 7 are 0, bits 1 and 4 are 1."""
    return byte & 0x93 == 0x12


def is_in_order(byte: int) -> bool:
    """Whether a byte can be an answer to GS r, or one of a frame's last three: bits 4 and 7 are 0."""
    return byte & 0x90 == 0x00


def begins_frame(byte: int) -> bool:
    """Whether a byte can be the first of an ASB frame: bits 0, 1 and 7 are 0, bit 4 is 1."""
    return byte & 0x93 == 0x10


def fault(errors: int) -> str:
    """The word for the answer to DLE EOT 3 (bit 3 cutter, 5 unrecoverable, 6 recovers by itself: the head is hot)."""
    if errors & 0x20:
        return "unrecoverable"
    if errors & 0x08:
        return "cutter"
    return "overheated" if errors & 0x40 else "error"


def status(offline_cause: int, paper: int, errors: int | None) -> Status:
    """From the answers to DLE EOT 2, 4 and 3; `errors` is None where that was not asked or not answered."""
    if offline_cause & 0x04:
        return CoverOpen()
    if paper & 0x60 or offline_cause & 0x20:
        return NoPaper()
    if offline_cause & 0x40:
        return Fault(fault(errors or 0))
    return NearEnd() if paper & 0x0C else Ready()


class Sorter:
    """Takes bytes as they come, in pieces of any size, and gives the answers in them. What is none is dropped."""

    def __init__(self) -> None:
        self._frame = b""

    def feed(self, data: bytes) -> Iterator[Answer]:
        """The answers that are complete with `data`."""
        for byte in data:
            if self._frame and is_in_order(byte):
                self._frame += bytes([byte])
                if len(self._frame) == FRAME:
                    whole, self._frame = self._frame, b""
                    yield Frame(whole)
            elif begins_frame(byte):
                self._frame = bytes([byte])
            elif is_real_time(byte):
                # it may stand inside a frame, which then goes on; so nothing behind it is taken for a GS r answer
                yield RealTime(byte)
            elif is_in_order(byte):
                yield InOrder(byte)

    def silence(self) -> None:
        """Nothing came for long: the rest of a half frame will not come any more."""
        self._frame = b""
