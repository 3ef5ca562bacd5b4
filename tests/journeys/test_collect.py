"""10, 10b, 11: one person, one sheet, once."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import FATHER, MOTHER, Walk, document, verified


def test_from_the_ticket_to_the_hand() -> None:
    walk = Walk()
    walk.to_prove()
    assert walk.on(pages.EnterNumber).kind == "collector_nik"
    walk.type(MOTHER, Act.NEXT)
    assert walk.last(effects.OpenDocument) == effects.OpenDocument("doc-1", MOTHER)
    assert [s.state for s in walk.on(pages.Printing).steps] == ["now", "future", "future", "future"]
    walk.tell(events.CollectorAccepted("doc-1"))
    assert [s.state for s in walk.on(pages.Printing).steps] == ["done", "now", "future", "future"]
    assert walk.tell(verified()) == [effects.PrintDocument("doc-1", "first")]
    page = walk.on(pages.Printing)
    assert [s.state for s in page.steps] == ["done", "done", "now", "future"] and page.heading == "Sedang dicetak"
    assert page.steps[1].line == "Kepala Dinas Dukcapil Pinrang"
    walk.wait(5)
    page = walk.on(pages.Printing)
    assert 0.1 < page.fraction < 1 and page.remaining == "Sekitar 20 detik lagi"
    walk.tell(events.PrintProgress("doc-1", "printing", 1, 1), events.PrintProgress("doc-1", "printed", 1, 1))
    assert walk.asked[-1] == effects.StartPreview("sheet")
    walk.do(Act.SHOOT)
    assert walk.last(effects.ReadSheet).document == "doc-1"
    walk.tell(events.SheetRead("doc-1", "match", "sah"))
    done = walk.on(pages.ReadBack)
    assert done.heading == "Dokumen sah dan terbaca" and done.may_receive
    assert ("Ditandatangani", "25 November 2026, 08.10 WITA") in done.facts
    walk.do(Act.RECEIVED, Act.RECEIVED)
    assert walk.count(effects.RecordHandover) == 1
    walk.tell(events.HandoverRecorded("doc-1"))
    assert walk.on(pages.Thanks).offer_survey
    walk.do(Act.DONE)
    walk.on(pages.Waiting)
    assert walk.asked[-1] == effects.Wipe() and walk.count(effects.PrintDocument) == 1


def test_the_nik_is_not_kept_after_it_was_asked() -> None:
    walk = Walk()
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    assert MOTHER not in repr(walk.visit)


def test_three_misses_lock() -> None:
    walk = Walk()
    walk.to_prove()
    for left in (2, 1):
        walk.type(FATHER, Act.NEXT)
        walk.tell(events.CollectorRefused(left))
        assert walk.on(pages.EnterNumber).error.endswith(f"Masih bisa {left} kali lagi.")
    walk.type(FATHER, Act.NEXT)
    walk.tell(events.CollectorRefused(0))
    assert walk.on(pages.Sorry).heading == "Tiket ini dikunci 15 menit"
    walk.do(Act.PRINT_AGAIN, Act.AGAIN)
    walk.on(pages.Sorry)
    walk.do(Act.DONE)
    walk.on(pages.Home)
    assert walk.count(effects.PrintDocument) == 0 and walk.visit.ticket is None


def test_a_nik_that_cannot_be_costs_no_try() -> None:
    walk = Walk()
    walk.to_prove()
    walk.type("7315", Act.NEXT)
    assert walk.on(pages.EnterNumber).error == "Baru 4 angka. NIK ada 16 angka."
    assert walk.count(effects.OpenDocument) == 0


def test_a_file_that_is_not_what_it_should_be_is_not_printed() -> None:
    walk = Walk()
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    walk.tell(events.CollectorAccepted("doc-1"), events.DocumentRefused("doc-1", "digest mismatch in byte range"))
    page = walk.on(pages.PrintStopped)
    assert page.why == "signature" and not page.can_retry and "digest" not in repr(page)
    assert page.sentences[0] == "Tidak dicetak. Dinas sudah diberi tahu."
    walk.tell(verified(), events.PrinterChanged("ready"))
    walk.do(*[Act.PRINT_AGAIN] * 3)
    assert walk.count(effects.PrintDocument) == 0


def test_verified_without_the_right_person_prints_nothing() -> None:
    walk = Walk()
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    assert walk.tell(verified()) == []


def test_several_documents_are_chosen_from() -> None:
    walk = Walk()
    walk.to_prove(document(), document("d2", "kk_anak_lahir"))
    walk.on(pages.Track)
    walk.do((Act.PRINT, "d2"))
    walk.type(MOTHER, Act.NEXT)
    assert walk.last(effects.OpenDocument).document == "d2"


def test_after_one_document_the_other_that_is_ready() -> None:
    walk = Walk()
    walk.to_prove(document(), document("d2", "kk_anak_lahir"))
    walk.do((Act.PRINT, "doc-1"))
    walk.type(MOTHER, Act.NEXT)
    walk.tell(events.CollectorAccepted("doc-1"), verified(), events.PrintProgress("doc-1", "printed", 1, 1))
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", "match"))
    walk.do(Act.RECEIVED)
    walk.tell(events.HandoverRecorded("doc-1"))
    page = walk.on(pages.Track)
    assert [r.state for r in page.rows] == ["Diserahkan", "Siap dicetak"] and page.now_document == "d2"
    walk.do(Act.BACK)
    assert walk.on(pages.Thanks).offer_survey


def test_paper_out_waits_for_paper_and_for_a_finger() -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrinterChanged("no_paper"), events.PrintProgress("doc-1", "no_paper", 1, 1))
    page = walk.on(pages.PrintStopped)
    assert page.heading == "Kertas printer habis" and page.can_retry and not page.ready
    assert "tekan Cetak lagi" in page.sentences[1]
    assert walk.do(*[Act.PRINT_AGAIN] * 5) == []
    walk.tell(events.PrinterChanged("ready", 200))
    walk.wait(60)
    assert walk.on(pages.PrintStopped).ready and walk.count(effects.PrintDocument) == 1
    assert walk.do(*[Act.PRINT_AGAIN] * 5) == [effects.PrintDocument("doc-1", "paper_out")]
    assert walk.on(pages.Printing).paper_line == "Kertas cukup untuk sekitar 200 lembar."


def test_without_paper_nothing_is_asked_of_the_printer() -> None:
    walk = Walk(printer="no_paper")
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    assert walk.tell(events.CollectorAccepted("doc-1"), verified()) == []
    assert walk.on(pages.PrintStopped).why == "no_paper"
    walk.tell(events.PrinterChanged("ready"))
    assert walk.do(Act.PRINT_AGAIN) == [effects.PrintDocument("doc-1", "first")]


@pytest.mark.parametrize(
    ("state", "sheet"),
    [("unknown", 0), ("unknown", 1), ("jam", 0), ("jam", 1), ("cover_open", 1), ("no_toner", 1), ("failed", 1),
     ("no_paper", 2)],
)  # fmt: skip
def test_a_sheet_in_doubt_is_never_printed_again_from_here(state: str, sheet: int) -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", state, sheet, 2))
    page = walk.on(pages.PrintStopped)
    assert not page.can_retry and any("petugas" in s.lower() for s in page.sentences)
    assert not any("Cetak lagi" in s or "desa lain" in s for s in page.sentences)
    walk.tell(events.PrinterChanged("ready"), events.DevicesLost(), events.DevicesBack())
    walk.do(*[Act.PRINT_AGAIN, Act.NEXT, Act.AGAIN, Act.PRINT] * 2)
    walk.wait(20)
    assert walk.count(effects.PrintDocument) == 1


@pytest.mark.parametrize("state", ["cover_open", "no_toner", "failed", "no_paper", "missing"])
def test_before_the_first_sheet_one_may_try_again(state: str) -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", state, 0, 1))
    assert walk.on(pages.PrintStopped).can_retry
    walk.tell(events.PrinterChanged("ready"))
    assert len(walk.do(Act.PRINT_AGAIN)) == 1


def test_the_device_service_lost_in_the_middle_is_waited_for() -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.DevicesLost(), events.DevicesBack())
    walk.on(pages.Printing)
    walk.tell(events.PrintProgress("doc-1", "unknown"))
    page = walk.on(pages.PrintStopped)
    assert page.why == "unknown" and not page.can_retry
    walk.tell(events.PrintProgress("doc-1", "printed", 1, 1))
    walk.on(pages.PlaceSheet)
    assert walk.count(effects.PrintDocument) == 1


def test_a_state_that_nobody_knows_leaves_a_sheet_in_doubt() -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", "purple", 0, 1))
    page = walk.on(pages.PrintStopped)
    assert page.why == "unknown" and not page.can_retry


@pytest.mark.parametrize("why", ["not_here", "no_ticket", "key"])
def test_a_file_that_cannot_be_opened_is_no_tampering(why: str) -> None:
    walk = Walk()
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    walk.tell(events.DocumentRefused("doc-1", why))
    page = walk.on(pages.PrintStopped)
    assert page.why == "not_opened" and not page.can_retry and not any("diberi tahu" in s for s in page.sentences)


def test_nobody_leaves_while_it_prints() -> None:
    walk = Walk()
    walk.to_print()
    walk.do(Act.BACK, Act.HOME, Act.DONE, Act.PRINT_AGAIN, Act.NEXT)
    walk.on(pages.Printing)


def test_selesai_dulu_wipes() -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", "no_paper", 0, 1))
    assert walk.do(Act.DONE) == [effects.Wipe()]
    assert walk.visit.verified == {} and walk.visit.ticket is None


def test_the_sheet_is_read_once_it_lies_still() -> None:
    walk = Walk()
    walk.to_place()
    walk.tell(events.Guide(True, True, True, "ok"))
    walk.wait(1.0, 0.1)
    assert walk.count(effects.ReadSheet) == 1
    walk.wait(10)
    assert walk.count(effects.ReadSheet) == 1


def test_an_unreadable_code_three_times_may_be_skipped() -> None:
    walk = Walk()
    walk.to_place()
    for _ in range(3):
        assert not walk.on(pages.PlaceSheet).may_skip
        walk.do(Act.SKIP, Act.SHOOT)
        walk.tell(events.SheetRead("doc-1", "unreadable"))
        assert walk.on(pages.PlaceSheet).error == "QR belum terbaca. Ratakan kertas."
    walk.do(Act.SKIP)
    page = walk.on(pages.ReadBack)
    assert page.may_receive and "sah" not in page.heading


@pytest.mark.parametrize(("result", "may"), [("differs", False), ("cannot_compare", True), ("no_camera", True)])
def test_other_readings(result: str, may: bool) -> None:
    walk = Walk()
    walk.to_place()
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", result))
    page = walk.on(pages.ReadBack)
    assert page.may_receive is may and page.heading != "Dokumen sah dan terbaca"
    walk.do(Act.RECEIVED)
    assert walk.count(effects.RecordHandover) == int(may)


def test_a_bad_sheet_goes_to_the_operator_before_another_is_printed() -> None:
    walk = Walk()
    walk.to_place()
    for n in range(3):
        walk.do(Act.LOOKS_BAD)
        assert walk.last(effects.CallOperator).on
        page = walk.on(pages.PrintStopped)
        assert page.why == "looks_bad" and page.can_retry is (n < 2)
        walk.do(Act.PRINT_AGAIN, Act.PRINT_AGAIN)
        if n < 2:
            assert walk.last(effects.PrintDocument).reason == "looks_bad"
            walk.tell(events.PrintProgress("doc-1", "printed", 1, 1))
    assert walk.count(effects.PrintDocument) == 3


# --- printers that tell nobody what came out


def sent() -> Walk:
    walk = Walk(printer="unasked")
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", "printing"), events.PrintProgress("doc-1", "sent", certain=False))
    assert walk.on(pages.PlaceSheet).may_deny
    return walk


def test_a_printer_that_cannot_be_asked_is_given_work_and_its_sheet_is_read() -> None:
    walk = sent()
    assert walk.asked[-1] == effects.StartPreview("sheet") and walk.visit.status.printer == "unasked"
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", "match", "sah"))
    assert walk.on(pages.ReadBack).may_receive
    walk.do(Act.RECEIVED)
    assert walk.count(effects.RecordHandover) == walk.count(effects.PrintDocument) == 1


def test_a_printer_that_is_known_to_have_printed_is_not_doubted() -> None:
    walk = Walk()
    walk.to_place()
    assert not walk.on(pages.PlaceSheet).may_deny
    assert walk.do(Act.NOTHING_CAME) == []
    walk.on(pages.PlaceSheet)


def test_nothing_came_out_is_for_the_operator_and_no_second_copy() -> None:
    walk = sent()
    assert effects.CallOperator() in walk.do(Act.NOTHING_CAME)
    page = walk.on(pages.PrintStopped)
    assert page.why == "nothing_came" and not page.can_retry and page.may_show
    assert any("petugas" in s.lower() for s in page.sentences)
    walk.tell(events.PrinterChanged("ready"), events.PrinterChanged("unasked"))
    walk.do(*[Act.PRINT_AGAIN, Act.AGAIN, Act.PRINT] * 2)
    walk.wait(20)
    assert walk.count(effects.PrintDocument) == 1
    walk.do(Act.SHEET_CAME, Act.SHOOT)  # it came after all
    walk.tell(events.SheetRead("doc-1", "match"))
    assert walk.on(pages.ReadBack).may_receive and walk.count(effects.PrintDocument) == 1


@pytest.mark.parametrize("state", ["unknown", "no_paper", "jam", "cover_open", "no_toner"])
def test_a_sheet_in_doubt_may_be_shown_to_the_camera(state: str) -> None:
    walk = Walk()
    walk.to_print()
    walk.tell(events.PrintProgress("doc-1", state, 0, 1, certain=False))
    page = walk.on(pages.PrintStopped)
    assert page.may_show and not page.can_retry
    walk.do(Act.SHEET_CAME, Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", "match"))
    walk.do(Act.RECEIVED)
    assert walk.count(effects.RecordHandover) == walk.count(effects.PrintDocument) == 1


@pytest.mark.parametrize("why", ["signature", "revoked", "not_here"])
def test_a_document_that_was_not_printed_has_no_sheet_to_show(why: str) -> None:
    walk = Walk()
    walk.to_prove()
    walk.type(MOTHER, Act.NEXT)
    walk.tell(events.CollectorAccepted("doc-1"), events.DocumentRefused("doc-1", why))
    assert not walk.on(pages.PrintStopped).may_show
    assert walk.do(Act.SHEET_CAME) == []
    walk.on(pages.PrintStopped)


@pytest.mark.parametrize("result", ["differs", "cannot_compare", "no_camera"])
def test_a_bad_sheet_that_may_be_another_gives_no_right_to_a_copy(result: str) -> None:
    walk = sent()
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", result))
    heading = walk.on(pages.ReadBack).heading
    assert ("Sudah tercetak" in heading) is (result == "cannot_compare")
    walk.do(Act.LOOKS_BAD)
    page = walk.on(pages.PrintStopped)
    assert page.why == "looks_bad" and not page.can_retry and page.sentences[0] == "Petugas melihat lembar ini dulu."
    walk.do(*[Act.PRINT_AGAIN] * 3)
    assert walk.count(effects.PrintDocument) == 1


def test_a_bad_sheet_that_was_read_is_printed_again() -> None:
    walk = sent()
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", "match"))
    walk.do(Act.LOOKS_BAD, Act.PRINT_AGAIN)
    assert walk.last(effects.PrintDocument).reason == "looks_bad"


def test_what_is_read_again_is_still_in_doubt() -> None:
    walk = sent()
    walk.do(Act.SHOOT)
    walk.tell(events.SheetRead("doc-1", "no_camera"))
    walk.do(Act.AGAIN)
    assert walk.on(pages.PlaceSheet).may_deny


def test_waiting_does_not_call_a_printer_down_that_cannot_be_asked() -> None:
    walk = Walk(printer="unasked")
    assert walk.on(pages.Waiting).notice == ""
    walk.tell(events.PrinterChanged("unknown"))
    assert walk.on(pages.Waiting).notice != ""


def test_a_document_that_was_handed_over_may_be_printed_again() -> None:
    walk = Walk()
    walk.to_prove(document(state="handed_over"))
    walk.type(MOTHER, Act.NEXT)
    walk.tell(events.CollectorAccepted("doc-1"), verified())
    assert walk.last(effects.PrintDocument).reason == "reprint"


def test_home_says_that_paper_is_out_and_still_opens() -> None:
    walk = Walk(printer="no_paper")
    walk.do(Act.START)
    assert walk.on(pages.Home).collect_tag == "Kertas habis"
    walk.do(Act.COLLECT)
    walk.on(pages.ScanTicket)
