"""09a: a ticket under the reader, or its number by hand."""

from __future__ import annotations

from dataclasses import replace

from kiosk.formats.states import DocumentState as S
from kiosk.journeys import pages, places, states
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import LookUpTicket
from kiosk.journeys.events import CodeRead, Event, Press, TicketFound, TicketRefused
from kiosk.journeys.visit import Out, Visit, go, stay

_PREFIX = "PDT1-"
_LONGEST_TICKET = 160  # the payload has 94 characters
_NUMBER_LENGTH = 9  # KBL7F3K9X

REFUSED = {
    "not_a_ticket": "QR ini bukan tiket Pro Desaku. Cari QR di tiket Anda.",
    "wrong_check": "Nomor kurang tepat. Lihat lagi tiket Anda.",
    "other_regency": "Tiket ini dari kabupaten lain. Bawa ke mesin Pro Desaku di kabupaten itu.",
    "unknown": "Nomor ini belum ada di sini. Mungkin dari {desa|kelurahan} lain dan internet sedang putus.",
    "locked": "Tiket ini dikunci 15 menit karena NIK keliru tiga kali. Coba lagi nanti, atau panggil petugas.",
    "replaced": "Tiket ini sudah diganti dengan tiket baru. Pakai tiket yang paling akhir, atau panggil petugas.",
    "damaged": "Tiket ini tidak terbaca utuh. Ratakan dan coba lagi, atau ketik nomornya.",
}
_DOCUMENT_CODE = "Ini QR dokumen, bukan tiket. Untuk memeriksanya, pilih Cek keaslian di beranda."
_BY_NIK = "Permohonan dicari dengan tiket atau nomornya, bukan dengan NIK. Tiket hilang? Panggil petugas."


def is_ticket(text: str) -> bool:
    """Whether a code's text says that it is a ticket. Whether it is one, the ticket room finds out."""
    return len(text) <= _LONGEST_TICKET and text.isascii() and text.upper().startswith(_PREFIX)


def read(visit: Visit, text: str, at: places.Scanning) -> Out:
    """A code on 09a. Only what says it is a ticket of this regency is passed on; hostile text goes nowhere."""
    if not is_ticket(text):
        said = _DOCUMENT_CODE if text[:8].lower().startswith(("http://", "https://")) else REFUSED["not_a_ticket"]
        return go(visit, replace(at, error=visit.words(said)))
    if not text.upper().startswith(f"{_PREFIX}{visit.pack.code}-"):
        return go(visit, replace(at, error=visit.words(REFUSED["other_regency"])))
    return go(visit, replace(at, error="", busy=True), LookUpTicket(text, scanned=True))


def scanning(visit: Visit, at: places.Scanning, event: Event) -> Out:
    """09a"""
    match event:
        case CodeRead(text) if not at.busy:
            return read(visit, text, at)
        case TicketFound() if at.busy:
            return found(visit, event, at.purpose)
        case TicketRefused(why) if at.busy:
            said = REFUSED.get(why, REFUSED["not_a_ticket"])
            return go(visit, replace(at, busy=False, error=visit.words(said)))
        case Press(Act.TYPE_NUMBER) if not at.busy:
            return go(visit, places.TypingNumber(purpose=at.purpose))
        case Press(Act.USE_NIK):
            return go(visit, replace(at, error=_BY_NIK))
        case Press(Act.BACK):
            return go(visit, places.Home())
        case _:
            return stay(visit)


def typing(visit: Visit, at: places.TypingNumber, event: Event) -> Out:
    """The number by hand: states only."""
    match event:
        case TicketFound() if at.busy:
            return found(visit, event, at.purpose)
        case TicketRefused(why) if at.busy:
            said = REFUSED.get(why, REFUSED["wrong_check"])
            return go(visit, replace(at, busy=False, error=visit.words(said)))
        case CodeRead(text) if not at.busy:
            return read(visit, text, places.Scanning(at.purpose))
        case Press() if not at.busy:
            return _type(visit, at, event)
        case Press(Act.BACK):
            return go(visit, places.Scanning(at.purpose))
        case _:
            return stay(visit)


def _type(visit: Visit, at: places.TypingNumber, event: Press) -> Out:
    text, value = at.text, event.value.upper()
    match event.act:
        case Act.TYPE if len(value) == 1 and value.isascii() and value.isalnum() and len(text) < _NUMBER_LENGTH:
            return go(visit, replace(at, text=text + value, error=""))
        case Act.ERASE:
            return go(visit, replace(at, text=text[:-1], error=""))
        case Act.CLEAR:
            return go(visit, replace(at, text="", error=""))
        case Act.BACK | Act.SCAN_CODE:
            return go(visit, places.Scanning(at.purpose))
        case Act.NEXT if not text:
            return go(visit, replace(at, error="Ketik nomor tiket dulu."))
        case Act.NEXT if len(text) < _NUMBER_LENGTH:
            return go(visit, replace(at, error=f"Baru {len(text)} tanda. Nomor tiket ada {_NUMBER_LENGTH}."))
        case Act.NEXT:
            return go(visit, replace(at, busy=True, error=""), LookUpTicket(text, scanned=False))
        case _:
            return stay(visit)


def found(visit: Visit, ticket: TicketFound, purpose: str) -> Out:
    """One document that can be printed and a wish to collect: straight to its proof. Otherwise 09."""
    visit = replace(visit, ticket=ticket)
    ready = [d.document for d in ticket.documents if d.state in states.PRINTABLE]
    if purpose == "collect" and ticket.by_ticket:
        waiting = [d.document for d in ticket.documents if d.state == S.DELIVERED]
        if len(only := waiting or ready) == 1:
            return go(visit, places.Proving(only[0]))
    if len(ticket.documents) == 1:
        return go(visit, places.Following(ticket.documents[0].document))
    return go(visit, places.Tracking())


def scanning_page(visit: Visit, at: places.Scanning) -> pages.Page:
    return pages.ScanTicket(at.purpose, at.error, at.busy)


def typing_page(visit: Visit, at: places.TypingNumber) -> pages.Page:
    parts = (at.text[:3], at.text[3:8], at.text[8:])
    return pages.EnterTicketNumber("-".join(p for p in parts if p), at.error)
