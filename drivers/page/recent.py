"""What is remembered of the last jobs."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

T = TypeVar("T")

#: Jobs that are remembered: more than a hall prints in a day, and nothing that grows in a process that runs for years.
KEPT = 256


class Recent(OrderedDict[str, T]):
    """A dictionary of the last KEPT keys that were set."""

    def __setitem__(self, key: str, value: T) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > KEPT:
            self.popitem(last=False)
