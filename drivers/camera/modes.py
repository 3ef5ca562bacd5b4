"""Which of the sizes that a camera offers is taken, and what is held while a still is exposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from drivers.camera import v4l2
from drivers.camera.address import Settings
from drivers.camera.v4l2 import Mode, Wire

Size = tuple[int, int]

PREVIEW: Size = (1280, 720)
STILL: Size = (4208, 3120)
MOST_PIXELS = 24_000_000  # sizes beyond that are made up by the camera, and do not fit into a small machine's memory

#: What OpenCV turns into colour pictures, the dearest last. MJPG comes first: uncompressed 13 MP does not fit through
#: USB 2, a camera gives one in several seconds then.
FORMATS = ("MJPG", "YUYV", "UYVY", "NV12", "YU12", "YV12", "BGR3", "RGB3")


class Purpose(StrEnum):
    """The two modes of a camera."""

    PREVIEW = "preview"
    STILL = "still"

    @property
    def size(self) -> Size:
        """What is asked for where a camera does not say what it has."""
        return PREVIEW if self is Purpose.PREVIEW else STILL


def choose(modes: Iterable[Mode], purpose: Purpose) -> Mode | None:
    """The best of what is offered; None when nothing is.

    Preview: 1280x720 or the next larger one, else the largest. Still: the largest, with MJPG before raw as long as that
    leaves 8 MP.
    """
    usable = [mode for mode in modes if mode.fourcc in FORMATS and mode.width * mode.height <= MOST_PIXELS]
    if not usable:
        return None
    if purpose is Purpose.PREVIEW:
        reach = [mode for mode in usable if mode.width >= PREVIEW[0] and mode.height >= PREVIEW[1]]
        if reach:
            return min(reach, key=lambda mode: (_area(mode), FORMATS.index(mode.fourcc)))
        return max(usable, key=lambda mode: (_area(mode), -FORMATS.index(mode.fourcc)))
    packed = [mode for mode in usable if mode.fourcc == "MJPG" and _area(mode) >= 8_000_000]
    return max(packed or usable, key=lambda mode: (_area(mode), -FORMATS.index(mode.fourcc)))


@dataclass(frozen=True)
class _Knob:
    """A setting with its automatic: the values of `auto` that switch it on, the first that is taken counts, and off."""

    name: str
    auto: int
    on: tuple[int, ...]
    off: int
    value: int


_KNOBS = (
    _Knob("focus", v4l2.FOCUS_AUTO, (1,), 0, v4l2.FOCUS),
    # V4L2_EXPOSURE_APERTURE_PRIORITY, which is what webcams call automatic, or V4L2_EXPOSURE_AUTO; manual is 1
    _Knob("exposure", v4l2.EXPOSURE_AUTO, (3, 0), 1, v4l2.EXPOSURE),
    _Knob("white_balance", v4l2.WHITE_BALANCE_AUTO, (1,), 0, v4l2.WHITE_BALANCE),
)
_FIFTY_HERTZ = 1


def apply(wire: Wire, settings: Settings) -> None:
    """Fix what is said, leave the rest to the camera; what it does not offer is passed over."""
    wire.set(v4l2.POWER_LINE, _FIFTY_HERTZ)  # Indonesia's lamps; otherwise bands run through the picture
    for knob in _KNOBS:
        value = getattr(settings, knob.name)
        if value is None:
            any(wire.set(knob.auto, on) for on in knob.on)
        else:
            wire.set(knob.auto, knob.off)
            wire.set(knob.value, value)


def hold(wire: Wire, settings: Settings) -> None:
    """Switch off the automatics where they have come to, so that nothing hunts while a still is exposed."""
    for knob in _KNOBS:
        if getattr(settings, knob.name) is None:
            value = wire.get(knob.value)
            if wire.set(knob.auto, knob.off) and value is not None:
                wire.set(knob.value, value)


def standing(wire: Wire) -> Settings:
    """How focus, exposure and white balance are just now, where the camera has them."""
    values = {knob.name: wire.get(knob.value) if wire.control(knob.value) is not None else None for knob in _KNOBS}
    return Settings(**{name: value for name, value in values.items() if value is not None and value >= 0})


def _area(mode: Mode) -> int:
    return mode.width * mode.height
