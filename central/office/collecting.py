"""Who may collect, where the citizen had or knew no NIK ("Tidak punya atau tidak tahu NIK").

The kiosk gives a document only to somebody who names the NIK of a collector, so a document without one could never be
fetched. The office finds or makes the NIK; the clerk enters it when the document is sent, and it travels inside
the seal.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.formats.manifest import Collector, Record

#: Region, day (40 more for women), month, year, serial: UU 23/2006 article 13, Perpres 96/2018 article 4.
_DAY, _MONTH = r"(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])", r"(?:0[1-9]|1[0-2])"
_NIK = re.compile(rf"[1-9][0-9]{{5}}{_DAY}{_MONTH}[0-9]{{2}}(?!0000)[0-9]{{4}}")


def possible(record: Record) -> bool:
    """Whether any collector has a NIK."""
    return any(who.nik for who in record.collectors)


def named(record: Record, nik: str) -> Record | None:
    """The record with the applicant as collector by this NIK (spaces do not matter); None when it cannot be one."""
    digits = "".join(nik.split())
    if not digits.isascii() or not _NIK.fullmatch(digits):
        return None
    name = str(record.answers.get("nama_pemohon") or "")
    others = tuple(who for who in record.collectors if who.role != "reporter")
    return replace(record, collectors=(Collector("reporter", digits, name), *others))
