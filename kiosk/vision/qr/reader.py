"""One symbol after another, from three finders to exact bytes, each step bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.vision.qr import anchors, finders, lattice, repair, sampling
from kiosk.vision.qr.finders import Finder
from kiosk.vision.qr.memory import Memory
from kiosk.vision.qr.pairs import pairs
from kiosk.vision.qr.sampling import FOCUSES
from kiosk.vision.qr.symbol import Layout, layout, size_of, version_places, version_words
from kiosk.vision.qr.triples import Triple, outlines, plane, triples
from kiosk.vision.types import Code, Corners, Image, Unread

Matrix = NDArray[np.float64]

_LEAST = 0.45
"""Agreement with the known patterns below which nothing is read: a chance square has 0, of 122 hard ones read the least
had 0.57."""

_BENDS, _FOLLOWS = 0.2, 0.55
"""Agreement below which a plane is not bent, and below which a bent one's lattice is not followed. Of 237 hard symbols
read the least had 0.32 before it was bent and 0.71 before it was followed; other squares have 0.1 to 0.5."""


@dataclass(frozen=True)
class Look:
    """One search for finders: on the picture at a scale, against surroundings of `window` pixels, sharpened or not.

    `blur`: pixels of the Gaussian whose smoothing is taken away again, `amount` times.
    """

    scale: float
    window: int
    amount: float = 0.0
    blur: float = 1.0


LOOKS = (
    Look(0.5, 31, 1.5, 2.0),
    Look(0.5, 121),
    Look(1.0, 15, 2.0, 1.0),
    Look(0.25, 15, 1.5, 2.0),
    Look(1.0, 41, 3.0, 4.0),
)
"""In the order of what they give for their time: modules from 3 pixels, large ones in a lamp, small ones, soft ones."""

_PAIRS_AFTER = (1, 4)
"""Looks after which symbols with two finders are tried, of all finders that were seen until then."""


def read(
    grey: Image,
    out_of_time: Callable[[], bool],
    looks: tuple[Look, ...] = LOOKS,
    memory: Memory | None = None,
) -> Iterator[Code | Unread]:
    """Symbols that the picture's finders lead to; with a `memory`, also such as only several pictures show together.

    A symbol that is there and cannot be read comes as Unread; a later look may read it after all.
    """
    tried: list[Triple] = []
    codes: list[Code] = []
    alone: list[Finder] = []
    for index, look in enumerate(looks):
        if out_of_time():
            return
        finders = seen_with(grey, look)
        yield from _of(grey, triples(finders), tried, codes, 6, out_of_time, memory)
        if codes:
            return
        alone.extend(finder for finder in finders if not any(_same(finder, other) for other in alone))
        if index in _PAIRS_AFTER and not out_of_time():
            heaviest = sorted(alone, key=lambda finder: -finder.weight)
            yield from _of(grey, pairs(grey, heaviest), tried, codes, 4, out_of_time, memory)
            if codes:
                return


def _of(
    grey: Image,
    candidates: Iterator[Triple],
    tried: list[Triple],
    codes: list[Code],
    chances: int,
    out_of_time: Callable[[], bool],
    memory: Memory | None,
) -> Iterator[Code | Unread]:
    """The symbols of these triples; none is tried twice, nor within a symbol that was read. Adds to both lists."""
    for triple in candidates:
        if out_of_time() or chances == 0:
            return
        if any(_alike(triple, other) for other in tried) or any(_within(triple, code.corners) for code in codes):
            continue
        tried.append(triple)
        found = read_at(grey, triple, out_of_time, memory)
        if isinstance(found, Code):
            codes.append(found)
        else:
            chances -= 1
        if found is not None:
            yield found


def _same(one: Finder, two: Finder) -> bool:
    return bool(np.abs(one.middle - two.middle).max() < 1.5 * one.module)


def seen_with(grey: Image, look: Look) -> list[finders.Finder]:
    """The finders that a look sees, in the picture's own pixels."""
    picture = grey
    if look.scale != 1.0:
        picture = np.asarray(
            cv2.resize(grey, None, fx=look.scale, fy=look.scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    if look.amount:
        soft = cv2.GaussianBlur(picture, (0, 0), look.blur)
        picture = np.asarray(cv2.addWeighted(picture, 1 + look.amount, soft, -look.amount, 0), np.uint8)
    found = finders.find(picture, finders.against_surroundings(picture, look.window))
    if look.scale == 1.0:
        return found
    back = 1 / look.scale
    shift = (back - 1) / 2
    return [finders.Finder(f.middle * back + shift, f.module * back, f.corners * back + shift, f.weight) for f in found]


def _alike(one: Triple, two: Triple) -> bool:
    parts = ((one.top_left, two.top_left), (one.top_right, two.top_right), (one.bottom_left, two.bottom_left))
    return all(np.abs(a.middle - b.middle).max() < 0.3 * a.module for a, b in parts)


def _within(triple: Triple, corners: Corners) -> bool:
    outline = np.asarray(corners, np.float32)
    parts = (triple.top_left, triple.top_right, triple.bottom_left)
    return any(
        cv2.pointPolygonTest(outline, (float(part.middle[0]), float(part.middle[1])), False) >= 0 for part in parts
    )


def read_at(
    grey: Image, triple: Triple, out_of_time: Callable[[], bool], memory: Memory | None = None
) -> Code | Unread | None:
    """The symbol of three finders: taken as flat first, then as bent, then with its lattice followed.

    None when they are no symbol's. What cannot be read on this picture alone is put together with what the memory has
    of it.
    """
    unread: Unread | None = None
    for version, matrix in versions(grey, triple):
        tries = _Tries(layout(version), matrix)
        code = _alone(grey, triple, tries, out_of_time)
        if code is None and memory is not None and tries.best is not None:
            sure, shift = tries.best
            together = memory.together(sure, ~tries.plan.function)
            symbol = None if together is None else repair.repaired(together, tries.plan)
            code = None if symbol is None else _told(symbol, tries.plan, matrix, shift)
        if code is not None:
            if memory is not None:
                memory.forget()
            return code
        if tries.best is not None and unread is None:
            corners = _corners(tries.plan, matrix, tries.best[1])
            unread = Unread(corners, _module(corners, tries.plan))
        if out_of_time():
            break
    return unread


class _Tries:
    """One plane of one version, and the best look at it so far: the modules and how they were straightened."""

    def __init__(self, plan: Layout, matrix: Matrix) -> None:
        self.plan = plan
        self.matrix = matrix
        self.best: tuple[NDArray[np.float32], lattice.Shift | None] | None = None
        self.fit = 0.0


def _alone(grey: Image, triple: Triple, tries: _Tries, out_of_time: Callable[[], bool]) -> Code | None:
    plan, matrix = tries.plan, tries.matrix
    size = plan.size
    flat = lattice.straightened(grey, matrix, size)
    code = _decoded(flat, tries, None)
    if code is not None or out_of_time() or tries.fit < _BENDS:
        return code
    should, there = anchors.found(flat, plan, reach=min(2 + size / 12, 6))
    shift = anchors.bent(matrix, size, outlines(triple), should, there)
    code = _decoded(lattice.straightened(grey, matrix, size, shift), tries, shift)
    if code is not None or out_of_time() or tries.fit < _FOLLOWS:
        return code
    followed, shift = lattice.followed(grey, matrix, size, shift)
    return _decoded(followed, tries, shift)


def versions(grey: Image, triple: Triple, most: int = 2) -> list[tuple[int, Matrix]]:
    """Versions whose timing patterns are where they should be, with their planes, the best first.

    The patterns are looked for along a plate bent through the finders' outlines, for on a bottle they lie on no line.
    """
    likely = round((triple.modules - 17) / 4)
    reach = 1 + likely // 5
    corners = outlines(triple)
    none = np.zeros((0, 2))
    scored: list[tuple[float, int, Matrix]] = []
    for version in range(max(1, likely - reach), min(40, likely + reach) + 1):
        matrix = plane(corners, version)
        if matrix is None:
            continue
        size = size_of(version)
        shift = anchors.bent(matrix, size, corners, none, none)
        score = max(_timing(grey, matrix, size, None), _timing(grey, matrix, size, shift))
        scored.append((score, version, matrix))
    scored.sort(key=lambda item: -item[0])
    return [(version, matrix) for score, version, matrix in scored[:most] if score > 0.85 * scored[0][0]]


def _timing(grey: Image, matrix: Matrix, size: int, shift: lattice.Shift | None) -> float:
    """How regularly dark and light take turns along both timing patterns: 2 at best, about 0 by chance."""
    at = (np.arange(7, size - 7) + 0.5).astype(np.float32)
    six = np.full(len(at), 6.5, np.float32)
    x, y = np.concatenate([at, six]), np.concatenate([six, at])
    if shift is not None:
        knot = (len(shift[0]) - 1) / size
        moved = [
            cv2.remap(field, x * np.float32(knot), y * np.float32(knot), cv2.INTER_LINEAR).ravel() for field in shift
        ]
        x, y = x + moved[0], y + moved[1]
    u, v = lattice.mapped(matrix, x, y)
    seen = cv2.remap(grey, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).ravel().astype(np.float32)
    return lattice.alternation(seen[: len(at)]) + lattice.alternation(seen[len(at) :])


def _decoded(picture: Image, tries: _Tries, shift: lattice.Shift | None) -> Code | None:
    """The symbol on a straightened picture, by the focus that shows its known patterns best, then by the next."""
    plan = tries.plan
    sures = [sampling.judged(sampling.values(sampling.focused(picture, focus), plan.size)) for focus in FOCUSES]
    fits = [sampling.agreement(sure, plan) for sure in sures]
    ordered = sorted(range(len(fits)), key=lambda at: -fits[at])[:2]
    if fits[ordered[0]] > tries.fit:
        tries.fit = fits[ordered[0]]
        tries.best = (sures[ordered[0]], shift) if tries.fit >= _LEAST else None
    for index in ordered:
        if fits[index] < _LEAST:
            continue
        symbol = repair.repaired(sures[index], plan)
        code = None if symbol is None else _told(symbol, plan, tries.matrix, shift)
        if code is not None:
            return code
    return None


def _told(symbol: repair.Symbol, plan: Layout, matrix: Matrix, shift: lattice.Shift | None) -> Code | None:
    """The repaired symbol's content, by the decoder that knows every mode and ECI."""
    modules = symbol.modules.copy()
    if plan.version >= 7:
        for places in version_places(plan.version):
            modules[places[:, 0], places[:, 1]] = version_words()[plan.version - 7] > 0
    clean = np.where(np.pad(modules, 4), 0, 255).astype(np.uint8).repeat(3, axis=0).repeat(3, axis=1)
    read = zxingcpp.read_barcodes(
        clean,
        # drawn by us and never a Micro QR; QRCodeModel2 reads no pure picture (zxing-cpp 3.1.1)
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        text_mode=zxingcpp.TextMode.Plain,
        is_pure=True,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    if not read or not read[0].valid:
        return None
    corners = _corners(plan, matrix, shift)
    module = _module(corners, plan)
    return Code(read[0].text, bytes(read[0].bytes), corners, plan.version, symbol.level, module)


def _corners(plan: Layout, matrix: Matrix, shift: lattice.Shift | None) -> Corners:
    """The symbol's own corners on the picture, from its top left."""
    size = float(plan.size)
    x, y = np.array([0, size, size, 0], np.float32), np.array([0, 0, size, size], np.float32)
    if shift is not None:
        ends = np.array([(0, 0), (0, -1), (-1, -1), (-1, 0)])
        x = x + shift[0][ends[:, 0], ends[:, 1]]
        y = y + shift[1][ends[:, 0], ends[:, 1]]
    u, v = lattice.mapped(matrix, x, y)
    first, second, third, fourth = ((float(a), float(b)) for a, b in zip(u, v, strict=True))
    return first, second, third, fourth


def _module(corners: Corners, plan: Layout) -> float:
    """Pixels a module is long, on average of the four sides."""
    sides = [np.hypot(corners[i][0] - corners[i - 1][0], corners[i][1] - corners[i - 1][1]) for i in range(4)]
    return float(np.mean(sides)) / plan.size
