"""09: what a ticket tells, what a number tells, and the ways on from a return and a refusal."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import TICKET, WALL, Walk, document

RETURNED = document(
    "d2", "kk_anak_lahir", "returned", reason_code="foto_buram", part="buku_nikah",
    note="Nomor dan tanggalnya tidak terbaca.", times={"in_review": WALL, "returned": WALL},
)  # fmt: skip
REJECTED = document(
    "d1", "akta_lahir", "rejected", reason_code="sudah_ada", note="Akta ini sudah terbit tahun 2019.",
    times={"in_review": WALL, "rejected": WALL},
)  # fmt: skip


def scanned(*documents: events.DocumentState) -> Walk:
    walk = Walk()
    walk.do(Act.START, Act.TRACK)
    walk.tell(events.CodeRead(TICKET))
    walk.found(*documents)
    return walk


def typed(*documents: events.DocumentState) -> Walk:
    walk = Walk()
    walk.do(Act.START, Act.TRACK, Act.TYPE_NUMBER)
    walk.type("kbl7f3k9x", Act.NEXT)
    assert walk.last(effects.LookUpTicket) == effects.LookUpTicket("KBL7F3K9X", scanned=False)
    walk.found(*documents, by_ticket=False)
    return walk


def test_a_ticket_with_three_documents() -> None:
    walk = scanned(
        document(), document("d2", "kk_anak_lahir", "in_review"), document("d3", "kia_baru", "ready_for_pickup")
    )
    page = walk.on(pages.Track)
    assert page.heading == "Satu dokumen siap dicetak"
    assert [r.state for r in page.rows] == ["Siap dicetak", "Diperiksa", "Ambil di Dinas"]
    assert [r.bar for r in page.rows] == ["ddddn-", "dn----", "ddddn-"]
    assert [r.acts for r in page.rows] == [True, False, False]
    assert page.rows[0].line == "Ditandatangani Rabu 25 Nov, 08.10"
    assert page.now_button == "Cetak akta" and page.now_document == "doc-1" and "Rp0" in page.fee_line
    assert "lebih cepat dari janji Kamis, 26 November" in page.fee_line
    walk.pick("d2")
    assert walk.on(pages.Timeline).panel == "none"
    walk.do(Act.BACK)
    walk.do((Act.PRINT, "doc-1"))
    assert walk.on(pages.EnterNumber).kind == "collector_nik"


def test_one_document_opens_on_its_timeline() -> None:
    page = scanned(document(state="in_review")).on(pages.Timeline)
    assert [s.title for s in page.steps] == [
        "Diterima", "Diperiksa petugas Dinas", "Disetujui", "Ditandatangani secara elektronik", "Siap dicetak",
        "Diserahkan",
    ]  # fmt: skip
    assert [s.state for s in page.steps] == ["done", "now", "future", "future", "future", "future"]
    assert page.steps[0].line == "Selasa 24 Nov, 09.41"


def test_repair_does_only_the_returned_part_again() -> None:
    walk = scanned(document(), RETURNED)
    page = walk.on(pages.Track)
    assert page.heading == "Satu dokumen perlu diperbaiki" and page.now_document == "d2"
    walk.pick("d2")
    line = walk.on(pages.Timeline)
    assert line.panel == "repair" and line.panel_chip == "Foto buram" and line.message == RETURNED.note
    assert line.button == "Foto ulang buku nikah atau akta perkawinan"
    assert "8 Desember" in line.info and "tetap 24 November" in line.info
    assert line.steps[2].state == "attention"
    walk.do(Act.REPAIR)
    assert walk.on(pages.Capture).total == 1
    walk.shoot()
    check = walk.on(pages.CheckAnswers)
    assert check.rows == () and len(check.photos) == 1
    walk.do(Act.DECLARE, Act.SEND)
    sent = walk.last(effects.Submit)
    assert sent.revises == "app-1" and sent.services == ("kk_anak_lahir",) and sent.collectors == ()
    assert [a.slot for a in sent.attachments] == ["buku_nikah"] and sent.answers == {}
    walk.tell(events.Submitted("app-1", "KBL-7F3K9-X", True, WALL))
    done = walk.on(pages.Sent)
    assert done.heading == "Perbaikan terkirim" and done.lines[0][1] == "Tiket lama tetap berlaku"
    assert walk.count(effects.PrintTicket) == 0


def test_repair_of_an_answer() -> None:
    walk = scanned(document("d1", "akta_lahir", "returned", reason_code="data_berbeda", part="nama_anak"))
    assert walk.on(pages.Timeline).button == "Perbaiki jawaban"
    walk.do(Act.REPAIR)
    walk.type("ANDI FATIMAH", Act.NEXT)
    assert walk.on(pages.CheckAnswers).total == 1
    walk.do(Act.DECLARE, Act.SEND)
    assert walk.last(effects.Submit).answers == {"nama_anak": "ANDI FATIMAH"}


def test_a_return_that_names_no_part_asks_for_the_papers_again() -> None:
    walk = scanned(document("d1", "kk_ubah", "returned"))
    walk.do(Act.REPAIR)
    assert walk.on(pages.Capture).total == 2


def test_a_refusal_shows_the_ways_on() -> None:
    walk = scanned(REJECTED)
    page = walk.on(pages.Timeline)
    assert page.heading == "Ditolak, masih ada jalan" and page.message == REJECTED.note
    assert [w.value for w in page.ways] == ["apply_again", "objection", "ask"]
    assert "21 hari kerja" in page.ways[1].help and [s.state for s in page.steps] == ["done", "done", "refused"]
    assert walk.do(Act.PRINT_REASON) == [effects.PrintReason("d1")]
    walk.pick("objection")
    assert "keberatan" in walk.on(pages.Timeline).info
    walk.do(Act.BACK)
    walk.do(Act.APPLY_AGAIN)
    walk.on(pages.ForWhom)
    assert walk.visit.ticket is None


def test_a_number_tells_states_only() -> None:
    for each in (RETURNED, REJECTED):
        walk = typed(each)
        page = walk.on(pages.Timeline)
        said = repr(page)
        assert each.note not in said and "buku" not in said.lower() and page.panel_chip == "" and page.ways == ()
        assert walk.do(Act.PRINT_REASON) == []
        walk.do(Act.REPAIR)
        assert not isinstance(walk.page, pages.Capture)


def test_a_number_prints_nothing() -> None:
    walk = typed(document(), document("d2", "kk_anak_lahir"))
    assert walk.on(pages.Track).now_button == "Pindai tiket"
    walk.do((Act.PRINT, "doc-1"))
    page = walk.on(pages.ScanTicket)
    assert page.purpose == "collect" and page.error


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("not_a_ticket", "QR ini bukan tiket Pro Desaku. Cari QR di tiket Anda."),
        ("wrong_check", "Nomor kurang tepat. Lihat lagi tiket Anda."),
        ("other_regency", "Tiket ini dari kabupaten lain. Bawa ke mesin Pro Desaku di kabupaten itu."),
        ("unknown", "Nomor ini belum ada di sini. Mungkin dari desa lain dan internet sedang putus."),
        ("locked", "Tiket ini dikunci 15 menit karena NIK keliru tiga kali. Coba lagi nanti, atau panggil petugas."),
        ("replaced", "Tiket ini sudah diganti dengan tiket baru. Pakai tiket yang paling akhir, atau panggil petugas."),
        ("damaged", "Tiket ini tidak terbaca utuh. Ratakan dan coba lagi, atau ketik nomornya."),
    ],
)
def test_the_sentences_of_the_scan_page(why: str, sentence: str) -> None:
    walk = Walk()
    walk.do(Act.START, Act.TRACK)
    walk.tell(events.CodeRead(TICKET), events.TicketRefused(why))
    assert walk.on(pages.ScanTicket).error == sentence
    walk.do(Act.TYPE_NUMBER)
    walk.type("KBL7F3K9X", Act.NEXT)
    walk.tell(events.TicketRefused(why))
    assert walk.on(pages.EnterTicketNumber).error == sentence


@pytest.mark.parametrize(
    "text", ["", "\x00" * 4096, "\u202e" * 4096, "😀" * 1000, "PDT1-7315-" + "A" * 4096, "'; DROP"]
)
def test_hostile_codes_go_nowhere(text: str) -> None:
    walk = Walk()
    walk.do(Act.START, Act.TRACK)
    assert walk.tell(events.CodeRead(text)) == []
    page = walk.on(pages.ScanTicket)
    assert page.error == "QR ini bukan tiket Pro Desaku. Cari QR di tiket Anda."


def test_other_codes_are_told_apart() -> None:
    walk = Walk()
    walk.do(Act.START, Act.TRACK)
    walk.tell(events.CodeRead(TICKET.replace("7315", "9101")))
    assert "kabupaten lain" in walk.on(pages.ScanTicket).error
    walk.tell(events.CodeRead("https://layananonline.dukcapil.kemendagri.go.id/x"))
    assert "Cek keaslian" in walk.on(pages.ScanTicket).error
    walk.do(Act.USE_NIK)
    assert "bukan dengan NIK" in walk.on(pages.ScanTicket).error


def test_a_number_that_is_too_short() -> None:
    walk = Walk()
    walk.do(Act.START, Act.TRACK, Act.TYPE_NUMBER, Act.NEXT)
    assert walk.on(pages.EnterTicketNumber).error == "Ketik nomor tiket dulu."
    walk.type("KBL7", Act.NEXT)
    page = walk.on(pages.EnterTicketNumber)
    assert page.text == "KBL-7" and page.error == "Baru 4 tanda. Nomor tiket ada 9."


@pytest.mark.parametrize("started", [True, False])
def test_a_ticket_under_the_reader_is_followed_from_waiting_and_home(started: bool) -> None:
    walk = Walk()
    if started:
        walk.do(Act.START)
    assert walk.tell(events.CodeRead(TICKET)) == [effects.LookUpTicket(TICKET, scanned=True)]
    walk.found(document())
    walk.on(pages.Timeline)


def test_other_codes_do_nothing_on_the_waiting_page() -> None:
    walk = Walk()
    assert walk.tell(events.CodeRead("HTTPS://EXAMPLE.ORG")) == []
    walk.on(pages.Waiting)


def test_offline_says_how_old_the_states_are() -> None:
    walk = scanned(document(), document("d2", "kk_anak_lahir"))
    assert walk.on(pages.Track).offline_note == ""
    walk.tell(events.NetworkChanged(False))
    assert walk.on(pages.Track).offline_note == "Internet sedang putus. Data terakhir Selasa 24 Nov, 09.41."


@pytest.mark.parametrize(
    "state",
    ["submitted", "in_review", "returned", "approved", "signed", "delivered", "printed", "read_back", "handed_over",
     "rejected", "ready_for_pickup", "appointment", "a_state_of_tomorrow"],
)  # fmt: skip
def test_every_state_has_words(state: str) -> None:
    for by_ticket in (True, False):
        walk = Walk()
        walk.do(Act.START, Act.TRACK)
        walk.tell(events.CodeRead(TICKET))
        walk.found(document(state=state), document("x", "a_service_of_tomorrow", state), by_ticket=by_ticket)
        page = walk.on(pages.Track)
        assert page.heading and all(len(r.bar) == 6 and r.state for r in page.rows)
        walk.pick("x")
        assert walk.on(pages.Timeline).heading
