"""Pictures for the graphics card: glyph runs, round corners, tinted icons, art. Each is made once and kept.

What belongs to a visit (texts, captured pages, codes) is kept apart and dropped by :meth:`Textures.forget`.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw, ImageFilter

from kiosk.ui.fonts import ASSETS, face
from kiosk.ui.marks import Pic, Radii

_RUNS = 900  # textures of text that are kept; a page has some sixty
_OVER = 8  # supersampling of corners


def upload(image: Image.Image, *, smooth: bool = True, mipmap: bool = False) -> Texture:
    """An RGBA picture as a texture whose lower row comes first, as GL wants it."""
    flipped = image.convert("RGBA").transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    texture = Texture.create(size=flipped.size, colorfmt="rgba", mipmap=mipmap)
    texture.blit_buffer(flipped.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    texture.mag_filter = "linear" if smooth else "nearest"
    texture.min_filter = "linear" if smooth else "nearest"
    return texture


def white(mask: np.ndarray) -> Image.Image:
    """A coverage mask as a white picture, ready to be tinted."""
    rgba = np.empty((*mask.shape, 4), np.uint8)
    rgba[..., :3] = 255
    rgba[..., 3] = mask
    return Image.fromarray(rgba, "RGBA")


class Textures:
    """All textures of one window. ``picture`` answers a capture's name with JPEG or PNG bytes, or None."""

    def __init__(self, picture: Callable[[str], bytes | None]) -> None:
        self._picture = picture
        self._runs: OrderedDict[tuple[str, int, int], tuple[Texture, int, int]] = OrderedDict()
        self._corners: dict[Radii, Texture] = {}
        self._outside: dict[int, Texture] = {}
        self._icons: dict[tuple[str, int, float], Texture] = {}
        self._art: dict[tuple[str, int, int, float, str, int], Texture] = {}
        self._visit: dict[tuple[str, int, int, float, str, int], Texture] = {}
        self._strips: dict[tuple[str, int], Texture] = {}
        self._shadows: dict[int, tuple[Texture, int, int, int]] = {}

    def forget(self) -> None:
        """Drop everything that could tell something of the visit."""
        self._runs.clear()
        self._visit.clear()

    def texts(self) -> list[str]:
        """The texts that are kept as textures."""
        return [text for text, _, _ in self._runs]

    def run(self, text: str, weight: int, px: int) -> tuple[Texture, int, int]:
        """A run of text: its texture, the pen's start and the baseline inside it (pixels from left and top)."""
        key = (text, weight, px)
        found = self._runs.get(key)
        if found is None:
            mask, pen, base = face(weight).raster(text, px)
            found = self._runs[key] = (upload(white(mask)), pen, base)
            if len(self._runs) > _RUNS:
                self._runs.popitem(last=False)
        else:
            self._runs.move_to_end(key)
        return found

    def corners(self, radii: Radii) -> Texture:
        """A white rectangle with smooth round corners, to be stretched in its middle."""
        found = self._corners.get(radii)
        if found is None:
            side = 2 * max(radii) + 4
            image = _rounded(side, side, radii)
            found = self._corners[radii] = upload(white(np.asarray(image)))
        return found

    def outside(self, radius: int) -> Texture:
        """The four spandrels outside round corners."""
        found = self._outside.get(radius)
        if found is None:
            side = 2 * radius + 4
            image = _rounded(side, side, (radius, radius, radius, radius))
            found = self._outside[radius] = upload(white(255 - np.asarray(image)))
        return found

    def icon(self, name: str, px: int, stroke: float) -> Texture | None:
        """A white icon at exactly so many pixels, its lines thickened where ``stroke`` is above 2."""
        key = (name, px, stroke)
        found = self._icons.get(key)
        if found is None:
            master = self._load(f"icons/{name}@2x.png") or self._load(f"icons/{name}.png")
            if master is None:
                return None
            alpha = master.getchannel("A")
            extra = round((stroke - 2) * master.width / 24 / 2) if stroke > 2.05 else 0
            if extra:
                alpha = _thicker(alpha, extra)
            alpha = alpha.resize((px, px), Image.Resampling.LANCZOS)
            found = self._icons[key] = upload(white(np.asarray(alpha)))
        return found

    def picture(self, pic: Pic) -> Texture | None:
        """Art, a captured page or a code at its size in pixels; None where there is no such picture (yet)."""
        key = (pic.name, pic.w, pic.h, pic.angle, pic.fit, pic.radius)
        kind, _, name = pic.name.partition(":")
        kept = self._art if kind == "art" else self._visit
        found = kept.get(key)
        if found is not None:
            return found
        if kind == "qr":
            found = upload(_code(name), smooth=False)
        else:
            master = self._load(f"art/{name}.png") if kind == "art" else _decoded(self._picture(name))
            if master is None:
                return None
            found = upload(_fitted(master, pic))
        kept[key] = found
        return found

    def strip(self, name: str, px: int) -> Texture | None:
        """One period of the motif at a height in pixels, repeating along the width."""
        key = (name, px)
        found = self._strips.get(key)
        if found is None:
            master = (
                self._load(f"art/{name}-{px}.png") or self._load(f"art/{name}.png") or self._load(f"art/{name}-28.png")
            )
            if master is None:
                return None
            if master.height != px:
                master = master.resize((max(2, round(master.width * px / master.height)), px), Image.Resampling.LANCZOS)
            found = upload(master)
            found.wrap = "repeat"
            self._strips[key] = found
        return found

    def shadow(self, level: int, u: float) -> tuple[Texture, int, int, int]:
        """A stretchable shadow: (texture, spread, drop, border), in pixels. CSS: e1 0 2 6, e2 0 6 20, e3 0 18 56."""
        key = level * 10000 + round(u * 1000)
        found = self._shadows.get(key)
        if found is None:
            drop, blur, color, alpha = {
                1: (2, 6, (27, 38, 87), 0.10),
                2: (6, 20, (27, 38, 87), 0.14),
                3: (18, 56, (19, 27, 66), 0.28),
            }[level]
            spread, core = round(blur * u), round((blur + 24) * u)
            side = 2 * (spread + core) + 4
            image = Image.new("L", (side, side), 0)
            edge = (spread, spread, side - spread - 1, side - spread - 1)
            ImageDraw.Draw(image).rounded_rectangle(edge, radius=round(20 * u), fill=round(255 * alpha))
            image = image.filter(ImageFilter.GaussianBlur(blur * u / 2))
            rgba = np.empty((side, side, 4), np.uint8)
            rgba[..., :3] = color
            rgba[..., 3] = np.asarray(image)
            found = self._shadows[key] = (upload(Image.fromarray(rgba, "RGBA")), spread, round(drop * u), spread + core)
        return found

    def _load(self, path: str) -> Image.Image | None:
        file = ASSETS / path
        if not file.is_file():
            return None
        with Image.open(file) as image:
            return image.convert("RGBA")


