"""Marks to graphics instructions. A mark that was already on the screen keeps its instructions."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import Any

from kivy.graphics import (
    BorderImage,
    Color,
    InstructionGroup,
    Line,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Rotate,
    ScissorPop,
    ScissorPush,
    SmoothLine,
    Triangle,
)
from kivy.graphics.texture import Texture

from kiosk.ui.marks import Arc, Camera, Clip, Dashes, Fill, Glyphs, Mark, Mask, Path, Pic, Shadow, Strip, Tri, Unclip
from kiosk.ui.textures import Textures


class Layer:
    """A canvas group that shows a list of marks and changes as little as it can."""

    def __init__(self, textures: Textures, u: float) -> None:
        self.group = InstructionGroup()
        self._textures = textures
        self._u = u
        self._shown: dict[Mark, list[InstructionGroup]] = {}
        self._order: list[Mark] = []
        self._height = 0
        self.camera: list[tuple[Camera, Rectangle, Color]] = []
        self.made = 0  # instructions built at the last show: what a change cost

    def show(self, marks: list[Mark], height: int) -> None:
        """Draw these marks in a window of so many pixels' height."""
        if height != self._height:
            self._shown.clear()
            self._height = height
        elif marks == self._order:
            self.made = 0
            return
        kept: dict[Mark, list[InstructionGroup]] = defaultdict(list)
        before = {mark: list(groups) for mark, groups in self._shown.items()}
        self.group.clear()
        self.camera = [view for view in self.camera if view[0] in marks]
        self.made = 0
        for mark in marks:
            groups = before.get(mark)
            if groups:
                group = groups.pop()
            else:
                group = InstructionGroup()
                self._build(mark, group)
                self.made += 1
            self.group.add(group)
            if group.children:  # a picture that is not there yet is asked for again
                kept[mark].append(group)
        self._shown = dict(kept)
        self._order = list(marks)

    def forget(self) -> None:
        """Drop every instruction."""
        self.group.clear()
        self._shown.clear()
        self._order = []
        self.camera = []

    def _y(self, y: float, h: float = 0) -> float:
        return self._height - y - h

    def _build(self, mark: Mark, group: InstructionGroup) -> None:
        match mark:
            case Fill():
                self._fill(mark, group)
            case Glyphs():
                texture, pen, base = self._textures.run(mark.text, mark.weight, mark.px)
                group.add(Color(*mark.color))
                top = mark.y - base
                pos = (mark.x - pen, self._y(top, texture.height))
                if mark.angle:
                    group.add(PushMatrix())
                    group.add(Rotate(angle=-mark.angle, origin=(mark.x, self._y(mark.y))))
                group.add(Rectangle(texture=texture, pos=pos, size=texture.size))
                if mark.angle:
                    group.add(PopMatrix())
            case Pic():
                self._pic(mark, group)
            case Shadow():
                texture, spread, drop, border = self._textures.shadow(mark.level, self._u)
                w, h = mark.w + 2 * spread, mark.h + 2 * spread
                edge = min(border, w // 2 - 1, h // 2 - 1)
                group.add(Color(1, 1, 1, 1))
                group.add(_stretch(texture, mark.x - spread, self._y(mark.y - spread + drop, h), w, h, border, edge))
            case Strip():
                texture = self._textures.strip(mark.name, mark.h)
                if texture is not None:
                    reach = mark.w / texture.width
                    group.add(Color(1, 1, 1, 1))
                    pos, size = (mark.x, self._y(mark.y, mark.h)), (mark.w, mark.h)
                    coords = (0, 0, reach, 0, reach, 1, 0, 1)
                    group.add(Rectangle(texture=texture, pos=pos, size=size, tex_coords=coords))
            case Path():
                flat = [self._y(v) if k % 2 else v for k, v in enumerate(mark.points)]
                group.add(Color(*mark.color))
                group.add(
                    SmoothLine(points=flat, width=max(0.5, mark.width / 2 - 0.5), close=mark.close, overdraw_width=1.2)
                )
            case Tri():
                flat = [self._y(v) if k % 2 else v for k, v in enumerate(mark.points)]
                group.add(Color(*mark.color))
                group.add(Triangle(points=flat))
                group.add(SmoothLine(points=flat, width=0.5, close=True, overdraw_width=1.0))
            case Arc():
                self._arc(mark, group)
            case Dashes():
                self._dashes(mark, group)
            case Clip():
                group.add(ScissorPush(x=mark.x, y=self._y(mark.y, mark.h), width=mark.w, height=mark.h))
            case Unclip():
                group.add(ScissorPop())
            case Mask():
                texture = self._textures.outside(mark.radii[0])
                group.add(Color(*mark.color))
                group.add(_patch(texture, mark.x, self._y(mark.y, mark.h), mark.w, mark.h, mark.radii[0]))
            case Camera():
                color = Color(1, 1, 1, 0)  # nothing is shown before the first picture
                group.add(color)
                rectangle = Rectangle(pos=(mark.x, self._y(mark.y, mark.h)), size=(mark.w, mark.h))
                group.add(rectangle)
                self.camera.append((mark, rectangle, color))

    def _fill(self, mark: Fill, group: InstructionGroup) -> None:
        pos = (mark.x, self._y(mark.y, mark.h))
        group.add(Color(*mark.color))
        if mark.angle:
            group.add(PushMatrix())
            middle = (mark.x + mark.w / 2, self._y(mark.y + mark.h / 2))
            group.add(Rotate(angle=-mark.angle, origin=middle))
        if not any(mark.radii):
            group.add(Rectangle(pos=pos, size=(mark.w, mark.h)))
        else:
            group.add(_patch(self._textures.corners(mark.radii), *pos, mark.w, mark.h, max(mark.radii)))
        if mark.angle:
            group.add(PopMatrix())

    def _pic(self, mark: Pic, group: InstructionGroup) -> None:
        if mark.name.startswith("icon:"):
            texture = self._textures.icon(mark.name[5:], mark.w, mark.stroke)
        else:
            texture = self._textures.picture(mark)
        if texture is None:
            return
        group.add(Color(*mark.tint))
        w, h = (texture.width, texture.height) if mark.angle else (mark.w, mark.h)
        x, y = mark.x + (mark.w - w) // 2, mark.y + (mark.h - h) // 2
        group.add(Rectangle(texture=texture, pos=(x, self._y(y, h)), size=(w, h)))

    def _arc(self, mark: Arc, group: InstructionGroup) -> None:
        steps = max(2, int(abs(mark.end - mark.start) / 3))
        points: list[float] = []
        for k in range(steps + 1):
            angle = math.radians(mark.start + (mark.end - mark.start) * k / steps)
            points += [mark.cx + mark.r * math.sin(angle), self._y(mark.cy - mark.r * math.cos(angle))]
        closed = abs(mark.end - mark.start) >= 360
        group.add(Color(*mark.color))
        line: dict[str, Any] = {"width": mark.width / 2 - 0.5, "overdraw_width": 1.2}
        group.add(SmoothLine(points=points[:-2] if closed else points, close=closed, **line))
        if not closed:
            for x, y in (points[:2], points[-2:]):
                r = round(mark.width / 2)
                texture = self._textures.corners((r, r, r, r))
                group.add(_patch(texture, x - mark.width / 2, y - mark.width / 2, mark.width, mark.width, r))

    def _dashes(self, mark: Dashes, group: InstructionGroup) -> None:
        group.add(Color(*mark.color))
        half = mark.width / 2
        r, w, h = max(0.0, mark.radius - half), mark.w - mark.width, mark.h - mark.width
        x, y = mark.x + half, self._y(mark.y, mark.h) + half
        outline = _outline(x, y, w, h, r)
        for k in range(0, len(outline) - 2, 3):  # six pixels drawn, three left out
            group.add(Line(points=[v for p in outline[k : k + 3] for v in p], width=half, cap="none"))


def _outline(x: float, y: float, w: float, h: float, r: float) -> list[tuple[float, float]]:
    """Points some three pixels apart around a round rectangle."""
    points: list[tuple[float, float]] = []
    corners = ((x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180), (x + w - r, y + r, 270))
    for cx, cy, start in corners:
        steps = max(1, int(r * math.pi / 2 / 3))
        for k in range(steps + 1):
            angle = math.radians(start + 90 * k / steps)
            points.append((cx + r * math.cos(angle), cy + r * math.sin(angle)))
    points.append(points[0])
    out: list[tuple[float, float]] = []
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, int(math.hypot(bx - ax, by - ay) / 3))
        out += [(ax + (bx - ax) * k / steps, ay + (by - ay) * k / steps) for k in range(steps)]
    return [*out, points[0]]


def _patch(texture: Texture, x: float, y: float, w: float, h: float, radius: int) -> BorderImage:
    edge = radius + 1
    if w < 2 * edge or h < 2 * edge:
        edge = radius
    return _stretch(texture, x, y, w, h, radius + 1, edge)


def _stretch(texture: Texture, x: float, y: float, w: float, h: float, border: int, shown: int) -> BorderImage:
    """A nine-patch: ``border`` pixels of the texture appear as ``shown`` pixels."""
    four, seen = (border,) * 4, (shown,) * 4
    return BorderImage(texture=texture, pos=(x, y), size=(w, h), border=four, display_border=seen)
