"""Which village hall this machine stands in. Written at enrolment, read by every text that names the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@dataclass(frozen=True)
class Site:
    """A desa or kelurahan. Codes are those of Kemendagri (not of BPS); `letters` begin its ticket numbers."""

    kind: Literal["desa", "kelurahan"]
    village: str
    district: str  # kecamatan
    regency: str  # kabupaten
    code: str  # 73.15.06.2001
    letters: str  # KBL
    zone: Literal["WIB", "WITA", "WIT"] = "WITA"

    @property
    def tz(self) -> ZoneInfo:
        """The site's time zone; the abbreviation is printed wherever a legal moment is meant."""
        return ZoneInfo(_ZONES[self.zone])

    @property
    def regency_code(self) -> str:
        """Four digits, as they stand in a ticket's QR and in an akta's number."""
        return self.code.replace(".", "")[:4]

    def words(self, text: str) -> str:
        """Fill the site words: {desa|kelurahan}, {Desa|Kelurahan}, {Kepala Desa|Lurah} and every other such pair."""
        out, rest = "", text
        while (start := rest.find("{")) >= 0 and (end := rest.find("}", start)) >= 0:
            pair = rest[start + 1 : end].split("|")
            chosen = pair[1] if self.kind == "kelurahan" and len(pair) == 2 else pair[0]
            out += rest[:start] + (chosen if len(pair) == 2 else rest[start : end + 1])
            rest = rest[end + 1 :]
        return out + rest
