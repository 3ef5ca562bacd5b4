"""Readers of the GM65 kind: settings are "zone bits", bytes with a 16-bit address.

Sources: Hamlet HBCS2D100W manual p. 14 (the trigger command and its answer, zone 0x0002; read time 0.1 to 25.5 s, 0
without limit); Newland NLS-EM3095 User Manual p. 19, an engine of this kind (answers: type 0 done, 1 wrong CRC, 3 no
such command, with examples of their CRC).
Command: 7E 00 type length address data CRC; type 7 reads, 8 writes, 9 saves. Answer: 02 00 type length data CRC. The
CRC is CRC-CCITT (polynomial 0x1021, initial value 0) over all from type to data; AB CD instead means "not checked".

Not confirmed in a manual that could be read (Hangzhou Grow's GM65 User Manual V1.3 has them), but by published drivers
for these modules: the modes in zone 0x0000, its bit 6 set means that it beeps; the read time is zone 0x0006, the
firmware's version zone 0x00E2; some firmware ends every answer to an unchecked question with 33 31.
"""

from __future__ import annotations

from drivers.reader.models.base import Question, Reply, Sofar, Talk, Verdict
from drivers.roles import ReaderSettings, TriggerMode

READ, WRITE, SAVE = 7, 8, 9
MODE_ZONE, TRIGGER_ZONE, TIME_ZONE, VERSION_ZONE = 0x0000, 0x0002, 0x0006, 0x00E2
MODES = {TriggerMode.MANUAL: 0, TriggerMode.COMMAND: 1, TriggerMode.CONTINUOUS: 2}
BEEPS = 0x40
DONE, BAD_CRC, BAD_COMMAND = 0, 1, 3
_ANSWER = b"\x02\x00"


def crc(data: bytes) -> bytes:
    """CRC-CCITT with initial value 0, high byte first."""
    value = 0
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value.to_bytes(2, "big")


def command(kind: int, zone: int, data: bytes) -> bytes:
    """One command; for READ `data` is the number of bytes wanted."""
    body = bytes([kind, 1 if kind == READ else len(data)]) + zone.to_bytes(2, "big") + data
    return b"\x7e\x00" + body + crc(body)


def answer(kind: int, data: bytes) -> bytes:
    """One answer, as the reader gives it."""
    body = bytes([kind, len(data)]) + data
    return _ANSWER + body + crc(body)


class Gm65:
    """The command set."""

    name = "gm65"

    def take(self, data: bytes, question: Question) -> Reply | Sofar:
        """See CommandSet."""
        if not data.startswith(_ANSWER[: len(data)]):
            return Sofar.OTHER
        if len(data) < 4:
            return Sofar.MORE
        length = data[3] or 256
        end = 4 + length
        if data[2] not in (DONE, BAD_CRC, 2, BAD_COMMAND) or length > 16:
            return Reply(4, Verdict.BROKEN)
        if len(data) < end + 2:
            return Sofar.MORE
        if data[end : end + 2] not in (crc(data[2:end]), b"\x33\x31"):
            return Reply(end + 2, Verdict.BROKEN)
        return Reply(end + 2, Verdict.YES if data[2] == DONE else Verdict.NO, data[4:end])

    def identify(self) -> Question:
        """See CommandSet. The version is a number, 87 say for 0.87."""
        return Question("identity", command(READ, VERSION_ZONE, b"\x01"))

    def trigger(self) -> Question:
        """See CommandSet."""
        return Question("trigger", command(WRITE, TRIGGER_ZONE, b"\x01"))

    def configure(self, settings: ReaderSettings) -> Talk:
        """See CommandSet. The other bits of zone 0 are light and aiming; they stay, and what was set is read back."""
        if settings.mode is not None or settings.beep is not None:
            field = "beep" if settings.mode is None else "mode"
            before = (yield Question(field, command(READ, MODE_ZONE, b"\x01")))[0]
            after = before
            if settings.mode is not None:
                after = after & ~0x03 | MODES[settings.mode]
            if settings.beep is not None:
                after = after | BEEPS if settings.beep else after & ~BEEPS
            yield Question(field, command(WRITE, MODE_ZONE, bytes([after])))
            if (yield Question(field, command(READ, MODE_ZONE, b"\x01")))[0] != after:
                return False
        if settings.read_timeout is not None:
            tenths = max(1, min(255, round(settings.read_timeout * 10)))
            yield Question("read_timeout", command(WRITE, TIME_ZONE, bytes([tenths])))
            if (yield Question("read_timeout", command(READ, TIME_ZONE, b"\x01")))[0] != tenths:
                return False
        yield Question("save", command(SAVE, 0, b"\x00"))
        return True
