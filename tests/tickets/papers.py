"""Invented contents for every kind of slip, and what is measured on a slip's picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
from PIL import Image

from drivers.ticket.heads import HEADS as TABLE
from drivers.ticket.heads import Head
from kiosk.tickets import slip
from kiosk.tickets.content import Channel, Place, ReasonSlip, RequirementSlip, Service, SlipContent
from kiosk.tickets.readiness import ROLES, readiness, trial_slip

HEADS = tuple(TABLE.values())
#: As test ids: 576 dots, 512 dots …
HEAD_IDS = [f"{head.dots}" for head in HEADS]
KEY = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"
PLACE = Place("Desa Kaballangang", "Kec. Duampanua", "Kabupaten Pinrang")
CHANNELS = (Channel("WA Dukcapil 0813-4244-7477"), Channel("SMS 1708", "atau lapor.go.id"))
TICKET = SlipContent(
    place=PLACE,
    services=(Service("Akta kelahiran"), Service("Kartu keluarga"), Service("KIA", "ambil di Dinas")),
    number="KBL-7F3K9-X",
    payload=f"PDT1-7315-KBL7F3K9X-{KEY}",
    stored_at=datetime(2026, 11, 24, 9, 41),
    zone="WITA",
    online=True,
    photos=3,
    channels=CHANNELS,
    journal_code="3M8T-Q2WD",
    come_back=date(2026, 11, 26),
)
OFFLINE = replace(TICKET, online=False, come_back=None)
REQUIREMENTS = RequirementSlip(
    PLACE,
    "Akta kelahiran",
    (
        ("Surat keterangan lahir", "Dari bidan, puskesmas, atau rumah sakit"),
        ("Kartu keluarga orang tua", ""),
        ("Buku nikah atau akta perkawinan orang tua", "Kalau tidak ada, pakai surat pernyataan SPTJM"),
    ),
    "1 hari kerja",
    "Surat pengantar RT/RW tidak diperlukan.",
    CHANNELS,
)
REASON = ReasonSlip(
    PLACE,
    "KBL-P4W7C-R",
    "Akta kelahiran",
    "Ditolak, masih ada jalan",
    "Akta kelahiran anak ini sudah terbit tahun 2019.",
    ("Ajukan lagi: kutipan pengganti", "Ajukan keberatan dalam 21 hari kerja", "Tanya Dinas"),
    CHANNELS,
    "Datang lagi sebelum 8 Desember.",
)
ROWS = tuple((role, role != "camera", "halaman uji tidak terbaca") for role in ROLES)
AT = datetime(2026, 11, 24, 9, 41)

_LONG_PLACE = Place("Desa " + "Panjangsekalinamanya" * 2, "Kec. Mattiro Sompe Utara Barat", "Kabupaten Pinrang")
_LONG_SERVICE = "Akta pengesahan anak dan perubahan kewarganegaraan"
LONG_TICKET = replace(
    TICKET,
    place=_LONG_PLACE,
    services=(Service(_LONG_SERVICE, "ambil di Dinas Kabupaten"),) * 3,
    number="KBLX-7F3K9-X",
    payload=f"PDT1-7315-KBLX7F3K9X-{KEY}",
)

#: Every kind of slip: how it is drawn for a head.
KINDS: dict[str, Callable[[Head], Image.Image]] = {
    "ticket": lambda head: slip.render(TICKET, head),
    "ticket, offline": lambda head: slip.render(OFFLINE, head),
    "ticket, long words": lambda head: slip.render(LONG_TICKET, head),
    "requirements": lambda head: slip.render_requirements(REQUIREMENTS, head),
    "requirements, long words": lambda head: slip.render_requirements(
        replace(REQUIREMENTS, place=_LONG_PLACE, service=_LONG_SERVICE, remark="W" * 60), head
    ),
    "reason": lambda head: slip.render_reason(REASON, head),
    "reason, long words": lambda head: slip.render_reason(
        replace(REASON, place=_LONG_PLACE, service=_LONG_SERVICE, reason="https://contoh.example/" + "a" * 90), head
    ),
    "readiness": lambda head: readiness(PLACE, ROWS, AT, head),
    "readiness, nobody's": lambda head: readiness(None, (), AT, head),
    "trial": trial_slip,
}
#: The kinds with a code, and what it says.
CODES = {
    "ticket": TICKET.payload,
    "ticket, offline": TICKET.payload,
    "ticket, long words": LONG_TICKET.payload,
    "trial": "PRODESAKU-UJI-1",
}


def grey(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """0 is black, 255 is paper."""
    return np.asarray(picture.convert("L"))


def bars(picture: Image.Image) -> list[tuple[int, int]]:
    """First and last row of every stretch of rows that are mostly black: rules, and the bar of the fee."""
    dark = np.flatnonzero((grey(picture) < 128).mean(axis=1) > 0.6)
    runs = np.split(dark, np.flatnonzero(np.diff(dark) > 1) + 1)
    return [(int(run[0]), int(run[-1])) for run in runs if run.size]
