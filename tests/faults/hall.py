"""A whole village hall with a window, for faults that a person would meet."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kiosk.rehearsal.clerk import Clerk
from kiosk.rehearsal.finger import Finger, NotSeen
from kiosk.rehearsal.people import CAST, Part
from kiosk.rehearsal.person import Visitor
from kiosk.rehearsal.stage import Stage
from kiosk.tickets.number import TicketNumber, parse
from kiosk.tickets.payload import make_payload
from kiosk.vision import read_codes
from tests.faults.village import Sent, Village

AKTA = CAST["akta_lahir"]
CARD = CAST["ktp_hilang"]


class Hall:
    """One stage, many visits."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.world = stage.world
        self.village = Village(stage)
        self._finger: Finger | None = None

    def fresh(self, part: Part = AKTA, *, link: str = "up") -> Visitor:
        """The kiosk starts anew, everything is in order again, and somebody steps up to the waiting page."""
        self.world.set("ticket", paper="ok", cover="closed", cable="in")
        self.world.set("page", paper="ok", cover="closed", jam="no", toner="ok", cable="in")
        self.world.set("camera", paper="", lens="good", cable="in")
        self.world.set("network", link=link)
        self.stage.kill("kiosk")
        return self.back(part)

    def back(self, part: Part = AKTA) -> Visitor:
        """Somebody steps up after the kiosk came back by itself."""
        if self._finger:
            self._finger.close()
        self._finger = Finger(self.stage.pilot_socket)
        visitor = Visitor(self._finger, self.world, part.person)
        visitor.wait_for("Waiting", patience=60)
        return visitor

    def ticket_text(self) -> str:
        """What the newest slip's QR says."""
        made = self.world.last("ticket", ".png")
        assert made is not None
        codes = {code.text for code in read_codes(np.asarray(Image.open(made).convert("L")))}
        assert len(codes) == 1
        return codes.pop()

    def clerk(self) -> Clerk:
        return Clerk(self.stage.clerk)

    def prodesaku(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A technician's command on this machine."""
        return subprocess.run(
            [sys.executable, "-m", "kiosk.cli", *arguments],
            env=self.stage.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )

    def delivered(self) -> str:
        """A ticket whose document lies at the kiosk, applied for without touches: what is tested comes after that."""
        sent = self.village.submit(kilobytes=5, pictures=1)
        self.village.wait_received(sent)
        self.deliver(sent.number)
        return self.ticket_of(sent)

    def ticket_of(self, sent: Sent) -> str:
        """What stands in the QR of this application's ticket."""
        number, site = parse(sent.number), self.village.trusted.site
        assert isinstance(number, TicketNumber) and site
        return make_payload(site.regency_code, number, sent.key)

    def deliver(self, number: str, part: Part = AKTA) -> None:
        """The office decides, and what it made is at the kiosk."""
        clerk = self.clerk()
        for position, way in enumerate(part.decisions.values(), 1):
            clerk.approve(number, position, way)

        def arrived() -> bool:
            self.village.nudge()
            known = self.village.store.find(number)
            return known is not None and known.documents[0].state.value in ("delivered", "ready_for_pickup")

        self.until(arrived)

    def track(self, ticket: str) -> dict[str, Any]:
        """The ticket under the reader; what the screen then says."""
        return self.scan(ticket, "Track", "Timeline", "ScanTicket")

    def scan(self, text: str, *pages: str) -> dict[str, Any]:
        """A code under the reader, until one of these pages is there."""
        assert self._finger is not None
        for _ in range(8):
            # a kiosk that was started this very moment does not listen yet; a person then holds it there again
            self.world.show_code(text)
            with suppress(NotSeen):
                # a page that says "read, being looked up" is on its way to another
                return self._finger.wait(lambda s: s["page"] in pages and not s.get("busy"), patience=4)
        raise NotSeen("the code was not read")

    def printed(self) -> int:
        """Sheets that came out of the page printer so far."""
        return len(self.world.outputs("page", ".pdf"))

    @staticmethod
    def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
        """Poll, bounded."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, "it never came to hold"
            time.sleep(0.1)


def blank(path: Path) -> Path:
    """A picture of nothing at all: a grey tray without paper."""
    Image.fromarray(np.full((1200, 900, 3), 96, np.uint8)).save(path)
    return path
