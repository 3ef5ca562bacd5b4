"""12, 13: what can honestly be said of a paper. Six verdicts, and never more certainty than there is."""

from __future__ import annotations

from dataclasses import replace

from kiosk.formats.verdicts import Verdict
from kiosk.journeys import capture, clock, lookup, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import CheckPaper
from kiosk.journeys.events import Checked, CodeRead, DevicesLost, Event, Guide, Press, Tick
from kiosk.journeys.visit import Out, Visit, go, stay

OLD_DAYS = 7.0  # older lists make no verdict certain
_LONGEST = 4400  # the largest QR holds 4,296 characters
_UNREADABLE = "QR ini tidak memuat tulisan yang bisa diperiksa. Cari QR di sudut kanan bawah dokumen."
_TICKET = "Ini tiket, bukan dokumen. Untuk melihat permohonan, pilih Lacak permohonan di beranda."


def presenting(visit: Visit, at: places.Presenting, event: Event) -> Out:
    """The paper's code comes from the reader, or from the camera once the sheet lies still."""
    match event:
        case CodeRead(text) if not at.busy:
            return _code(visit, at, text)
        case Guide() if not at.busy:
            held = (visit.now if at.held is None else at.held) if capture.holding(event) else None
            return go(visit, replace(at, guide=event, held=held))
        case Tick() if not at.busy and at.held is not None and visit.now - at.held >= capture.HOLD:
            return go(visit, replace(at, busy=True, held=None, error=""), CheckPaper())
        case Press(Act.SHOOT | Act.NEXT) if not at.busy:
            return go(visit, replace(at, busy=True, held=None, error=""), CheckPaper())
        case Checked() if at.busy:
            return go(visit, places.Judged(_honest(event)))
        case DevicesLost():
            return go(visit, replace(at, busy=False, held=None, guide=None))
        case Press(Act.BACK):
            return go(visit, places.Home())
        case _:
            return stay(visit)


def _code(visit: Visit, at: places.Presenting, text: str) -> Out:
    """A code's text is passed on as it is, if it is text at all; what it says is nowhere shown."""
    if lookup.is_ticket(text):
        return go(visit, replace(at, error=_TICKET))
    if not text.strip() or len(text) > _LONGEST or not text.isprintable():
        return go(visit, replace(at, error=_UNREADABLE))
    return go(visit, replace(at, busy=True, held=None, error=""), CheckPaper(text))


def _honest(checked: Checked) -> Checked:
    """With lists older than a week nobody knows whether a paper is still good."""
    try:
        verdict = Verdict(checked.verdict)
    except ValueError:
        verdict = Verdict.BELUM_PASTI
    if verdict is Verdict.SAH and checked.list_age_days is not None and checked.list_age_days > OLD_DAYS:
        return replace(checked, verdict=Verdict.BELUM_PASTI.value, why="stale_list", since=None)
    return replace(checked, verdict=verdict.value)


def judged(visit: Visit, at: places.Judged, event: Event) -> Out:
    """Another paper, or home."""
    match event:
        case Press(Act.AGAIN | Act.SCAN_OTHER | Act.CHECK | Act.NEXT):
            return go(visit, places.Presenting())
        case Press(Act.COMPLAINT):
            return go(visit, places.Complaining())
        case Press(Act.BACK | Act.DONE):
            return go(visit, places.Home())
        case _:
            return stay(visit)


def presenting_page(visit: Visit, at: places.Presenting) -> pages.Page:
    if at.busy:
        strip = "Sedang memeriksa, tunggu sebentar"
    elif at.guide is None or at.guide.hint in ("none", "ok"):
        strip = "Letakkan dokumen di bawah kamera, atau pindai QR-nya"
    else:
        strip = capture.STRIPS.get(at.guide.hint, "Letakkan dokumen di bawah kamera, atau pindai QR-nya")
    return pages.CheckPrompt(strip, at.guide.corners if at.guide else (), at.error, at.busy)


_COMPARE = "Cocokkan dengan kertas di tangan Anda"
_DIFFERENT = "Nomor atau huruf awal nama di kertas berbeda? Jangan dipakai dulu, tanyakan Dinas."

