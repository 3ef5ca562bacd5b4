"""What stands between paper and picture: hands, shadows, lamps, a lens, a sensor, JPEG."""
# pyright: basic

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.training.faces import Random
from kiosk.vision.types import Image

Floats = NDArray[np.floating]


def shadows(rng: Random, picture: Floats) -> Floats:
    """Soft and hard shadows of hands, heads, a telephone."""
    rows, columns = picture.shape[:2]
    for _ in range(int(rng.integers(0, 3))):
        shade = np.ones((rows, columns), np.float32)
        depth = rng.uniform(0.35, 0.92)
        if rng.random() < 0.5:
            points = rng.uniform(-0.3, 1.3, (int(rng.integers(3, 6)), 2)) * (columns, rows)
            cv2.fillPoly(shade, [cv2.convexHull(points.astype(np.int32))], depth)
        else:
            at = (int(rng.uniform(-0.2, 1.2) * columns), int(rng.uniform(-0.2, 1.2) * rows))
            axes = (int(rng.uniform(0.1, 0.7) * columns), int(rng.uniform(0.1, 0.7) * rows))
            cv2.ellipse(shade, at, axes, rng.uniform(0, 180), 0, 360, depth, -1)
        picture = picture * cv2.GaussianBlur(shade, (0, 0), rng.uniform(0.8, 24))[:, :, None]
    return picture


def window(rng: Random, picture: Floats) -> Floats:
    """Sun through a window or a door: a light patch with straight, soft sides that is no paper."""
    rows, columns = picture.shape[:2]
    glow = np.ones((rows, columns), np.float32)
    middle = rng.uniform(0, 1, 2) * (columns, rows)
    half = rng.uniform(0.08, 0.6, 2) * (columns, rows)
    lean = rng.normal(0, 0.4)
    points = middle + np.array([(-1 - lean, -1), (1 - lean, -1), (1 + lean, 1), (-1 + lean, 1)]) * half
    cv2.fillConvexPoly(glow, points.round().astype(np.int32), rng.uniform(1.15, 1.8))
    return np.asarray(picture * cv2.GaussianBlur(glow, (0, 0), rng.uniform(1.5, 9))[:, :, None], np.float32)


def hands(rng: Random, picture: Image, outline: NDArray[np.float64] | None) -> None:
    """Fingers that hold the paper's rim or lie on it, from outside the frame."""
    rows, columns = picture.shape[:2]
    scale = max(rows, columns)
    skin = np.array([90, 125, 180], np.float32) * rng.uniform(0.35, 1.35) + rng.normal(0, 10, 3)
    for _ in range(int(rng.integers(1, 3))):
        if outline is not None and rng.random() < 0.85:
            side = int(rng.integers(4))
            one, two = outline[side], outline[(side + 1) % 4]
            tip = one + rng.uniform(0, 1) * (two - one)
            outward = tip - outline.mean(axis=0)
            outward = outward / max(1e-6, float(np.linalg.norm(outward)))
            tip = tip - outward * rng.uniform(-0.01, 0.12) * scale
        else:
            tip = rng.uniform(0.1, 0.9, 2) * (columns, rows)
            turn = rng.uniform(0, 2 * np.pi)
            outward = np.array([np.cos(turn), np.sin(turn)])
        wide = scale * rng.uniform(0.02, 0.055)
        across = np.array([-outward[1], outward[0]])
        fingers = int(rng.integers(1, 5))
        layer, mask = picture.copy(), np.zeros((rows, columns), np.uint8)
        for index in range(fingers):
            start = tip + across * wide * 1.15 * index - outward * rng.uniform(0, 0.03) * scale
            spread = outward + across * rng.normal(0, 0.12)
            end = start + spread * scale * (1.2 if fingers > 1 else rng.uniform(0.2, 1.2))
            tone = skin * rng.uniform(0.85, 1.1)
            colour = (float(tone[0]), float(tone[1]), float(tone[2]))
            p, q = start.round().astype(int), end.round().astype(int)
            cv2.line(layer, (int(p[0]), int(p[1])), (int(q[0]), int(q[1])), colour, int(wide), cv2.LINE_AA)
            cv2.line(mask, (int(p[0]), int(p[1])), (int(q[0]), int(q[1])), 255, int(wide), cv2.LINE_AA)
            nail = start + spread * wide * 0.1
            if rng.random() < 0.5:
                light = (colour[0] + 25, colour[1] + 25, colour[2] + 25)
                cv2.circle(layer, (int(nail[0]), int(nail[1])), max(1, int(wide * 0.28)), light, -1, cv2.LINE_AA)
        if fingers > 1:  # the palm
            at = tip + outward * scale * rng.uniform(0.22, 0.4) + across * wide * fingers / 2
            radius = int(wide * fingers * 0.75)
            cv2.circle(layer, (int(at[0]), int(at[1])), radius, tuple(float(v) for v in skin), -1, cv2.LINE_AA)
            cv2.circle(mask, (int(at[0]), int(at[1])), radius, 255, -1, cv2.LINE_AA)
        depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
        round_ = np.clip(0.72 + 0.3 * depth / max(1.0, wide / 2), 0.6, 1.05)[:, :, None]
        under = cv2.GaussianBlur(np.roll(mask, int(wide * 0.2), axis=int(rng.integers(2))), (0, 0), wide * 0.25)
        dark = picture * (1 - 0.5 * under[:, :, None] / 255.0)
        alpha = mask[:, :, None] / 255.0
        picture[:] = np.clip(dark * (1 - alpha) + layer * round_ * alpha, 0, 255).astype(np.uint8)


