"""Presses every target of every sample page of following and collecting in a real window, and prints what was sent.

Run as a process of its own, for Kivy has one window: one JSON object a line on standard output, with the sample's name,
the target's act and value, and what the screen sent for a touch in its middle.
"""

from __future__ import annotations

import json
import sys

from kiosk.ui.start import prepare

prepare(1280, 800, offscreen=True)

from kivy.clock import Clock  # noqa: E402

from kiosk.journeys.events import Press  # noqa: E402
from kiosk.ui.app import KioskApp  # noqa: E402
from kiosk.ui.samples import AFTER_SENDING, samples  # noqa: E402
from kiosk.ui.samples_end import OVERLAYS  # noqa: E402


def main() -> None:
    """Touch everything once."""
    names = {name for name, *_ in (*AFTER_SENDING, *OVERLAYS)}
    views = [sample for sample in samples() if sample.name in names]
    sent: list[Press] = []
    app = KioskApp(views[0].view, sent.append, lambda _: None, motion=False)

    def press_all() -> None:
        for sample in views:
            app.show(sample.view)
            Clock.tick()
            Clock.tick()
            for target in app.targets():
                sent.clear()
                app.press_down(*target.center)()
                line = {
                    "page": sample.name,
                    "act": target.act.value if target.act else None,
                    "value": target.value,
                    "enabled": target.enabled,
                    "sent": [[press.act.value, press.value] for press in sent],
                }
                sys.stdout.write(json.dumps(line) + "\n")
        app.close()

    app.on_ready = press_all
    app.run()


if __name__ == "__main__":
    main()
