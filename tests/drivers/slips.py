"""Slips to print."""

from __future__ import annotations

import random

from PIL import Image

from drivers.ticket.realtime import without_commands


def slip(width: int = 576, height: int = 900, seed: int = 1) -> Image.Image:
    """A 1-bit picture on which no two rows are the same, so that a lost or doubled row shows.

    It spells no real-time command, so it is burnt dot for dot.
    """
    rng = random.Random(seed)
    black = b"".join(rng.getrandbits(width).to_bytes(width // 8, "big") for _ in range(height))
    return Image.frombytes("1", (width, height), bytes(byte ^ 0xFF for byte in without_commands(black)))
