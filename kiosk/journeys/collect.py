"""10, 10b, 11: prove, print once, look at the sheet, receive it.

Two things must never happen here: a sheet for somebody else, and a sheet twice. So PrintDocument leaves this module
only for a document whose signature was verified in this visit, only when its page is left for 10 in the same step, and
never by itself: after a stop the person presses, and where a sheet may lie half printed, nobody but the operator.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk import forms
from kiosk.formats.states import DocumentState as S
from kiosk.forms import Ok, Problem, Warn
from kiosk.journeys import pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import CallOperator, OpenDocument, PrintDocument, Wipe
from kiosk.journeys.events import (
    CollectorAccepted,
    CollectorRefused,
    DocumentRefused,
    DocumentVerified,
    Event,
    Press,
    PrinterChanged,
    PrintProgress,
)
from kiosk.journeys.visit import Out, Visit, fresh, go, stay

READY = frozenset({"ready", "low_paper", "unasked"})
_GOING = frozenset({"queued", "printing"})
_KNOWN_STOPS = frozenset({"no_paper", "jam", "cover_open", "no_toner", "missing", "failed", "unknown"})
#: The file is not here or cannot be opened: nothing was tampered with, and nobody was told.
_NOT_OPENED = frozenset({"not_here", "no_ticket", "another_document", "key"})
#: The office has withdrawn the document, or issued a newer one.
_NOT_CURRENT = frozenset({"revoked", "superseded"})
_SECONDS = 25.0  # a laser printer from sleep to the first sheet, as expected, not as promised
#: Stops after which a sheet may have come out, or may yet.
_DOUBTFUL = _KNOWN_STOPS | {"nothing_came"}
MOST_SPOILED = 2  # reprints for looking bad in one visit; then the operator decides


def proving(visit: Visit, at: places.Proving, event: Event) -> Out:
    """Whose is it? The NIK of one who may collect."""
    if not isinstance(event, Press):
        return stay(visit)
    match event.act:
        case Act.TYPE if len(event.value) == 1 and event.value in "0123456789" and len(at.digits) < 16:
            return go(visit, replace(at, digits=at.digits + event.value, error="", asked=False))
        case Act.ERASE:
            return go(visit, replace(at, digits=at.digits[:-1], error="", asked=False))
        case Act.CLEAR:
            return go(visit, replace(at, digits="", error="", asked=False))
        case Act.NEXT:
            match forms.nik(at.digits, today=visit.today):
                case Problem(sentence):
                    return go(visit, replace(at, error=sentence))
                case Warn(_, sentence, True) if not at.asked:
                    return go(visit, replace(at, error=sentence, asked=True))
                case Ok(nik) | Warn(nik, _, _):
                    opening = places.Printing(at.document, since=visit.now)
                    return go(visit, opening, OpenDocument(at.document, nik))
        case Act.BACK:
            return go(visit, places.Tracking())
        case _:
            return stay(visit)


def locked(visit: Visit, at: places.Locked, event: Event) -> Out:
    """Three misses. The ticket stays good."""
    match event:
        case Press(Act.BACK | Act.DONE | Act.NEXT):
            return fresh(visit, places.Home(), keep_settings=True), (Wipe(),)
        case _:
            return stay(visit)


def printing(visit: Visit, at: places.Printing, event: Event) -> Out:
    """10. Touches change nothing here."""
    match event:
        case CollectorAccepted(document) if document == at.document and at.phase == "opening":
            return go(visit, replace(at, accepted=True))
        case CollectorRefused(left) if at.phase == "opening":
            if left <= 0:
                return go(visit, places.Locked(at.document))
            said = f"NIK ini bukan yang didaftarkan untuk mengambil. Masih bisa {left} kali lagi."
            return go(visit, places.Proving(at.document, error=said))
        case DocumentRefused(document) if document == at.document and at.phase == "opening":
            why = "not_opened" if event.why in _NOT_OPENED else "signature"
            why = event.why if event.why in _NOT_CURRENT else why
            return go(visit, places.Stopped(at.document, why, retry=False, ready=False))
        case DocumentVerified(document) if document == at.document and at.phase == "opening" and at.accepted:
            visit = replace(visit, verified={**visit.verified, document: event})
            return _print(visit, at.document, _first_or_again(visit, document))
        case PrintProgress(document, state) if document == at.document and at.phase != "opening":
            return _progress(visit, at, state, event)
        case _:
            return stay(visit)


def _first_or_again(visit: Visit, document: str) -> Literal["first", "reprint"]:
    found = visit.document(document)
    return "reprint" if found and found.state in (S.PRINTED, S.READ_BACK, S.HANDED_OVER) else "first"


def _print(visit: Visit, document: str, reason: Literal["first", "paper_out", "looks_bad", "reprint"]) -> Out:
    """The one door to the printer."""
    if document not in visit.verified:
        return stay(visit)
    if visit.status.printer not in READY:
        why = visit.status.printer
        return go(visit, places.Stopped(document, why, retry=True, ready=False, reason=reason))
    pages_ = visit.verified[document].pages
    going = places.Printing(document, "queued", True, visit.now, 0, max(1, pages_), reason)
    return go(visit, going, PrintDocument(document, reason))


def _progress(visit: Visit, at: places.Printing, state: str, told: PrintProgress) -> Out:
    sheet, sheets = max(at.sheet, told.sheet), max(1, told.sheets)
    if state in ("printed", "sent"):
        return go(visit, places.Placing(at.document, unsure=state == "sent"))
    if state not in _GOING:
        state = state if state in _KNOWN_STOPS else "unknown"
        retry = told.certain and _no_sheet_in_doubt(state, sheet)
        ready = retry and state == "failed" and visit.status.printer in READY
        reason = "paper_out" if at.reason in ("first", "paper_out") else at.reason
        return go(visit, places.Stopped(at.document, state, retry=retry, ready=ready, reason=reason))
    phase = "printing" if state == "printing" else at.phase
    return go(visit, replace(at, phase=phase, sheet=sheet, sheets=sheets))


def _no_sheet_in_doubt(state: str, sheet: int) -> bool:
    """Whether it is sure that nothing of the document lies in the printer or its tray.

    Out of paper before the first sheet was fed is sure. A jam and an unknown answer never are; a cover, toner or other
    failure only while no sheet had begun.
    """
    if state == "no_paper":
        return sheet <= 1
    return state not in ("jam", "unknown") and sheet == 0


def stopped(visit: Visit, at: places.Stopped, event: Event) -> Out:
    """10b. Nothing prints by itself."""
    match event:
        case PrintProgress(document, "printed") if document == at.document and at.why == "unknown" and not at.retry:
            return go(visit, places.Placing(document))  # the printer's answer came late: the sheet did come out
        case PrinterChanged(state) if at.retry and at.why != "looks_bad":
            return go(visit, replace(at, ready=state in READY))
        case Press(Act.PRINT_AGAIN) if at.retry and at.ready:
            return _print(visit, at.document, at.reason)
        case Press(Act.SHEET_CAME) if _may_have_come(visit, at):
            return go(visit, places.Placing(at.document, unsure=True))
        case Press(Act.DONE | Act.BACK | Act.NEXT):
            return fresh(visit, places.Home(), keep_settings=True), (Wipe(),)
        case _:
            return stay(visit)


def _may_have_come(visit: Visit, at: places.Stopped) -> bool:
    """Whether the sheet in doubt may be shown to the camera, which settles it."""
    return not at.retry and at.why in _DOUBTFUL and at.document in visit.verified


def nothing_came(visit: Visit, document: str) -> Out:
    """A person's word is too little for another copy: the sheet may lie in the printer still, and come out later."""
    return go(visit, places.Stopped(document, "nothing_came", retry=False, ready=False), CallOperator())


