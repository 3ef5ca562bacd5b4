"""Slips to print."""

from __future__ import annotations

import random

from PIL import Image


def slip(width: int = 576, height: int = 900, seed: int = 1) -> Image.Image:
    """A 1-bit picture on which no two rows are the same, so that a lost or doubled row shows."""
    rng = random.Random(seed)
    rows = b"".join(rng.getrandbits(width).to_bytes(width // 8, "big") for _ in range(height))
    return Image.frombytes("1", (width, height), rows)
