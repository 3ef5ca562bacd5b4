"""Drives the real window through applying and prints what happened; Kivy has one window, so this is its own process.

One JSON object a line: {"page", "act", "value", "enabled", "sent"} for each touch in a target's middle, then named
findings {"finding", ...} on sliding off, disabled targets, typing speed, frames and wiping.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.ui.start import prepare

prepare(1280, 800, offscreen=True)

from kivy.clock import Clock  # noqa: E402
from kivy.core.window import Window  # noqa: E402
from PIL import Image  # noqa: E402

from kiosk.journeys.acts import Act  # noqa: E402
from kiosk.journeys.events import Press  # noqa: E402
from kiosk.journeys.pages import Home, Waiting  # noqa: E402
from kiosk.ui import paragraph  # noqa: E402
from kiosk.ui.app import KioskApp  # noqa: E402
from kiosk.ui.samples import CAPTURE, NAME, NIK, PAGES, QUESTION, samples, view_of  # noqa: E402

sent: list[Press] = []


def say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def show(app: KioskApp, page: Any) -> None:
    app.show(view_of(page))
    Clock.tick()
    Clock.tick()


def press_all(app: KioskApp) -> None:
    names = {name for name, _ in PAGES}
    for sample in [s for s in samples() if s.name in names]:
        app.show(sample.view)
        Clock.tick()
        Clock.tick()
        for target in app.targets():
            sent.clear()
            app.press_down(*target.center)()
            act = target.act.value if target.act else None
            got = [[press.act.value, press.value] for press in sent]
            say(page=sample.name, act=act, value=target.value, enabled=target.enabled, sent=got, label=target.label)


def sliding(app: KioskApp) -> None:
    show(app, QUESTION)
    option = next(t for t in app.targets() if t.act is Act.PICK)
    x, y = option.center
    sent.clear()
    app.press_down(x, y)(x, y - 300)
    off = len(sent)
    app.press_down(x, y)(x + 10, y + 5)
    say(finding="slide", off=off, wobble=len(sent))
    sent.clear()
    app.press_down(x, y)()
    app.press_down(x, y, "mouse")()
    say(finding="echo", sent=len(sent))
    app.press_down(x, y)  # held, and never released on this page
    release = app.press_down(x, y)
    show(app, NIK)
    sent.clear()
    release()
    say(finding="page changed under the finger", sent=len(sent))


def typing(app: KioskApp) -> None:
    for name, page, field in (("digits", NIK, "digits"), ("letters", NAME, "text")):
        show(app, page)
        costs: list[float] = []
        for k in range(12):
            text = getattr(page, field)[: 4 + k % 4] + "0123456789AB"[k]
            began = time.thread_time()
            app.show(view_of(replace(page, **{field: text})))
            Clock.tick()
            costs.append((time.thread_time() - began) * 1000)
        say(finding="typing", what=name, worst_ms=max(costs[2:]), made=app.stage.cost["made"])


def pages(app: KioskApp) -> None:
    costs: list[float] = []
    for _, page in PAGES:
        began = time.thread_time()
        app.show(view_of(page))
        Clock.tick()
        costs.append((time.thread_time() - began) * 1000)
    say(finding="page change", median_ms=sorted(costs)[len(costs) // 2], worst_ms=max(costs))


def camera(app: KioskApp) -> None:
    show(app, CAPTURE)
    path = Path(tempfile.mkdtemp()) / "shot.png"
    seen: list[tuple[int, ...]] = []
    for color in ((200, 30, 30), (30, 30, 200)):
        app.frame(64, 36, bytes(color) * 64 * 36)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            Clock.tick()
            app.shot(path)
            with Image.open(path) as image:
                pixel = image.convert("RGB").getpixel((450, 260))
            if isinstance(pixel, tuple) and abs(pixel[0] - color[0]) < 8 and abs(pixel[2] - color[2]) < 8:
                break
        seen.append(pixel if isinstance(pixel, tuple) else ())
    say(finding="camera", seen=seen)


def idling(app: KioskApp) -> None:
    """Whether the window asks to be drawn again: after a look at a page that drifts in, and at one that stands."""
    drawn: dict[str, bool] = {}

    def look(name: str) -> None:
        app.stage.settle()
        drawn[name] = bool(Window.canvas.needs_redraw)
        Window.dispatch("on_draw")

    show(app, Home())
    app.stage._arrive()
    Window.dispatch("on_draw")
    look("drifting")
    look("standing")
    look("still")
    say(finding="idle", **drawn, veil=list(app.stage._veil_at.size), drift=app.stage._drift.x)


def wiping(app: KioskApp) -> None:
    show(app, replace(NAME, text="NAMA RAHASIA"))
    before = app.stage.textures.texts()
    show(app, Waiting())
    after = app.stage.textures.texts()
    held = paragraph.break_lines.cache_info().currsize
    say(finding="wipe", before="NAMA RAHASIA" in before, after="NAMA RAHASIA" in after, lines=held, texts=len(after))


def closing(app: KioskApp) -> None:
    show(app, Home())
    stays = Window.dispatch("on_request_close", source="keyboard")
    say(finding="closing", stays=bool(stays), settings=bool(app.open_settings()))


def main() -> None:
    """Everything once."""
    began = time.perf_counter()
    app = KioskApp(view_of(Home()), sent.append, lambda _: None, motion=False)

    def run() -> None:
        say(finding="first frame", ms=(time.perf_counter() - began) * 1000)
        for act in (pages, press_all, sliding, typing, camera, idling, wiping, closing):
            act(app)
        app.close()

    app.on_ready = run
    app.run()


if __name__ == "__main__":
    main()
