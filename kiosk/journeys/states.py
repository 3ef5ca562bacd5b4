"""How a document's state is said: chip, line, six-part bar, timeline. One table for 09 and its kin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.catalog.model import Service
from kiosk.formats.states import DocumentState as S
from kiosk.journeys import clock, pages
from kiosk.journeys.events import DocumentState
from kiosk.journeys.visit import Visit

Kind = Literal["ok", "inf", "warn", "err"]


@dataclass(frozen=True)
class Said:
    """`now` is the index of the step that is current, 0…5; 6 when all are done."""

    chip: str
    icon: str
    kind: Kind
    now: int


_SAID: dict[str, Said] = {
    S.SUBMITTED: Said("Menunggu dikirim", "cloud-up", "warn", 0),
    S.IN_REVIEW: Said("Diperiksa", "search", "inf", 1),
    S.RETURNED: Said("Perlu perbaikan", "alert-triangle", "warn", 2),
    S.APPROVED: Said("Disetujui", "circle-check", "inf", 3),
    S.SIGNED: Said("Ditandatangani", "signature", "inf", 4),
    S.DELIVERED: Said("Siap dicetak", "printer", "ok", 4),
    S.PRINTED: Said("Sudah dicetak", "printer", "ok", 5),
    S.READ_BACK: Said("Sudah dicetak", "printer", "ok", 5),
    S.HANDED_OVER: Said("Diserahkan", "circle-check", "ok", 6),
    S.REJECTED: Said("Ditolak", "x", "err", 2),
    S.READY_FOR_PICKUP: Said("Ambil di Dinas", "building-community", "inf", 4),
    S.APPOINTMENT: Said("Datang ke Dinas", "calendar-event", "inf", 4),
}
_UNKNOWN = Said("Sedang diurus", "clock", "inf", 1)

#: The sealed file is here: it may be printed, and printed again while it is current.
PRINTABLE = frozenset({S.DELIVERED.value, S.PRINTED.value, S.READ_BACK.value, S.HANDED_OVER.value})
OFFICE = frozenset({S.READY_FOR_PICKUP.value, S.APPOINTMENT.value})


def said(document: DocumentState) -> Said:
    """Chip, icon, kind and step of a document; a state that is newer than this machine is said plainly."""
    return _SAID.get(document.state, _UNKNOWN)


def bar(document: DocumentState) -> str:
    """The six-part bar: d done, n now, x refused, - to come."""
    now = said(document).now
    mark = "x" if document.state == S.REJECTED else "n"
    return ("d" * now + mark + "-" * 5)[:6] if now < 6 else "dddddd"


def place(visit: Visit, document: DocumentState, service: Service | None) -> str:
    """Where to fetch it."""
    return visit.words(document.place or (service.pickup if service else "") or "loket Dinas")


def line(visit: Visit, document: DocumentState, service: Service | None) -> str:
    """One line: since when, or what to do."""
    at = document.times.get(document.state)
    since = clock.short(visit.site, at) if at is not None else ""
    match document.state:
        case S.SUBMITTED:
            return f"Disimpan di mesin {since}" if since else "Disimpan di mesin ini, dikirim sendiri nanti"
        case S.IN_REVIEW:
            return f"Di petugas Dinas sejak {since}" if since else "Di petugas Dinas"
        case S.RETURNED:
            return f"Menunggu Anda sejak {since}" if since else "Menunggu Anda"
        case S.DELIVERED:
            signed = document.times.get(S.SIGNED, at)
            return f"Ditandatangani {clock.short(visit.site, signed)}" if signed is not None else "Sudah jadi"
        case S.READY_FOR_PICKUP:
            return f"Sudah jadi. Bawa tiket ini ke {place(visit, document, service)}"
        case S.APPOINTMENT:
            return f"Datang ke {place(visit, document, service)} dengan tiket ini"
        case _:
            return since


_WAITING = {
    "signed": "Waktu dihitung lagi setelah diperbaiki",
    "ready": "Anda dikabari",
    "handed": "Setelah Anda menerima dokumen",
}


def timeline(visit: Visit, document: DocumentState, service: Service | None) -> tuple[pages.TimelineStep, ...]:
    """The way of one document. A refusal ends it."""
    now, state = said(document).now, document.state
    office = state in OFFICE or (service is not None and not service.printable)
    signed = "Dicetak Dinas" if office else "Ditandatangani secara elektronik"
    ready = "Siap di Dinas" if office else "Siap dicetak"
    third = {S.RETURNED.value: "Perlu perbaikan", S.REJECTED.value: "Ditolak"}.get(state, "Disetujui")
    returned = state == S.RETURNED
    rows: list[tuple[str, tuple[str, ...], str]] = [
        ("Diterima", (S.IN_REVIEW, S.SUBMITTED), "Saat mesin tersambung internet"),
        ("Diperiksa petugas Dinas", (S.IN_REVIEW,), "Setelah diterima Dinas"),
        (third, (state,) if third != "Disetujui" else (S.APPROVED,), "Setelah diperiksa"),
        (signed, (S.SIGNED,), _WAITING["signed"] if returned else "Setelah disetujui"),
        (ready, (S.DELIVERED, S.READY_FOR_PICKUP, S.APPOINTMENT), _WAITING["ready"]),
        ("Diserahkan", (S.HANDED_OVER, S.PRINTED), _WAITING["handed"]),
    ]
    if state == S.REJECTED:
        rows = rows[:3]
    return tuple(_step(visit, document, n, now, row) for n, row in enumerate(rows))


def _step(
    visit: Visit, document: DocumentState, n: int, now: int, row: tuple[str, tuple[str, ...], str]
) -> pages.TimelineStep:
    title, keys, expected = row
    at = next((document.times[key] for key in keys if key in document.times), None)
    when = clock.short(visit.site, at) if at is not None else ""
    if n < now:
        return pages.TimelineStep(title, when, "done")
    if n > now:
        return pages.TimelineStep(title, expected, "future")
    if document.state == S.REJECTED:
        return pages.TimelineStep(title, when, "refused")
    if document.state == S.RETURNED:
        return pages.TimelineStep(title, "Menunggu Anda, hitungan waktu berhenti dulu", "attention")
    return pages.TimelineStep(title, when or expected, "now")