#: verdict → heading, sentence, heading of the facts, advice
_SAID: dict[Verdict, tuple[str, str, str, str]] = {
    Verdict.SAH: ("Dokumen sah", "Isinya tidak berubah sejak ditandatangani.", _COMPARE, _DIFFERENT),
    Verdict.TERDAFTAR: (
        "Terdaftar",
        "Tercatat di daftar terbit Dinas. Belum dibuktikan dengan tanda tangan.",
        _COMPARE,
        "Buktikan di laman resmi dengan HP. Ada yang berbeda? Jangan dipakai dulu, tanyakan Dinas.",
    ),
    Verdict.DIGANTIKAN: (
        "Sudah digantikan",
        "Dokumen ini asli, tetapi sudah ada yang lebih baru.",
        "Keadaan dokumen",
        "Mintalah dokumen yang terbaru. Pemiliknya dapat mencetaknya di mesin ini, gratis.",
    ),
    Verdict.DICABUT: (
        "Dicabut",
        "Dinas sudah menarik dokumen ini. Tidak berlaku lagi.",
        "Keadaan dokumen",
        "Jangan dipakai. Tanyakan {dinas}.",
    ),
    Verdict.BELUM_PASTI: (
        "Belum dapat dipastikan di sini",
        "Bukan berarti palsu. Mesin ini belum bisa memeriksanya.",
        "Mengapa, dan apa yang bisa dilakukan",
        "Periksa dengan HP, atau periksa lagi nanti di sini. Ragu? Jangan dipakai dulu, tanyakan Dinas.",
    ),
    Verdict.TIDAK_SAH: (
        "Tidak sah",
        "Isi QR bertentangan dengan tanda tangan Dinas. Jangan dipakai, tanyakan Dinas.",
        "Yang sebaiknya Anda lakukan",
        "Pindai sekali lagi. Tetap begini? Minta dokumen yang asli kepada orang yang memberikannya.",
    ),
}
_WHY = {
    "national_code": "QR ini menunjuk laman resmi Dukcapil, yang hanya bisa dibuka dengan HP.",
    "unreadable": "QR di dokumen belum terbaca. Ratakan kertas, lalu periksa lagi.",
    "unknown_issuer": "Penerbit QR ini belum dikenal mesin ini.",
    "compromised_key": "Kunci penerbit QR ini sudah tidak dipercaya. Tanyakan Dinas.",
    "outside_validity": "QR ini dibuat di luar masa berlaku kunci penerbitnya. Tanyakan Dinas.",
    "other_text": "QR ini bukan QR dokumen Dukcapil.",
    "other_address": "QR ini menunjuk alamat lain, bukan laman resmi Dukcapil.",
    "damaged": "QR ini rusak atau tidak lengkap. Ratakan kertas, lalu periksa lagi.",
    "no_list": "Daftar pencabutan belum ada di mesin ini.",
    "stale_list": "Daftar pencabutan di mesin ini sudah lebih dari 7 hari.",
    "clock_unsure": "Waktu di mesin ini belum pasti.",
}


def judged_page(visit: Visit, at: places.Judged) -> pages.Page:
    checked = at.checked
    verdict = Verdict(checked.verdict)
    heading, sentence, facts_heading, advice = _SAID[verdict]
    facts = checked.facts
    if verdict is Verdict.BELUM_PASTI:
        default = "Mesin ini belum punya yang diperlukan untuk memeriksa QR ini."
        facts = (("Mengapa", _WHY.get(checked.why, default)), *facts)
    if checked.since is not None and verdict in (Verdict.DIGANTIKAN, Verdict.DICABUT):
        label = "Dicabut sejak" if verdict is Verdict.DICABUT else "Tidak berlaku sejak"
        facts = (*facts, (label, clock.full_date(visit.site, checked.since)))
    asks = verdict in (Verdict.DICABUT, Verdict.TIDAK_SAH, Verdict.BELUM_PASTI)
    told = f"{visit.words(advice)} {visit.pack.office_contact}." if asks else visit.words(advice)
    line, old = _list_line(visit, checked)
    return pages.VerdictPage(
        verdict=verdict.value,
        heading=heading,
        sentence=sentence,
        facts_heading=facts_heading,
        facts=facts,
        advice=told,
        list_line=line,
        list_old=old,
        look_up=checked.look_up,
        contact=visit.pack.office_contact if asks else "",
    )


def _list_line(visit: Visit, checked: Checked) -> tuple[str, bool]:
    age = checked.list_age_days
    if age is None:
        return "", False
    if visit.status.now <= 0:
        return f"Daftar terakhir {int(age)} hari lalu", age > OLD_DAYS
    then = visit.status.now - age * 86400.0
    if age > OLD_DAYS:
        return f"Daftar terakhir {int(age)} hari lalu, {clock.full_date(visit.site, then)}", True
    if clock.local(visit.site, then).date() == clock.local(visit.site, visit.status.now).date():
        return f"Daftar pencabutan diperbarui hari ini pukul {clock.clock(visit.site, then)} {visit.site.zone}", False
    return f"Daftar pencabutan diperbarui {clock.legal(visit.site, then)}", False
