"""A visit: everything that is known of the person in front of the screen, and gone with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kiosk.catalog.model import EventTile, Pack, Service
from kiosk.catalog.site import Site
from kiosk.journeys import clock
from kiosk.journeys.effects import Effect
from kiosk.journeys.events import DocumentState, DocumentVerified, TicketFound
from kiosk.journeys.pages import Settings, Status
from kiosk.journeys.places import Place, Waiting


@dataclass(frozen=True)
class Typed:
    """What stands in a field before it was accepted."""

    text: str = ""
    day: str = ""
    month: str = ""
    year: str = ""


@dataclass(frozen=True)
class PaperDone:
    """A paper of the application: a picture, or the substitute that stands for it."""

    capture: str = ""
    substitute: str = ""
    readable: bool = True


@dataclass(frozen=True)
class Draft:
    """The application while it is being filled in. Lives in memory only."""

    tile: str = ""
    offered: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    for_whom: str = ""
    ask_whom: bool = False
    identity: Literal["nik", "kk", "none"] = "nik"
    typed: Mapping[str, Typed] = field(default_factory=dict[str, Typed])
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    papers: Mapping[str, PaperDone] = field(default_factory=dict[str, PaperDone])
    failures: int = 0  # in a row, on the paper that is shown
    declared: bool = False
    returning: bool = False  # opened from 07: the next step is 07 again
    revises: str = ""
    repair: tuple[str, ...] = ()  # the slots or fields that were returned


@dataclass(frozen=True)
class Receipt:
    """What the store answered: where the application went. Not personal."""

    number: str
    online: bool
    stored_at: float
    services: tuple[str, ...]
    phone: str = ""  # masked
    revision: bool = False


@dataclass(frozen=True)
class Call:
    """The operator was called at `since` (monotonic seconds)."""

    since: float
    answered: bool = False


@dataclass(frozen=True)
class Visit:
    """The state of the machine. Frozen: :func:`kiosk.journeys.step` returns the next one."""

    site: Site
    pack: Pack
    at: Place = field(default_factory=Waiting)
    status: Status = field(default_factory=Status)
    settings: Settings = field(default_factory=Settings)
    now: float = 0.0
    touched: float = 0.0
    sheet: Literal["", "display", "help"] = ""
    call: Call | None = None
    operator_here: bool = True
    last_contact: float | None = None
    sheets_left: int | None = None
    draft: Draft = field(default_factory=Draft)
    receipt: Receipt | None = None
    ticket: TicketFound | None = None
    verified: Mapping[str, DocumentVerified] = field(default_factory=dict[str, DocumentVerified])
    spoiled: Mapping[str, int] = field(default_factory=dict[str, int])  # reprints for looking bad, by document
    handed: frozenset[str] = frozenset()
    survey: Mapping[str, int] = field(default_factory=dict[str, int])
    about: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def today(self) -> date:
        """The site's date; never before the pack was checked, for a Pi may wake up in 1970."""
        return max(clock.local(self.site, self.status.now).date(), self.pack.checked_on)

    @property
    def clock_known(self) -> bool:
        """Whether today is today: a clock behind the pack's date would call yesterday's birth the future."""
        return clock.local(self.site, self.status.now).date() >= self.pack.checked_on

    def words(self, text: str) -> str:
        """Fill the site words and the office's name."""
        return self.site.words(text.replace("{dinas}", self.pack.office))

    def tile(self, name: str) -> EventTile | None:
        """A tile of 02, 02a or behind them."""
        if name in self.pack.more:
            return self.pack.more[name]
        return next((t for t in (*self.pack.events, *self.pack.documents) if t.id == name), None)

    def service(self, name: str) -> Service | None:
        """A service of the pack."""
        return self.pack.services.get(name)

    def document(self, name: str) -> DocumentState | None:
        """A document of the ticket that was looked up."""
        return next((d for d in self.ticket.documents if d.document == name), None) if self.ticket else None


Out = tuple[Visit, tuple[Effect, ...]]


def stay(visit: Visit, *effects: Effect) -> Out:
    """Nothing moves."""
    return visit, effects


def go(visit: Visit, place: Place, *effects: Effect) -> Out:
    """Stand somewhere else."""
    return replace(visit, at=place), effects


def fresh(visit: Visit, place: Place, *, keep_settings: bool = False) -> Visit:
    """The same machine without the person: nothing that was typed, photographed, opened or answered is left."""
    return Visit(
        site=visit.site,
        pack=visit.pack,
        at=place,
        status=visit.status,
        settings=visit.settings if keep_settings else Settings(),
        now=visit.now,
        touched=visit.now,
        operator_here=visit.operator_here,
        last_contact=visit.last_contact,
        sheets_left=visit.sheets_left,
    )
