"""The papers of the ticket printer: readable by a scanner, kind to the print head, and silent about people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import get_args

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from kiosk.tickets import a4, slip
from kiosk.tickets.content import (
    Channel,
    Place,
    ReasonSlip,
    RequirementSlip,
    Service,
    SlipContent,
    facts_of,
)

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
WIDTHS = get_args(slip.Width)


def codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(picture.convert("L")))]


def black_runs(picture: Image.Image) -> int:
    """Longest stretch of rows that are mostly black: what overheats a head."""
    dark = (np.asarray(picture.convert("L")) < 128).mean(axis=1) > 0.6
    longest = run = 0
    for row in dark:
        run = run + 1 if row else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("online", [True, False])
def test_the_code_on_the_ticket_reads_back(width: slip.Width, online: bool) -> None:
    picture = slip.render(replace(TICKET, online=online), width)
    assert picture.mode == "1"
    assert picture.width == width
    assert codes(picture) == [TICKET.payload]
    assert codes(picture.convert("L").filter(ImageFilter.BoxBlur(1))) == [TICKET.payload]


@pytest.mark.parametrize(("width", "module"), [(576, 10), (384, 8)])
def test_the_code_is_version_5_m_on_whole_dots_with_quiet_paper_around(width: slip.Width, module: int) -> None:
    picture = slip.render(TICKET, width)
    (code,) = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    assert code.ec_level == "M"
    side = 37 * module
    left, top = (width - side) // 2, code.position.top_left.y
    assert abs(code.position.top_left.x - left) <= 1
    assert abs(code.position.top_right.x - (left + side)) <= 1
    quiet = 4 * module
    assert left >= quiet
    assert width - (left + side) >= quiet
    grey = np.asarray(picture.convert("L"))
    quiet = 4 * module
    assert left >= quiet
    assert width - (left + side) >= quiet
    assert grey[top - quiet : top, left - quiet : left + side + quiet].min() == 255
    assert grey[top + side + 1 : top + side + quiet, left - quiet : left + side + quiet].min() == 255
    cells = grey[top : top + side, left : left + side].reshape(37, module, 37, module)
    assert all(len(np.unique(cells[row, :, column, :])) == 1 for row in range(37) for column in range(37))


def test_the_design_s_three_tickets_have_the_design_s_height() -> None:
    assert slip.render(TICKET, 576).height == 1555
    assert slip.render(TICKET, 384).height == 1394
    assert slip.render(replace(TICKET, online=False, come_back=None), 576).height == 1623


@pytest.mark.parametrize("width", WIDTHS)
def test_no_bar_is_so_high_that_it_hurts_the_head(width: slip.Width) -> None:
    assert 50 < black_runs(slip.render(TICKET, width)) <= 80


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_off_the_paper_however_long_the_words(width: slip.Width) -> None:
    long = replace(
        TICKET,
        place=Place("Desa " + "Panjangsekalinamanya" * 2, "Kec. Mattiro Sompe Utara Barat", "Kabupaten Pinrang"),
        services=(Service("Akta pengesahan anak dan perubahan kewarganegaraan", "ambil di Dinas Kabupaten"),) * 3,
        number="KBLX-7F3K9-X",
        payload=f"PDT1-7315-KBLX7F3K9X-{KEY}",
    )
    picture = slip.render(long, width)
    grey = np.asarray(picture.convert("L"))
    margin = slip.measures_of(width).margin
    assert grey[:, : margin - 3].min() == 255
    assert grey[:, width - margin + 3 :].min() == 255
    assert codes(picture) == [long.payload]


def test_nobody_prints_on_another_width() -> None:
    with pytest.raises(ValueError, match="512"):
        slip.measures_of(512)  # type: ignore[arg-type]


def test_times_say_what_was_received_and_never_that_it_is_complete() -> None:
    online = dict(facts_of(TICKET))
    assert online["Diterima"] == ("24 Nov 2026, 09.41 WITA",)
    assert online["Datang lagi"] == ("mulai Kamis,", "26 Nov 2026")
    offline = dict(facts_of(replace(TICKET, online=False)))
    assert " ".join(offline["Disimpan"]) == "di mesin, 24 Nov 2026 pukul 09.41 WITA"
    assert " ".join(offline["Janji waktu"]) == "dihitung sejak diterima Dinas"
    assert "Datang lagi" not in offline
    without_day = dict(facts_of(replace(TICKET, come_back=None)))
    assert without_day["Datang lagi"] == ("setelah Anda dikabari",)
    every = " ".join(str(facts) for facts in (online, offline, without_day))
    assert "lengkap" not in every
    assert dict(facts_of(replace(TICKET, photos=0)))["Berkas"][0] == "tanpa foto,"


def test_a_ticket_can_hold_nothing_about_a_person() -> None:
    fields = set(vars(TICKET))
    assert not fields & {"name", "nik", "answers", "collectors", "contact", "reporter", "phone"}


def test_the_key_is_in_no_text_of_the_object_and_in_no_text_of_the_file() -> None:
    assert "AGE-SECRET" not in repr(TICKET)
    assert "AGE-SECRET" not in f"{[TICKET]}"
    assert b"AGE-SECRET" not in slip.to_png(slip.render(TICKET))
    assert b"AGE-SECRET" not in a4.ticket_a4(TICKET)
    reason = ReasonSlip(PLACE, "KBL-P4W7C-R", "Akta kelahiran", "Ditolak", "Sudah terbit.", (), CHANNELS)
    assert "Sudah terbit" not in repr(reason)


def test_the_png_is_one_bit_a_dot() -> None:
    picture = Image.open(BytesIO(slip.to_png(slip.render(TICKET))))
    assert picture.mode == "1"
    assert picture.size == (576, 1555)


def test_the_a4_ticket_is_one_a4_page_with_a_large_code() -> None:
    document = pypdfium2.PdfDocument(a4.ticket_a4(TICKET))
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((210, 297), abs=0.5)
    seen = document[0].render(scale=150 / 72).to_pil()
    assert codes(seen) == [TICKET.payload]
    (code,) = zxingcpp.read_barcodes(np.asarray(seen.convert("L")))
    millimetres = (code.position.top_right.x - code.position.top_left.x) / 150 * 25.4
    assert millimetres > 55


def test_the_a4_ticket_shrinks_rather_than_losing_its_end() -> None:
    many = replace(TICKET, services=tuple(Service(f"Dokumen nomor {n}") for n in range(9)))
    page = np.asarray(a4.page_of(many).convert("L"))
    assert codes(a4.page_of(many)) == [TICKET.payload]
    assert page[-60:].min() == 255
    assert (page < 128).any(axis=1).nonzero()[0].max() > 3000


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_of_requirements_and_reasons_fit_too(width: slip.Width) -> None:
    requirements = RequirementSlip(
        PLACE,
        "Akta kelahiran",
        (("Surat keterangan lahir", "Dari bidan, puskesmas, atau rumah sakit"), ("Kartu keluarga orang tua", "")),
        "1 hari kerja",
        "Surat pengantar RT/RW tidak diperlukan.",
        CHANNELS,
    )
    short = slip.render_requirements(replace(requirements, requirements=requirements.requirements[:1]), width)
    assert slip.render_requirements(requirements, width).height > short.height
    reason = ReasonSlip(
        PLACE,
        "KBL-P4W7C-R",
        "Akta kelahiran",
        "Ditolak",
        "Akta kelahiran anak ini sudah terbit tahun 2019.",
        ("Ajukan lagi: kutipan pengganti", "Ajukan keberatan dalam 21 hari kerja"),
        CHANNELS,
        "Datang lagi sebelum 8 Desember.",
    )
    picture = slip.render_reason(reason, width)
    assert picture.height > slip.render_reason(replace(reason, ways=(), deadline=""), width).height
    margin = slip.measures_of(width).margin
    assert np.asarray(picture.convert("L"))[:, : margin - 3].min() == 255
