"""What the command sets of readers have in common."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from drivers.roles import ReaderSettings


@dataclass(frozen=True)
class Question:
    """One command. `setting`: the field of ReaderSettings that it is about, or "identity", "trigger", "save".

    `heads`: what an answer may begin with, where the command set needs to know. `silent`: it is not answered.
    `thanks`: what to send when the answer has come.
    """

    setting: str
    data: bytes
    heads: tuple[bytes, ...] = ()
    silent: bool = False
    thanks: bytes = b""


class Verdict(Enum):
    """What an answer says."""

    YES = "yes"
    NO = "no"
    BROKEN = "broken"  # its checksum is wrong, or it is cut
    LATE = "late"  # it answers an earlier question


@dataclass(frozen=True)
class Reply:
    """An answer: the first `length` bytes of those that came; `text` is what it carries."""

    length: int
    verdict: Verdict
    text: bytes = b""


class Sofar(Enum):
    """Bytes that are no answer yet, and bytes that are none."""

    MORE = "more"
    OTHER = "other"


#: Questions out, what their answers carry in; ends with True, or False when the reader did not keep a setting.
Talk = Generator[Question, bytes, bool]


class CommandSet(Protocol):
    """One family of readers."""

    @property
    def name(self) -> str:
        """The word for it in an address: `?model=gm65`."""
        ...

    def take(self, data: bytes, question: Question) -> Reply | Sofar:
        """Whether `data` begins with an answer to the question. Pure; never raises."""
        ...

    def identify(self) -> Question:
        """Asks what it is."""
        ...

    def configure(self, settings: ReaderSettings) -> Talk:
        """Sets what is not None."""
        ...

    def trigger(self) -> Question:
        """Makes it look for one code."""
        ...


def printable(text: bytes) -> str:
    """A reader's own words as ASCII, everything else a space, at most 200 characters."""
    clean = "".join(chr(byte) if 0x20 <= byte < 0x7F else " " for byte in text)
    return " ".join(clean.split())[:200]
