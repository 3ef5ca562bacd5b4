"""Honeywell readers: `SYN M CR TAG SUBTAG data .`, and `SYN T CR` as trigger.

Sources: Honeywell N3680 Decoded Engine User Guide p. 144 (syntax; `.` lasts, `!` is gone without power), N431X User
Guide p. 9-1 and 9-2 (the command comes back with a status byte before its last sign: ACK 06, ENQ 05 no such command,
NAK 15 value out of range), N86XX User Guide p. 10-4 (SYN T CR and SYN U CR, for an engine in manual trigger mode; it
looks until it has read or the read time-out has passed).

Not confirmed in a manual that could be read, but by published drivers: PAPHHF manual and host's trigger, BEPBEP0 and
BEPBEP1 the beep, REVINF what it is (its answer may begin with "Product Name" instead of the command). From memory of
such manuals only, so to be tried on a real one: PAPSPN for looking always, TRGSTO for the read time in milliseconds.
"""

from __future__ import annotations

from drivers.reader.models.base import Question, Reply, Sofar, Talk, Verdict
from drivers.roles import ReaderSettings, TriggerMode

ACK, NAK, ENQ = 0x06, 0x15, 0x05
MENU, TRIGGER = b"\x16M\r", b"\x16T\r"
MODES = {TriggerMode.MANUAL: "PAPHHF", TriggerMode.COMMAND: "PAPHHF", TriggerMode.CONTINUOUS: "PAPSPN"}
_STORAGE = b".!"


def command(what: str) -> bytes:
    """One command that lasts."""
    return MENU + what.encode("ascii") + b"."


class Honeywell:
    """The command set."""

    name = "honeywell"

    def take(self, data: bytes, question: Question) -> Reply | Sofar:
        """See CommandSet."""
        head = next((each for each in question.heads if each.startswith(data[: len(each)])), None)
        if head is None:
            return Sofar.OTHER
        if len(data) < len(head):
            return Sofar.MORE
        lines = question.setting == "identity"  # only this answer may have several lines
        for place in range(len(head), len(data)):
            byte = data[place]
            if byte in (ACK, NAK, ENQ):
                return self._ended(data, place, head)
            if byte < 0x20 and not (lines and byte in b"\r\n\t"):
                return Reply(place + 1, Verdict.BROKEN)
        return Sofar.MORE

    def _ended(self, data: bytes, place: int, head: bytes) -> Reply | Sofar:
        if len(data) <= place + 1:
            return Sofar.MORE
        if data[place + 1] not in _STORAGE:
            return Reply(place + 1, Verdict.BROKEN)
        text = data[:place] if head.startswith(b"Product") else data[len(head) : place]
        return Reply(place + 2, Verdict.YES if data[place] == ACK else Verdict.NO, text)

    def identify(self) -> Question:
        """See CommandSet."""
        return Question("identity", command("REVINF"), (b"REVINF", b"Product Name"))

    def trigger(self) -> Question:
        """See CommandSet."""
        return Question("trigger", TRIGGER, silent=True)

    def configure(self, settings: ReaderSettings) -> Talk:
        """See CommandSet."""
        if settings.mode is not None:
            yield _set("mode", MODES[settings.mode], "")
        if settings.beep is not None:
            yield _set("beep", "BEPBEP", str(int(settings.beep)))
        if settings.read_timeout is not None:
            yield _set("read_timeout", "TRGSTO", str(round(settings.read_timeout * 1000)))
        return True


def _set(setting: str, tag: str, value: str) -> Question:
    return Question(setting, command(tag + value), (tag.encode("ascii"),))
