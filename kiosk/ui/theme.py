"""Colours, text sizes and size classes. Everything drawn asks these; high contrast is another table, not a branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rgba = tuple[float, float, float, float]
SizeClass = Literal["reference", "compact", "portrait"]
TextSize = Literal["normal", "large", "largest"]

_LIGHT = {
    "bg": "#F7F4EE",
    "card": "#FFFFFF",
    "white": "#FFFFFF",
    "black": "#000000",
    "ink": "#161A2C",
    "ink2": "#434860",
    "line": "#DCD7CC",
    "edge": "#85817A",
    "nila_900": "#131B42",
    "nila_800": "#1B2657",
    "nila_700": "#24326F",
    "nila_500": "#4A5CA8",
    "nila_400": "#7480B8",
    "nila_300": "#AEB8DD",
    "nila_200": "#CDD4EC",
    "nila_100": "#E6EAF6",
    "nila_50": "#F1F3FB",
    "emas_500": "#F2B441",
    "emas_300": "#F9D88F",
    "emas_100": "#FDF2D9",
    "emas_800": "#643F00",
    "emas_lip": "#C98A17",
    "manggis_700": "#7A1E4E",
    "manggis_100": "#F7E6EE",
    "daun_700": "#0A5534",
    "daun_100": "#DDF0E4",
    "merah_700": "#8E1424",
    "merah_100": "#FBE6E6",
    "kamera": "#5BE39A",
    "tray": "#353947",
    "strip": "#131B42",  # below the camera and other dark strips
    "off_bg": "#E9E6DF",
    "off_text": "#484541",
    "ticket": "#131B42",  # ink of the drawn ticket, on white paper in every theme
    # what stands on a filled surface
    "on_nila": "#FFFFFF",
    "on_nila_soft": "#E6EAF6",
    "on_nila_gold": "#F2B441",
    "on_nila_gold2": "#F9D88F",
    "on_emas": "#131B42",
    "on_daun": "#FFFFFF",
    "on_merah": "#FFFFFF",
    "on_manggis": "#FFFFFF",
    "on_ink2": "#FFFFFF",
    "on_emas_800": "#FFFFFF",
    "on_strip": "#FFFFFF",
    "pressed": "#131B42",
    "field": "#FFFFFF",
    "panel": "#1B2657",  # the dark panel behind the drawn ticket
    "scrim": "#131B42E0",
    # outlines that only the high contrast theme draws
    "hc": "#00000000",
    "hc_ok": "#00000000",
    "hc_err": "#00000000",
    "hc_warn": "#00000000",
    "none": "#00000000",
}

_CONTRAST = _LIGHT | {
    "bg": "#000000",
    "card": "#000000",
    "ink": "#FFFFFF",
    "ink2": "#FFFFFF",
    "line": "#FFFFFF",
    "edge": "#FFFFFF",
    "nila_900": "#FFFFFF",
    "nila_800": "#FFFFFF",
    "nila_700": "#FFD84A",
    "nila_500": "#FFFFFF",
    "nila_400": "#FFFFFF",
    "nila_300": "#FFFFFF",
    "nila_200": "#767676",
    "nila_100": "#000000",
    "nila_50": "#000000",
    "emas_500": "#FFD84A",
    "emas_300": "#FFD84A",
    "emas_100": "#000000",
    "emas_800": "#FFD84A",
    "emas_lip": "#FFD84A",
    "manggis_700": "#FFFFFF",
    "manggis_100": "#000000",
    "daun_700": "#8CFFB8",
    "daun_100": "#000000",
    "merah_700": "#FF9D9D",
    "merah_100": "#000000",
    "tray": "#1A1A1A",
    "strip": "#000000",
    "off_bg": "#000000",
    "off_text": "#FFFFFF",
    "on_nila": "#000000",
    "on_nila_soft": "#000000",
    "on_nila_gold": "#000000",
    "on_nila_gold2": "#000000",
    "on_emas": "#000000",
    "on_daun": "#000000",
    "on_merah": "#000000",
    "on_manggis": "#000000",
    "on_ink2": "#000000",
    "on_emas_800": "#000000",
    "pressed": "#FFFFFF",
    "field": "#000000",
    "panel": "#000000",
    "scrim": "#000000E8",
    "hc": "#FFFFFF",
    "hc_ok": "#8CFFB8",
    "hc_err": "#FF9D9D",
    "hc_warn": "#FFD84A",
}


def rgba(text: str) -> Rgba:
    """``#RRGGBB`` or ``#RRGGBBAA`` as four fractions."""
    value = text.lstrip("#")
    parts = [int(value[i : i + 2], 16) / 255 for i in range(0, len(value), 2)]
    return (parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0)