def looks_bad(visit: Visit, document: str, unsure: bool = False) -> Out:
    """The sheet goes to the operator, who tears and counts it; then the person presses Cetak lagi.

    Not where it is `unsure` that what they hold is the sheet.
    """
    count = visit.spoiled.get(document, 0) + 1
    visit = replace(visit, spoiled={**visit.spoiled, document: count})
    retry = count <= MOST_SPOILED and document in visit.verified and not unsure
    ready = retry and visit.status.printer in READY
    return go(visit, places.Stopped(document, "looks_bad", retry, ready, "looks_bad"), CallOperator())


def eyebrow(visit: Visit, document: str) -> pages.Eyebrow:
    """The document's icon and title."""
    found = visit.document(document)
    service = visit.service(found.service) if found else None
    return pages.Eyebrow(service.icon, visit.words(service.title)) if service else pages.Eyebrow("file-text", "Dokumen")


def proving_page(visit: Visit, at: places.Proving) -> pages.Page:
    return pages.EnterNumber(
        eyebrow=eyebrow(visit, at.document),
        kind="collector_nik",
        heading="Berapa NIK Anda?",
        help="NIK pelapor, atau orang yang didaftarkan untuk mengambil.",
        digits=at.digits,
        error=at.error,
        can_go_on=len(at.digits) == 16,
    )


