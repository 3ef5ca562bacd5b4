"""Finding the sheet: a small network says roughly where, the picture itself says exactly where, and both may say no.

The network (:mod:`kiosk.vision.pagenet`) tells paper from tables, trays, tiles, screens and hands, which no rule about
edges can. Each side is then followed on the picture to a fraction of a pixel (:mod:`kiosk.vision.sides`), first on a
small copy, where print has melted away, then at full resolution. A side along which no edge is to be seen is no side:
the sheet goes on there, and where its other sides lead to the frame's edge it is cut off.
"""

# NumPy's types know less or more from version to version, and the lock has two
# pyright: reportUnknownArgumentType=false
from __future__ import annotations

import cv2
import numpy as np

from kiosk.vision import pagenet, sides
from kiosk.vision.types import Corners, Finding, Image, PageFinding, Quad, Side

WORK = 640  # pixels, longest side of the small copy
REACH = 10.0  # pixels of the small copy, how far from the network's outline a side is sought
FAR_REACH = 28.0  # the same where a side is not seen there
WINDOW = 4.0  # pixels of the small copy compared on each side of an edge
FINE_REACH, FINE_WINDOW = 2.5, 1.25  # the same at full resolution, in pixels of the small copy
HAS_PAPER = 0.5  # the network's word that there is a paper, below which there is none
PERHAPS = 0.25  # the same, from which a small thing is worth a second look
SMALL = 0.1  # of the picture; a paper smaller than that is looked at once more
NEARBY = 0.4  # of the picture; a paper shorter than that is measured on its own part of the picture,
ENLARGED = 2.0  # enlarged at most this much, so that REACH and WINDOW are as large beside it as beside a large one
SURE = 1.2  # how well the maps explain the outline (see _sure), below which there is none
SURE_OF_SECOND = 1.5  # the same for a second paper
SECOND = 0.12  # of the first paper's area, from which another one is told
SHOWN, TALL = 0.72, 0.3  # a side is seen along this share of it, with a step of this share of the other sides' steps
GOES_ON = 0.75  # share of a lengthened side's new part that shows an edge
NEAR = 0.03  # of the frame; a side that is not seen and lies as near as this to the frame's edge is lost there
TOUCHES = 0.14  # of a frame's edge that the network must see paper along, for a side that is not seen to be lost there
NOT_FLAT = 0.03  # bend of a side, in side lengths
SLACK = 0.006  # of the frame; a corner this far outside is still inside
_EDGES: tuple[Side, Side, Side, Side] = ("left", "right", "top", "bottom")


def find_page(image: Image) -> PageFinding:
    """The sheet on a BGR or grey picture: PAGE with corners, CUT_OFF with the side over which it leaves, or NONE.

    Corners are in pixels of `image`, clockwise from the top left as seen.
    """
    if image.ndim < 2 or min(image.shape[:2]) < 24:
        return PageFinding(None, Finding.NONE)
    small, scale = scaled(image, WORK)
    whole, scaled_by = small, scale
    view = pagenet.look(small)
    rough = rough_outline(small, view)
    if rough is None:
        return PageFinding(None, Finding.NONE)
    corner = np.zeros(2)
    nearby = _nearby(image, (rough + 0.5) / scale - 0.5)
    if nearby is not None:
        small, corner, zoom = nearby
        rough = ((rough + 0.5) / scale - corner) * zoom - 0.5
        scale = zoom
    measured = sides.measure(small, rough, REACH, WINDOW)
    if not all(_seen(measured)):  # a corner taken for the sheet's may have been a picture's on it
        further = sides.measure(small, rough, FAR_REACH, WINDOW)
        if all(_seen(further)):
            measured = sides.measure(small, further.corners, REACH, WINDOW)
    lost: Side = ""
    if nearby is None:
        measured, lost = continued(small, measured)
        lost = lost or ("" if all(_seen(measured)) else _touched(view))
    if sum(_seen(measured)) + bool(lost) < 2:
        return PageFinding(None, Finding.NONE)
    quad = (measured.corners + 0.5) / scale - 0.5 + corner  # pixel middles: x of one scale is (x + 0.5) * ratio - 0.5
    if scale < 1:
        quad = sides.measure(image, quad, FINE_REACH / scale, FINE_WINDOW / scale).corners
    height, width = image.shape[:2]
    side = lost or _beyond(quad, width, height, view.cut_off)
    flat = max(abs(bend) for bend in measured.bends) < NOT_FLAT
    several = _several(whole, (quad + 0.5) * scaled_by - 0.5)
    corners = _corners(np.clip(quad, 0, np.array([width - 1, height - 1])))
    return PageFinding(corners, Finding.CUT_OFF if side else Finding.PAGE, side, several, flat)


