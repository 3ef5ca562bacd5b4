"""What following, collecting and checking share: panes, a document's six-part bar, a timeline, facts, advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import TimelineStep
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, leaf, over, row, space, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.widgets.basic import card, picture, rule, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.panels import timeline_step
from kiosk.ui.widgets.text import body, mono, note, text


def roomy(c: Ctx) -> tuple[Ctx, bool]:
    """Whether a page goes in parts: at large text, once leaving drawings out is not enough. Then words may stay."""
    if c.metrics.larger and c.fit >= 2:
        return replace(c, fit=1 if c.fit == 2 else 3), True
    return c, False


def pager(c: Ctx, name: str, count: int) -> tuple[int, Node | None]:
    """Which part of ``count`` is shown, and the button that leads to the next; from the last to the first."""
    at = int(c.local.get(f"part:{name}", "0")) % max(1, count)
    if count < 2:
        return 0, None
    words = f"{c.t('Bagian')} {at + 1} {c.t('dari')} {count}"
    goes_on = (f"part:{name}", str((at + 1) % count))
    return at, btn(words, None, glyph_right="chevron-right", local=goes_on, h=72, size=20, pad=18, gap=8, stroke=2.4)


def in_parts(c: Ctx, name: str, nodes: Sequence[Node], each: int) -> tuple[list[Node], Node | None]:
    """Of many things ``each`` at a time, and the button to the next ones."""
    at, button = pager(c, name, -(-len(nodes) // each))
    return list(nodes[at * each : at * each + each]), button


def two(
    c: Ctx,
    name: str,
    head: Sequence[Node | None],
    left: Sequence[Node | None],
    right: Sequence[Node | None],
    width: float,
    *,
    gap: float = 32,
    compact: float,
    right_gap: float = 20,
    parts: bool = False,
    right_first: bool = False,
) -> Node:
    """Heading and left pane beside a right pane ``width`` wide (``compact`` where the screen is low).

    Portrait stacks them; ``parts`` shows one pane at a time below the heading, whole width, beginning with the right
    one where that is what asks for an act (``right_first``).
    """
    right_col = col(*right, gap=c.by(right_gap, 12))
    if parts:
        groups: list[list[Node | None]] = [list(left), list(right)]
        if (c.metrics.largest or right_first) and len(right_col.children) > 1:
            groups = [list(left), list(right_col.children[:1]), list(right_col.children[1:])]
        at, button = pager(c, name, len(groups))
        order = [*range(1, len(groups)), 0] if right_first else list(range(len(groups)))
        shown = col(*groups[order[at]], gap=0 if order[at] == 0 else 12, grow=1)
        return col(row(col(*head, grow=1), button, gap=20), space(c.by(12, 8)), shown, grow=1)
    left_col = col(*head, *left, grow=1)
    if c.portrait:
        return col(left_col, right_col, gap=18, grow=1)
    right_col.w = c.by(width, compact)
    return row(left_col, right_col, gap=c.by(gap, 20), align="stretch", grow=1)


def six_bar(marks: str) -> Node:
    """The way of a document in six parts: d done, n now, x refused, - to come."""

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        wide = min(36.0, (w - 5 * (len(marks) - 1)) / max(1, len(marks)))
        for mark in marks:
            if mark == "n":
                brush.fill(x - 2, y, wide + 4, 12, "nila_700", 6)
            color = {"d": "daun_700", "n": "emas_500", "x": "merah_700"}.get(mark, "nila_200")
            brush.fill(x, y + 2, wide, 8, color, 4)
            x += wide + 5

    return leaf(draw, None, 12, min_w=41 * len(marks) - 5)


def timeline(c: Ctx, steps: tuple[TimelineStep, ...], now_icon: str) -> Node:
    """Steps below each other on a rail; what is done is green, what is now is gold, what comes is dashed."""
    last = len(steps) - 1
    lines: list[Node] = []
    for k, step in enumerate(steps):
        glyph = now_icon if step.state == "now" else ""
        line = step.line if c.help else ""
        if c.compact:
            lines.append(_low_step(step, line, glyph, last=k == last))
        else:
            lines.append(timeline_step(step.title, line, step.state, last=k == last, glyph=glyph))
    return col(*lines, grow=1)


_LOW: dict[str, tuple[str, str, str, float, float]] = {
    "done": ("daun_700", "on_daun", "check", 22, 3.6),
    "attention": ("emas_500", "on_emas", "pencil", 24, 2.4),
    "refused": ("merah_700", "on_merah", "x", 24, 3.0),
}


def _low_step(step: TimelineStep, line: str, glyph: str, *, last: bool) -> Node:
    """A step where the screen is low: a smaller node, lines set closer."""
    side = 40.0 if step.state in ("now", "attention") else 36.0

    def draw(brush: Brush, x: float, y: float, w: float, h: float) -> None:
        left = x + (w - side) / 2
        if not last:
            brush.fill(x + w / 2 - 2, y + side, 4, h - side, "daun_700" if step.state == "done" else "line")
        if step.state == "future":
            brush.dashes(left, y, side, side, "edge", 3, side / 2)
            return
        fill, color, name, size, stroke = _LOW.get(step.state, ("emas_500", "on_emas", glyph, 24.0, 2.4))
        brush.fill(left, y, side, side, fill, 10 if step.state == "refused" else side / 2)
        brush.icon(name, left + (side - size) / 2, y + (side - size) / 2, size, color, stroke)

    future = step.state == "future"
    title = text(step.title, 22, 600 if future else 700, "ink2" if future else "ink", 1.15)
    words = col(title, note(line, 20, line=1.15) if line else None, grow=1)
    return row(leaf(draw, 40, None), words, gap=16, align="stretch", grow=0 if last else 1, min_h=side)


def priced(words: str) -> str:
    """The price stands out in any sentence that says it."""
    return words if "**" in words else words.replace("Biaya Rp0", "**Biaya Rp0**")


def facts(
    pairs: tuple[tuple[str, str], ...],
    *,
    label: float = 210,
    height: float = 57,
    pad: tuple[float, float] = (6, 26),
    stacked: bool = False,
) -> Node:
    """Labels and what they say, a hairline between; ``stacked`` sets the label above what it says."""
    lines: list[Node] = []
    for k, (name, value) in enumerate(pairs):
        if k:
            lines.append(rule())
        # Document numbers are compared letter by letter with the paper, hence the face for numbers.
        number = "-" in value and " " not in value and any(char.isdigit() for char in value)
        if stacked:
            lines.append(col(note(name, 21), (mono if number else _said)(value, 23), pad=(6, 0)))
            continue
        said = (mono if number else _said)(value, 23, grow=1)
        lines.append(row(note(name, 21, w=label), said, gap=16, min_h=height, pad=(2, 0)))
    return card(*lines, pad=pad)


def _said(words: str, size: float, **more: Any) -> Node:
    return text(words, size, 700, "ink", 1.25, **more)


def advice_card(
    c: Ctx, glyph: str, title: str, line: str, tone: str = "", *, size: float = 25, tall: bool = False
) -> Node:
    """A thing to do: picture, what, how. Not to be touched."""
    side, mark = (72.0, 40.0) if tall else (c.by(64, 48), c.by(37, 30)) if c.fit < 2 else (48.0, 30.0)
    words = col(
        text(title, size, 700, "ink", 1.25),
        body(line, 22 if tall else c.by(21, 20), line=c.by(1.35, 1.25)) if line else None,
        grow=1,
    )
    pad = (18, 24) if tall else (c.by(11, 5) if c.fit < 2 else 4, c.by(22, 16))
    return card(row(well(glyph, side, mark, tone, radius=side * 0.28), words, gap=c.by(22, 16)), pad=pad)


def choice_line(glyph: str, title: str, line: str, side: float = 64, mark: float = 36) -> Node:
    """Something that the person may do, without a touch of its own."""
    return row(
        well(glyph, side, mark),
        col(text(title, 25, 700, "ink", 1.25), note(line, 20), grow=1),
        gap=20,
    )


def now_panel(c: Ctx, eyebrow: str, heading: str, sentence: str, button: str, act: Act, value: str, glyph: str) -> Node:
    """The one thing to do now: indigo, with the one gold button."""
    art = None
    if c.art and not c.portrait and not c.compact:
        art = over(picture("art:art-track-doc", 260, 240), top=0, right=-22)
    # The button is gold on indigo; in high contrast the panel is yellow, and the button black on it.
    kind = "secondary" if c.theme.contrast else "gold"
    inner = col(
        text(eyebrow, c.by(21, 20), 700, "on_nila_gold2", 1.3, w=230 if art else None),
        spring(),
        text(heading, c.by(38, 28), 800, "on_nila", 1.12),
        body(sentence, c.by(23, 20), "on_nila_soft", c.by(1.4, 1.3), pad=(c.by(10, 6), 0, c.by(22, 12), 0)),
        btn(
            button,
            act,
            value,
            kind=kind,
            glyph=glyph,
            glyph_size=c.by(38, 32),
            size=c.by(29, 24),
            h=c.by(92, 72),
            pad=16,
        ),
        pad=c.by(34, 18),
    )
    return stack(inner, art, look=Look("nila_700", radius=24, shadow=2), grow=1)


def calm_panel(c: Ctx, glyph: str, heading: str, sentence: str) -> Node:
    """Nothing to do, said kindly."""
    return card(
        row(well(glyph, c.by(88, 64), c.by(50, 38))) if c.fit < 1 else None,
        spring(),
        text(heading, c.by(34, 28), 800, "ink", 1.15),
        body(sentence, c.by(23, 21), pad=(10, 0, 0, 0)) if sentence else None,
        pad=(c.by(30, 20), c.by(34, 24), c.by(32, 22), c.by(34, 24)),
        grow=1,
    )


def quoted(label: str, words: str, size: float = 22) -> Node:
    """Somebody else's words, with a gold edge at their left."""
    edge = leaf(lambda b, x, y, w, h: b.fill(x, y, 6, h, "emas_500"), 6, None)
    lines = col(text(label, 20, 700, "ink2", 1.35), text(words, size, 500, "ink", 1.35), grow=1)
    return row(edge, lines, gap=16, align="stretch")


def big_picture(name: str, w: float, h: float) -> Node:
    """A drawing in the middle of the room that is left, never larger than drawn, smaller where it must be."""

    def draw(brush: Brush, x: float, y: float, wide: float, tall: float) -> None:
        scale = min(1.0, wide / w, tall / h)
        if scale > 0.3:
            brush.picture(f"art:{name}", x + (wide - w * scale) / 2, y + (tall - h * scale) / 2, w * scale, h * scale)

    return leaf(draw, None, None, grow=1, min_h=0)