def locked_page(visit: Visit, at: places.Locked) -> pages.Page:
    return pages.Sorry(
        "Tiket ini dikunci 15 menit",
        (
            "NIK keliru tiga kali. Dokumen Anda aman dan tidak dicetak.",
            "Coba lagi 15 menit lagi dengan tiket yang sama.",
            "Lupa siapa yang didaftarkan? Panggil petugas, gratis.",
        ),
    )


def _number(visit: Visit) -> str:
    return visit.ticket.number if visit.ticket else ""


def printing_page(visit: Visit, at: places.Printing) -> pages.Page:
    verified = visit.verified.get(at.document) if at.phase != "opening" else None
    mine: Literal["done", "now"] = "done" if at.accepted else "now"
    signed: Literal["done", "now", "future"] = "done" if verified else "now" if at.accepted else "future"
    sheet = max(1, at.sheet)
    steps = (
        pages.ProgressStep("Ini benar milik Anda", "NIK cocok dengan tiket" if at.accepted else "NIK diperiksa", mine),
        pages.ProgressStep(
            "Tanda tangan elektronik sah" if verified else "Tanda tangan elektronik diperiksa",
            verified.signer if verified else visit.pack.office,
            signed,
        ),
        pages.ProgressStep(
            f"Mencetak lembar {sheet} dari {at.sheets}", "Kertas A4, ukuran asli", "now" if verified else "future"
        ),
        pages.ProgressStep("Periksa hasil cetak", "Anda tunjukkan lembarnya ke kamera", "future"),
    )
    gone = max(0.0, visit.now - at.since)
    expected = _SECONDS + 8.0 * (at.sheets - 1)
    fraction = min(0.95, gone / expected) if verified else min(0.1, gone / expected)
    left = expected - gone
    remaining = f"Sekitar {max(5, int(-(-left // 5) * 5))} detik lagi" if left > 0 else "Hampir selesai"
    return pages.Printing(
        eyebrow=eyebrow(visit, at.document),
        number=_number(visit),
        heading="Sedang dicetak" if verified else "Sedang disiapkan",
        sentence="Tunggu kertas keluar di sebelah kanan bawah." if verified else "Dokumen dibuka dengan tiket Anda.",
        steps=steps,
        fraction=fraction,
        remaining=remaining,
        paper_line=_paper_line(visit),
    )


def _paper_line(visit: Visit) -> str:
    if visit.status.printer == "low_paper":
        return "Kertas menipis, masih cukup untuk dokumen ini."
    return f"Kertas cukup untuk sekitar {visit.sheets_left} lembar." if visit.sheets_left else ""


_ASK = "Panggil petugas. Hanya petugas yang boleh melanjutkan, supaya tidak tercetak dua kali."
_SAFE = "Dokumen Anda aman dan belum tercetak. Petugas sudah dikabari."
_PRESS = "Setelah itu, tekan Cetak lagi."
_ELSEWHERE = "Boleh juga datang lagi nanti, atau cetak di {desa|kelurahan} lain dengan tiket yang sama."