def rough_outline(small: Image, view: pagenet.View) -> Quad | None:
    """The network's outline, or None where it is not sure. What looks small is looked at once more from nearby."""
    found = pagenet.outline(view)
    if found is not None and _sure(found, view) and _share(view) > SMALL:
        return view.to_picture(found.cells)
    box = pagenet.surroundings(view)
    if box is not None and view.has_paper >= PERHAPS:
        left, top, right, bottom = box
        near = pagenet.look(small[top:bottom, left:right])
        closer = pagenet.outline(near)
        if closer is not None and _sure(closer, near):
            quad = near.to_picture(closer.cells) + np.array([left, top])
            rows, columns = small.shape[:2]
            frame = np.array([left > 0, top > 0, right < columns, bottom < rows])
            reach = np.array([left, top, -right, -bottom]) + np.array([1, 1, -1, -1])
            room = np.concatenate([quad.min(axis=0), -quad.max(axis=0)]) - reach
            if (room[frame] > 0).all():  # not running out of what was looked at
                return quad
    return view.to_picture(found.cells) if found is not None and _sure(found, view) else None


def _sure(found: pagenet.Rough, view: pagenet.View, least: float = SURE) -> bool:
    """Whether there is a paper: the network says so, and surface, corners and sides show the same one.

    A plate has a surface and no corners, a tiled floor corners and no surface.
    """
    return view.has_paper >= HAS_PAPER and found.agreement + found.corners + found.sides / 2 >= least


def _nearby(image: Image, quad: Quad) -> tuple[Image, Quad, float] | None:
    """For a small paper at `quad` its part of the picture, where that begins, and how much it is enlarged.

    None for a large one, and for one at the frame's edge, which must be seen with it.
    """
    rows, columns = image.shape[:2]
    low, high = quad.min(axis=0), quad.max(axis=0)
    span = float((high - low).max())
    edge = min(float(low.min()), float((np.array([columns, rows]) - high).min()))
    if span > NEARBY * max(rows, columns) or edge < NEAR * max(rows, columns):
        return None
    left, top = np.clip(np.floor(low - 0.3 * span), 0, None).astype(int)
    right, bottom = np.clip(np.ceil(high + 0.3 * span), None, (columns, rows)).astype(int)
    part = image[top:bottom, left:right]
    if min(part.shape[:2]) < 8:
        return None
    zoom = min(ENLARGED, WORK / max(part.shape[:2]))
    way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    return (
        np.asarray(cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=way), np.uint8),
        np.array([left, top], np.float64),
        zoom,
    )


def _share(view: pagenet.View) -> float:
    """The paper's part of the picture."""
    return float((view.paper > 0.5).mean())


def _seen(measured: sides.Sides) -> list[bool]:
    """Which sides have an edge along them that is like the others'."""
    seen: list[bool] = []
    for index in range(4):
        usual = float(np.median([measured.steps[other] for other in range(4) if other != index]))
        tall = measured.steps[index] > TALL * usual
        seen.append(measured.found[index] and measured.shares[index] > SHOWN and tall)
    return seen


def continued(small: Image, measured: sides.Sides) -> tuple[sides.Sides, Side]:
    """The sides with those that were not seen moved to the frame's edge, if the sheet goes on to there; and that edge.

    The sheet goes on where its two neighbouring sides go on: to be seen all the way to the frame.
    """
    rows, columns = small.shape[:2]
    seen = _seen(measured)
    lost: Side = ""
    for index in range(4):
        if seen[index]:
            continue
        before, after, far = index - 1, (index + 1) % 4, (index + 2) % 4
        edge = _edge_of(measured.corners[index], measured.corners[after], columns, rows)
        if edge:  # it lies there already
            lost = edge
            continue
        quad = measured.corners.copy()
        quad[index] = _to_frame(quad[before], quad[index], columns, rows)
        quad[after] = _to_frame(quad[far], quad[after], columns, rows)
        edge = _edge_of(quad[index], quad[after], columns, rows)
        if not edge or not (seen[before] and seen[after]):
            continue
        longer = sides.measure(small, quad, REACH, WINDOW)
        old = [float(np.linalg.norm(measured.corners[one] - measured.corners[one - 3])) for one in (before, after)]
        new = [float(np.linalg.norm(quad[one] - quad[one - 3])) for one in (before, after)]
        added = [max(4, round(sides.SAMPLES * (1 - a / b))) for a, b in zip(old, new, strict=True)]
        if longer.edge[before, -added[0] :].mean() > GOES_ON and longer.edge[after, : added[1]].mean() > GOES_ON:
            return longer, edge
    return measured, lost


