"""Play a list of acts and answers against the machine, the way `kiosk.app` would, and remember what it asked for."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from kiosk.catalog import Pack, Refused, Site, bundled, load
from kiosk.journeys import Act, Effect, Event, Press, Tick, Visit, effects, events, pages, start, step, view

P = TypeVar("P")

#: Tuesday, 24 November 2026, 09.41 WITA.
WALL = datetime(2026, 11, 24, 9, 41, tzinfo=ZoneInfo("Asia/Makassar")).timestamp()
MOTHER = "7315994512900001"
FATHER = "7315990503880002"
SITE = Site("desa", "Kaballangang", "Duampanua", "Kabupaten Pinrang", "73.15.06.2006", "KBL")
TOWN = Site("kelurahan", "Benteng Sawitto", "Paleteang", "Kabupaten Pinrang", "73.15.11.1001", "BSW")
TICKET = "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58
STEADY = events.Guide(True, True, True, "ok", ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)))


@cache
def pack() -> Pack:
    """The pack of Pinrang."""
    found = load(bundled("pinrang"))
    assert not isinstance(found, Refused), [str(flaw) for flaw in found.flaws]
    return found


class Walk:
    """One visitor at one machine."""

    def __init__(self, site: Site = SITE, wall: float = WALL, **status: Any) -> None:
        self.visit: Visit = start(site, pack(), now=1000.0, wall=wall, status=pages.Status(**status))
        self.asked: list[Effect] = []
        self.typed = 0

    @property
    def page(self) -> pages.Page:
        return view(self.visit).page

    @property
    def overlay(self) -> pages.Overlay | None:
        return view(self.visit).overlay

    def on(self, kind: type[P]) -> P:
        """The page, which must be of this kind."""
        page = self.page
        assert isinstance(page, kind), page
        return page

    def tell(self, *told: Event) -> list[Effect]:
        """Feed events; what they asked for."""
        fresh: list[Effect] = []
        for event in told:
            self.visit, asked = step(self.visit, event)
            fresh += asked
        self.asked += fresh
        return fresh

    def do(self, *acts: Act | tuple[Act, str]) -> list[Effect]:
        """Touch, one act after another."""
        fresh: list[Effect] = []
        for act in acts:
            name, value = act if isinstance(act, tuple) else (act, "")
            self.typed += name is Act.TYPE
            fresh += self.tell(Press(name, value))
        return fresh

    def pick(self, value: str, *then: Act) -> list[Effect]:
        return self.do((Act.PICK, value), *then)

    def type(self, text: str, *then: Act) -> list[Effect]:
        return self.do(*((Act.TYPE, c) for c in text), *then)

    def wait(self, seconds: float, every: float = 0.5) -> list[Effect]:
        """Let time pass, in ticks."""
        fresh, end = list[Effect](), self.visit.now + seconds
        while self.visit.now < end - 1e-9:
            wall = self.visit.status.now
            by = min(every, end - self.visit.now)
            fresh += self.tell(Tick(self.visit.now + by, wall + by if wall else 0.0))
        return fresh

    def count(self, kind: type) -> int:
        """How often the world was asked for this."""
        return sum(isinstance(effect, kind) for effect in self.asked)

    def last(self, kind: type[P]) -> P:
        """The latest effect of a kind."""
        return next(e for e in reversed(self.asked) if isinstance(e, kind))

    # --- longer ways

    def shoot(self, ok: bool = True) -> str:
        """Photograph the paper that is asked for and keep it; the picture's name."""
        slot = self.on(pages.Capture).slot
        self.do(Act.SHOOT)
        self.tell(events.Captured(slot, f"picture-{len(self.asked)}", ok))
        picture = self.on(pages.CaptureReview).capture
        self.do(Act.KEEP)
        return picture

    def to_birth(self) -> None:
        """From the waiting page to the NIK of a birth."""
        self.do(Act.START, Act.APPLY)
        self.pick("bayi_lahir", Act.NEXT, Act.NEXT)
        self.on(pages.EnterNumber)

    def birth_questions(self, name: str = "ANDI FATIMAH AZZAHRA") -> None:
        """The eleven questions of a birth, the short way."""
        self.type(name, Act.NEXT)
        self.type("17")
        self.pick("11", Act.NEXT)
        for answer in ("2", "2", "1"):
            self.pick(answer, Act.NEXT)
        self.type("2", Act.NEXT)
        for answer in ("ibu", "2", "petugas", "orang_tua", "saya"):
            self.pick(answer, Act.NEXT)

    def to_check(self) -> None:
        """A whole birth up to 07."""
        self.to_birth()
        self.type(MOTHER, Act.NEXT)
        self.birth_questions()
        for _ in range(3):
            self.shoot()
        self.do(Act.SKIP)
        self.on(pages.CheckAnswers)

    def to_ticket(self, online: bool = True) -> None:
        """… and sent: the ticket is being printed."""
        self.to_check()
        self.do(Act.DECLARE, Act.SEND)
        self.tell(events.Submitted("app-1", "KBL-7F3K9-X", online, WALL))
        self.on(pages.TicketOut)

    def found(self, *documents: events.DocumentState, by_ticket: bool = True) -> None:
        """The store's answer to a ticket."""
        self.tell(events.TicketFound("app-1", "KBL-7F3K9-X", documents, by_ticket, WALL, WALL + 2 * 86400.0, WALL))

    def to_prove(self, *documents: events.DocumentState) -> None:
        """A scanned ticket in the hand, at the collector's NIK."""
        self.do(Act.START, Act.COLLECT)
        self.tell(events.CodeRead(TICKET))
        self.found(*(documents or (document(),)))

    def to_print(self, *documents: events.DocumentState) -> None:
        """The NIK is right, the signature holds, the job is with the printer."""
        self.to_prove(*documents)
        self.type(MOTHER, Act.NEXT)
        name = self.last(effects.OpenDocument).document
        self.tell(events.CollectorAccepted(name), verified(name))

    def to_place(self, *documents: events.DocumentState) -> str:
        """The sheet is out."""
        self.to_print(*documents)
        name = self.last(effects.PrintDocument).document
        self.tell(events.PrintProgress(name, "printing", 1, 1), events.PrintProgress(name, "printed", 1, 1))
        self.on(pages.PlaceSheet)
        return name


def document(
    name: str = "doc-1", service: str = "akta_lahir", state: str = "delivered", **more: Any
) -> events.DocumentState:
    """A document of a ticket."""
    times = more.pop("times", {"in_review": WALL, "signed": WALL + 80_940.0, "delivered": WALL + 81_000.0})
    return events.DocumentState(name, service, state, times, **more)


def verified(name: str = "doc-1") -> events.DocumentVerified:
    """Its signature holds."""
    return events.DocumentVerified(name, "Kutipan akta kelahiran", "Kepala Dinas Dukcapil Pinrang", WALL + 80_940.0, 1)
