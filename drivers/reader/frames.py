"""Bytes from a code reader, and how they become codes.

Most readers send a code's bytes and a line end, with no length and no checksum; a prefix or suffix may have been set by
somebody. So a code is only believed when its end has come, and a rest without one is thrown away after a pause: half a
code must never be glued to the next one. Answers to commands come on the same line, always before or after a code and
never inside one; they are looked for where a code would begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drivers.reader.models.base import CommandSet, Question, Reply, Sofar, Verdict

LONGEST = 8192  # bytes; a QR code holds at most 7089 characters
PAUSE = 0.7  # seconds without a byte after which an unfinished code is dropped
QUIET = 0.15  # seconds without a byte that end what a broken answer has left on the line
LONGEST_REPLY = 1024  # bytes


@dataclass(frozen=True)
class Framing:
    """What stands around each code. An empty `end` means any line end: carriage return, line feed or both."""

    prefix: bytes = b""
    suffix: bytes = b""
    end: bytes = b""

    def options(self) -> dict[str, str]:
        """As the keys of an address, bytes as Latin-1 text."""
        return {key: getattr(self, key).decode("latin-1") for key in ("prefix", "suffix", "end")}

    def bare(self, frame: bytes) -> bytes | None:
        """The code in what came before an end; None when it is not whole."""
        if not frame.startswith(self.prefix) or not frame.endswith(self.suffix):
            return None
        return frame[len(self.prefix) : len(frame) - len(self.suffix)] or None


def framing_of(options: Mapping[str, str]) -> Framing:
    """Out of the keys of an address."""
    return Framing(*(options.get(key, "").encode("latin-1") for key in ("prefix", "suffix", "end")))


class Frames:
    """Gathers bytes into codes, and, where the reader's command set is known, into answers to a question."""

    def __init__(self, framing: Framing = Framing(), commands: CommandSet | None = None) -> None:
        self._framing, self._commands = framing, commands
        self._rest = bytearray()
        self._last = 0.0
        self._overlong = False
        self._spoilt = False
        self._question: Question | None = None
        self._answer: Reply | None = None
        self._awaited = False

    def ask(self, question: Question) -> None:
        """From now on an answer to this question may come; one that comes late is still no code."""
        self._question, self._answer, self._awaited = question, None, not question.silent

    def answer(self) -> Reply | None:
        """The answer to the question, once."""
        answer, self._answer = self._answer, None
        return answer

    def feed(self, data: bytes, now: float) -> list[bytes]:
        """The codes that `data`, come at `now` (monotonic seconds), completes."""
        if now - self._last > PAUSE:
            self.drop()
        if (self._spoilt or self._awaited) and now - self._last > QUIET:
            # while an answer is owed, what breaks off is rather its noise than a code
            self._forget()
        self._last = now
        self._rest += data
        codes: list[bytes] = []
        while self._rest and self._step(codes):
            pass
        if len(self._rest) > LONGEST:
            # the last bytes may be the beginning of the end
            del self._rest[: -len(self._framing.suffix + self._framing.end) or None]
            self._overlong = True
        return codes

    def drop(self) -> None:
        """Forget what is unfinished."""
        self._forget()
        self._overlong = False

    def skip(self, now: float) -> None:
        """Give nothing before the next end, or a pause: a part of a code was lost before `now` (monotonic seconds)."""
        self._forget()
        self._overlong, self._last = True, now

    def _forget(self) -> None:
        self._rest.clear()
        self._spoilt = False

    def _step(self, codes: list[bytes]) -> bool:
        """Take one answer or one code off the rest; False when more bytes must come first."""
        if not self._overlong and not self._spoilt:
            found = self._reply()
            if found is Sofar.MORE:
                return False
            if isinstance(found, Reply):
                self._replied(found)
                return True
        place, length = self._find_end()
        if place < 0:
            return False
        frame = bytes(self._rest[:place])
        del self._rest[: place + length]
        code = None if self._overlong or self._spoilt or len(frame) > LONGEST else self._framing.bare(frame)
        self._overlong = self._spoilt = False
        if code is not None:
            codes.append(code)
        return True

    def _reply(self) -> Reply | Sofar:
        if self._commands is None or self._question is None:
            return Sofar.OTHER
        found = self._commands.take(bytes(self._rest[:LONGEST_REPLY]), self._question)
        return Sofar.OTHER if found is Sofar.MORE and len(self._rest) >= LONGEST_REPLY else found

    def _replied(self, reply: Reply) -> None:
        if reply.verdict is not Verdict.LATE:
            self._answer, self._awaited = reply, False
        taken = bytes(self._rest[: reply.length])
        del self._rest[: reply.length]
        # bytes of a code may be among those of a broken answer: what is left of it must not pass for a whole one
        self._spoilt = reply.verdict is Verdict.BROKEN and not taken.endswith(self._framing.end or (b"\r", b"\n"))

    def _find_end(self) -> tuple[int, int]:
        """Where the frame ends (-1: not yet), and how many bytes its end has."""
        if self._framing.end:
            # an end within the code itself is told from the true one by the suffix before that
            place = self._rest.find(self._framing.suffix + self._framing.end)
            return (place if place < 0 else place + len(self._framing.suffix)), len(self._framing.end)
        places = [place for place in (self._rest.find(b"\r"), self._rest.find(b"\n")) if place >= 0]
        return min(places, default=-1), 1
