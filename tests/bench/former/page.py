"""Finding the sheet on the tray: candidates from light, colour and lines, judged by their own edges.

A tutorial's Canny and polygon takes the first quadrangle that closes, so a table on the page, a shadow or a tray's rim
wins as often as the sheet. Here many candidates are drawn up (regions that differ from the tray, in several channels
and at several levels; quadrangles of long straight lines) and each is asked the same question: does a step to another
surface run along all four sides? That question can also be answered with no, which is how "no page" is said; and a side
that lies on the frame's own edge has no step to show, which is how "cut off" is said.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.vision.types import Corners, Finding, Image, PageFinding, Side
from tests.bench.former.candidates import Candidate, propose
from tests.bench.former.edges import EdgeMap, Quad, refine, support

WORK = 480  # pixels, longest side on which candidates are sought
FINE = 1600  # pixels, longest side on which the edges are measured to a fraction of a pixel
ACCEPT = 0.55  # judgement below which there is no page; see _judge
_SIDES: tuple[Side, Side, Side, Side] = ("top", "right", "bottom", "left")


def find_page(image: Image) -> PageFinding:
    """The sheet on a BGR or grey picture: PAGE with corners, CUT_OFF with the side over which it leaves, or NONE.

    Corners are in pixels of `image`, clockwise from the top left as seen.
    """
    if image.ndim < 2 or min(image.shape[:2]) < 24:
        return PageFinding(None, Finding.NONE)
    small, scale = _scaled(image, WORK)
    best = _best(small)
    if best is None or best.mark < ACCEPT:
        return PageFinding(None, Finding.NONE)
    quad, lost = best.candidate.quad, best.candidate.lost
    fine, fine_scale = _scaled(image, FINE)
    # pixel middles: x of one scale is (x + 0.5) * ratio - 0.5 of another
    finer = refine(fine, (quad + 0.5) * (fine_scale / scale) - 0.5, lost)
    height, width = image.shape[:2]
    placed = (finer + 0.5) / fine_scale - 0.5
    if any(lost) or not _inside(placed, width, height):
        side = _lost_side(placed, lost, width, height)
        if side:
            return PageFinding(_corners(_clipped(placed, width, height)), Finding.CUT_OFF, side)
    return PageFinding(_corners(_clipped(placed, width, height)), Finding.PAGE)


@dataclass(frozen=True)
class _Judged:
    """A candidate with its judgement (0-1, see :func:`_judge`), its share of the frame and its surface's lightness."""

    candidate: Candidate
    mark: float
    area: float
    surface: float


def _best(small: Image) -> _Judged | None:
    edges = EdgeMap.of(small)
    known: set[bytes] = set()
    judged: list[_Judged] = []
    for candidate in propose(small, edges):
        place = (candidate.quad / 1.5).round().astype(np.int16).tobytes()
        if place not in known:
            known.add(place)
            judged.append(_judge(candidate, edges))
    if not judged:
        return None
    best = max(judged, key=lambda one: one.mark)
    for _ in range(2):
        around = [one for one in judged if _holds(one, best, edges)]
        if not around:
            break
        best = max(around, key=lambda one: one.mark)
    return best


def _holds(outer: _Judged, inner: _Judged, edges: EdgeMap) -> bool:
    """Whether `inner` is but a part of the sheet `outer`: a photograph, a table, the page above a line of print.

    Then the sheet is about as sure, at least as light (a mat or a tray that a sheet lies on is darker), and what lies
    between the two outlines, where they are furthest apart, is sheet.
    """
    if outer.mark < max(ACCEPT, 0.86 * inner.mark) or outer.area < 1.12 * inner.area:
        return False
    if outer.surface < inner.surface - 14:
        return False
    outline, inside = outer.candidate.quad, inner.candidate.quad
    held = outline.astype(np.float32)
    if any(cv2.pointPolygonTest(held, (float(x), float(y)), True) < -5.0 for x, y in inside):
        return False
    around = np.roll(outline, -int(np.argmin(np.linalg.norm(outline - inside[0], axis=1))), axis=0)
    gaps = np.linalg.norm((around + np.roll(around, -1, 0) - inside - np.roll(inside, -1, 0)) / 2, axis=1)
    side = int(gaps.argmax())
    rows, columns = edges.shape
    off: list[float] = []
    for part in (0.3, 0.5, 0.7):  # one of them may run along a line of print
        start = around[side] * part + inside[side] * (1 - part)
        end = around[side - 3] * part + inside[side - 3] * (1 - part)
        points = start + np.linspace(0.1, 0.9, 24)[:, None] * (end - start)
        x = np.clip(points[:, 0].round(), 0, columns - 1).astype(np.intp)
        y = np.clip(points[:, 1].round(), 0, rows - 1).astype(np.intp)
        off.append(abs(float(np.median(edges.levels[y, x, 0])) - outer.surface))
    return min(off) <= 20


