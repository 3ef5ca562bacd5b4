"""Gives every box its place: rows, columns, grids and stacks, as a style sheet's flexbox would.

Widths come first (a column's children are as wide as it is; a row shares what is left among those that grow and takes
from those that may shrink), heights follow from the text that must fit into them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.ui.nodes import Node
from kiosk.ui.paragraph import TextStyle, break_lines
from kiosk.ui.theme import Metrics

_SLACK = 1.0  # units; rounding of text must not count as overflow


@dataclass
class Layout:
    """One pass. ``overflow`` lists boxes whose content is larger than they are, with the missing width and height."""

    metrics: Metrics
    overflow: list[tuple[Node, float, float]] = field(default_factory=list[tuple[Node, float, float]])
    _natural: dict[int, float] = field(default_factory=dict[int, float])
    _heights: dict[tuple[int, float], float] = field(default_factory=dict[tuple[int, float], float])

    def text_size(self, style: TextStyle) -> float:
        """Units per em at which a style is drawn: whole pixels."""
        size = style.size if style.fixed else self.metrics.sp(style.size)
        return max(1, round(size * self.metrics.u)) / self.metrics.u

    def natural(self, node: Node) -> float:
        """Width that a box takes when nothing limits it."""
        found = self._natural.get(id(node))
        if found is None:
            found = self._natural[id(node)] = max(node.min_w, self._natural_width(node))
        return found

    def _flow(self, node: Node) -> list[Node]:
        return [child for child in node.children if child.at is None]

    def _natural_width(self, node: Node) -> float:
        if node.w is not None:
            return node.w
        inner = 0.0
        flow = self._flow(node)
        if node.kind == "text" and node.style is not None:
            inner = break_lines(node.text, node.style, self.text_size(node.style), None).width + 0.5
        elif node.kind == "row":
            inner = sum(self.natural(c) for c in flow) + node.gap * max(0, len(flow) - 1)
        elif node.kind == "grid":
            count = len(node.columns)
            inner = max((self.natural(c) for c in flow), default=0.0) * count + node.gap * (count - 1)
        else:
            inner = max((self.natural(c) for c in flow), default=0.0)
        wide = inner + node.pad[1] + node.pad[3]
        return wide if node.max_w is None else min(wide, node.max_w)

    def least(self, node: Node) -> float:
        """Width below which a box cannot be pressed: a text's longest word, a fixed width."""
        if node.w is not None:
            return node.w
        side = node.pad[1] + node.pad[3]
        if node.kind == "text" and node.style is not None:
            size = self.text_size(node.style)
            words = node.text.replace("\n", " ").split(" ")
            longest = max((break_lines(w, node.style, size, None).width for w in words), default=0.0) + 0.5
            return max(node.min_w, min(longest, self.natural(node)))
        flow = self._flow(node)
        rigid = not node.shrink and not node.grow and not any(c.grow or c.shrink for c in flow)
        if rigid and node.kind == "row":
            return self.natural(node)
        if node.kind == "row":
            return max(node.min_w, side + sum(self.least(c) for c in flow) + node.gap * max(0, len(flow) - 1))
        return max(node.min_w, side + max((self.least(c) for c in flow), default=0.0))

    def row_widths(self, node: Node, inner: float) -> list[float]:
        """How a row shares ``inner`` units among its children."""
        flow = self._flow(node)
        gaps = node.gap * max(0, len(flow) - 1)
        growing = sum(c.grow for c in flow)
        widths = [0.0 if c.grow else self.natural(c) for c in flow]
        left = inner - gaps - sum(widths)
        if growing:
            shares = [left * c.grow / growing for c in flow]
            widths = [
                max(self.least(c), share) if c.grow else w for c, share, w in zip(flow, shares, widths, strict=True)
            ]
            left = inner - gaps - sum(widths)
        for _ in range(3):  # what is missing is taken from texts, in proportion, never below their longest word
            if left > -0.01:
                break
            can = [
                w - self.least(c) if (c.kind == "text" or c.shrink or c.grow) and c.w is None else 0.0
                for c, w in zip(flow, widths, strict=True)
            ]
            total = sum(x for x in can if x > 0)
            if total <= 0.01:
                break
            take = min(-left, total)
            weights = [max(0.0, x) for x in can]
            widths = [w - take * x / total for w, x in zip(widths, weights, strict=True)]
            left += take
        return widths

    def grid_widths(self, node: Node, inner: float) -> list[float]:
        """Column widths: negative columns are fixed, the rest share what is left."""
        if node.span_of:
            one = (inner - node.gap * (node.span_of - 1)) / node.span_of
            return [one * c + node.gap * (c - 1) for c in node.columns]
        fixed = -sum(c for c in node.columns if c < 0)
        share = sum(c for c in node.columns if c > 0)
        left = inner - node.gap * (len(node.columns) - 1) - fixed
        return [-c if c < 0 else left * c / share for c in node.columns]

    def _child_width(self, node: Node, child: Node, inner: float) -> float:
        if child.w is not None:
            return child.w
        wide = inner if node.align == "stretch" else min(inner, self.natural(child))
        return wide if child.max_w is None else min(wide, child.max_w)

    def height(self, node: Node, width: float) -> float:
        """Height that a box needs at a width."""
        if node.h is not None:
            return node.h
        key = (id(node), round(width, 2))
        found = self._heights.get(key)
        if found is None:
            found = self._heights[key] = max(node.min_h, self._height(node, width))
        return found

    def _height(self, node: Node, width: float) -> float:
        inner = width - node.pad[1] - node.pad[3]
        flow = self._flow(node)
        if node.kind == "text" and node.style is not None:
            tall = break_lines(node.text, node.style, self.text_size(node.style), max(1.0, inner)).height
        elif node.kind == "row":
            widths = self.row_widths(node, inner)
            tall = max((self.height(c, w) for c, w in zip(flow, widths, strict=True)), default=0.0)
        elif node.kind == "grid":
            rows = self._grid_rows(node, inner)
            gap_y = node.gap if node.gap_y is None else node.gap_y
            tall = (max(rows) * len(rows) if node.equal_rows and rows else sum(rows)) + gap_y * max(0, len(rows) - 1)
        elif node.kind == "stack":
            tall = max((self.height(c, inner) for c in flow), default=0.0)
        else:
            tall = sum(self.height(c, self._child_width(node, c, inner)) for c in flow)
            tall += node.gap * max(0, len(flow) - 1)
        return tall + node.pad[0] + node.pad[2]

    def _grid_rows(self, node: Node, inner: float) -> list[float]:
        widths = self.grid_widths(node, inner)
        flow, count = self._flow(node), len(node.columns)
        return [
            max(self.height(c, w) for c, w in zip(flow[k : k + count], widths, strict=False))
            for k in range(0, len(flow), count)
        ]

    def place(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        """Set the place of a box and of everything in it."""
        node.x, node.y, node.width, node.height = x, y, width, height
        top, right, bottom, left = node.pad
        ix, iy, iw, ih = x + left, y + top, width - left - right, height - top - bottom
        if node.kind == "text" and node.style is not None:
            node.lines = break_lines(node.text, node.style, self.text_size(node.style), max(1.0, iw))
            self._check(node, node.lines.width - iw, node.lines.height - ih)
        elif node.kind == "row":
            self._place_row(node, ix, iy, iw, ih)
        elif node.kind == "col":
            self._place_col(node, ix, iy, iw, ih)
        elif node.kind == "grid":
            self._place_grid(node, ix, iy, iw, ih)
        elif node.kind == "stack":
            for child in self._flow(node):
                self._check(node, 0, self.height(child, iw) - ih)
                self.place(child, ix, iy, iw, ih)
        for child in node.children:
            if child.at is not None:
                self._pin(child, x, y, width, height)

    def _check(self, node: Node, wide: float, tall: float) -> None:
        if wide > _SLACK or tall > _SLACK:
            self.overflow.append((node, max(0.0, wide), max(0.0, tall)))

    def _pin(self, child: Node, x: float, y: float, width: float, height: float) -> None:
        left, top, right, bottom = child.at or (None, None, None, None)
        wide = child.w
        if wide is None:
            room = width - (left or 0) - (right or 0)
            wide = room if left is not None and right is not None else min(room, self.natural(child))
        tall = child.h
        if tall is None:
            room = height - (top or 0) - (bottom or 0)
            tall = room if top is not None and bottom is not None else self.height(child, wide)
        at_x = (
            x + left if left is not None else x + width - wide - right if right is not None else x + (width - wide) / 2
        )
        at_y = (
            y + top
            if top is not None
            else y + height - tall - bottom
            if bottom is not None
            else y + (height - tall) / 2
        )
        self.place(child, at_x, at_y, wide, tall)

    def _along(self, node: Node, sizes: list[float], room: float) -> tuple[float, float]:
        """Where the first child starts, and the distance between children."""
        used = sum(sizes)
        count = len(sizes)
        left = room - used - node.gap * max(0, count - 1)
        if left <= 0 or not count:
            return 0.0, node.gap
        match node.justify:
            case "center":
                return left / 2, node.gap
            case "end":
                return left, node.gap
            case "between" if count > 1:
                return 0.0, node.gap + left / (count - 1)
            case "evenly":
                return left / (count + 1), node.gap + left / (count + 1)
            case _:
                return 0.0, node.gap

    def _place_row(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        flow = self._flow(node)
        widths = self.row_widths(node, width)
        self._check(node, sum(widths) + node.gap * max(0, len(flow) - 1) - width, 0)
        start, gap = self._along(node, widths, width)
        at = x + start
        for child, wide in zip(flow, widths, strict=True):
            need = self.height(child, wide)
            tall = height if node.align == "stretch" and child.h is None else need
            self._check(node, 0, tall - height)
            self.place(child, at, self._across(node, y, height, tall), wide, tall)
            at += wide + gap

    def _across(self, node: Node, start: float, room: float, size: float) -> float:
        match node.align:
            case "center":
                return start + (room - size) / 2
            case "end":
                return start + room - size
            case _:
                return start

    def _place_col(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        flow = self._flow(node)
        wides = [self._child_width(node, c, width) for c in flow]
        talls = [self.height(c, w) for c, w in zip(flow, wides, strict=True)]
        gaps = node.gap * max(0, len(flow) - 1)
        growing = [k for k, c in enumerate(flow) if c.grow]
        if growing:
            self._grow_heights(flow, talls, growing, height - gaps)
        self._check(node, 0, sum(talls) + gaps - height)
        start, gap = self._along(node, talls, height)
        at = y + start
        for child, wide, tall in zip(flow, wides, talls, strict=True):
            self._check(node, wide - width, 0)
            self.place(child, self._across(node, x, width, wide), at, wide, tall)
            at += tall + gap

    @staticmethod
    def _grow_heights(flow: list[Node], talls: list[float], growing: list[int], room: float) -> None:
        """Share the room by ``grow``; a child that needs more than its share keeps its need."""
        needs = {k: talls[k] for k in growing}
        left = room - sum(t for k, t in enumerate(talls) if k not in needs)
        open_ = set(growing)
        while open_:
            total = sum(flow[k].grow for k in open_)
            tight = [k for k in open_ if left * flow[k].grow / total < needs[k]]
            if not tight:
                for k in open_:
                    talls[k] = left * flow[k].grow / total
                return
            for k in tight:
                open_.discard(k)
                left -= needs[k]

    def _place_grid(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        widths = self.grid_widths(node, width)
        rows = self._grid_rows(node, width)
        gap_y = node.gap if node.gap_y is None else node.gap_y
        flow, count = self._flow(node), len(node.columns)
        if node.equal_rows and rows:
            share = (height - gap_y * (len(rows) - 1)) / len(rows)
            rows = [max(share, need) for need in rows]
        self._check(node, 0, sum(rows) + gap_y * max(0, len(rows) - 1) - height)
        at_y = y
        for k, tall in enumerate(rows):
            at_x = x
            for child, wide in zip(flow[k * count : (k + 1) * count], widths, strict=False):
                self._check(child, self.least(child) - wide, 0)
                self.place(child, at_x, at_y, wide, tall)
                at_x += wide + node.gap
            at_y += tall + gap_y
