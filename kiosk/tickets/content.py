"""What stands on the papers of the ticket printer, as data. Nothing personal has a place here: no name, no NIK."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

Phrases = tuple[str, ...]
"""A text that may break between its phrases rather than between any two words."""


def day_of(day: date) -> str:
    """24 Nov 2026, as papers of 80 mm can hold it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Service:
    """A document of the ticket; `note` tells where it is fetched when that is not here: ambil di Dinas."""

    title: str
    note: str = ""

    @property
    def phrases(self) -> Phrases:
        """Title and note, for one line where they fit."""
        return (f"{self.title},", self.note) if self.note else (self.title,)


@dataclass(frozen=True)
class Place:
    """Where the paper was printed: Desa Kaballangang, Kec. Duampanua, Kabupaten Pinrang."""

    village: str
    district: str
    regency: str


@dataclass(frozen=True)
class Channel:
    """A way to complain: what stands out, and what follows it in lighter type."""

    strong: str
    rest: str = ""


@dataclass(frozen=True)
class SlipContent:
    """A ticket. `payload` is the QR's text and holds the key; it must not be logged, and this object not be kept.

    `stored_at` is the moment of submission in the site's own time, `zone` its abbreviation (WIB, WITA, WIT).
    `come_back` is the promised day; without one the person is told instead. `online` says whether the centre has
    received it already; if not, the promise counts from receipt. `journal_code` is the checkpoint's short code.
    """

    place: Place
    services: tuple[Service, ...]
    number: str
    payload: str
    stored_at: datetime
    zone: str
    online: bool
    photos: int
    channels: tuple[Channel, ...]
    journal_code: str
    come_back: date | None = None

    def __repr__(self) -> str:
        """Without the key, so that no traceback or log can hold it."""
        return f"SlipContent(number={self.number!r}, services={len(self.services)})"


@dataclass(frozen=True)
class RequirementSlip:
    """What to bring, for someone who goes home first. `requirements` are title and one line of help."""

    place: Place
    service: str
    requirements: tuple[tuple[str, str], ...]
    time: str
    remark: str
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class ReasonSlip:
    """Why a document came back or was refused, in the clerk's words, and what may be done about it.

    `state` is the heading (Perlu perbaikan, Ditolak); `ways` are what the person may do; `deadline` one sentence.
    """

    place: Place
    number: str
    service: str
    state: str
    reason: str
    ways: tuple[str, ...]
    channels: tuple[Channel, ...]
    deadline: str = ""

    def __repr__(self) -> str:
        """Without the reason, which is meant for the ticket's holder alone."""
        return f"ReasonSlip(number={self.number!r})"


def facts_of(content: SlipContent) -> tuple[tuple[str, Phrases], ...]:
    """The lines of times: when it was stored or received, when to come back, what was handed in (never “lengkap”)."""
    when, clock = day_of(content.stored_at.date()), f"{content.stored_at:%H.%M} {content.zone}"
    # "3 foto, akan diperiksa Dinas": nobody has looked at them yet.
    papers = ("Berkas", (f"{content.photos} foto,", "akan diperiksa Dinas"))
    if not content.photos:
        papers = ("Berkas", ("tanpa foto,", "akan diperiksa Dinas"))
    if not content.online:
        return (
            ("Disimpan", (f"di mesin, {when}", f"pukul {clock}")),
            ("Terkirim", ("nanti,", "internet sedang putus")),
            ("Janji waktu", ("dihitung sejak", "diterima Dinas")),
            papers,
        )
    back: Phrases = ("setelah Anda dikabari",)
    if content.come_back is not None:
        back = (f"mulai {DAYS[content.come_back.weekday()]},", day_of(content.come_back))
    return (("Diterima", (f"{when}, {clock}",)), ("Datang lagi", back), papers)
