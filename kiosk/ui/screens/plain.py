"""Named progress, and the page for when something failed."""

from __future__ import annotations

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Node, col, row, space, spring
from kiosk.ui.screens import screen
from kiosk.ui.widgets.basic import card, icon
from kiosk.ui.widgets.frame import Frame, bottom_bar, next_button
from kiosk.ui.widgets.panels import ring_icon
from kiosk.ui.widgets.text import h1, text


@screen(pages.Working)
def working(page: pages.Working, c: Ctx) -> Frame:
    """What is being done, by name; never a spinner alone."""
    step = card(
        row(icon("hourglass", 40, "nila_700"), text(page.step, c.by(26, 22), 600, "ink", 1.35, grow=1), gap=20),
        pad=(c.by(26, 18), 28),
    )
    content = col(spring(), h1(page.heading, c.by(50, 38)), space(c.by(24, 14)), step, spring(1.4))
    return Frame(content, bottom=bottom_bar(c, back_act=None))


@screen(pages.Sorry)
def sorry(page: pages.Sorry, c: Ctx) -> Frame:
    """What happened, that the data is safe, the next step."""
    words: list[Node | None] = [text(s, c.by(26, 22), 500, "ink2", 1.4) for s in page.sentences]
    head = row(ring_icon("alert-triangle", kind="warn", stroke=2.2), h1(page.heading, c.by(46, 34), grow=1), gap=24)
    content = col(head, space(c.by(26, 14)), card(*words, gap=c.by(14, 8), pad=(c.by(26, 16), 30)), spring())
    if page.retry:
        again = next_button(c, page.retry, Act.AGAIN, glyph="refresh", w=c.by(260, 220))
        return Frame(content, bottom=bottom_bar(c, again))
    return Frame(content, bottom=bottom_bar(c, next_button(c, "Selesai", Act.DONE, glyph_right="", w=240)))
