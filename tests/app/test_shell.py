"""The shell: views when something changed, effects to their hands, and no answer in a log."""

from __future__ import annotations

import itertools
import logging
import threading
from typing import Any

import pytest

from kiosk.app.desk import Desk
from kiosk.app.shell import Shell
from kiosk.catalog import Pack, bundled, load
from kiosk.catalog.site import Site
from kiosk.journeys import Act, Press, effects, pages
from kiosk.journeys.pages import View

SITE = Site("kelurahan", "Langnga", "Mattiro Sompe", "Pinrang", "73.15.01.1001", "LNG")


class Screen:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.views: list[View] = []
        self.news = threading.Condition()

    def show(self, view: View) -> None:
        with self.news:
            self.views.append(view)
            self.news.notify_all()

    def frame(self, width: int, height: int, rgb: bytes) -> None:
        raise AssertionError("no camera here")

    def wait(self, page: type[Any]) -> None:
        with self.news:
            assert self.news.wait_for(lambda: isinstance(self.views[-1].page, page), 10), self.views[-1].page


@pytest.fixture
def shell() -> Any:
    pack = load(bundled())
    assert isinstance(pack, Pack)
    seconds = itertools.count(1_790_000_040)  # the clock moves, within one minute
    made = Shell(SITE, pack, Desk(), wall=lambda: float(next(seconds)))
    screen = Screen()
    made.begin(screen)
    yield made, screen
    made.stop()


def test_a_touch_becomes_a_view(shell: tuple[Shell, Screen]) -> None:
    made, screen = shell
    screen.wait(pages.Waiting)
    made.send(Press(Act.START))
    screen.wait(pages.Home)
    assert made.view.site.kind == "kelurahan"


def test_ticks_without_change_draw_nothing(shell: tuple[Shell, Screen]) -> None:
    _, screen = shell
    screen.wait(pages.Waiting)
    with screen.news:
        assert not screen.news.wait_for(lambda: len(screen.views) > 2, 1.0)  # five ticks


def test_a_hand_that_fails_is_logged_without_its_words(
    shell: tuple[Shell, Screen], caplog: pytest.LogCaptureFixture
) -> None:
    made, screen = shell
    failed = threading.Event()

    async def clumsy(effect: effects.Wipe) -> None:
        failed.set()
        raise ValueError("7315995203920007 SITI RAMLAH")

    made.hand(effects.Wipe, clumsy)
    with caplog.at_level(logging.DEBUG):
        made.send(Press(Act.START))
        screen.wait(pages.Home)
        made.loop.call_soon_threadsafe(made._carry, effects.Wipe())  # pyright: ignore[reportPrivateUsage]
        assert failed.wait(10)
        made.send(Press(Act.APPLY))
        screen.wait(pages.PickEvent)
    assert "ValueError" in caplog.text
    assert "SITI" not in caplog.text and "7315995203920007" not in caplog.text
