"""Decoders before a film, shares with confidence intervals."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import zxingcpp
from pyzbar import pyzbar

from kiosk.vision import read_codes
from tests.bench.print_camera import FRAME_RATE, SECOND, Film

Pixels = npt.NDArray[np.uint8]
Decode = Callable[[Pixels], list[bytes]]
BUDGET = 0.09
"""Seconds of processor time that our reader may take for a frame, besides its first attempt."""


def zxing(picture: Pixels) -> list[bytes]:
    """zxing-cpp as it comes, QR only."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [bytes(found.bytes) for found in zxingcpp.read_barcodes(picture, formats=formats)]


def zbar(picture: Pixels) -> list[bytes]:
    """pyzbar as it comes, QR only."""
    return [found.data for found in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def ours(picture: Pixels) -> list[bytes]:
    """What the product does, with a budget of processor time: the machine of a benchmark is never alone."""
    return [code.raw for code in read_codes(picture, budget=BUDGET, clock=time.thread_time)]


DECODERS: dict[str, Decode] = {"zxing": zxing, "pyzbar": zbar, "ours": ours}


@dataclass
class Shares:
    """What one decoder did with films: read in the first frame, read within a second, wrong payloads, ms a frame."""

    first: list[bool] = field(default_factory=list)
    second: list[bool] = field(default_factory=list)
    wrong: int = 0
    took: list[float] = field(default_factory=list)


def watch(film: Film, payload: bytes, into: dict[str, Shares], video: bool = True) -> None:
    """Show a film to every decoder of `into`. A decoder that is slower than the camera misses frames."""
    frames: dict[int, Pixels] = {}
    for name, shares in into.items():
        now, index, read = 0.0, 0, False
        while index < (SECOND if video else 1):
            if index not in frames:
                frames[index] = film.frame(index)
            begun = time.thread_time()
            found = DECODERS[name](frames[index])
            took = time.thread_time() - begun
            shares.took.append(took * 1000)
            read = payload in found
            shares.wrong += any(one != payload for one in found)
            if index == 0:
                shares.first.append(read)
            if read:
                break
            now = max(now, index / FRAME_RATE) + took
            index = max(index + 1, int(np.ceil(now * FRAME_RATE)))
        shares.second.append(read)


def interval(hits: Sequence[bool], seed: int = 0, rounds: int = 2000) -> tuple[float, float, float]:
    """Share, and the bounds of its 95 % bootstrap interval, in percent.

    Where all or none were read every resample says the same; then the rule of three gives the open bound (Hanley and
    Lippman-Hand 1983).
    """
    taken = np.asarray(hits, np.float64)
    if not len(taken):
        return float("nan"), float("nan"), float("nan")
    share = float(taken.mean())
    if share in (0.0, 1.0):
        open_ = min(1.0, 3 / len(taken))
        return 100 * share, 100 * (share - open_ if share else 0), 100 * (share if share else open_)
    rng = np.random.default_rng(seed)
    means = taken[rng.integers(0, len(taken), (rounds, len(taken)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return 100 * share, 100 * float(low), 100 * float(high)


def said(hits: Sequence[bool]) -> str:
    """`97 (91-100)`."""
    share, low, high = interval(hits)
    return "-" if np.isnan(share) else f"{share:.0f} ({low:.0f}-{high:.0f})"
