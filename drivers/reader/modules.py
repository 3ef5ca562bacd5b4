"""The inside of virtual code readers: they hear commands, answer them, keep their settings, and look for codes.

Each speaks the bytes of its family in `drivers/reader/models`, but is written from the reader's side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drivers.reader.models import gm65, newland, ssi
from drivers.roles import TriggerMode

LONGEST = 4096  # bytes of commands that may wait to be understood


@dataclass
class Setup:
    """What a reader is set to; `tenths` of a second of read time, 0 without limit."""

    mode: str = TriggerMode.CONTINUOUS
    beep: bool = True
    tenths: int = 50
    light: int = 0x90  # the other bits of a GM65's zone 0


class Module:
    """A virtual reader; `flash` is the file that outlives its power. Times are monotonic seconds."""

    def __init__(self, flash: Path) -> None:
        self._flash = flash
        self._heard = b""
        self._until = 0.0
        self.refuses = False
        self.setup = Setup()
        if flash.exists():
            self.setup = Setup(**json.loads(flash.read_text(encoding="utf-8")))

    def hear(self, data: bytes, now: float) -> list[bytes]:
        """The answers to the commands that these bytes complete."""
        self._heard = (self._heard + data)[-LONGEST:]
        return list(self._answers(now))

    def looks(self, now: float) -> bool:
        """Whether it would read a code that lies before it just now."""
        return self.setup.mode == TriggerMode.CONTINUOUS or now < self._until

    def has_read(self) -> None:
        """It has read a code: what a trigger began is over."""
        self._until = 0.0

    def _answers(self, now: float) -> Iterator[bytes]:
        raise NotImplementedError

    def _trigger(self, now: float) -> None:
        self._until = now + (self.setup.tenths / 10 or 1e9)

    def _save(self) -> None:
        self._flash.write_text(json.dumps(self.setup.__dict__), encoding="utf-8")


class Gm65Module(Module):
    """Zone bits; what is not saved is gone with the power."""

    def _answers(self, now: float) -> Iterator[bytes]:
        while True:
            start = self._heard.find(b"\x7e\x00")
            self._heard = self._heard[start:] if start >= 0 else b""
            if len(self._heard) < 4:
                return
            kind, length = self._heard[2], self._heard[3]
            end = 6 + (1 if kind == gm65.READ else length)
            if len(self._heard) < end + 2:
                return
            body, check = self._heard[2:end], self._heard[end : end + 2]
            self._heard = self._heard[end + 2 :]
            if check not in (b"\xab\xcd", gm65.crc(body)):
                yield gm65.answer(gm65.BAD_CRC, b"\0")
            elif self.refuses or kind not in (gm65.READ, gm65.WRITE, gm65.SAVE):
                yield gm65.answer(gm65.BAD_COMMAND, b"\0")
            else:
                yield gm65.answer(gm65.DONE, self._do(kind, int.from_bytes(body[2:4], "big"), body[4], now))

    def _do(self, kind: int, zone: int, value: int, now: float) -> bytes:
        setup = self.setup
        if kind == gm65.SAVE:
            self._save()
        elif kind == gm65.READ:
            mode = gm65.MODES[TriggerMode(setup.mode)]
            zones = {
                gm65.MODE_ZONE: setup.light | mode | (gm65.BEEPS if setup.beep else 0),
                gm65.TIME_ZONE: setup.tenths,
                gm65.VERSION_ZONE: 87,
            }
            return bytes([zones.get(zone, 0)])
        elif zone == gm65.MODE_ZONE:
            modes = {number: mode for mode, number in gm65.MODES.items()}
            setup.mode = modes.get(value & 3, TriggerMode.CONTINUOUS)
            setup.beep, setup.light = bool(value & gm65.BEEPS), value & 0xBC
        elif zone == gm65.TIME_ZONE:
            setup.tenths = value
        elif zone == gm65.TRIGGER_ZONE and setup.mode == TriggerMode.COMMAND:
            self._trigger(now)
        return b"\0"


class _MenuModule(Module):
    """What readers have in common whose settings are words: they last at once."""

    _command: re.Pattern[bytes]
    _trigger_bytes: bytes

    def _answers(self, now: float) -> Iterator[bytes]:
        if self._trigger_bytes in self._heard:
            self._heard = self._heard.replace(self._trigger_bytes, b"")
            if self.setup.mode != TriggerMode.CONTINUOUS:
                self._trigger(now)
        while found := self._command.search(self._heard):
            self._heard = self._heard[found.end() :]
            what = found["what"]
            said = None if self.refuses else self._do(what[:6].decode("ascii", "replace"), what[6:])
            yield self._said(what if said is None else said, 0x05 if said is None else 0x06)
        self._save()

    def _do(self, tag: str, value: bytes) -> bytes | None:
        raise NotImplementedError

    def _said(self, what: bytes, status: int) -> bytes:
        raise NotImplementedError


class NewlandModule(_MenuModule):
    """`~ SOH 0000 @…; ETX`."""

    _command = re.compile(rb"~\x010000[@#](?P<what>[A-Z0-9]{6}[^;\x03]*);\x03")
    _trigger_bytes = newland.TRIGGER

    def _do(self, tag: str, value: bytes) -> bytes | None:
        if tag == "QRYPDN":
            return b"QRYPDNNLS-CONTOH"
        if tag == "SCNMOD" and value in (b"0", b"3"):
            self.setup.mode = TriggerMode.CONTINUOUS if value == b"3" else TriggerMode.COMMAND
        elif tag == "GRBENA" and value in (b"0", b"1"):
            self.setup.beep = value == b"1"
        elif tag == "ORTSET" and value.isdigit():
            self.setup.tenths = int(value) // 100
        else:
            return None
        return tag.encode("ascii") + value

    def _said(self, what: bytes, status: int) -> bytes:
        return newland.ANSWER + b"@" + what + bytes([status]) + newland.LAST


class HoneywellModule(_MenuModule):
    """`SYN M CR …`."""

    _command = re.compile(rb"\x16M\r(?P<what>[A-Za-z0-9]{6}[^.!]*)[.!]")
    _trigger_bytes = b"\x16T\r"

    def _do(self, tag: str, value: bytes) -> bytes | None:
        tag = tag.upper()
        if tag == "REVINF":
            return b"REVINFProduct Name: CONTOH 3680\r\nBoot Revision: 1\r\nSoftware Part Number: BA000001AAA\r\n"
        if tag in ("PAPHHF", "PAPSPN"):
            self.setup.mode = TriggerMode.COMMAND if tag == "PAPHHF" else TriggerMode.CONTINUOUS
        elif tag == "BEPBEP" and value in (b"0", b"1"):
            self.setup.beep = value == b"1"
        elif tag == "TRGSTO" and value.isdigit():
            self.setup.tenths = int(value) // 100
        else:
            return None
        return tag.encode("ascii") + value

    def _said(self, what: bytes, status: int) -> bytes:
        return what + bytes([status]) + b"."


class SsiModule(Module):
    """Packets; codes are sent raw."""

    def _answers(self, now: float) -> Iterator[bytes]:
        while self._heard:
            end = self._heard[0]
            if end < 4:
                self._heard = self._heard[1:]  # a byte that only wakes it
                continue
            if len(self._heard) < end + 2:
                return
            packet, check = self._heard[:end], self._heard[end : end + 2]
            self._heard = self._heard[end + 2 :]
            if check != ssi.checksum(packet):
                yield ssi.packet(ssi.NAK, b"\x01", ssi.DECODER)
            elif packet[1] != ssi.ACK:
                yield self._do(packet[1], packet[4:], now)

    def _do(self, opcode: int, data: bytes, now: float) -> bytes:
        if self.refuses:
            return ssi.packet(ssi.NAK, b"\x06", ssi.DECODER)
        if opcode == ssi.REQUEST_REVISION:
            return ssi.packet(ssi.REPLY_REVISION, b"CONTOH-SSI 1", ssi.DECODER)
        if opcode == ssi.START_DECODE:
            self._trigger(now)
        elif opcode == ssi.PARAM_SEND and len(data) == 3:
            modes = {number: mode for mode, number in ssi.MODES.items()}
            if data[1] == ssi.MODE:
                self.setup.mode = modes.get(data[2], TriggerMode.MANUAL)
            elif data[1] == ssi.BEEP:
                self.setup.beep = bool(data[2])
            elif data[1] == ssi.READ_TIME:
                self.setup.tenths = data[2]
            self._save()
        else:
            return ssi.packet(ssi.NAK, b"\x02", ssi.DECODER)
        return ssi.packet(ssi.ACK, b"", ssi.DECODER)


MODULES: dict[str, type[Module]] = {
    "gm65": Gm65Module,
    "newland": NewlandModule,
    "honeywell": HoneywellModule,
    "ssi": SsiModule,
    "gm67": SsiModule,
}