def _touched(view: pagenet.View) -> Side:
    """The frame's edge along which the network sees paper, or none."""
    first, last = pagenet.inner_cells()
    paper = view.paper[first : last + 1, first : last + 1] > 0.5
    along = dict(zip(_EDGES, (paper[:, 0], paper[:, -1], paper[0], paper[-1]), strict=True))
    side = max(_EDGES, key=lambda name: int(along[name].sum()))
    return side if along[side].mean() >= TOUCHES else ""


def _edge_of(one: Quad, two: Quad, columns: int, rows: int) -> Side:
    """The frame's edge that both points lie on or near, or none."""
    depth = dict(zip(_EDGES, zip(_depths(one, columns, rows), _depths(two, columns, rows), strict=True), strict=True))
    side = min(_EDGES, key=lambda name: max(depth[name]))
    return side if max(depth[side]) < NEAR else ""


def _depths(point: Quad, columns: int, rows: int) -> tuple[float, float, float, float]:
    """How far inside the frame a point lies from each edge, as in _EDGES, in shares of the frame."""
    x, y = float(point[0]) / columns, float(point[1]) / rows
    return x, 1 - x, y, 1 - y


def _to_frame(start: Quad, end: Quad, columns: int, rows: int) -> Quad:
    """Where the way from `start` through `end` leaves the frame."""
    way = end - start
    limit = np.where(way > 0, np.array([columns - 1, rows - 1]), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = (limit - start) / way
    steps = steps[np.isfinite(steps) & (steps > 0)]
    return start + (float(steps.min()) if steps.size else 1.0) * way


def _beyond(quad: Quad, width: int, height: int, told: float) -> Side:
    """The frame's edge beyond which the corners lie; `told`: the network's word, for a corner that only touches it."""
    slack = SLACK if told < 0.5 else -SLACK
    depth = np.array([_depths(point, width, height) for point in quad])
    outside = np.clip(-slack - depth, 0, None).sum(axis=0)
    return _EDGES[int(outside.argmax())] if outside.max() > 0 else ""


def _several(whole: Image, quad: Quad) -> bool:
    """Whether another paper of some size lies beside the one found: it is covered, and the picture looked at again."""
    rows, columns = whole.shape[:2]
    middle = quad.mean(axis=0)
    covered, mask = whole.copy(), np.zeros((rows, columns), np.uint8)
    cv2.fillConvexPoly(mask, (middle + 1.05 * (quad - middle)).round().astype(np.int32), 255)
    around = whole[mask == 0]
    if len(around) < 0.1 * mask.size:
        return False
    covered[mask > 0] = np.median(around, axis=0).astype(np.uint8)
    view = pagenet.look(covered)
    found = pagenet.outline(view)
    if found is None or not _sure(found, view, SURE_OF_SECOND):
        return False
    other = view.to_picture(found.cells).astype(np.float32)
    first = quad.astype(np.float32)
    common, _ = cv2.intersectConvexConvex(other, first)
    area = float(cv2.contourArea(other))
    return area > SECOND * float(cv2.contourArea(first)) and float(common) < 0.2 * area


def scaled(image: Image, longest: int) -> tuple[Image, float]:
    """The picture no longer than `longest` pixels, and its scale, at most 1."""
    scale = longest / max(image.shape[:2])
    if scale >= 1:
        return image, 1.0
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8), scale


def _corners(quad: Quad) -> Corners:
    """Clockwise, starting with the corner nearest to the top left."""
    middle = quad.mean(axis=0)
    turned = quad[np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))]
    start = int(np.argmin(turned.sum(axis=1)))
    first, second, third, fourth = ((float(x), float(y)) for x, y in np.roll(turned, -start, axis=0))
    return first, second, third, fourth
