"""Idle, help, display, language: what lies over every page."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import MOTHER, TICKET, TOWN, WALL, Walk


def test_two_minutes_then_thirty_seconds_then_nothing_is_left() -> None:
    walk = Walk()
    walk.to_check()
    walk.wait(119)
    assert walk.overlay is None
    walk.wait(2)
    assert walk.overlay == pages.IdleWarning(29)
    walk.wait(28)
    assert walk.overlay == pages.IdleWarning(1)
    asked = walk.wait(2)
    walk.on(pages.Waiting)
    assert asked == [effects.Wipe()] and MOTHER not in repr(walk.visit.draft)


def test_staying_and_leaving() -> None:
    walk = Walk()
    walk.to_check()
    walk.wait(130)
    walk.do(Act.NEXT, Act.SEND, Act.HOME)
    assert isinstance(walk.overlay, pages.IdleWarning)
    walk.do(Act.STAY)
    assert walk.overlay is None
    walk.on(pages.CheckAnswers)
    walk.wait(130)
    assert walk.do(Act.LEAVE) == [effects.Wipe()]
    walk.on(pages.Waiting)


def test_three_minutes_for_a_paper_and_twice_with_the_voice() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"))
    walk.wait(179)
    assert walk.overlay is None
    walk.wait(2)
    assert isinstance(walk.overlay, pages.IdleWarning)
    walk = Walk()
    walk.do(Act.LISTEN)
    walk.on(pages.Home)
    walk.wait(239)
    assert walk.overlay is None
    walk.wait(2)
    assert isinstance(walk.overlay, pages.IdleWarning)


def test_the_waiting_page_waits() -> None:
    walk = Walk()
    assert walk.wait(3600, 10) == [] and walk.overlay is None


def test_a_camera_in_the_background_stops_with_the_visit() -> None:
    walk = Walk()
    walk.to_check()
    walk.do((Act.RETAKE, "kk"))
    asked = walk.wait(215)
    assert effects.Wipe() in asked and effects.StopPreview() in asked


def test_help_is_called_and_comes() -> None:
    walk = Walk()
    walk.to_check()
    assert walk.do(Act.CALL_OPERATOR) == [effects.CallOperator(True)]
    assert walk.overlay == pages.HelpSheet("called", 0)
    walk.wait(30)
    assert walk.overlay == pages.HelpSheet("called", 30)
    walk.tell(events.OperatorAnswered())
    assert walk.overlay == pages.HelpSheet("coming", 30)
    assert walk.do(Act.CANCEL_CALL) == [effects.CallOperator(False)]
    assert walk.overlay is None
    walk.on(pages.CheckAnswers)


def test_help_that_does_not_come() -> None:
    walk = Walk()
    walk.to_check()
    walk.do(Act.CALL_OPERATOR)
    walk.wait(61)
    assert walk.overlay == pages.HelpSheet("not_coming", 61)
    assert walk.do(Act.CALL_OPERATOR) == [effects.CallOperator(True)]
    assert walk.overlay == pages.HelpSheet("called", 0)
    walk.do(Act.CLOSE)
    assert walk.overlay is None
    walk.wait(290)
    assert walk.overlay is None
    walk.wait(15)
    assert isinstance(walk.overlay, pages.IdleWarning)
    asked = walk.wait(40)
    assert effects.CallOperator(False) in asked


def test_nobody_at_the_desk_is_said_at_once() -> None:
    walk = Walk()
    walk.do(Act.START)
    walk.tell(events.OperatorPresence(False))
    walk.do(Act.CALL_OPERATOR)
    assert walk.overlay == pages.HelpSheet("away", 0)


def test_settings_last_for_the_visit() -> None:
    walk = Walk()
    walk.do((Act.LANGUAGE, "bug"))
    walk.on(pages.Home)
    walk.do((Act.TEXT_SIZE, "largest"), Act.CONTRAST, (Act.LANGUAGE, "xx"), (Act.TEXT_SIZE, "huge"))
    walk.do(Act.APPLY, Act.HOME)
    assert walk.visit.settings == pages.Settings("bug", "largest", contrast=True, less_motion=True)
    walk.wait(200)
    walk.on(pages.Waiting)
    assert walk.visit.settings == pages.Settings()


def test_a_change_of_language_keeps_page_and_answers() -> None:
    walk = Walk()
    walk.to_check()
    before = walk.visit.draft
    walk.do((Act.LANGUAGE, "en"))
    walk.on(pages.CheckAnswers)
    assert walk.visit.draft == before


def test_the_display_sheet() -> None:
    walk = Walk()
    walk.do(Act.START, Act.DISPLAY)
    assert walk.overlay == pages.DisplaySheet()
    walk.do(Act.APPLY)
    walk.on(pages.Home)
    walk.do((Act.TEXT_SIZE, "large"), Act.CLOSE)
    assert walk.overlay is None and walk.visit.settings.text_size == "large"


def test_fewer_tiles_in_large_type() -> None:
    walk = Walk()
    walk.do(Act.START, Act.APPLY)
    for size, n, rows in (("normal", 8, 1), ("large", 6, 2), ("largest", 4, 2)):
        walk.do((Act.TEXT_SIZE, size))
        page = walk.on(pages.PickEvent)
        assert (len(page.tiles), page.rows_pages) == (n, rows)
    walk.do(Act.NEXT_ROWS)
    assert walk.on(pages.PickEvent).tiles[0].value == "pindah"


def test_reading_aloud_goes_on_page_by_page() -> None:
    walk = Walk()
    assert walk.do(Act.LISTEN) == [effects.Speak()]
    assert walk.do(Act.APPLY) == [effects.Speak()]
    assert walk.wait(3) == []
    assert walk.do(Act.LISTEN) == []
    assert walk.do(Act.BACK) == [effects.Wipe()]


@pytest.mark.parametrize("state", ["jam", "missing", "unknown", "no_paper"])
def test_the_waiting_page_says_when_it_cannot_print(state: str) -> None:
    walk = Walk()
    walk.tell(events.PrinterChanged(state))
    assert walk.on(pages.Waiting).notice == "Mesin belum bisa mencetak. Pengajuan tetap bisa."
    walk.tell(events.PrinterChanged("ready"))
    assert walk.on(pages.Waiting).notice == ""


def test_home_says_how_old_the_states_are() -> None:
    walk = Walk()
    walk.do(Act.START)
    walk.tell(events.NetworkChanged(False, WALL - 6060))
    assert walk.on(pages.Home).track_note == "Data terakhir 08.00"


def test_a_clock_that_nobody_set() -> None:
    walk = Walk(wall=0.0)
    walk.to_check()
    walk.wait(5)
    walk.on(pages.CheckAnswers)


def test_a_code_does_nothing_under_the_warning() -> None:
    walk = Walk(TOWN)
    walk.do(Act.START)
    walk.wait(130)
    assert walk.tell(events.CodeRead(TICKET)) == []
    assert isinstance(walk.overlay, pages.IdleWarning)
