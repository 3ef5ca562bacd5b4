"""CIE Lab and the colour difference CIEDE2000 (ISO/CIE 11664-6:2014)."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def to_lab(picture: npt.NDArray[np.uint8] | Floats) -> Floats:
    """BGR (0-255) as CIE Lab of sRGB, D65."""
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / np.float32(255), cv2.COLOR_BGR2LAB), np.float32)


def ciede2000(one: Floats, two: Floats) -> Floats:
    """The difference of (n, 3) Lab colours, with all weights 1; about 1 is just seen, 2.3 at a glance."""
    l1, a1, b1 = one.astype(np.float64).T
    l2, a2, b2 = two.astype(np.float64).T
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    dh = np.where(grey, 0, (h2 - h1 + 180) % 360 - 180)
    hue_step = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh) / 2)
    hue = np.where(grey, h1 + h2, (h1 + dh / 2) % 360)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
    t += 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.2 * np.cos(np.radians(4 * hue - 63))
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    turn = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    r = -np.sin(np.radians(turn)) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    dl, dc, dh = (l2 - l1) / s_l, (c2 - c1) / s_c, hue_step / s_h
    return np.sqrt(np.maximum(dl**2 + dc**2 + dh**2 + r * dc * dh, 0)).astype(np.float32)
