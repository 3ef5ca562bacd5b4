"""Zebra's Simple Serial Interface, which GM67 modules speak as well: length, opcode, source, status, data, checksum.

Sources: Zebra DS9908 Product Reference Guide p. 251 (packets: the length without the checksum, source 4 host and 0
decoder, two's complement checksum, high byte first) and p. 254 (parameter 238: codes are sent raw, as they are from the
factory, which is what is read here); Zebra SP72 Product Reference, "SSI Commands" (opcodes).

Not confirmed in a manual that could be read, but by published drivers for Zebra and GM67: parameter 138 trigger mode (0
level, 4 continuous, 8 host), 136 read time in tenths of a second, status bit 3 "keep it without power", FF before the
parameters "no beep". From memory of such manuals only: 56 beep after a good decode, 0.5 to 9.9 s for the read time.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.reader.models.base import Question, Reply, Sofar, Talk, Verdict
from drivers.roles import ReaderSettings, TriggerMode

REQUEST_REVISION, REPLY_REVISION, PARAM_SEND = 0xA3, 0xA4, 0xC6
ACK, NAK, START_DECODE = 0xD0, 0xD1, 0xE4
HOST, DECODER = 0x04, 0x00
LASTING = 0x08
MODE, READ_TIME, BEEP = 138, 136, 56
MODES = {TriggerMode.MANUAL: 0, TriggerMode.COMMAND: 8, TriggerMode.CONTINUOUS: 4}
_ANSWERS = (REPLY_REVISION, ACK, NAK)


def checksum(data: bytes) -> bytes:
    """Two's complement of the sum, high byte first."""
    return (-sum(data) & 0xFFFF).to_bytes(2, "big")


def packet(opcode: int, data: bytes = b"", source: int = HOST, status: int = 0) -> bytes:
    """One packet."""
    body = bytes([4 + len(data), opcode, source, status]) + data
    return body + checksum(body)


@dataclass(frozen=True)
class Ssi:
    """The command set."""

    name: str = "ssi"

    def take(self, data: bytes, question: Question) -> Reply | Sofar:
        """See CommandSet."""
        if data[0] < 4 or (len(data) > 1 and data[1] not in _ANSWERS) or (len(data) > 2 and data[2] != DECODER):
            return Sofar.OTHER
        if len(data) < 3:
            # a code's first byte is hardly ever its own length before such an opcode
            return Sofar.MORE if len(data) > 1 or data[0] < 0x20 else Sofar.OTHER
        end = data[0]
        if len(data) < end + 2:
            return Sofar.MORE
        if data[end : end + 2] != checksum(data[:end]):
            return Reply(end + 2, Verdict.BROKEN)
        wanted = REPLY_REVISION if question.setting == "identity" else ACK
        if data[1] not in (wanted, NAK):
            return Reply(end + 2, Verdict.LATE)
        return Reply(end + 2, Verdict.NO if data[1] == NAK else Verdict.YES, data[4:end])

    def identify(self) -> Question:
        """See CommandSet."""
        return Question("identity", packet(REQUEST_REVISION), thanks=packet(ACK))

    def trigger(self) -> Question:
        """See CommandSet."""
        return Question("trigger", packet(START_DECODE))

    def configure(self, settings: ReaderSettings) -> Talk:
        """See CommandSet."""
        if settings.mode is not None:
            yield _set("mode", MODE, MODES[settings.mode])
        if settings.beep is not None:
            yield _set("beep", BEEP, int(settings.beep))
        if settings.read_timeout is not None:
            yield _set("read_timeout", READ_TIME, max(5, min(99, round(settings.read_timeout * 10))))
        return True


def _set(setting: str, number: int, value: int) -> Question:
    return Question(setting, packet(PARAM_SEND, bytes([0xFF, number, value]), status=LASTING))
