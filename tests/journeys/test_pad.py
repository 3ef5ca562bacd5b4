"""The pad: a key says that somebody is there, headphones that they want to hear. What a key presses is a Press."""

from __future__ import annotations

from kiosk.journeys import Act, effects, events, pages, view
from tests.journeys.walk import Walk


def test_who_looks_for_a_key_is_not_asked_whether_they_are_there() -> None:
    walk = Walk()
    walk.to_check()
    for _ in range(5):
        walk.wait(100)
        walk.tell(events.KeyPressed())
        assert walk.overlay is None
    walk.on(pages.CheckAnswers)


def test_under_the_question_only_its_own_answer_counts() -> None:
    walk = Walk()
    walk.to_check()
    walk.wait(130)
    walk.tell(events.KeyPressed())
    assert isinstance(walk.overlay, pages.IdleWarning)
    walk.do(Act.STAY)
    assert walk.overlay is None


def test_headphones_begin_the_reading_and_who_pulls_them_out_is_not_read_to_aloud() -> None:
    walk = Walk()
    assert walk.tell(events.HeadphonesChanged(True)) == [effects.Speak()]
    walk.on(pages.Waiting)
    assert view(walk.visit).settings.listening and view(walk.visit).status.headphones
    assert effects.Speak() in walk.do(Act.START)
    walk.on(pages.Home)
    assert walk.tell(events.HeadphonesChanged(False)) == []
    assert not view(walk.visit).settings.listening and not view(walk.visit).status.headphones
    assert walk.tell(events.HeadphonesChanged(True)) == [effects.Speak()]


def test_headphones_that_were_forgotten_do_not_read_to_the_next_person() -> None:
    walk = Walk()
    walk.tell(events.HeadphonesChanged(True))
    walk.do(Act.START)
    walk.wait(600)
    walk.on(pages.Waiting)
    assert view(walk.visit).status.headphones and not view(walk.visit).settings.listening


def test_a_loose_plug_keeps_nobodys_visit_open() -> None:
    walk = Walk()
    walk.to_check()
    for plugged in (True, False) * 3:
        walk.wait(60)
        walk.tell(events.HeadphonesChanged(plugged))
    walk.on(pages.Waiting)
