"""What every way of getting pictures has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from drivers.camera import jpeg
from drivers.roles import Pixels


class Broken(OSError):
    """It is there and cannot be used; `detail` is one short word for a technician."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture as it came: packed, or pixels. `taken`: monotonic seconds of its exposure, or of its arrival.

    It is unpacked when somebody wants it, so that those nobody looks at cost nothing.
    """

    taken: float
    pixels: Pixels | None = None
    packed: bytes = b""

    def open(self) -> Pixels | None:
        """Its pixels; None when it is no picture."""
        return jpeg.unpack(self.packed) if self.pixels is None else self.pixels

    def same(self, other: Shot) -> bool:
        """Whether both are the same bit for bit, which two exposures of a sensor never are."""
        if self.pixels is None or other.pixels is None:
            return self.pixels is None and other.pixels is None and self.packed == other.packed
        return self.pixels is other.pixels or np.array_equal(self.pixels, other.pixels)


class Source(Protocol):
    """One opening of one camera in one mode. Only one thread reads it."""

    def read(self) -> Shot | None:
        """The next picture; None when there are no more. Raises TimeoutError when it went silent, OSError like None."""
        ...

    def hold(self) -> None:
        """Keep focus, exposure and white balance as they stand, where it can; called by the thread that reads."""
        ...

    def interrupt(self) -> None:
        """End a read() that waits, where that can be done; called by any thread, perhaps twice."""
        ...

    def release(self) -> None:
        """Let the camera go; called once, by the thread that reads."""
        ...
