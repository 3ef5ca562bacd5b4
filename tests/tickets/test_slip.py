"""The papers of the ticket printer: readable by a scanner, kind to the print head, and silent about people."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from drivers.ticket.heads import Head, head_of
from kiosk.tickets import a4, slip
from kiosk.tickets.content import ReasonSlip, Service, facts_of
from kiosk.tickets.measures import WIDE as WIDE_MEASURES
from kiosk.tickets.measures import measures_of, paper_of
from tests.tickets.papers import (
    CHANNELS,
    HEAD_IDS,
    HEADS,
    KINDS,
    PLACE,
    REASON,
    REQUIREMENTS,
    TICKET,
)

WIDE, NARROW = head_of(576), head_of(384)
on_every_head = pytest.mark.parametrize("head", HEADS, ids=HEAD_IDS)


def codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(picture.convert("L")))]


@on_every_head
@pytest.mark.parametrize("online", [True, False])
def test_the_code_on_the_ticket_reads_back(head: Head, online: bool) -> None:
    picture = slip.render(replace(TICKET, online=online), head)
    assert picture.mode == "1"
    assert codes(picture) == [TICKET.payload]
    assert codes(picture.convert("L").filter(ImageFilter.BoxBlur(1))) == [TICKET.payload]


@pytest.mark.parametrize(("dots", "module"), [(576, 10), (384, 8), (512, 9), (360, 8)])
def test_the_code_is_version_5_m_and_in_the_middle(dots: int, module: int) -> None:
    (code,) = zxingcpp.read_barcodes(np.asarray(slip.render(TICKET, head_of(dots)).convert("L")))
    assert code.ec_level == "M"
    side = 37 * module
    assert abs(code.position.top_left.x - (dots - side) // 2) <= 1
    assert abs(code.position.top_right.x - (dots + side) // 2) <= 1


def test_the_design_s_three_tickets_have_the_design_s_height() -> None:
    assert slip.render(TICKET, WIDE).height == 1555
    assert slip.render(TICKET, NARROW).height == 1394
    assert slip.render(replace(TICKET, online=False, come_back=None), WIDE).height == 1623


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
    assert b"AGE-SECRET" not in slip.to_png(slip.render(TICKET, WIDE))
    assert b"AGE-SECRET" not in a4.ticket_a4(TICKET)
    reason = ReasonSlip(PLACE, "KBL-P4W7C-R", "Akta kelahiran", "Ditolak", "Sudah terbit.", (), CHANNELS)
    assert "Sudah terbit" not in repr(reason)


def test_the_png_is_one_bit_a_dot() -> None:
    picture = Image.open(BytesIO(slip.to_png(slip.render(TICKET, WIDE))))
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


@on_every_head
def test_lists_of_requirements_and_reasons_hold_all_their_lines(head: Head) -> None:
    fewer = replace(REQUIREMENTS, requirements=REQUIREMENTS.requirements[:1])
    assert KINDS["requirements"](head).height > slip.render_requirements(fewer, head).height
    assert KINDS["reason"](head).height > slip.render_reason(replace(REASON, ways=(), deadline=""), head).height


def test_documents_whose_names_take_several_lines_stand_apart() -> None:
    def grows(title: str) -> int:
        heights = [slip.render(replace(TICKET, services=(Service(title),) * count), WIDE).height for count in (2, 3)]
        return heights[1] - heights[0]

    line = WIDE_MEASURES.service.line
    assert grows("Kartu keluarga") == line
    assert grows("Akta pengesahan anak dan perubahan kewarganegaraan") > 2 * line


@on_every_head
def test_no_short_word_stands_alone_on_a_last_line_and_none_is_broken_for_it(head: Head) -> None:
    paper, style = paper_of(head), measures_of(head).note
    words = "Bawa surat yang asli dan salinannya ke mesin ini kapan saja Anda mau ya"
    for text in (words[:end] for end in range(4, len(words) + 1) if words[end : end + 1] in " "):
        lines = paper.wrap(text, style, paper.inner)
        assert " ".join(lines) == text
        assert all(paper.length(line, style) <= paper.inner for line in lines)
        assert len(lines) == 1 or paper.length(lines[-1], style) > paper.inner / 4