_SAID: dict[str, tuple[str, tuple[str, ...]]] = {
    "no_paper": (
        "Kertas printer habis",
        (
            "Dokumen Anda aman dan belum tercetak. Petugas sudah dikabari untuk mengisi kertas.",
            "Setelah kertas diisi, tekan Cetak lagi.",
            _ELSEWHERE,
        ),
    ),
    "jam": ("Kertas tersangkut", ("Lembar Anda mungkin masih di dalam printer. Jangan ditarik sendiri.", _ASK)),
    "cover_open": ("Tutup printer terbuka", (_SAFE, f"Tutup printer dirapatkan dulu. {_PRESS}", _ELSEWHERE)),
    "no_toner": ("Toner habis", (_SAFE, f"Toner diganti dulu. {_PRESS}", _ELSEWHERE)),
    "missing": ("Printer tidak tersambung", (_SAFE, f"Petugas memeriksa kabelnya. {_PRESS}", _ELSEWHERE)),
    "failed": ("Belum bisa dicetak", (_SAFE, "Tekan Cetak lagi. Masih gagal? Panggil petugas.", _ELSEWHERE)),
    "unknown": (
        "Belum pasti sudah tercetak",
        ("Printer tidak menjawab. Mungkin ada lembar yang keluar atau tertinggal di dalam.", _ASK),
    ),
    "nothing_came": (
        "Belum ada lembar yang keluar",
        ("Petugas melihat printernya dulu. Lembar bisa keluar belakangan.", _ASK),
    ),
    "signature": (
        "Tanda tangan tidak cocok",
        (
            "Tidak dicetak. Dinas sudah diberi tahu.",
            "Tiket Anda tetap berlaku. Datang lagi nanti, atau tanyakan petugas.",
        ),
    ),
    "not_opened": (
        "Dokumen belum bisa dibuka",
        ("Tidak dicetak. Tiket Anda tetap berlaku.", "Panggil petugas, atau datang lagi nanti. Biaya tetap Rp0."),
    ),
    "revoked": (
        "Dokumen ini sudah dicabut",
        ("Tidak dicetak. Dinas sudah menarik dokumen ini.", "Tanyakan {dinas}. Biaya tetap Rp0."),
    ),
    "superseded": (
        "Sudah ada yang lebih baru",
        ("Tidak dicetak. Dinas sudah menerbitkan dokumen yang baru.", "Pakai tiket dari permohonan yang terakhir."),
    ),
    "looks_bad": (
        "Serahkan lembar ini ke petugas",
        (
            "Petugas menyobek dan menghitung lembar yang kurang jelas.",
            "Setelah itu, tekan Cetak lagi. Biaya Rp0.",
        ),
    ),
}
_SHEET_IN_DOUBT = "Mungkin ada lembar yang sudah masuk printer."


def stopped_page(visit: Visit, at: places.Stopped) -> pages.Page:
    heading, sentences = _SAID.get(at.why, _SAID["failed"])
    if at.why == "unknown" and at.retry:  # the printer was not asked to print: nothing can lie in it
        heading, sentences = "Printer belum menjawab", (_SAFE, f"Petugas memeriksa printernya. {_PRESS}", _ELSEWHERE)
    elif at.why == "jam" and at.retry:
        sentences = (_SAFE, f"Petugas mengeluarkan kertasnya dulu. {_PRESS}", _ELSEWHERE)
    elif not at.retry and at.why == "looks_bad":
        spent = visit.spoiled.get(at.document, 0) > MOST_SPOILED
        sentences = ("Sudah dua kali dicetak ulang." if spent else "Petugas melihat lembar ini dulu.", _ASK)
    elif not at.retry and at.why not in ("jam", "unknown", "nothing_came", "signature", "not_opened", *_NOT_CURRENT):
        sentences = (_SHEET_IN_DOUBT, _ASK)
    return pages.PrintStopped(
        eyebrow=eyebrow(visit, at.document),
        number=_number(visit),
        document=at.document,
        why=at.why,
        heading=heading,
        sentences=tuple(visit.words(s) for s in sentences),
        can_retry=at.retry,
        ready=at.ready,
        may_show=_may_have_come(visit, at),
    )
