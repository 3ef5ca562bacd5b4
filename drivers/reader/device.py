"""The code reader as the rest sees it."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

from drivers.reader.driver import ReaderDriver
from drivers.reader.models import MODELS
from drivers.reader.models.base import CommandSet, Question, Verdict, printable
from drivers.reader.wedge import WedgeCodeReader
from drivers.reader.wedge import open as open_wedge
from drivers.reader.wire import REAL, Access, Address, parse
from drivers.roles import (
    Accepted,
    Missing,
    NoAnswer,
    ReaderIdentity,
    ReaderSettings,
    Refused,
    Status,
)


class SerialCodeReader:
    """A :class:`~drivers.roles.ConfigurableReader` on a serial port; `?model=` names its command set."""

    def __init__(self, address: Address, access: Access = REAL) -> None:
        self._commands: CommandSet | None = MODELS.get(address.model)
        self._driver = ReaderDriver(address, access, self._commands)
        self._talking = threading.Lock()
        self._closed = False
        #: What is taken off each code.
        self.framing = address.framing

    def status(self) -> Status:
        """Ready, Missing, or Fault: "not-grabbed" when another program has its port, "not-allowed" when we may not."""
        return Missing() if self._closed else self._driver.status()

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code's bytes; None when nobody showed one within `timeout` seconds; Missing when it is unplugged."""
        return Missing() if self._closed else self._driver.read(timeout)

    def capture(self, timeout: float) -> bytes | Missing | None:
        """One scan's bytes as they came, for :func:`drivers.reader.learn.learn`; None when there was none in time."""
        return Missing() if self._closed else self._driver.capture(timeout)

    def identify(self) -> ReaderIdentity | Refused | NoAnswer | Missing:
        """What it says of itself. Without a command set in the address it is asked in none: Refused."""
        if self._commands is None:
            return Refused("identity")
        with self._talking:
            answer = self._ask(self._commands.identify())
        if not isinstance(answer, bytes):
            return answer
        number = str(answer[0]) if len(answer) == 1 else printable(answer)
        return ReaderIdentity(self._commands.name, number)

    def configure(self, settings: ReaderSettings) -> Accepted | Refused | NoAnswer | Missing:
        """Set it, one thing after the other up to the first that fails."""
        if self._commands is None:
            return Refused(_first(settings))
        with self._talking:
            talk = self._commands.configure(settings)
            setting = ""
            try:
                question = next(talk)
                while True:
                    setting = question.setting
                    answer = self._ask(question)
                    if not isinstance(answer, bytes):
                        return answer
                    question = talk.send(answer)
            except StopIteration as ended:
                return Accepted() if ended.value else Refused(setting)

    def trigger(self) -> Accepted | Refused | NoAnswer | Missing:
        """Begin to look for one code. A command set without an answer to that counts as accepted once it is sent."""
        if self._commands is None:
            return Refused("trigger")
        with self._talking:
            answer = self._ask(self._commands.trigger())
        return Accepted() if isinstance(answer, bytes) else answer

    def close(self) -> None:
        """Let the port go. May be called twice."""
        self._closed = True
        self._driver.close()

    def _ask(self, question: Question) -> bytes | Refused | NoAnswer | Missing:
        if self._closed:
            return Missing()
        answer = self._driver.ask(question)
        if isinstance(answer, Missing):
            return answer
        if answer is None:
            return b"" if question.silent else NoAnswer(question.setting)
        if answer.verdict is Verdict.YES:
            return answer.text
        return Refused(question.setting) if answer.verdict is Verdict.NO else NoAnswer(question.setting)


def _first(settings: ReaderSettings) -> str:
    return next((name for name in ("mode", "beep", "read_timeout") if getattr(settings, name) is not None), "")


def open(url: str) -> SerialCodeReader | WedgeCodeReader:
    """The reader at `url`: `serial:///dev/prodesaku/reader?baud=9600`, or `evdev:///dev/input/by-id/…`.

    Raises ValueError for a bad address.
    """
    if urlsplit(url).scheme.startswith("evdev"):
        return open_wedge(url)
    address = parse(url)
    if address.model and address.model not in MODELS:
        raise ValueError(f"no such reader: {address.model} (known: {', '.join(MODELS)})")
    return SerialCodeReader(address)
