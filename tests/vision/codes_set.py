"""Seeded QR pictures spoilt in the ways in which the field spoils them; every picture's payload is known."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
import segno

Pixels = npt.NDArray[np.uint8]
CLASSES = (
    "clean",
    "noise",
    "turned",
    "blurred",
    "perspective",
    "shade",
    "spot",
    "glare",
    "faint",
    "small",
    "damaged",
    "gap",
    "curved",
    "dense",
    "inverted",
    "jpeg",
)
_SIZE = (960, 720)


@dataclass(frozen=True)
class Sample:
    """A picture and the bytes in it."""

    picture: Pixels
    payload: bytes
    kind: str


def symbol(payload: bytes, error: str, scale: int = 8) -> Pixels:
    """A clean QR with its quiet zone."""
    packed = BytesIO()
    segno.make(payload, error=error, micro=False, boost_error=False).save(packed, kind="png", scale=scale, border=4)
    return np.asarray(cv2.imdecode(np.frombuffer(packed.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


def payload_of(rng: random.Random, kind: str) -> bytes:
    """Ticket keys, links with digits, short texts and raw bytes."""
    if kind == "dense":
        return rng.randbytes(rng.randint(250, 500))
    form = rng.randrange(4)
    if form == 0:
        return ("PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "".join(rng.choices("QPZRY9X8GF2TVDW0", k=58))).encode()
    if form == 1:
        return ("HTTPS://CONTOH.ID/V#" + "".join(rng.choices("0123456789", k=rng.randint(80, 300)))).encode()
    if form == 2:
        return f"Contoh nomor {rng.randrange(10**9)}".encode()
    return rng.randbytes(rng.randint(20, 90))


def sample(kind: str, seed: int) -> Sample:
    """One picture of a class."""
    chance = random.Random(f"{kind}-{seed}")
    rng = np.random.default_rng([CLASSES.index(kind), seed])
    payload = payload_of(chance, kind)
    code = symbol(payload, chance.choice("lmq"))
    module = {"small": (1.7, 2.6), "dense": (2.6, 4.0)}.get(kind, (3.2, 6.0))
    scale = rng.uniform(*module) / 8
    scale = min(scale, 0.88 * _SIZE[1] / code.shape[0])
    picture = _laid(code, scale, kind, rng)
    return Sample(_spoilt(picture, kind, rng), payload, kind)


def _laid(code: Pixels, scale: float, kind: str, rng: np.random.Generator) -> Pixels:
    """On a page with print around it, straight, turned or at an angle."""
    width, height = _SIZE
    picture = np.full((height, width), 236, np.uint8)
    for line in range(20, height, 34):
        cv2.putText(picture, "keterangan contoh " * 4, (8, line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (70,), 1, cv2.LINE_AA)
    side = code.shape[0] * scale
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float64) * side / 2
    if kind == "perspective":
        square *= 0.86
        square[0] *= rng.uniform(0.62, 0.85)
        square[1] *= rng.uniform(0.85, 1.2)
        square[2] *= rng.uniform(0.9, 1.15)
    angle = np.radians(rng.uniform(0, 360) if kind in ("turned", "noise") else rng.uniform(-6, 6))
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    room = np.maximum(np.array([width, height]) - side * 1.42, 2) / 2
    corners = square @ turn.T + np.array([width, height]) / 2 + rng.uniform(-1, 1, 2) * room * 0.8
    source = np.array([(-0.5, -0.5), (1, -0.5), (1, 1), (-0.5, 1)], np.float32)
    source[source == 1] = code.shape[0] - 0.5
    there = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    soft = cv2.GaussianBlur(code, (0, 0), max(0.3, 0.35 / scale))
    cv2.warpPerspective(soft, there, _SIZE, dst=picture, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    return picture


def _spoilt(picture: Pixels, kind: str, rng: np.random.Generator) -> Pixels:
    height, width = picture.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    out = picture.astype(np.float32)
    if kind == "blurred":
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(1.4, 3.4))
    elif kind == "shade":
        out *= np.where(x * rng.uniform(0.5, 1) + y * rng.uniform(0.2, 1) > rng.uniform(300, 800), 0.35, 1.0)
        out *= 0.5 + 0.5 * x / width
    elif kind in ("spot", "glare"):
        centre = rng.uniform(0.3, 0.7, 2) * np.array([width, height])
        wide = rng.uniform(60, 130) if kind == "glare" else rng.uniform(120, 260)
        strength = rng.uniform(260, 420) if kind == "glare" else rng.uniform(120, 200)
        out = out * 0.75 + strength * np.exp(-((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / wide**2)
    elif kind == "faint":
        out = 150 + (out - 128) * rng.uniform(0.06, 0.2)
    elif kind == "damaged":
        for _ in range(rng.integers(6, 16)):
            at = (int(rng.uniform(0.2, 0.8) * width), int(rng.uniform(0.2, 0.8) * height))
            shade = float(rng.choice([20.0, 240.0]))
            cv2.ellipse(out, at, (int(rng.uniform(3, 18)), int(rng.uniform(3, 18))), 0, 0, 360, (shade,), -1)
    elif kind == "gap":
        row = int(rng.uniform(0.35, 0.65) * height)
        out[row : row + int(rng.uniform(2, 7))] = 236
    elif kind == "curved":
        bend = rng.uniform(12, 34)
        moved = (y + bend * np.sin(x / width * np.pi * rng.uniform(1, 2))).astype(np.float32)
        out = cv2.remap(out, x, moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    elif kind == "inverted":
        out = 255 - out
    noise = {"noise": rng.uniform(18, 42), "faint": 1.5}.get(kind, 4.0)
    out = cv2.GaussianBlur(out, (0, 0), 0.6) + rng.normal(0, noise, out.shape)
    quality = int(rng.uniform(8, 22)) if kind == "jpeg" else 88
    _, packed = cv2.imencode(".jpg", np.clip(out, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
