"""What a proven seal says, masked for a public screen: enough to compare with the paper, too little to copy from it."""

from __future__ import annotations

from datetime import date

from kiosk.formats.seal import Claims

_KINDS = {
    "akta_lahir": "Akta kelahiran",
    "akta_mati": "Akta kematian",
    "akta_kawin": "Akta perkawinan",
    "akta_cerai": "Akta perceraian",
    "kk": "Kartu keluarga",
    "biodata": "Biodata penduduk",
    "skpwni": "Surat pindah",
    "lahir_mati": "Surat lahir mati",
    "pengakuan": "Akta pengakuan anak",
    "pengesahan": "Akta pengesahan anak",
    "pengangkatan": "Catatan pengangkatan anak",
    "akta_ubah": "Akta perubahan",
}
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def facts_of(claims: Claims) -> tuple[tuple[str, str], ...]:
    """Label and masked value, in the order in which they stand on the paper."""
    facts = [
        ("Jenis", _KINDS.get(claims.kind, "Dokumen kependudukan")),
        ("Nomor", mask_number(claims.number)),
        ("Nama", initials(claims.holder)),
        ("NIK", f"{'*' * 12}{claims.nik_last4}" if claims.nik_last4 else ""),
        ("Tanggal terbit", _long_date(claims.issue_day)),
        ("Penerbit", claims.office or f"Dinas Dukcapil, kode wilayah {claims.issuer}"),
    ]
    return tuple((label, value) for label, value in facts if value)


def initials(name: str) -> str:
    """``SITI AMINAH`` → ``S. A.``"""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def mask_number(number: str) -> str:
    """A family card's number is masked like a NIK; the number of an act names nobody and is shown whole."""
    if len(number) == 16 and number.isascii() and number.isdigit():
        return f"{number[:4]}{'*' * 10}{number[-2:]}"
    return number


def _long_date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