@dataclass(frozen=True)
class Theme:
    """A table of colours by token name, and whether shadows, motif and illustrations are drawn."""

    name: str
    table: dict[str, Rgba]
    contrast: bool

    def __getitem__(self, token: str) -> Rgba:
        """The colour of a token; ``name@0.5`` is the same at half opacity. An unknown token is a KeyError."""
        name, _, alpha = token.partition("@")
        colour = self.table[name]
        return (*colour[:3], colour[3] * float(alpha)) if alpha else colour

    def token(self, light: str, contrast: str) -> str:
        """One of two tokens, for the few places where the themes differ in kind and not in colour."""
        return contrast if self.contrast else light


LIGHT = Theme("light", {k: rgba(v) for k, v in _LIGHT.items()}, contrast=False)
CONTRAST = Theme("contrast", {k: rgba(v) for k, v in _CONTRAST.items()}, contrast=True)

_FACTOR: dict[TextSize, float] = {"normal": 1.0, "large": 1.3, "largest": 1.65}
_FLOOR: dict[TextSize, float] = {"normal": 0, "large": 0, "largest": 39}


@dataclass(frozen=True)
class Metrics:
    """The size class of a window. ``u`` is pixels per unit; ``width`` and ``height`` are the window in units.

    Sizes are those of the 1280 x 800 reference; the compact class has its own chrome and is drawn 1:1 at 1024 x 600.
    """

    u: float
    width: float
    height: float
    cls: SizeClass
    text_size: TextSize
    top: float
    motif: float
    bottom: float
    margin: float
    gutter: float

    @property
    def compact(self) -> bool:
        """True where height is so short that help lines of tiles go."""
        return self.cls == "compact"

    @property
    def portrait(self) -> bool:
        """True where two panes stack."""
        return self.cls == "portrait"

    @property
    def content(self) -> float:
        """Width of the content column, margins included."""
        return min(self.width, 1280 if self.cls == "reference" else self.width)

    def sp(self, size: float) -> float:
        """A text size in units at the text size that the person chose."""
        return max(size * _FACTOR[self.text_size], _FLOOR[self.text_size])

    @property
    def larger(self) -> bool:
        """Text x 1.3 or more."""
        return self.text_size != "normal"

    @property
    def largest(self) -> bool:
        """Text x 1.65: one column, fewer things."""
        return self.text_size == "largest"


def metrics(width_px: int, height_px: int, text_size: TextSize = "normal") -> Metrics:
    """The size class and scale for a window of so many pixels."""
    if height_px > width_px:
        u = width_px / 720
        base = Metrics(u, 720, height_px / u, "portrait", text_size, 84, 12, 112, 28, 16)
    elif height_px < 700:
        u = min(width_px / 1024, height_px / 600)
        base = Metrics(u, width_px / u, height_px / u, "compact", text_size, 68, 8, 92, 24, 14)
    else:
        u = min(width_px / 1280, height_px / 800)
        base = Metrics(u, width_px / u, height_px / u, "reference", text_size, 84, 12, 112, 40, 20)
    return base