def _rounded(w: int, h: int, radii: Radii) -> Image.Image:
    """Coverage of a rectangle with four different corners, anti-aliased by area."""
    big = Image.new("L", (w * _OVER, h * _OVER), 255)
    draw = ImageDraw.Draw(big)
    wide, tall = big.size
    for k, r in enumerate(radii):
        if not r:
            continue
        s = r * _OVER
        x0, y0 = (0 if k in (0, 3) else wide - s), (0 if k < 2 else tall - s)
        draw.rectangle((x0, y0, x0 + s - 1, y0 + s - 1), fill=0)
        cx, cy = (0 if k in (0, 3) else wide - 2 * s), (0 if k < 2 else tall - 2 * s)
        piece = Image.new("L", (2 * s, 2 * s), 0)
        ImageDraw.Draw(piece).ellipse((0, 0, 2 * s - 1, 2 * s - 1), fill=255)
        part = piece.crop((x0 - cx, y0 - cy, x0 - cx + s, y0 - cy + s))
        big.paste(part, (x0, y0))
    return big.reduce(_OVER)


def _thicker(alpha: Image.Image, extra: int) -> Image.Image:
    """Lines grown by ``extra`` pixels on each side, with round ends."""
    source = np.asarray(alpha)
    padded = np.pad(source, extra)
    out = source.copy()
    for dy in range(-extra, extra + 1):
        reach = int((extra * extra - dy * dy) ** 0.5)
        for dx in {-reach, 0, reach, -reach // 2, reach // 2}:
            y, x = extra + dy, extra + dx
            np.maximum(out, padded[y : y + source.shape[0], x : x + source.shape[1]], out=out)
    return Image.fromarray(out)


def _decoded(data: bytes | None) -> Image.Image | None:
    if data is None:
        return None
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGBA")


def _fitted(master: Image.Image, pic: Pic) -> Image.Image:
    """The picture at its pixel size: stretched, covering or contained; corners rounded; turned about its middle."""
    w, h = max(1, pic.w), max(1, pic.h)
    lanczos = Image.Resampling.LANCZOS
    if pic.fit in ("cover", "top", "bottom"):
        scale = max(w / master.width, h / master.height)
        part_w, part_h = w / scale, h / scale
        left = (master.width - part_w) / 2
        spare = master.height - part_h
        top = {"top": 0.0, "bottom": spare}.get(pic.fit, spare / 2)
        edge = (left, top, min(master.width, left + part_w), min(master.height, top + part_h))
        image = master.resize((w, h), lanczos, box=edge)
    elif pic.fit == "contain":
        scale = min(w / master.width, h / master.height)
        small = master.resize((max(1, round(master.width * scale)), max(1, round(master.height * scale))), lanczos)
        image = Image.new("RGBA", (w, h), (0, 0, 0, 0))
        image.paste(small, ((w - small.width) // 2, (h - small.height) // 2))
    else:
        image = master if master.size == (w, h) else master.resize((w, h), lanczos)
    if pic.radius:
        r = min(pic.radius, w // 2, h // 2)
        mask = _rounded(w, h, (r, r, r, r))
        image = image.copy()
        image.putalpha(Image.fromarray(np.minimum(np.asarray(image.getchannel("A")), np.asarray(mask))))
    if pic.angle:
        image = _bled(image).rotate(-pic.angle, Image.Resampling.BICUBIC, expand=True)
    return image


def _bled(image: Image.Image) -> Image.Image:
    """A clear border, so that turned edges are smooth."""
    out = Image.new("RGBA", (image.width + 4, image.height + 4), (0, 0, 0, 0))
    out.paste(image, (2, 2))
    return out


def _code(text: str) -> Image.Image:
    """A QR code with its quiet zone, one pixel a module."""
    import segno

    matrix = np.array([list(line) for line in segno.make(text, error="m", micro=False).matrix_iter(border=4)], np.uint8)
    return Image.fromarray(np.where(matrix > 0, 0, 255).astype(np.uint8), "L")
