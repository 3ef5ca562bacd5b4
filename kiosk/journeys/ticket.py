"""08a, 08, 08b: the ticket comes out, is seen, and its key is forgotten; then what happens next."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journeys import clock, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.check import SENT_FOR
from kiosk.journeys.effects import ForgetTicket, PrintTicket, RevealTicket, Wipe
from kiosk.journeys.events import Event, Press, Tick, TicketPrinted, TicketShown
from kiosk.journeys.visit import Out, Receipt, Visit, fresh, go, stay

PATIENCE = 15.0  # seconds after which a printing that nobody reported may be answered anyway
SHOWN_FOR = 60.0
_DOWN = frozenset({"no_paper", "cover_open", "missing", "fault"})


def coming(visit: Visit, at: places.TicketComing, event: Event) -> Out:
    """08a"""
    settled = at.state != "printing" or visit.now - at.since >= PATIENCE
    match event:
        case TicketPrinted(outcome, on) if on == at.on and at.state == "printing":
            state = "printed" if outcome == "printed" else "failed"
            return go(visit, replace(at, state=state, outcome=outcome))
        case TicketShown(payload) if at.revealing:
            before = replace(at, revealing=False)
            return go(visit, places.TicketShowing(payload, visit.now + SHOWN_FOR, before))
        case Press(Act.TICKET_OUT) if settled:
            return go(visit, places.Done(visit.now + SENT_FOR), ForgetTicket())
        case Press(Act.TICKET_NOT_OUT) if settled:
            return _again(visit, at)
        case Press(Act.SHOW_TICKET) if _may_show(at) and not at.revealing:
            return go(visit, replace(at, revealing=True), RevealTicket())
        case _:
            return stay(visit)


def _again(visit: Visit, at: places.TicketComing) -> Out:
    """Once more on the slip; then, or where the slip printer is known to be down, the same ticket on A4."""
    known_down = at.on == "slip" and at.outcome in _DOWN
    on = "slip" if at.on == "slip" and at.attempt < 2 and not known_down else "a4"
    then = places.TicketComing(on=on, attempt=at.attempt + 1, since=visit.now)
    return go(visit, then, PrintTicket(on))


def _may_show(at: places.TicketComing) -> bool:
    return at.attempt >= 2 or at.state == "failed"


def showing(visit: Visit, at: places.TicketShowing, event: Event) -> Out:
    """For a photograph, for a minute; then number and code are gone from the screen."""
    match event:
        case Tick() if visit.now >= at.until:
            return go(visit, at.before)
        case Press(Act.CLOSE | Act.BACK | Act.DONE | Act.NEXT):
            return go(visit, at.before)
        case _:
            return stay(visit)


def done(visit: Visit, at: places.Done, event: Event) -> Out:
    """08, 08b: closes by itself."""
    match event:
        case Tick() if visit.now >= at.until:
            return fresh(visit, places.Waiting()), (Wipe(),)
        case Press(Act.DONE | Act.HOME | Act.NEXT):
            return fresh(visit, places.Waiting()), (Wipe(),)
        case Press(Act.ANOTHER):
            return fresh(visit, places.Pick(), keep_settings=True), (Wipe(),)
        case _:
            return stay(visit)


def coming_page(visit: Visit, at: places.TicketComing) -> pages.Page:
    receipt = visit.receipt
    return pages.TicketOut(
        number=receipt.number if receipt else "",
        services=_titles(visit, receipt),
        state=at.state,
        on=at.on,
        attempt=at.attempt,
        sentence=_sentence(at),
        may_show=_may_show(at),
    )


def _sentence(at: places.TicketComing) -> str:
    where = "printer tiket" if at.on == "slip" else "printer A4"
    if at.state == "printing":
        return f"Tiket sedang dicetak di {where}. Data Anda sudah tersimpan."
    if at.state == "printed":
        return "Ambil dan baca dulu. Tiket ini kunci dokumen Anda, dan hanya dicetak untuk Anda."
    if at.on == "slip":
        if at.outcome == "no_paper":
            why = "Kertas tiket habis."
        elif at.outcome == "fault":
            why = "Printer tiket bermasalah."
        elif at.outcome == "cover_open":
            why = "Tutup printer tiket terbuka."
        else:
            why = "Printer tiket belum menjawab."
        return f"{why} Data Anda sudah tersimpan. Tekan Belum keluar, kami cetak sekali lagi."
    return "Printer A4 juga belum bisa. Data Anda sudah tersimpan. Panggil petugas, atau potret tiket dari layar."


def showing_page(visit: Visit, at: places.TicketShowing) -> pages.Page:
    left = max(0, int(at.until - visit.now + 0.999))
    return pages.TicketOnScreen(visit.receipt.number if visit.receipt else "", at.payload, left)


def _titles(visit: Visit, receipt: Receipt | None) -> tuple[str, ...]:
    return tuple(visit.words(s.title) for name in (receipt.services if receipt else ()) if (s := visit.service(name)))


def done_page(visit: Visit, at: places.Done) -> pages.Page:
    receipt = visit.receipt or Receipt("", True, 0.0, ())
    titles = _titles(visit, receipt)
    if receipt.online:
        heading = "Perbaikan terkirim" if receipt.revision else "Permohonan terkirim"
        sentence = "Anda boleh pulang. Tidak perlu menunggu di sini."
    else:
        heading = "Tersimpan, akan dikirim"
        sentence = "Internet sedang putus. Data aman di mesin ini dan dikirim sendiri nanti. Anda boleh pulang."
    return pages.Sent(receipt.number, titles, receipt.online, heading, sentence, tuple(_lines(visit, receipt, titles)))


def _lines(visit: Visit, receipt: Receipt, titles: tuple[str, ...]) -> list[tuple[str, str, str]]:
    site, pack = visit.site, visit.pack
    chosen = [s for name in receipt.services if (s := visit.service(name))]
    bring = "Bawa tiket, pilih Ambil dokumen"
    lines: list[tuple[str, str, str]] = []
    told = ("message-2", f"Kami kabari ke {receipt.phone}", "Sekali saat terkirim, sekali saat siap")
    if receipt.revision:
        lines.append(("receipt", "Tiket lama tetap berlaku", "Pakai tiket yang sama untuk melacak dan mengambil"))
    if not receipt.online:
        stored = f"Disimpan di mesin {clock.short_day(site, receipt.stored_at)} {clock.clock(site, receipt.stored_at)}"
        lines.append(("device-desktop", stored, "Janji waktu dihitung sejak diterima Dinas."))
        if receipt.phone:
            lines.append(told)
        if any(s.printable for s in chosen):
            lines.append(("printer", "Cetak di mesin ini", bring))
    else:
        lines.append(("search", "Petugas Dinas memeriksa", _listed(titles)))
        if receipt.phone:
            lines.append(told)
        else:
            days = max((clock.working_days(s) for s in chosen), default=1)
            when = clock.promised(site, receipt.stored_at, days, pack.holidays)
            said = f"Datang lagi mulai {clock.day_month(site, when, weekday=True)}"
            lines.append(("calendar-event", said, bring))
    away = [s for s in chosen if not s.printable]
    if away:
        names = " dan ".join(s.short for s in away)
        where = visit.words(away[0].pickup)
        lines.append(("building-community", f"{names} diambil di Dinas", f"Bawa tiket yang sama ke {where}"))
    return lines[:4]


def _listed(titles: tuple[str, ...]) -> str:
    if not titles:
        return "Permohonan Anda"
    return ", ".join(
        [titles[0], *(t if t[:1].isupper() and t[:2].isupper() else t[:1].lower() + t[1:] for t in titles[1:])]
    )
