"""Template filters: numbers, times and states as clerks read them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template

from central import clock
from central.data.regions import villages
from central.data.services import office, service
from central.messages.port import pretty
from kiosk.formats.states import REASONS

register = template.Library()

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

#: State: the word that a clerk reads, and the kind that colours and shapes its chip.
STATES = {
    "in_review": ("Perlu diperiksa", "todo"),
    "returned": ("Menunggu perbaikan", "wait"),
    "approved": ("Disetujui, belum dikirim", "todo"),
    "signed": ("Dikirim ke desa", "sent"),
    "delivered": ("Siap dicetak di desa", "sent"),
    "printed": ("Tercetak", "sent"),
    "read_back": ("Tercetak, QR terbaca", "sent"),
    "handed_over": ("Diserahkan", "done"),
    "rejected": ("Ditolak", "no"),
    "ready_for_pickup": ("Siap diambil", "sent"),
    "appointment": ("Janji temu", "sent"),
}

#: What stands in the audit table, in words.
ACTS = {
    "buka": "Membuka permohonan",
    "lihat_berkas": "Melihat berkas",
    "lihat_dokumen": "Melihat dokumen terkirim",
    "setujui": "Menyetujui",
    "kembalikan": "Mengembalikan untuk diperbaiki",
    "tolak": "Menolak",
    "kirim_dokumen": "Mengirim dokumen bertanda tangan",
    "dokumen_tidak_cocok": "Dokumen yang diunggah tidak cocok",
    "terbitkan_spesimen": "Menerbitkan spesimen",
    "cabut_dokumen": "Mencabut dokumen",
    "gantikan_dokumen": "Menandai dokumen digantikan",
    "siap_diambil": "Menyatakan siap diambil",
    "janji_temu": "Membuat janji temu",
    "tiket_baru_diberi": "Mengizinkan tiket pengganti",
    "tiket_baru_ditolak": "Menolak tiket pengganti",
    "kode_daftar": "Membuat kode pendaftaran kios",
    "kios_terdaftar": "Kios terdaftar",
    "kios_dicabut": "Mencabut kios",
    "masuk": "Masuk",
    "keluar": "Keluar",
}


@register.filter
def number(value: str) -> str:
    """KBL7F3K9X → KBL-7F3K9-X."""
    return pretty(value)


@register.filter
def moment(value: float | None) -> str:
    """Epoch seconds as "24 Nov 2026, 09.41"."""
    if value is None:
        return "–"
    local = datetime.fromtimestamp(value, office().tz)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour:02}.{local.minute:02}"


@register.filter
def day(value: float | None) -> str:
    """Epoch seconds as "Kamis, 26 Nov"."""
    if value is None:
        return "–"
    local = datetime.fromtimestamp(value, office().tz)
    return f"{DAYS[local.weekday()]}, {local.day} {MONTHS[local.month - 1]}"


@register.filter
def age(value: float | None) -> str:
    """How long ago, in one unit."""
    if value is None:
        return "belum pernah"
    gone = timedelta(seconds=max(0.0, clock.now() - value))
    if gone < timedelta(minutes=1):
        return "baru saja"
    if gone < timedelta(hours=1):
        return f"{int(gone.total_seconds() // 60)} menit"
    if gone < timedelta(days=1):
        return f"{int(gone.total_seconds() // 3600)} jam"
    return f"{gone.days} hari"


@register.filter
def village(code: str) -> str:
    """73.15.06.2006 → Desa Kaballangang."""
    found = villages().get(code)
    return found.title if found else code


@register.filter
def district(code: str) -> str:
    """73.15.06.2006 → Duampanua."""
    found = villages().get(code)
    return found.district if found else ""


@register.filter
def service_title(key: str) -> str:
    """The service's full name."""
    return service(key).title


@register.filter
def service_short(key: str) -> str:
    """The service's name in a list."""
    return service(key).short


@register.filter
def state_word(state: str) -> str:
    """What a clerk calls the state."""
    return STATES.get(state, (state, ""))[0]


@register.filter
def state_kind(state: str) -> str:
    """The class of the state's chip."""
    return STATES.get(state, ("", "sent"))[1]


@register.filter
def reason(code: str) -> str:
    """The words of a coded reason."""
    return REASONS.get(code, code)


@register.filter
def act(what: str) -> str:
    """The words of an audit entry."""
    return ACTS.get(what, what)
