"""The camera's role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from drivers.roles.pixels import Pixels
from drivers.roles.status import Fault, Missing, Status, Unknown


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture of a camera, and when it was taken: `time.monotonic() - taken` is its age in seconds.

    `taken` is the exposure where the camera says when that was, otherwise the picture's arrival on this machine.
    """

    pixels: Pixels
    taken: float


#: What a picture of a camera must have over A4 so that every seal and small print can be read, pixels per millimetre.
ENOUGH_PX_PER_MM = 10.0
#: Pixels that a still must have to be called one.
ENOUGH_PIXELS = 8_000_000


@dataclass(frozen=True)
class CameraFacts:
    """What a camera really gives. Sizes are (width, height) in pixels; (0, 0) where nothing is known yet.

    They are of the last pictures that came; `came` is false while they are only what the camera says of itself.
    `settings`: focus, exposure and white balance as they stand, written as its address takes them; empty without any.
    """

    preview: tuple[int, int] = (0, 0)
    still: tuple[int, int] = (0, 0)
    came: bool = False
    settings: str = ""

    @property
    def px_per_mm(self) -> float:
        """Pixels of a still per millimetre of an A4 sheet that just fits, lying along the picture: it is never more."""
        return min(max(self.still) / 297, min(self.still) / 210)

    @property
    def dpi(self) -> int:
        """The same per inch."""
        return int(self.px_per_mm * 25.4)

    @property
    def enough(self) -> bool:
        """Whether its stills have what the role asks for: 8 MP and 10 px/mm over A4."""
        return self.still[0] * self.still[1] >= ENOUGH_PIXELS and self.px_per_mm >= ENOUGH_PX_PER_MM


@runtime_checkable
class Camera(Protocol):
    """Looks down on the glass. Preview pictures are small and many; a still is at least 10 px/mm over A4.

    One device has one mode at a time: a still interrupts the preview, and the next frame() resumes it. Pictures are
    never queued. A camera without light is Fault("black"), one that repeats a picture bit for bit Fault("frozen"), one
    that is unplugged Missing, and one that is silent Unknown.
    """

    def status(self) -> Status:
        """Ready, Missing, Busy, Fault or Unknown; answers within 2 s."""
        ...

    def frame(self, timeout: float = 2.0) -> Picture | Missing | Unknown | Fault:
        """The newest preview picture (1280x720 or what the camera has): not given before, not older than a second."""
        ...

    def still(self, timeout: float = 10.0) -> Picture | Missing | Unknown | Fault:
        """One full-size picture, exposed after this call with focus, exposure and white balance held."""
        ...

    def describe(self) -> CameraFacts:
        """What it gives, as far as is known; takes no picture for it. Answers within 2 s."""
        ...

    def rest(self) -> None:
        """Stop the preview, so that the camera's light goes out; the next frame() starts it again."""
        ...

    def close(self) -> None:
        """Let the camera go. May be called twice."""
        ...
