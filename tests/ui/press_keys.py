"""Drives the real window with the pad's keys and prints what happened, one JSON object a line.

`press_keys.py OUT WIDTH HEIGHT`; with `pictures` it leaves pictures of pages with the ring in OUT instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kiosk.ui.start import prepare

OUT, WIDTH, HEIGHT = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
prepare(WIDTH, HEIGHT, offscreen=True)

import numpy as np  # noqa: E402
from kivy.clock import Clock  # noqa: E402

from kiosk.journeys.events import Press  # noqa: E402
from kiosk.journeys.pages import Home, Settings, Waiting  # noqa: E402
from kiosk.ui.app import KioskApp, Target  # noqa: E402
from kiosk.ui.samples import NIK, PAGES, QUESTION, samples, view_of  # noqa: E402

sent: list[Press] = []
now = [1000.0]


def say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def show(app: KioskApp, view: Any) -> None:
    app.show(view)
    Clock.tick()
    Clock.tick()
    now[0] += 1  # a person looks before they press


def press(app: KioskApp, word: str) -> Target | None:
    app.stage.key(word)
    return focused(app)


def focused(app: KioskApp) -> Target | None:
    return next((target for target in app.targets() if target.focused), None)


def what(target: Target | Press | None) -> list[str] | None:
    return None if target is None else [target.act.value if target.act else "", target.value]


def pixels(app: KioskApp) -> Any:
    return np.asarray(app._read(), np.int16)


def all_pages(app: KioskApp) -> None:
    """From one target to the next, around, and every one pressed where it is reached."""
    names = {name for name, _ in PAGES}
    for sample in [s for s in samples(Settings(less_motion=True)) if s.name in names]:
        app.stage.focus.hide()
        show(app, sample.view)
        enabled = {str(what(t)) for t in app.targets() if t.enabled}
        before = pixels(app)
        at = first = press(app, "no")
        ring = int((np.abs(pixels(app) - before).max(axis=2) > 60).sum())
        reached, sends = list[str](), True
        while at is not None and len(reached) <= len(enabled):
            reached.append(str(what(at)))
            sent.clear()
            if at.act is not None:
                press(app, "yes")
                sends = sends and [what(one) for one in sent] == [what(at)]
            at = press(app, "no")
            if what(at) == what(first):
                break
        say(page=sample.name, targets=sorted(enabled), reached=reached, sends=sends, ring=ring)


def rules(app: KioskApp) -> None:
    app.stage.focus.hide()
    show(app, view_of(QUESTION))
    sent.clear()
    say(finding="first key", focused=what(press(app, "yes")), sent=len(sent))
    one = press(app, "no")
    two = press(app, "no")
    say(finding="back", same=what(press(app, "back")) == what(one), other=what(one) != what(two))
    app.show(view_of(NIK))
    Clock.tick()
    Clock.tick()
    sent.clear()
    press(app, "yes")
    early = len(sent)
    now[0] += 1
    press(app, "yes")
    say(finding="a page that has just come", early=early, later=len(sent))
    sent.clear()
    for digit in "73":
        press(app, digit)
    press(app, "help")
    app.key("0")  # as from another thread
    Clock.tick()
    say(finding="digits and help", sent=[what(one) for one in sent])
    app.press_down(5, 5)()
    say(finding="touch", focused=what(focused(app)))
    press(app, "no")
    show(app, view_of(Home()))
    kept = focused(app) is not None
    show(app, view_of(Waiting()))
    say(finding="gone", kept=kept, after=what(focused(app)))


def pictures(app: KioskApp) -> None:
    wanted = {"00": 0, "01": 1, "02": 2, "04": 12, "05-": 1, "06": 2, "07": 3, "15": 0, "12-": 1, "16": 0, "18": 1}
    for contrast in (False, True):
        for sample in samples(Settings(contrast=contrast, less_motion=True)):
            steps = next((n for name, n in wanted.items() if sample.name.startswith(name)), None)
            if steps is None:
                continue
            app.stage.focus.hide()
            show(app, sample.view)
            for _ in range(steps + 1):
                press(app, "no")
            app.shot(OUT / f"{sample.name}{'-contrast' if contrast else ''}.png")


def main() -> None:
    app = KioskApp(view_of(Home()), sent.append, lambda _: None, motion=False)
    app.stage.focus._clock = lambda: now[0]

    def run() -> None:
        if "pictures" in sys.argv:
            pictures(app)
        else:
            all_pages(app)
            rules(app)
        app.close()

    app.on_ready = run
    app.run()


if __name__ == "__main__":
    main()
