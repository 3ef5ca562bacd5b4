"""From the waiting page to Kirim: the order of pages, the sentences, what back keeps."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import FATHER, MOTHER, SITE, STEADY, TOWN, WALL, Walk, pack


def test_a_birth_from_the_first_touch_to_the_packet() -> None:
    walk = Walk()
    walk.on(pages.Waiting)
    walk.do(Act.START)
    walk.on(pages.Home)
    walk.do(Act.APPLY)
    events_page = walk.on(pages.PickEvent)
    assert [t.title for t in events_page.tiles] == [
        "Bayi lahir", "Menikah", "Bercerai", "Meninggal", "Pindah", "Hilang atau rusak", "Data salah", "Umur 17 tahun",
    ]  # fmt: skip
    walk.pick("bayi_lahir")
    package = walk.on(pages.Package)
    assert [i.service for i in package.items] == ["akta_lahir", "kk_anak_lahir", "kia_baru"]
    assert [i.tag for i in package.items] == ["Cetak di sini", "Cetak di sini", "Ambil di Dinas"]
    assert package.ticked == 3 and package.longest_time == "2 hari kerja"
    walk.do(Act.NEXT)
    detail = walk.on(pages.ServiceDetail)
    assert [r.title for r in detail.requirements] == [
        "Surat keterangan lahir",
        "Kartu keluarga",
        "Buku nikah atau akta perkawinan",
        "Nama dan NIK dua orang saksi",
    ]
    assert "{" not in detail.requirements[0].help and "Kepala Desa" in detail.requirements[0].help
    walk.do(Act.MORE)
    assert walk.on(pages.ServiceDetail).part == 2
    walk.do(Act.BACK, Act.NEXT)
    nik = walk.on(pages.EnterNumber)
    assert nik.heading == "Berapa NIK Anda?" and nik.steps == pages.Steps(1)
    assert nik.ways == ("use_kk", "scan_code", "dont_know")
    walk.type(MOTHER, Act.NEXT)
    first = walk.on(pages.Question)
    assert first.heading == "Siapa nama lengkap bayi?" and first.eyebrow.note == "Pertanyaan 1 dari 11"
    walk.birth_questions()
    seen = [walk.on(pages.Capture).heading]
    assert walk.on(pages.Capture).total == 3
    walk.shoot()
    seen.append(walk.on(pages.Capture).heading)
    walk.shoot()
    seen.append(walk.on(pages.Capture).heading)
    walk.shoot()
    assert seen == [
        "Letakkan surat keterangan lahir",
        "Letakkan kartu keluarga",
        "Letakkan buku nikah atau akta perkawinan",
    ]
    phone = walk.on(pages.EnterNumber)
    assert phone.kind == "phone" and phone.ways == ("skip",)
    walk.type("08123456712", Act.NEXT)
    check = walk.on(pages.CheckAnswers)
    assert len(check.rows) == 4 and check.rows[0].answer == "ANDI FATIMAH AZZAHRA"
    assert check.rows[1].answer == "17 November 2026" and check.rows[3].answer == "Puskesmas"
    assert not check.declared and check.blocked == "Centang dulu pernyataan bahwa data ini benar."
    assert "Dinas Dukcapil Pinrang" in check.declaration
    walk.do(Act.DECLARE, Act.SEND)
    walk.on(pages.Working)
    sent = walk.last(effects.Submit)
    assert sent.services == ("akta_lahir", "kk_anak_lahir", "kia_baru") and sent.for_whom == "anak"
    assert [a.slot for a in sent.attachments] == ["surat_lahir", "kk", "buku_nikah"]
    assert sent.answers["nama_anak"] == "ANDI FATIMAH AZZAHRA" and sent.answers["tanggal_lahir_anak"] == "2026-11-17"
    assert sent.collectors == (effects.Collector("reporter", MOTHER, ""),)
    assert sent.contact == {"phone": "08123456712"} and "kontak_hp" not in sent.answers


def test_the_short_way_asks_little() -> None:
    """Domain facts 9.5: at most twelve questions and forty typed characters."""
    walk = Walk()
    walk.to_check()
    total = int(next(r for r in [walk.on(pages.CheckAnswers)]).total)
    assert total <= 13  # eleven questions, the NIK, the phone that was skipped
    assert walk.typed <= 40


@pytest.mark.parametrize(("site", "word"), [(SITE, "Kepala Desa"), (TOWN, "Lurah")])
def test_both_site_words(site: object, word: str) -> None:
    walk = Walk(site)  # type: ignore[arg-type]
    walk.do(Act.START, Act.APPLY)
    walk.pick("bayi_lahir", Act.NEXT)
    assert word in walk.on(pages.ServiceDetail).requirements[0].help


def test_every_tile_leads_somewhere_honest() -> None:
    for by, tiles in ((Act.BY_EVENT, pack().events), (Act.BY_DOCUMENT, pack().documents)):
        assert len(tiles) == 8
        for tile in tiles:
            walk = Walk()
            walk.do(Act.START, Act.APPLY, by)
            walk.pick(tile.id)
            page = walk.page
            assert isinstance(
                page, pages.Package | pages.ForWhom | pages.Closed | pages.PickEvent | pages.ServiceDetail
            )
            if isinstance(page, pages.Closed):
                assert len(page.sentences) >= 2 and "Rp0" in " ".join(page.sentences)
                walk.do(Act.BACK)
                assert walk.on(pages.PickEvent)
            if isinstance(page, pages.PickEvent):
                assert page.tiles
                walk.do(Act.BACK)
                assert len(walk.on(pages.PickEvent).tiles) == 8


def test_documents_say_where_they_come_out() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY, Act.BY_DOCUMENT)
    tags = {t.title: t.tag for t in walk.on(pages.PickEvent).tiles}
    assert tags["Akta kelahiran"] == tags["Kartu keluarga"] == "Cetak di sini"
    assert tags["KIA (kartu anak)"] == tags["KTP elektronik"] == "Ambil di Dinas"


def test_one_document_of_the_package_stays() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY)
    walk.pick("bayi_lahir")
    walk.do((Act.TOGGLE, "akta_lahir"), (Act.TOGGLE, "kk_anak_lahir"), (Act.TOGGLE, "kia_baru"))
    page = walk.on(pages.Package)
    assert page.ticked == 1 and page.error == "Sisakan paling sedikit satu dokumen."


def test_for_whom_is_asked_where_the_tile_does_not_say() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY, Act.BY_DOCUMENT)
    walk.pick("dok_akta_lahir")
    walk.do(Act.NEXT)
    assert walk.on(pages.ForWhom).error == "Pilih satu jawaban dulu."
    walk.pick("orang_lain", Act.NEXT)
    assert "Surat kuasa F-1.07" in [r.title for r in walk.on(pages.ServiceDetail).requirements]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("731506510892", "Baru 12 angka. NIK ada 16 angka."),
        ("7315063512900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315062003150004", "Ini tampaknya nomor KK. Lihat angka di samping nama Anda."),
    ],
)
def test_the_sentences_of_the_nik_page(typed: str, sentence: str) -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(typed, Act.NEXT)
    page = walk.on(pages.EnterNumber)
    assert page.error == sentence and page.digits == typed


def test_what_looks_like_a_kk_may_still_be_a_nik() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type("7315062003150004", Act.NEXT, Act.NEXT)
    walk.on(pages.Question)


def test_an_accepted_nik_is_masked_and_typed_anew() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER)
    assert "belum kami kenal" in walk.on(pages.EnterNumber).note
    walk.do(Act.NEXT, Act.BACK)
    page = walk.on(pages.EnterNumber)
    assert page.masked == "7315 •••• •••• ••01" and page.digits == "" and page.can_go_on
    walk.type("7")
    page = walk.on(pages.EnterNumber)
    assert page.masked == "" and page.digits == "7"


def test_ways_out_of_the_nik_page() -> None:
    walk = Walk()
    walk.to_birth()
    walk.do(Act.DONT_KNOW)
    assert walk.on(pages.Question).heading == "Siapa nama lengkap Anda?"
    walk.type("SITI RAMLAH", Act.NEXT)
    assert walk.on(pages.Question).kind == "date"
    walk.type("5")
    walk.pick("12")
    walk.type("1990", Act.NEXT)
    assert "ibu" in walk.on(pages.Question).heading
    walk.do(Act.DONT_KNOW)
    assert "ayah" in walk.on(pages.Question).heading
    walk.do(Act.DONT_KNOW)
    assert walk.on(pages.Question).name == "nama_anak"
    walk.do(*[Act.BACK] * 5)
    assert walk.on(pages.EnterNumber).kind == "nik"
    walk.do(Act.USE_KK)
    page = walk.on(pages.EnterNumber)
    assert page.kind == "kk" and page.ways == ("use_nik",)
    walk.type("7315062003150004", Act.NEXT)
    assert walk.on(pages.Question).name == "nama_pemohon"


def test_a_code_on_the_nik_page() -> None:
    walk = Walk()
    walk.to_birth()
    walk.do(Act.SCAN_CODE)
    assert "lampu merah" in walk.on(pages.EnterNumber).note
    walk.tell(events.CodeRead("https://example.org/\u202e" + "x" * 4096))
    assert walk.on(pages.EnterNumber).error == "QR ini tidak memuat NIK. Ketik angkanya."
    walk.tell(events.CodeRead(MOTHER))
    assert walk.on(pages.EnterNumber).digits == MOTHER


def test_the_kk_is_asked_where_no_paper_says_it() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY)
    walk.pick("hilang_rusak")
    walk.pick("ktp_hilang")
    walk.pick("orang_tua", Act.NEXT)
    assert walk.on(pages.ServiceDetail).attention
    walk.do(Act.NEXT)
    walk.type(MOTHER, Act.NEXT)
    assert walk.on(pages.EnterNumber).heading == "Berapa NIK orang tua Anda?"
    walk.type(FATHER, Act.NEXT)
    page = walk.on(pages.EnterNumber)
    assert page.kind == "kk" and page.heading == "Berapa nomor KK Anda?"
    walk.type(MOTHER, Act.NEXT)
    assert "NIK" in walk.on(pages.EnterNumber).error
    walk.do(Act.CLEAR)
    walk.type("7315992003150004", Act.NEXT)
    walk.pick("saya", Act.NEXT)
    walk.shoot()
    walk.do(Act.SKIP, Act.DECLARE, Act.SEND)
    sent = walk.last(effects.Submit)
    assert sent.services == ("ktp_hilang",) and sent.answers["nik_subjek"] == FATHER
    walk.tell(events.Submitted("a", "KBL-7F3K9-X", True, WALL), events.TicketPrinted("printed"))
    walk.do(Act.TICKET_OUT)
    assert any("diambil di Dinas" in line[1] for line in walk.on(pages.Sent).lines)


def test_a_change_on_the_family_card() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY)
    walk.pick("data_salah")
    walk.pick("data_kk")
    walk.pick("saya", Act.NEXT, Act.NEXT)
    walk.type(MOTHER, Act.NEXT)
    walk.pick("pekerjaan", Act.NEXT)
    walk.type("SITI RAMLAH", Act.NEXT)
    jobs = walk.on(pages.Question)
    assert jobs.options[0].title == "Petani/Pekebun" and jobs.rows_pages > 10
    walk.do(Act.NEXT_ROWS)
    assert walk.on(pages.Question).rows_page == 2
    walk.do(Act.PREVIOUS_ROWS)
    walk.pick("9", Act.NEXT)
    walk.pick("kerja", Act.NEXT)
    walk.pick("saya", Act.NEXT)
    walk.shoot()
    walk.shoot()
    walk.do(Act.SKIP, Act.DECLARE, Act.SEND)
    sent = walk.last(effects.Submit)
    assert sent.answers["elemen"] == "pekerjaan" and sent.answers["menjadi_pekerjaan"] == "9"
    assert sent.answers["dasar"] == "kerja" and [a.slot for a in sent.attachments] == ["kk", "bukti_perubahan"]


def test_without_the_family_card_its_number_is_asked_after_the_papers() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER, Act.NEXT)
    walk.birth_questions()
    walk.shoot()
    walk.do(Act.NO_PAPER, Act.NEXT)
    assert walk.on(pages.NoPaper).error == "Pilih satu jawaban dulu."
    walk.pick("nomor_kk", Act.NEXT)
    walk.do(Act.NO_PAPER)
    assert {o.value for o in walk.on(pages.NoPaper).options} == {"F-2.04", "anak_ibu", "ambil_dulu"}
    walk.pick("F-2.04", Act.NEXT)
    assert walk.on(pages.EnterNumber).kind == "kk"
    walk.type("7315992003150004", Act.NEXT)
    assert walk.on(pages.Question).name == "ortu_satu_kk"
    walk.pick("ya", Act.NEXT)
    walk.do(Act.SKIP, Act.DECLARE, Act.SEND)
    sent = walk.last(effects.Submit)
    assert sent.answers["surat_pengganti"] == {"kk": "nomor_kk", "buku_nikah": "F-2.04"}
    assert sent.answers["kk_pemohon"] == "7315992003150004" and len(sent.attachments) == 1


def test_a_paper_that_must_be_fetched_first_is_said_kindly() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER, Act.NEXT)
    walk.birth_questions()
    walk.do(Act.NO_PAPER)
    walk.pick("ambil_dulu", Act.NEXT)
    assert walk.on(pages.Closed).heading == "Datang lagi dengan suratnya"
    walk.do(Act.BACK)
    walk.on(pages.NoPaper)


def test_a_child_of_unmarried_parents_needs_no_marriage_book() -> None:
    walk = Walk()
    walk.to_check()
    slots = [p.slot for p in walk.on(pages.CheckAnswers).photos]
    assert "buku_nikah" in slots
    walk.do((Act.EDIT, "status_kawin_ortu"))
    walk.pick("1", Act.NEXT)
    assert "buku_nikah" not in [p.slot for p in walk.on(pages.CheckAnswers).photos]
    walk.do(Act.DECLARE, Act.SEND)
    assert [a.slot for a in walk.last(effects.Submit).attachments] == ["surat_lahir", "kk"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Isi nama dulu."), ("BUNGA", "Nama di akta baru paling sedikit dua kata.")],
)
def test_a_name_that_cannot_be(name: str, sentence: str) -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER, Act.NEXT)
    walk.type(name, Act.NEXT)
    assert walk.on(pages.Question).error == sentence


def test_the_sentences_of_the_question_pages() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER, Act.NEXT)
    walk.type("ANDI FATIMAH AZZAHRA", Act.NEXT, Act.NEXT)
    page = walk.on(pages.Question)
    assert page.error == "Isi hari, bulan, dan tahun." and page.year == "2026" and page.part == "day"
    walk.type("30")
    assert walk.on(pages.Question).part == "month"
    walk.pick("11")
    assert walk.on(pages.Question).check == "Senin, 30 November 2026"
    walk.do(Act.NEXT)
    assert walk.on(pages.Question).error == "Tanggal ini belum terjadi. Periksa lagi."
    walk.do((Act.EDIT, "day"), Act.ERASE, Act.ERASE)
    walk.type("17", Act.NEXT, Act.NEXT)
    assert walk.on(pages.Question).error == "Pilih satu jawaban dulu."


def test_back_and_forward_keep_every_answer() -> None:
    walk = Walk()
    walk.to_check()
    before = walk.visit.draft.answers, walk.visit.draft.papers
    walk.do(*[Act.BACK] * 40)
    walk.on(pages.Home)  # past the first page lies home, and home forgets
    walk = Walk()
    walk.to_check()
    walk.do(*[Act.BACK] * 15)
    assert walk.on(pages.Question).name == "nama_anak" and walk.on(pages.Question).text == "ANDI FATIMAH AZZAHRA"
    for _ in range(15):
        walk.do(Act.KEEP if isinstance(walk.page, pages.CaptureReview) else Act.NEXT)
    walk.on(pages.CheckAnswers)
    assert [(a, p.keys()) for a, p in [(walk.visit.draft.answers, walk.visit.draft.papers)]] == [
        (before[0], before[1].keys())
    ]


def test_ubah_returns_straight_to_the_check() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.EDIT, "nama_anak"), Act.CLEAR)
    walk.type("ANDI FATIMAH", Act.NEXT)
    page = walk.on(pages.CheckAnswers)
    assert page.rows[0].answer == "ANDI FATIMAH" and not page.declared
    walk.do((Act.EDIT, "nama_anak"), Act.CLEAR)
    walk.type("X")
    walk.do(Act.BACK)
    assert walk.on(pages.CheckAnswers).rows[0].answer == "ANDI FATIMAH"
    walk.do((Act.EDIT, "nama_anak"))
    assert walk.on(pages.Question).text == "ANDI FATIMAH"


def test_ulangi_takes_one_picture_again_and_forgets_the_old_one() -> None:
    walk = Walk()
    walk.to_check()
    old = {p.slot: p.capture for p in walk.on(pages.CheckAnswers).photos}
    walk.do((Act.RETAKE, "kk"))
    new = walk.shoot()
    now = {p.slot: p.capture for p in walk.on(pages.CheckAnswers).photos}
    assert now == {**old, "kk": new} and walk.last(effects.DropCapture).capture == old["kk"]


def test_four_answers_a_page_fewer_in_large_type() -> None:
    walk = Walk()
    walk.to_check()
    page = walk.on(pages.CheckAnswers)
    assert (page.rows_page, page.first, len(page.rows)) == (1, 1, 4)
    walk.do(Act.NEXT_ROWS)
    assert walk.on(pages.CheckAnswers).first == 5
    walk.do((Act.TEXT_SIZE, "large"))
    assert len(walk.on(pages.CheckAnswers).rows) == 3


def test_kirim_says_why_it_is_off() -> None:
    walk = Walk()
    walk.to_check()
    walk.do(Act.SEND)
    assert walk.on(pages.CheckAnswers).error == "Centang dulu pernyataan bahwa data ini benar."
    walk.do((Act.EDIT, "saksi"))
    walk.pick("sendiri", Act.NEXT)
    page = walk.on(pages.CheckAnswers)
    assert page.blocked == "Belum diisi: Saksi pertama."
    walk.do(Act.NEXT_ROWS, Act.NEXT_ROWS)
    assert any(row.missing and row.answer == "Belum diisi" for row in walk.on(pages.CheckAnswers).rows)
    walk.do(Act.DECLARE, Act.SEND)
    assert walk.on(pages.CheckAnswers).error == "Belum diisi: Saksi pertama." and walk.count(effects.Submit) == 0


def test_what_the_data_is_for() -> None:
    walk = Walk()
    walk.to_check()
    walk.do(Act.PRIVACY)
    assert len(walk.on(pages.Notice).parts) == 5
    walk.do(Act.BACK)
    walk.on(pages.CheckAnswers)


def test_impatient_fingers_send_once() -> None:
    walk = Walk()
    walk.to_check()
    walk.do(Act.DECLARE, *[Act.SEND] * 7, Act.NEXT, Act.BACK, Act.HOME)
    assert walk.count(effects.Submit) == 1
    walk.tell(events.Submitted("a", "KBL-7F3K9-X", True, WALL), events.Submitted("a", "KBL-7F3K9-X", True, WALL))
    walk.do(*[Act.SEND] * 3)
    assert walk.count(effects.Submit) == 1


@pytest.mark.parametrize("why", ["disk_full", "read_only", "device_error", "anything"])
def test_when_nothing_was_stored_nothing_is_lost(why: str) -> None:
    walk = Walk()
    walk.to_check()
    walk.do(Act.DECLARE, Act.SEND)
    first = walk.last(effects.Submit)
    walk.tell(events.SubmitFailed(why))
    page = walk.on(pages.Sorry)
    assert page.retry and any("masih ada" in s for s in page.sentences)
    walk.do(Act.BACK)
    assert walk.on(pages.CheckAnswers).declared
    walk.do(Act.SEND)
    walk.tell(events.SubmitFailed(why))
    walk.do(Act.AGAIN)
    assert walk.last(effects.Submit) == first and walk.count(effects.Submit) == 3


def test_the_camera_counts_down_once_everything_holds() -> None:
    walk = Walk()
    walk.to_birth()
    walk.type(MOTHER, Act.NEXT)
    walk.birth_questions()
    assert isinstance(walk.asked[-1], effects.StartPreview)
    assert walk.on(pages.Capture).strip == "Taruh surat di baki"
    walk.tell(STEADY)
    assert walk.on(pages.Capture).countdown == 0
    walk.wait(0.7, 0.1)
    assert walk.on(pages.Capture).countdown == 0
    walk.wait(0.2, 0.1)
    assert walk.on(pages.Capture).countdown == 3
    walk.wait(1.0, 0.1)
    assert walk.on(pages.Capture).countdown == 2
    walk.tell(events.Guide(True, False, True, "blurred"))
    page = walk.on(pages.Capture)
    assert page.countdown == 0 and page.strip == "Rapatkan kertas ke baki"
    walk.tell(STEADY)
    walk.wait(3.7, 0.1)
    assert walk.count(effects.TakeStill) == 0 and walk.on(pages.Capture).countdown == 1
    walk.wait(1.0, 0.1)
    assert walk.count(effects.TakeStill) == 1 and walk.on(pages.Capture).busy
    walk.do(Act.SHOOT, Act.SHOOT)
    walk.wait(5.0)
    assert walk.count(effects.TakeStill) == 1
    walk.tell(events.Captured("surat_lahir", "p1", True))
    page = walk.on(pages.CaptureReview)
    assert page.readable and page.remark == "Foto jelas"
    walk.do(Act.ZOOM)
    assert walk.on(pages.CaptureReview).zoomed


@pytest.mark.parametrize(
    ("hint", "strip"),
    [
        ("none", "Taruh surat di baki"),
        ("cut_off_right", "Geser sedikit ke kiri"),
        ("cut_off_left", "Geser sedikit ke kanan"),
        ("blurred", "Rapatkan kertas ke baki"),
        ("glare", "Silau. Miringkan kertas"),
        ("dark", "Kurang terang. Petugas bisa menyalakan lampu"),
    ],
)
def test_the_strip_says_what_to_do(hint: str, strip: str) -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"))
    walk.tell(events.Guide(False, False, False, hint))
    assert walk.on(pages.Capture).strip == strip


def test_after_three_failures_help_is_offered() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"))
    for n in range(3):
        assert walk.on(pages.Capture).offer_help is False
        walk.do(Act.SHOOT)
        if n == 1:
            walk.tell(events.CaptureFailed("kk", "no_page"))
        else:
            walk.tell(events.Captured("kk", f"bad{n}", False, "blurred"))
            assert not walk.on(pages.CaptureReview).readable
            walk.do(Act.AGAIN)
            assert walk.last(effects.DropCapture).capture == f"bad{n}"
    assert walk.on(pages.Capture).offer_help


def test_a_broken_camera_and_the_scanner() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"), Act.SHOOT)
    walk.tell(events.CaptureFailed("kk", "camera_missing"))
    assert walk.on(pages.Capture).error == "Kamera tidak tersambung. Pakai pemindai atau panggil petugas."
    walk.do(Act.USE_SCANNER)
    assert isinstance(walk.asked[-1], effects.StopPreview) and walk.on(pages.Capture).source == "scanner"
    walk.do(Act.SHOOT)
    assert walk.last(effects.ScanPage).slot == "kk"
    walk.tell(events.Captured("kk", "scan", True))
    walk.do(Act.KEEP)
    walk.on(pages.CheckAnswers)


def test_the_device_service_goes_away_and_comes_back() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"))
    walk.tell(events.DevicesLost())
    page = walk.on(pages.Capture)
    assert not page.busy and "data Anda aman" in page.error
    assert walk.tell(events.DevicesBack()) == [effects.StartPreview("page")]
    assert walk.on(pages.Capture).error == ""


@pytest.mark.parametrize("source", [(), (Act.USE_SCANNER,)])
def test_a_picture_that_was_asked_for_before_the_device_service_went_away_still_comes(source: tuple[Act, ...]) -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"), *source, Act.SHOOT)
    walk.tell(events.DevicesLost())
    page = walk.on(pages.Capture)
    assert page.busy and "data Anda aman" in page.error
    asked = walk.do(Act.SHOOT)
    assert asked == [], "not twice"
    walk.tell(events.DevicesBack(), events.Captured("kk", "late", True))
    assert walk.on(pages.CaptureReview).capture == "late"


def test_a_picture_that_nobody_waits_for_is_forgotten() -> None:
    walk = Walk()
    walk.do(Act.START)
    assert walk.tell(events.Captured("kk", "late", True)) == [effects.DropCapture("late")]
