"""What following, collecting and checking share: panes, a document's six-part bar, a timeline, facts, advice."""

from __future__ import annotations

from typing import Any

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import TimelineStep
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, col, leaf, over, row, spring, stack
from kiosk.ui.paint import Brush
from kiosk.ui.widgets.basic import card, picture, rule, well
from kiosk.ui.widgets.buttons import btn
from kiosk.ui.widgets.panels import timeline_step
from kiosk.ui.widgets.text import body, mono, note, text


def panes(c: Ctx, left: Node, right: Node, width: float, *, gap: float = 32, compact: float = 0) -> Node:
    """Two panes beside each other, the right one ``width`` units wide; below each other in portrait."""
    if c.portrait:
        right.w, right.grow = None, 0
        left.grow = 1
        return col(left, right, gap=18, grow=1)
    left.grow = 1
    right.w = c.by(width, compact or round(width * 0.78))
    return row(left, right, gap=c.by(gap, 20), align="stretch", grow=1)


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
    lines = [
        timeline_step(
            step.title,
            step.line if c.help else "",
            step.state,
            last=k == last,
            glyph=now_icon if step.state == "now" else "",
        )
        for k, step in enumerate(steps)
    ]
    return col(*lines, grow=1)


def facts(
    pairs: tuple[tuple[str, str], ...], *, label: float = 210, height: float = 57, pad: tuple[float, float] = (6, 26)
) -> Node:
    """Labels and what they say, a hairline between."""
    lines: list[Node] = []
    for k, (name, value) in enumerate(pairs):
        if k:
            lines.append(rule())
        # Document numbers are compared letter by letter with the paper, hence the face for numbers.
        number = "-" in value and " " not in value and any(char.isdigit() for char in value)
        said = (mono if number else _said)(value, 23, grow=1)
        lines.append(row(note(name, 21, w=label), said, gap=16, min_h=height, pad=(2, 0)))
    return card(*lines, pad=pad)


def _said(words: str, size: float, **more: Any) -> Node:
    return text(words, size, 700, "ink", 1.25, **more)


def advice_card(glyph: str, title: str, line: str, tone: str = "", *, size: float = 25, tall: bool = False) -> Node:
    """A thing to do: picture, what, how. Not to be touched."""
    side, mark = (72, 40) if tall else (64, 37)
    return card(
        row(
            well(glyph, side, mark, tone, radius=20 if tall else 18),
            col(
                text(title, size, 700, "ink", 1.25), body(line, 22 if tall else 21, line=1.35) if line else None, grow=1
            ),
            gap=22,
        ),
        pad=(18, 24) if tall else (11, 22),
    )


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
    if c.art and not c.portrait:
        scale = c.by(1, 0.72)
        art = over(picture("art:art-track-doc", 260 * scale, 240 * scale), top=0, right=-22 * scale)
    words = [
        text(eyebrow, 21, 700, "on_nila_gold2", 1.3, max_w=230 if art else None),
        spring(),
        text(heading, c.by(38, 30), 800, "on_nila", 1.12),
        body(sentence, c.by(23, 20), "on_nila_soft", pad=(10, 0, c.by(22, 14), 0)),
        btn(button, act, value, kind="gold", glyph=glyph, glyph_size=c.by(38, 32), size=c.by(29, 24), h=c.by(92, 76)),
    ]
    # The button is gold on indigo; in high contrast the panel is yellow, and the button black on it.
    look = Look("nila_700", radius=24, shadow=2)
    if c.theme.contrast:
        words[-1] = btn(button, act, value, kind="secondary", glyph=glyph, glyph_size=38, size=29, h=92)
    inner = col(*words, pad=c.by(34, 20) if c.compact else (34, 34, 32, 34), align="stretch")
    words[0].w = 230 if art else None
    return stack(inner, art, look=look, grow=1)


def calm_panel(c: Ctx, glyph: str, heading: str, sentence: str) -> Node:
    """Nothing to do, said kindly."""
    return card(
        row(well(glyph, c.by(88, 64), c.by(50, 38))),
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