def lamp(rng: Random, picture: Floats) -> Floats:
    """Uneven light, its colour, and a lamp's mirror image."""
    rows, columns = picture.shape[:2]
    y, x = np.mgrid[-1:1:20j, -1:1:20j]
    lean = rng.normal(0, 0.16, 2)
    field = 1 + lean[0] * x + lean[1] * y - rng.uniform(0, 0.2) * (x * x + y * y)
    if rng.random() < 0.2:
        at = rng.uniform(-1, 1, 2)
        field += rng.uniform(0.1, 0.7) * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / rng.uniform(0.05, 0.5))
    picture = picture * cv2.resize(np.clip(field, 0.15, 2).astype(np.float32), (columns, rows))[:, :, None]
    if rng.random() < 0.14:
        spot = np.zeros((rows, columns), np.float32)
        at2 = (int(rng.uniform(0, 1) * columns), int(rng.uniform(0, 1) * rows))
        axes = (int(rng.uniform(0.02, 0.15) * columns), int(rng.uniform(0.02, 0.1) * rows))
        cv2.ellipse(spot, at2, axes, rng.uniform(0, 180), 0, 360, 1.0, -1)
        spot = cv2.GaussianBlur(spot, (0, 0), rng.uniform(3, 15))
        picture = picture + spot[:, :, None] * rng.uniform(60, 250)
    warm = 1 + rng.normal(0, 0.07) * np.array([-1, 0, 1], np.float32)
    exposure = float(np.exp(rng.normal(0.0, 0.28)) if rng.random() < 0.93 else rng.uniform(0.1, 0.5))
    return np.asarray(picture * warm * exposure, np.float32)


def sensor(rng: Random, picture: Floats) -> Image:
    """Blur, tone, noise, sharpening and JPEG."""
    kind = rng.random()
    if kind < 0.45:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 2.2)), np.float32)
    elif kind < 0.55:
        long = int(rng.integers(3, 9))
        kernel = np.zeros((long, long), np.float32)
        turn = rng.uniform(0, np.pi)
        half = (long - 1) / 2
        ends = [
            (round(half + sign * half * np.cos(turn)), round(half + sign * half * np.sin(turn))) for sign in (-1, 1)
        ]
        cv2.line(kernel, ends[0], ends[1], 1.0, 1)
        picture = np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)
    if rng.random() < 0.3:
        picture = picture + rng.uniform(0.3, 1.2) * (picture - cv2.GaussianBlur(picture, (0, 0), 1.5))
    tone = np.clip(picture, 0, 255) / 255
    tone = tone ** float(np.exp(rng.normal(0, 0.2)))
    if rng.random() < 0.4:
        tone = np.clip((tone - 0.5) * rng.uniform(0.6, 1.35) + 0.5 + rng.normal(0, 0.05), 0, 1)
    if rng.random() < 0.12:
        tone = np.repeat(tone.mean(axis=2, keepdims=True), 3, axis=2)
    out = tone * 255
    if rng.random() < 0.6:
        out = out + rng.standard_normal(out.shape, np.float32) * np.float32(rng.exponential(4))
    image = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.uniform(25, 95))])
        image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return image
