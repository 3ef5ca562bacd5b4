"""The code reader's role, and that of one which takes commands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.roles.status import Missing, Status


@runtime_checkable
class CodeReader(Protocol):
    """Reads printed codes and gives their bytes, exactly as printed: without prefix, suffix and terminator."""

    def status(self) -> Status:
        """Ready, Missing, Unknown, or Fault("not-grabbed") when another program holds it; answers within 1 s."""
        ...

    def read(self, timeout: float) -> bytes | Missing | None:
        """The next code's bytes; None when nobody showed one within `timeout` seconds; Missing when it is unplugged.

        The same code read again within a short window is one read. A reader that was unplugged is opened anew by a
        later call.
        """
        ...

    def close(self) -> None:
        """Let the port go. May be called twice."""
        ...


class TriggerMode(StrEnum):
    """When a code reader looks for a code."""

    MANUAL = "manual"  # while its own button is held
    COMMAND = "command"  # when the host says so
    CONTINUOUS = "continuous"  # always


@dataclass(frozen=True)
class ReaderSettings:
    """What a code reader is to be set to; None leaves a setting as it is. `read_timeout` in seconds, 0.1 to 25.5."""

    mode: TriggerMode | None = None
    beep: bool | None = None
    read_timeout: float | None = None


@dataclass(frozen=True)
class Accepted:
    """The reader said that it has taken the setting."""


@dataclass(frozen=True)
class Refused:
    """The reader said no, or its command set has nothing of the kind; `setting` is the field it happened at."""

    setting: str = ""


@dataclass(frozen=True)
class NoAnswer:
    """Nothing, half an answer or nonsense came back: whether the setting holds is not known."""

    setting: str = ""


@dataclass(frozen=True)
class ReaderIdentity:
    """What a reader says of itself: its command set's name, and its own words (model, firmware), printable ASCII."""

    model: str
    text: str


@runtime_checkable
class ConfigurableReader(CodeReader, Protocol):
    """A code reader that also takes commands. One that only types like a keyboard does not."""

    def identify(self) -> ReaderIdentity | Refused | NoAnswer | Missing:
        """What it says of itself; answers within 2 s. Codes that are read meanwhile are kept for read()."""
        ...

    def configure(self, settings: ReaderSettings) -> Accepted | Refused | NoAnswer | Missing:
        """Set it, one thing after the other up to the first that fails; answers within 5 s."""
        ...

    def trigger(self) -> Accepted | Refused | NoAnswer | Missing:
        """Begin to look for one code, for a reader in mode COMMAND; answers within 2 s."""
        ...
