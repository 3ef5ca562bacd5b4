"""Every page that the bundled pack really leads to fits on both panels, in its answers and in its errors."""

from __future__ import annotations

from functools import cache

import pytest

from kiosk.journeys import Act, events, pages, view
from kiosk.journeys.pages import View
from kiosk.ui.compose import compose, setting
from kiosk.ui.layout import Layout
from tests.journeys.walk import MOTHER, TOWN, Walk, pack

SIZES = [(1280, 800), (1024, 600)]
_TYPED = {"text": "SITTI AMINAH", "time": "0420", "number": "2"}


def answer(walk: Walk) -> bool:
    """One step onward from where the visit stands; False at the end, or where this short way knows no answer."""
    page = walk.page
    match page:
        case pages.Package():
            walk.do(Act.NEXT)
        case pages.ForWhom():
            walk.pick(page.options[0].value, Act.NEXT)
        case pages.ServiceDetail():
            walk.do(Act.NEXT)
        case pages.EnterNumber(kind="phone"):
            walk.do(Act.SKIP)
        case pages.EnterNumber(kind="kk"):
            walk.type("7315992001120003", Act.NEXT)
        case pages.EnterNumber():
            walk.type(MOTHER, Act.NEXT)
        case pages.Question(kind="choice"):
            walk.pick(page.options[0].value, Act.NEXT)
        case pages.Question(kind="date"):
            walk.type("17")
            walk.pick("11")
            walk.do((Act.EDIT, "year"), Act.CLEAR)
            walk.type("17")
            walk.pick("3")
            walk.type("1994" if page.year == "" else "", Act.NEXT)
        case pages.Question():
            walk.type(_TYPED[page.kind], Act.NEXT)
            if walk.page == page and page.dont_know:
                walk.do(Act.DONT_KNOW)
        case pages.Capture():
            walk.shoot()
        case _:
            return False
    return type(walk.page) is not type(page) or walk.page != page


def seen(walk: Walk, found: list[View]) -> None:
    """The page, and the page with the sentence that an empty Lanjut brings."""
    found.append(view(walk.visit))
    if isinstance(walk.page, pages.ForWhom | pages.EnterNumber | pages.Question):
        before = walk.visit
        walk.do(Act.NEXT)
        if type(walk.page) is type(found[-1].page):
            found.append(view(walk.visit))
        walk.visit = before
    if isinstance(walk.page, pages.ServiceDetail):
        walk.do(Act.MORE)
        found.append(view(walk.visit))
        walk.do(Act.BACK)
    if isinstance(walk.page, pages.Capture):
        before = walk.visit
        walk.do(Act.NO_PAPER)
        found.append(view(walk.visit))
        walk.visit = before


@cache
def visited() -> dict[str, list[View]]:
    """All pages behind every tile, by tile."""
    out: dict[str, list[View]] = {}
    tiles = [(by, tile) for by, many in (("event", pack().events), ("document", pack().documents)) for tile in many]
    for by, tile in tiles:
        for choice in tile.choices or ("",):
            walk = Walk(TOWN)
            walk.do(Act.START, Act.APPLY)
            if by == "document":
                walk.do(Act.BY_DOCUMENT)
            found = [view(walk.visit)]
            walk.pick(tile.id)
            if choice:
                found.append(view(walk.visit))
                walk.pick(choice)
            for _ in range(60):
                seen(walk, found)
                if not answer(walk):
                    break
            if isinstance(walk.page, pages.CheckAnswers):
                walk.do(Act.PRIVACY)
                found.append(view(walk.visit))
                walk.do(Act.CLOSE, Act.DECLARE, Act.SEND)
                walk.tell(events.Submitted("app-1", "KBL-7F3K9-X", False, 1.0e9))
                found.append(view(walk.visit))
                walk.tell(events.TicketPrinted("printed"))
                walk.do(Act.TICKET_OUT)
                found.append(view(walk.visit))
            out[f"{by}:{tile.id}{'/' if choice else ''}{choice}"] = found
    return out


def test_the_short_way_gets_somewhere() -> None:
    ends = {type(found[-1].page).__name__ for found in visited().values()}
    kinds = {type(v.page) for found in visited().values() for v in found}
    assert "Sent" in ends and len(kinds) > 12 and len(visited()) > 12


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_every_page_of_the_pack_fits(size: tuple[int, int]) -> None:
    wrong: list[tuple[str, str, str]] = []
    done: set[object] = set()
    for tile, found in visited().items():
        for one in found:
            if one.page in done:
                continue
            done.add(one.page)
            scene, _ = compose(one, *size, {})
            layout = Layout(setting(one, *size)[1])
            for root in scene.roots:
                layout.place(root, 0, 0, layout.metrics.width, layout.metrics.height)
            parts = [n for root in scene.roots for n in root.walk() if n.name == "part"]
            lacking = [(n.text or n.name or n.kind)[:40] for n, _, _ in layout.overflow] + ["in parts"] * len(parts)
            heading = getattr(one.page, "heading", "")
            wrong += [(tile, f"{type(one.page).__name__} {heading}", what) for what in lacking]
    assert wrong == []
