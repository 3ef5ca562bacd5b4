"""08a, 08, 08b: the ticket, its key, and what happens next."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import WALL, Walk


def test_seen_and_forgotten() -> None:
    walk = Walk()
    walk.to_ticket()
    assert walk.on(pages.TicketOut).state == "printing"
    walk.do(Act.TICKET_OUT)
    walk.on(pages.TicketOut)  # too early: nothing has come out
    walk.tell(events.TicketPrinted("printed"))
    page = walk.on(pages.TicketOut)
    assert page.state == "printed" and page.number == "KBL-7F3K9-X" and not page.may_show
    assert walk.do(Act.TICKET_OUT) == [effects.ForgetTicket()]
    sent = walk.on(pages.Sent)
    assert sent.online and sent.heading == "Permohonan terkirim"
    assert [line[1] for line in sent.lines] == [
        "Petugas Dinas memeriksa",
        "Datang lagi mulai Kamis, 26 November",
        "KIA diambil di Dinas",
    ]


def test_offline_it_is_kept_and_the_person_may_go() -> None:
    walk = Walk(online=False)
    walk.to_ticket(online=False)
    walk.tell(events.TicketPrinted("printed"))
    walk.do(Act.TICKET_OUT)
    sent = walk.on(pages.Sent)
    assert not sent.online and sent.heading == "Tersimpan, akan dikirim"
    assert sent.lines[0][1:] == ("Disimpan di mesin 24 Nov 09.41", "Janji waktu dihitung sejak diterima Dinas.")


def test_with_a_telephone_number_we_tell() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.EDIT, "kontak_hp"))
    walk.type("08123456712", Act.NEXT)
    walk.do(Act.DECLARE, Act.SEND)
    walk.tell(events.Submitted("a", "KBL-7F3K9-X", True, WALL), events.TicketPrinted("printed"))
    walk.do(Act.TICKET_OUT)
    assert "Kami kabari ke 08•• •••• •12" in [line[1] for line in walk.on(pages.Sent).lines]


def test_belum_prints_again_then_on_a4_then_shows_for_a_minute() -> None:
    walk = Walk()
    walk.to_ticket()
    walk.tell(events.TicketPrinted("printed"))
    assert walk.do(Act.TICKET_NOT_OUT) == [effects.PrintTicket("slip")]
    assert walk.do(Act.TICKET_NOT_OUT, Act.TICKET_NOT_OUT) == []
    walk.tell(events.TicketPrinted("unknown"))
    assert walk.on(pages.TicketOut).may_show
    assert walk.do(Act.TICKET_NOT_OUT) == [effects.PrintTicket("a4")]
    walk.tell(events.TicketPrinted("no_paper", "a4"))
    assert "potret" in walk.on(pages.TicketOut).sentence
    assert walk.do(Act.SHOW_TICKET, Act.SHOW_TICKET) == [effects.RevealTicket()]
    walk.tell(events.TicketShown("PDT1-SECRET"))
    assert walk.on(pages.TicketOnScreen) == pages.TicketOnScreen("KBL-7F3K9-X", "PDT1-SECRET", 60)
    walk.wait(30)
    assert walk.on(pages.TicketOnScreen).seconds == 30
    walk.wait(30)
    walk.on(pages.TicketOut)
    assert "PDT1-SECRET" not in repr(walk.visit)


@pytest.mark.parametrize("outcome", ["no_paper", "cover_open", "missing", "fault"])
def test_a_ticket_printer_known_to_be_down_leads_to_a4_at_once(outcome: str) -> None:
    walk = Walk()
    walk.to_ticket()
    walk.tell(events.TicketPrinted(outcome))
    assert walk.on(pages.TicketOut).state == "failed"
    assert walk.do(Act.TICKET_NOT_OUT) == [effects.PrintTicket("a4")]


def test_a_printer_that_never_reports_does_not_hold_the_person() -> None:
    walk = Walk()
    walk.to_ticket()
    walk.wait(16)
    assert walk.do(Act.TICKET_OUT) == [effects.ForgetTicket()]


def test_without_an_answer_the_operator_is_called() -> None:
    walk = Walk()
    walk.to_ticket()
    walk.tell(events.TicketPrinted("printed"))
    asked = walk.wait(151)
    assert effects.Wipe() in asked and effects.CallOperator(True) in asked
    walk.on(pages.Waiting)


def test_beranda_is_no_way_around_the_question() -> None:
    walk = Walk()
    walk.to_ticket()
    walk.tell(events.TicketPrinted("printed"))
    walk.do(Act.HOME, Act.BACK, Act.DONE)
    walk.on(pages.TicketOut)


def test_sent_closes_by_itself_and_another_keeps_how_one_sees() -> None:
    walk = Walk()
    walk.to_ticket()
    walk.do((Act.TEXT_SIZE, "large"))
    walk.tell(events.TicketPrinted("printed"))
    walk.do(Act.TICKET_OUT, Act.ANOTHER)
    walk.on(pages.PickEvent)
    assert walk.visit.settings.text_size == "large" and not walk.visit.draft.answers
    assert walk.count(effects.Wipe) == 1
    walk = Walk()
    walk.to_ticket()
    walk.do((Act.TEXT_SIZE, "large"))
    walk.tell(events.TicketPrinted("printed"))
    walk.do(Act.TICKET_OUT)
    walk.wait(44.5)
    walk.on(pages.Sent)
    walk.wait(1)
    walk.on(pages.Waiting)
    assert walk.count(effects.Wipe) == 1 and walk.visit.settings.text_size == "normal"
