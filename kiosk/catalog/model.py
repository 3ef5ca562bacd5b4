"""A service pack: what a regency offers, and with which words. Data alone; `load` reads and checks it.

Every text may hold site words ({desa|kelurahan}); journeys fill them in. Times, fees, numbers and addresses live here
and nowhere in code, because they differ from regency to regency and change without asking us.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

#: The answer "I do not know", as it is stored.
DONT_KNOW = "tidak_tahu"

FieldKind = Literal["nik", "kk", "date", "time", "name", "text", "choice", "number", "phone"]


@dataclass(frozen=True)
class Condition:
    """Holds when the answer to `question` (or "for_whom") is one of `values`; or, with `years`, when the date answered
    lies at least so many years back."""

    question: str
    values: tuple[str, ...] = ()
    years: int = 0


@dataclass(frozen=True)
class Option:
    """One answer of a choice. `value` is the code of the official form, `label` the words printed there."""

    value: str
    label: str
    icon: str = "circle-check"
    help: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a form, asked once for all services of a visit that need it.

    `source` is "ask", or "paper:SLOT": then it is asked only where that paper cannot be attached, for the clerk reads
    it from the picture (domain.md 9.5). `headings` replaces the heading after a certain tile or for a certain person.
    `dont_know` is the label of the honest way out, empty where the law wants an answer.
    """

    name: str
    kind: FieldKind
    heading: str
    short: str
    help: str = ""
    options: tuple[Option, ...] = ()
    source: str = "ask"
    when: Condition | None = None
    optional: bool = False
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    words: int = 1  # of a name: at least this many
    past: bool = False  # of a date: not after today
    this_year: bool = False  # of a date: the year stands there already and can be changed
    dont_know: str = ""
    headings: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def paper(self) -> str:
        """The slot that answers this question, or empty."""
        return self.source.removeprefix("paper:") if self.source.startswith("paper:") else ""


@dataclass(frozen=True)
class Substitute:
    """What the law accepts where a paper is missing. `form` such as F-2.03; `goes_on` false: come back with a paper."""

    id: str
    title: str
    help: str
    icon: str
    form: str = ""
    goes_on: bool = True


@dataclass(frozen=True)
class Paper:
    """A requirement that is photographed: one slot, shared by all services of a visit that ask for it."""

    slot: str
    title: str
    place: str  # "Letakkan surat keterangan lahir"
    help: str
    icon: str
    original: bool = True
    issuer: str = ""
    no_paper: tuple[str, ...] = ()  # sentences of the page Surat tidak ada
    substitutes: tuple[Substitute, ...] = ()
    when: Condition | None = None
    optional: bool = False


@dataclass(frozen=True)
class Requirement:
    """A line of what to bring that is not a paper (two witnesses, a phone number)."""

    icon: str
    title: str
    help: str


@dataclass(frozen=True)
class Deadline:
    """Days after the event within which to report, and the sentence for those who are later. Never a refusal."""

    question: str
    days: int
    late: str


@dataclass(frozen=True)
class Service:
    """One document that may be asked for. `id` is that of domain.md 1.2. The fee is Rp0 by law and no field."""

    id: str
    title: str
    short: str
    icon: str
    form: str
    output: str
    printable: bool
    sla_hours: int
    legal_basis: tuple[str, ...]
    procedure: tuple[tuple[str, str], ...]
    product: str
    document: str  # "akta ini", as the declaration says it
    papers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    bring: tuple[Requirement, ...] = ()
    remark: str = ""
    attention: str = ""
    closed: str = ""  # why the regency has closed it; empty while it is open
    pickup: str = ""  # where to fetch it, when it is not printable here
    subject_nik: bool = False  # the NIK of the person it is for, when that is somebody else
    deadline: Deadline | None = None
    tag: str = ""  # chip; by default Cetak di sini or Ambil di Dinas
    rejected: str = ""  # what "Ajukan lagi" says under it


@dataclass(frozen=True)
class PackageEntry:
    """A service within an event's package. `without`: papers that this event makes needless."""

    service: str
    help: str
    ticked: bool = True
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventTile:
    """What happened, or which document. Exactly one of: a `package` of services, one `service`, `choices` (tiles of the
    pack's `more`), or `sentences`: honest words why not here yet, and what to do instead."""

    id: str
    icon: str
    title: str
    help: str
    package: tuple[PackageEntry, ...] = ()
    service: str = ""
    choices: tuple[str, ...] = ()
    for_whom: str = ""  # when the event answers it
    tag: str = ""
    heading: str = ""  # of the page that says why not, and what to do instead
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    """Where to complain or ask. Checked on a date, for numbers die."""

    icon: str
    name: str
    address: str


@dataclass(frozen=True)
class SurveyItem:
    """U1…U9 of Permenpan RB 14/2017, stored by key and never by position."""

    key: str
    heading: str
    faces: tuple[str, str, str, str]
    skip: str = ""


@dataclass(frozen=True)
class SurveyGroup:
    """One of the four optional facts about who answered."""

    name: str
    heading: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Region:
    """A kecamatan, desa or kelurahan by Kemendagri's code (never BPS's)."""

    code: str
    name: str
    level: Literal["kabupaten", "kecamatan", "desa", "kelurahan"]


@dataclass(frozen=True, kw_only=True)
class PackHead:
    """What pack.toml holds: the regency itself."""

    code: str  # 7315
    version: str
    regency: str
    office: str  # "Dinas Dukcapil Pinrang"
    office_contact: str  # "WA 0813-4244-7477"
    pledge: str
    pledge_by: str
    pledge_since: date
    checked_on: date
    channels: tuple[Channel, ...]
    ask: Channel  # whom to ask on a refusal
    for_whom: tuple[Option, ...]
    notice: tuple[tuple[str, str], ...]
    words: dict[str, str]
    objection_days: int = 21
    repair_days: int = 14
    holidays: tuple[date, ...] = ()
    always: tuple[str, ...] = ()  # questions asked in every application
    always_papers: tuple[str, ...] = ()  # papers asked for in every application, under their condition
    without_nik: tuple[str, ...] = ()  # questions instead of a NIK


@dataclass(frozen=True, kw_only=True)
class Pack(PackHead):
    """Everything a regency says."""

    events: tuple[EventTile, ...]
    documents: tuple[EventTile, ...]
    more: dict[str, EventTile]
    services: dict[str, Service]
    questions: dict[str, Question]
    papers: dict[str, Paper]
    survey: tuple[SurveyItem, ...]
    about: tuple[SurveyGroup, ...]
    regions: tuple[Region, ...]

    @property
    def districts(self) -> frozenset[str]:
        """The six-digit codes a NIK of this regency may begin with."""
        return frozenset(r.code.replace(".", "") for r in self.regions if r.level == "kecamatan")
