"""`python -m kiosk.app`: the screen's process. Holds the window and the journeys; no hardware, no network.

PRODESAKU_SIZE=1280x800 sets the window's size (the whole screen without it), PRODESAKU_PILOT a socket for rehearsals,
PRODESAKU_WINDOW a frame and a pointer for a rehearsal on somebody's own screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from pathlib import Path

from kiosk import config as configuration
from kiosk.app import pilot
from kiosk.app.belongings import Belongings
from kiosk.app.centre import Centre
from kiosk.app.collecting import Collecting
from kiosk.app.desk import Desk
from kiosk.app.keys import Keys
from kiosk.app.papers import Papers
from kiosk.app.shell import Shell
from kiosk.app.submitting import Submitting
from kiosk.app.surveying import Surveying
from kiosk.app.trusted import Trusted
from kiosk.app.watching import Watching
from kiosk.catalog.load import Refused, bundled, load
from kiosk.devices.client import Devices
from kiosk.journeys import effects
from kiosk.store.store import Store
from kiosk.store.values import StoreFailure


def main() -> int:
    """Run until the window is closed. Exit code 2: this machine cannot serve, the reason is on standard error."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    config = configuration.load()
    trusted = Trusted(config.identity)
    site = trusted.site
    if site is None:
        print("prodesaku: this machine is not enrolled (prodesaku enrol CODE)", file=sys.stderr)
        return 2
    pack = load(bundled())
    if isinstance(pack, Refused):
        print("prodesaku: the service pack cannot be used (prodesaku pack lint)", file=sys.stderr)
        return 2
    store = Store.open(config.store)
    if isinstance(store, StoreFailure):
        print(f"prodesaku: the store cannot be opened: {store.why}", file=sys.stderr)
        return 2

    store.sweep()  # what a power cut left half written
    desk = Desk()
    shell = Shell(site, pack, desk)
    devices = Devices(config.devices_socket)
    centre = Centre(config.sync_socket)
    papers = Papers(devices, desk, shell.send)
    own = Belongings(site, pack, store, devices, centre, trusted, desk, shell.send, time.time)
    submitting = Submitting(own)
    collecting = Collecting(own)
    surveying = Surveying(own)
    watching = Watching(devices, centre, shell.send)
    keys = Keys(devices, shell.send)

    shell.hand(effects.StartPreview, papers.start_preview)
    shell.hand(effects.StopPreview, papers.stop_preview)
    shell.hand(effects.TakeStill, papers.take_still)
    shell.hand(effects.ScanPage, papers.scan_page)
    shell.hand(effects.DropCapture, papers.drop)
    shell.hand(effects.Submit, submitting.submit)
    shell.hand(effects.PrintTicket, submitting.print_ticket)
    shell.hand(effects.RevealTicket, submitting.reveal_ticket)
    shell.hand(effects.ForgetTicket, submitting.forget_ticket)
    shell.hand(effects.PrintRequirements, submitting.print_requirements)
    shell.hand(effects.PrintReason, submitting.print_reason)
    shell.hand(effects.LookUpTicket, collecting.look_up)
    shell.hand(effects.OpenDocument, collecting.open_document)
    shell.hand(effects.PrintDocument, collecting.print_document)
    shell.hand(effects.ReadSheet, collecting.read_sheet)
    shell.hand(effects.RecordHandover, collecting.hand_over)
    shell.hand(effects.CheckPaper, collecting.check_paper)
    shell.hand(effects.SaveSurvey, surveying.save)
    shell.hand(effects.CallOperator, surveying.call)
    shell.hand(effects.Wipe, surveying.wipe)
    shell.watcher(surveying.begin)
    shell.watcher(watching.printer)
    shell.watcher(watching.codes)
    shell.watcher(keys.watch)
    shell.watcher(watching.network)

    from kiosk.ui.start import prepare

    width, height = _size()
    desktop = "PRODESAKU_WINDOW" in os.environ
    prepare(width, height, fullscreen="PRODESAKU_SIZE" not in os.environ, desktop=desktop)
    from kiosk.ui.app import KioskApp
    from kiosk.ui.remote import Remote

    app = KioskApp(shell.view, shell.send, desk.picture)
    papers.screen = keys.screen = app
    app.may_close = desktop
    listen = os.environ.get("PRODESAKU_PILOT")
    if listen:
        remote = Remote(app)

        async def fly() -> None:
            # a finger is quicker than a person: it is let in once a code that it shows will be heard
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(watching.listening.wait(), 5)
            await pilot.run(Path(listen), remote, lambda: shell.view)

        shell.watcher(fly)
    app.on_ready = lambda: shell.begin(app)
    signal.signal(signal.SIGTERM, lambda number, frame: app.close())
    try:
        app.run()
    finally:
        shell.stop()
        store.close()
    return 0


def _size() -> tuple[int, int]:
    width, _, height = os.environ.get("PRODESAKU_SIZE", "1280x800").partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
