"""11: the sheet under the camera, what it says, and the hand-over."""

from __future__ import annotations

from dataclasses import replace

from kiosk.formats.states import DocumentState as S
from kiosk.journeys import capture, clock, collect, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import ReadSheet, RecordHandover
from kiosk.journeys.events import DevicesLost, Event, Guide, HandoverRecorded, Press, SheetRead, Tick
from kiosk.journeys.visit import Out, Visit, go, stay

UNREADABLE = "QR belum terbaca. Ratakan kertas."
MISSES = 3  # unreadable tries after which the person may go on without
_THANKS_FOR = 60.0


def placing(visit: Visit, at: places.Placing, event: Event) -> Out:
    """Lay it down; it is read once it lies still, or on the button."""
    match event:
        case Guide() if not at.busy:
            held = (visit.now if at.held is None else at.held) if capture.holding(event) else None
            return go(visit, replace(at, guide=event, held=held))
        case Tick() if not at.busy and at.held is not None and visit.now - at.held >= capture.HOLD:
            return _read(visit, at)
        case Press(Act.SHOOT | Act.NEXT) if not at.busy:
            return _read(visit, at)
        case SheetRead(document, result) if document == at.document and at.busy:
            if result == "unreadable":
                misses = at.misses + 1
                return go(visit, replace(at, busy=False, held=None, error=UNREADABLE, misses=misses))
            return go(visit, places.ReadingBack(at.document, result, unsure=at.unsure))
        case DevicesLost():
            return go(visit, replace(at, busy=False, held=None, guide=None))
        case Press(Act.SKIP) if _may_skip(at):
            return go(visit, places.ReadingBack(at.document, "unreadable", unsure=at.unsure))
        case Press(Act.NOTHING_CAME) if at.unsure and not at.busy:
            return collect.nothing_came(visit, at.document)
        case Press(Act.LOOKS_BAD) if not at.busy:
            return collect.looks_bad(visit, at.document, at.unsure)
        case _:
            return stay(visit)


def _read(visit: Visit, at: places.Placing) -> Out:
    return go(visit, replace(at, busy=True, held=None, error=""), ReadSheet(at.document))


def _may_skip(at: places.Placing) -> bool:
    return at.misses >= MISSES


#: result → heading, sentence, strip, may be received
_SAID: dict[str, tuple[str, str, str, bool]] = {
    "match": (
        "Dokumen sah dan terbaca",
        "QR di kertas cocok dengan dokumen yang ditandatangani Dinas. Silakan dibawa pulang.",
        "QR di kertas terbaca",
        True,
    ),
    "differs": (
        "QR di kertas berbeda",
        "Lembar ini bukan hasil cetak dokumen Anda. Serahkan ke petugas, jangan dibawa pulang.",
        "QR di kertas tidak cocok",
        False,
    ),
    "unreadable": (
        "Sudah tercetak, QR belum terbaca",
        "Tanda tangan Dinas sudah diperiksa sebelum dicetak. Bila QR tampak buram, tekan Hasil kurang jelas.",
        UNREADABLE,
        True,
    ),
    "cannot_compare": (
        "Sudah tercetak, belum bisa dibandingkan",
        "Tanda tangan Dinas sudah diperiksa sebelum dicetak. QR di kertas belum bisa dibandingkan di sini.",
        "QR di kertas belum bisa dibandingkan",
        True,
    ),
    "no_camera": (
        "Sudah tercetak, belum diperiksa kamera",
        "Kamera tidak tersambung. Tanda tangan Dinas sudah diperiksa sebelum dicetak. Lihat sendiri: semuanya jelas?",
        "Kamera tidak tersambung",
        True,
    ),
}


#: The same of a sheet of which nobody knows whether it came out, where the camera has seen none.
_UNSEEN = {
    "unreadable": (
        "QR belum terbaca",
        "Bila lembar sudah keluar dan semuanya jelas, tekan Saya sudah terima. Bila buram, tekan Hasil kurang jelas.",
    ),
    "no_camera": (
        "Belum diperiksa kamera",
        "Kamera tidak tersambung. Bila lembar sudah keluar dan semuanya jelas, tekan Saya sudah terima.",
    ),
}


def reading(visit: Visit, at: places.ReadingBack, event: Event) -> Out:
    """Receive it, once; or it looks bad; or read once more."""
    result = _SAID.get(at.result, _SAID["cannot_compare"])
    match event:
        case HandoverRecorded(document) if document == at.document and at.recording:
            return _handed(visit, document)
        case Press(Act.RECEIVED) if result[3] and not at.recording:
            return go(visit, replace(at, recording=True), RecordHandover(at.document))
        case Press(Act.LOOKS_BAD) if not at.recording:
            return collect.looks_bad(visit, at.document, at.unsure and at.result != "match")
        case Press(Act.AGAIN) if not at.recording:
            return go(visit, places.Placing(at.document, unsure=at.unsure))
        case _:
            return stay(visit)


def _handed(visit: Visit, document: str) -> Out:
    """Other documents of this ticket that are ready come next; otherwise thanks."""
    visit = replace(visit, handed=visit.handed | {document})
    ticket = visit.ticket
    if ticket is not None:
        documents = tuple(
            replace(d, state=S.HANDED_OVER.value) if d.document == document else d for d in ticket.documents
        )
        visit = replace(visit, ticket=replace(ticket, documents=documents))
        if any(d.state == S.DELIVERED for d in documents):
            return go(visit, places.Tracking())
    return go(visit, places.Thanking("handover", visit.now + _THANKS_FOR))


def placing_page(visit: Visit, at: places.Placing) -> pages.Page:
    guide = at.guide
    if at.busy:
        strip = "Diam dulu, sedang membaca QR"
    elif guide is None or guide.hint in ("none", "ok"):
        strip = "Letakkan lembar di bawah kamera."
    else:
        strip = capture.STRIPS.get(guide.hint, "Letakkan lembar di bawah kamera.")
    return pages.PlaceSheet(
        eyebrow=collect.eyebrow(visit, at.document),
        document=at.document,
        strip=strip,
        corners=guide.corners if guide else (),
        error=at.error,
        may_skip=_may_skip(at),
        may_deny=at.unsure,
    )


def reading_page(visit: Visit, at: places.ReadingBack) -> pages.Page:
    heading, sentence, strip, may = _SAID.get(at.result, _SAID["cannot_compare"])
    if at.unsure:
        heading, sentence = _UNSEEN.get(at.result, (heading, sentence))
    verified = visit.verified.get(at.document)
    facts: tuple[tuple[str, str], ...] = ()
    if verified:
        signed = f"{clock.full_date(visit.site, verified.signed_at)}, {clock.clock(visit.site, verified.signed_at)}"
        facts = (
            ("Dokumen", verified.title),
            ("Ditandatangani", f"{signed} {visit.site.zone}"),
            ("Lembar", f"{verified.pages} dari {verified.pages}"),
        )
    return pages.ReadBack(
        eyebrow=collect.eyebrow(visit, at.document),
        document=at.document,
        result=at.result,
        heading=heading,
        sentence=sentence,
        facts=facts,
        strip=strip,
        may_receive=may and not at.recording,
    )
