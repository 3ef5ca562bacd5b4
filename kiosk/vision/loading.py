"""A picture file from anywhere as an array, or why it is none; memory stays bounded whatever the file claims to be."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image as Pictures
from PIL import ImageOps, UnidentifiedImageError

from kiosk.vision.types import Image

LONGEST = 64 << 20
"""Bytes of a file that are read at most."""

PIXELS = 64_000_000
"""Pixels that are unpacked at most: 192 MB. Phones that fill more offer a smaller setting."""

#: What is read; anything else Pillow knows, PostScript for one, is not even tried.
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")


def load(path: str | Path) -> Image | str:
    """The file as BGR, turned as its EXIF says and laid on white where it is transparent; or what is wrong with it.

    JPEG, PNG, WebP, TIFF (its first page), BMP, GIF, AVIF, and HEIC where pillow-heif is installed.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        return error.strerror or "cannot be read"
    return unpack(data)


def unpack(data: bytes) -> Image | str:
    """As load(), for a file in memory."""
    if len(data) > LONGEST:
        return f"larger than {LONGEST >> 20} MB"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is wrong with a file, nobody wants every tag on standard error
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            picture = Pictures.open(io.BytesIO(data), formats=_formats())
            if picture.width * picture.height > PIXELS:
                return _too_many(picture.width, picture.height)
            return _bgr(picture)
    except UnidentifiedImageError:
        return "not a picture"
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
        return f"more than {PIXELS // 1_000_000} megapixels"
    except MemoryError:
        return "too large for this machine's memory"
    # a decoder's complaint about its input has no common type: struct.error, SyntaxError, zlib.error and more
    except Exception:
        return "a damaged picture"


def _formats() -> tuple[str, ...]:
    try:
        from pillow_heif import register_heif_opener  # type: ignore[import-not-found]  # nobody has to install it
    except ImportError:
        return _FORMATS
    register_heif_opener()  # pyright: ignore[reportUnknownVariableType]
    return (*_FORMATS, "HEIF")


def _too_many(width: int, height: int) -> str:
    return f"{width} x {height} pixels, more than {PIXELS // 1_000_000} megapixels"


def _bgr(picture: Pictures.Image) -> Image:
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I;16") or turned.mode == "I":
        grey = np.asarray(turned).astype(np.int64)
        top = max(int(grey.max(initial=0)), 255)
        return np.repeat((grey.clip(0) * 255 // top).astype(np.uint8)[:, :, None], 3, axis=2)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        see_through = turned.convert("RGBA")
        turned = Pictures.new("RGBA", see_through.size, "white")
        turned.alpha_composite(see_through)
    return np.ascontiguousarray(np.asarray(turned.convert("RGB"), np.uint8)[:, :, ::-1])
