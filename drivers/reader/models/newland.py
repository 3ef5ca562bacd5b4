"""Newland readers: `~ SOH 0000 storage TAG SUBTAG data ; ETX`.

Sources: Newland NLS-HR52 User Manual p. 35 (syntax; storage @ lasts, # is gone without power; * asks for the present
value) and p. 234 (the answer: STX SOH 0000, the command again, ACK 06 before `; ETX`); FM530 User Manual p. 141 (the
same syntax).

Not confirmed in a manual that could be read, but by published drivers for NLS-N1 and its kin: SCNMOD0 level, SCNMOD3
continuous, GRBENA beep, ORTSET read time in milliseconds, QRYPDN product name, ESC 1 as trigger, NAK 15 for a bad
value. That ENQ 05 means "no such command" is taken from Honeywell's manuals, whose syntax this one resembles. Whether
ESC 1 is answered is not known, so it counts as not answered.
"""

from __future__ import annotations

from drivers.reader.models.base import Question, Reply, Sofar, Talk, Verdict
from drivers.roles import ReaderSettings, TriggerMode

ACK, NAK, ENQ = 0x06, 0x15, 0x05
COMMAND, ANSWER, LAST = b"~\x010000", b"\x02\x010000", b";\x03"
TRIGGER = b"\x1b1"
#: Level mode is the one in which both its button and the host's trigger make it look.
MODES = {TriggerMode.MANUAL: "0", TriggerMode.COMMAND: "0", TriggerMode.CONTINUOUS: "3"}


def command(what: str) -> bytes:
    """One command that lasts: TAG, SUBTAG and data."""
    return COMMAND + b"@" + what.encode("ascii") + LAST


class Newland:
    """The command set."""

    name = "newland"

    def take(self, data: bytes, question: Question) -> Reply | Sofar:
        """See CommandSet."""
        if not data.startswith(ANSWER[: len(data)]):
            return Sofar.OTHER
        for place in range(len(ANSWER), len(data)):
            byte = data[place]
            if byte in (ACK, NAK, ENQ):
                return self._ended(data, place, question)
            if byte < 0x20:
                return Reply(place + 1, Verdict.BROKEN)
        return Sofar.MORE

    def _ended(self, data: bytes, place: int, question: Question) -> Reply | Sofar:
        tail = data[place + 1 : place + 3]
        if tail != LAST:
            return Sofar.MORE if LAST.startswith(tail) else Reply(place + 1, Verdict.BROKEN)
        text = data[len(ANSWER) + 1 : place]
        if not any(text.startswith(head) for head in question.heads):
            return Reply(place + 3, Verdict.LATE)
        return Reply(place + 3, Verdict.YES if data[place] == ACK else Verdict.NO, text[6:])

    def identify(self) -> Question:
        """See CommandSet."""
        return Question("identity", command("QRYPDN"), (b"QRYPDN",))

    def trigger(self) -> Question:
        """See CommandSet."""
        return Question("trigger", TRIGGER, silent=True)

    def configure(self, settings: ReaderSettings) -> Talk:
        """See CommandSet."""
        if settings.mode is not None:
            yield _set("mode", "SCNMOD", MODES[settings.mode])
        if settings.beep is not None:
            yield _set("beep", "GRBENA", str(int(settings.beep)))
        if settings.read_timeout is not None:
            yield _set("read_timeout", "ORTSET", str(round(settings.read_timeout * 1000)))
        return True


def _set(setting: str, tag: str, value: str) -> Question:
    return Question(setting, command(tag + value), (tag.encode("ascii"),))