def _judge(candidate: Candidate, edges: EdgeMap) -> _Judged:
    """How sure it is that this is a sheet's outline.

    The weakest side counts most: three good sides and a missing one are a shadow or a table. A larger outline is
    preferred among equals, for a sheet holds frames and tables of its own. Sides on the frame's edge prove nothing, and
    two of them that face each other would make every band of light a page.
    """
    lost = candidate.lost
    seen = [index for index in range(4) if not lost[index]]
    if len(seen) < 2 or (lost[0] and lost[2]) or (lost[1] and lost[3]):
        return _Judged(candidate, 0.0, 0.0, 0.0)
    found = support(edges, candidate.quad)
    shares = [found.shares[index] for index in seen]
    step = min(found.steps[index] for index in seen)
    rows, columns = edges.shape
    area = float(cv2.contourArea(candidate.quad.astype(np.float32))) / (columns * rows)
    mark = 0.6 * min(shares) + 0.4 * sum(shares) / len(shares)
    mark *= min(1.0, 0.4 + step / 30) * (0.88 + 0.12 * min(1.0, area / 0.3)) * found.one_sign
    mark *= 1.0 - 0.06 * (4 - len(seen))
    square = [found.corners[index] for index in range(4) if not lost[index] and not lost[index - 1]]
    mark *= 0.5 + 0.5 * min(1.0, sum(square) / len(square) / 0.8) if square else 0.8
    return _Judged(candidate, mark, area, found.surface)


def _scaled(image: Image, longest: int) -> tuple[Image, float]:
    scale = longest / max(image.shape[:2])
    if scale >= 1:
        return image, 1.0
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8), scale


def _inside(quad: Quad, width: int, height: int) -> bool:
    slack = 0.002 * max(width, height)
    return bool((quad >= -slack).all() and (quad <= np.array([width - 1 + slack, height - 1 + slack])).all())


def _lost_side(quad: Quad, lost: tuple[bool, bool, bool, bool], width: int, height: int) -> Side:
    """The frame's edge over which most of the sheet is lost."""
    x, y = quad[:, 0], quad[:, 1]
    depth: dict[Side, NDArray[np.float64]] = {"left": x, "right": width - 1 - x, "top": y, "bottom": height - 1 - y}
    beyond = {side: float(np.clip(-depth[side], 0, None).sum()) for side in _SIDES}
    for index, is_lost in enumerate(lost):
        if is_lost:
            after = (index + 1) % 4
            nearest = min(_SIDES, key=lambda side: max(depth[side][index], depth[side][after]))
            beyond[nearest] += float(np.linalg.norm(quad[after] - quad[index]))
    side = max(_SIDES, key=lambda name: beyond[name])
    return side if beyond[side] > 0 else ""


def _clipped(quad: Quad, width: int, height: int) -> Quad:
    return np.clip(quad, 0, np.array([width - 1, height - 1]))


def _corners(quad: Quad) -> Corners:
    """Clockwise, starting with the corner nearest to the top left."""
    middle = quad.mean(axis=0)
    turned = quad[np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))]
    start = int(np.argmin(turned.sum(axis=1)))
    first, second, third, fourth = ((float(x), float(y)) for x, y in np.roll(turned, -start, axis=0))
    return first, second, third, fourth
