"""The guide works beside the preview: rarely, never blocking, never about a picture long gone."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace

import numpy as np
import pytest

from drivers.roles import Pixels
from drivers.virtual import lens, papers
from kiosk.devices import guide as guide_module
from kiosk.devices.guide import Advice, Guide, advise
from kiosk.journeys.capture import STRIPS
from kiosk.vision import CLOSER, FoundCodes, Unread, find_page
from kiosk.vision.qr.memory import Memory
from tests.clocks import Clock
from tests.vision.codes_set import symbol


def tray(seed: int = 3, state: str = "good") -> Pixels:
    return lens.Sensor(seed).expose(lens.see(lens.lay(papers.paper("surat_lahir")), state, seed, "preview"))


def test_advice_about_a_good_sheet() -> None:
    advice = advise(tray(), "page", moving=False)
    assert (advice.whole, advice.sharp, advice.no_glare, advice.hint) == (True, True, True, "ok")
    assert len(advice.corners) == 4
    assert all(0 <= part <= 1 for corner in advice.corners for part in corner)


def test_codes_are_looked_for_on_sheets_only() -> None:
    picture = np.full((720, 1280, 3), 230, np.uint8)
    code = symbol(b"TIKET", "m")
    picture[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code[:, :, None]
    assert advise(picture, "sheet", moving=False).texts == ("TIKET",)
    assert advise(picture, "page", moving=False).texts == ()


def test_a_code_too_far_away_is_said_to_be_too_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    square = ((300.0, 200.0), (380.0, 200.0), (380.0, 280.0), (300.0, 280.0))
    for size, hint in ((CLOSER - 0.1, "code_far"), (CLOSER + 0.1, "ok"), (None, "ok")):
        unread = FoundCodes(unread=(Unread(square, size),))
        monkeypatch.setattr(guide_module, "find_codes", lambda *_, unread=unread, **__: unread)
        assert advise(tray(), "sheet", moving=False).hint == hint
        assert STRIPS[hint]
    assert advise(tray(), "page", moving=False).hint == "ok", "nobody looks for codes on a paper that is scanned"


def test_the_answer_comes_with_a_later_frame_and_rarely_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, works = Clock(), [0]

    def counted(picture: Pixels, purpose: str, **_: object) -> Advice:
        works[0] += 1
        return Advice(hint="ok")

    monkeypatch.setattr(guide_module, "advise", counted)
    guide = Guide(clock)
    picture = np.zeros((90, 160, 3), np.uint8)
    assert guide.see(picture, "page").hint == "none"
    for _ in range(12):
        guide.settle()
        clock.now += 1 / 12
        assert guide.see(picture, "page").hint == "ok"
    guide.settle()
    assert works[0] <= 7
    guide.close()


def test_on_a_slow_machine_it_works_half_of_the_time_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, begun = Clock(), list[float]()

    def slow(picture: Pixels, purpose: str, **_: object) -> Advice:
        begun.append(clock.now)
        clock.now += 1.0
        return Advice()

    monkeypatch.setattr(guide_module, "advise", slow)
    guide = Guide(clock)
    for _ in range(40):
        guide.see(np.zeros((90, 160, 3), np.uint8), "page")
        guide.settle()
        clock.now += 0.1
    assert len(begun) > 2
    assert all(then - before >= 2.0 for before, then in itertools.pairwise(begun))
    guide.close()


def busy(monkeypatch: pytest.MonkeyPatch, go: threading.Event, clock: Clock) -> Guide:
    """A guide whose work is done when `go` is set."""

    def slow(picture: Pixels, purpose: str, **_: object) -> Advice:
        go.wait(20)
        return Advice(hint="ok")

    monkeypatch.setattr(guide_module, "advise", slow)
    return Guide(clock)


def test_it_never_waits_for_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    go, clock = threading.Event(), Clock()
    guide = busy(monkeypatch, go, clock)
    for _ in range(5):
        clock.now += 0.3
        assert guide.see(np.zeros((90, 160, 3), np.uint8), "page").hint == "none"
    go.set()
    guide.settle()
    assert guide.see(np.zeros((90, 160, 3), np.uint8), "page").hint == "ok"
    guide.close()


def test_an_old_answer_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(guide_module, "advise", lambda *_, **__: Advice(hint="ok"))
    guide = Guide(clock)
    picture = np.zeros((90, 160, 3), np.uint8)
    guide.see(picture, "page")
    guide.settle()
    assert guide.see(picture, "page").hint == "ok"
    clock.now += 2.0
    assert guide.see(picture, "page").hint == "none"
    guide.close()


def test_forgetting_while_it_works_forgets_that_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    go, clock = threading.Event(), Clock()
    guide = busy(monkeypatch, go, clock)
    guide.see(np.zeros((90, 160, 3), np.uint8), "page")
    guide.forget()
    go.set()
    guide.settle()
    assert guide.see(np.zeros((90, 160, 3), np.uint8), "page").hint == "none"
    guide.close()


def test_the_outline_goes_with_the_sheet_between_two_looks() -> None:
    clock = Clock()
    guide = Guide(clock)
    picture = tray(3)
    guide.see(picture, "page")
    guide.settle()
    first = np.array(guide.see(picture, "page").corners)
    guide.settle()
    for step in (1, 2, 3):  # within the time in which nothing is looked for anew
        clock.now += 0.03
        pushed = np.ascontiguousarray(np.roll(picture, 16 * step, axis=1))
        guide.see(pushed, "page")
        guide.settle()
        seen = np.array(guide.see(pushed, "page").corners)
        guide.settle()
        assert np.abs(seen - first - (16 * step / (picture.shape[1] - 1), 0)).max() < 0.005
    guide.close()


def test_the_outline_of_a_sheet_that_lies_still_does_not_move_with_the_noise() -> None:
    clock = Clock()
    guide = Guide(clock)
    seen: list[tuple[tuple[float, float], ...]] = []
    for seed in range(12):
        picture = lens.Sensor(40 + seed).expose(lens.see(lens.lay(papers.paper("surat_lahir")), "good", 3, "preview"))
        clock.now += 1 / 15
        guide.see(picture, "page")
        guide.settle()
        seen.append(guide.see(picture, "page").corners)
        guide.settle()
    assert len(set(seen)) == 1
    guide.close()


def test_a_second_paper_and_a_bent_one_are_told_when_nothing_else_is_the_matter() -> None:
    picture, whole = tray(), find_page(tray())
    assert advise(picture, "page", moving=False, find=lambda _: replace(whole, several=True)).hint == "several"
    bent = replace(whole, several=True, flat=False)
    assert advise(picture, "page", moving=False, find=lambda _: bent).hint == "not_flat"
    assert advise(picture, "page", moving=True, find=lambda _: bent).hint == "moving"


def test_a_second_paper_keeps_nobody_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, advice = Clock(), [Advice(hint="several", corners=((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)))]
    monkeypatch.setattr(guide_module, "advise", lambda *_, **__: advice[0])
    guide = Guide(clock)

    def hints(seconds: int) -> list[str]:
        told: list[str] = []
        for index in range(2 * seconds):
            clock.now += 0.5
            picture = np.full((90, 160, 3), 10 * (index % 2), np.uint8)
            guide.see(picture, "page")
            guide.settle()
            told.append(guide.see(picture, "page").hint)
            guide.settle()
        return told

    told = hints(8)
    assert told[:10] == ["several"] * 10
    assert told[-2:] == ["ok"] * 2
    paper, advice[0] = advice[0], Advice()
    hints(1)  # taken away
    advice[0] = paper
    assert hints(2) == ["several"] * 4
    guide.close()


def test_a_moving_paper_is_told_to_hold_still_and_noise_is_not() -> None:
    clock = Clock()
    guide = Guide(clock)

    def show(picture: Pixels) -> str:
        clock.now += 0.3
        guide.see(picture, "page")
        guide.settle()
        return guide.see(picture, "page").hint

    assert show(tray(3)) == "ok"
    assert show(lens.Sensor(9).expose(tray(3))) == "ok"
    assert show(np.ascontiguousarray(np.roll(tray(3), 40, axis=1))) == "moving"
    assert show(np.ascontiguousarray(np.roll(tray(3), 40, axis=1))) == "ok"
    guide.close()


def test_a_lamp_that_flickers_is_no_movement() -> None:
    before = guide_module._small(tray(3))
    assert not guide_module.moved(before, (before * 0.9).astype(np.int16))
    assert guide_module.moved(before, np.roll(before, 4, axis=1))


def test_a_good_sheet_that_lies_still_is_not_looked_for_with_every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, looked = Clock(), list[float]()
    found = Advice(True, True, True, "ok")

    def looks(picture: Pixels, purpose: str, **_: object) -> Advice:
        looked.append(clock.now)
        return found

    monkeypatch.setattr(guide_module, "advise", looks)
    guide = Guide(clock)
    sheet = tray(3)

    def show(picture: Pixels) -> Advice:
        clock.now += 0.2
        guide.see(picture, "page")
        guide.settle()
        return guide.see(picture, "page")

    for seed in range(8):  # 1.6 s of one sheet, each picture with another noise
        assert show(lens.Sensor(seed).expose(sheet)) == found
    assert len(looked) == 3
    changed = sheet.copy()
    changed[300:340, 600:640] = 0  # a thumb
    show(changed)
    assert looked[-1] == clock.now
    found = Advice(True, False, True, "blurred")
    show(sheet)
    assert show(sheet).hint == "blurred" and looked[-1] == clock.now, "what is not good is looked at every time"
    guide.close()


def test_an_outline_does_not_tremble_and_follows_a_move() -> None:
    corners = ((0.2, 0.1), (0.8, 0.1), (0.8, 0.9), (0.2, 0.9))
    before = Advice(True, True, True, "ok", corners)
    trembling = Advice(True, True, False, "glare", tuple((x + 0.001, y - 0.002) for x, y in corners))
    assert guide_module.steady(before, trembling) == Advice(True, True, False, "glare", corners)
    moved = Advice(True, True, True, "ok", tuple((x + 0.01, y) for x, y in corners))
    assert guide_module.steady(before, moved) == moved
    assert guide_module.steady(Advice(), moved) == moved
    assert guide_module.steady(before, Advice()) == Advice()


def test_what_was_seen_of_a_code_goes_with_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    modules = np.where(np.random.default_rng(0).random((25, 25)) < 0.5, np.float32(1), np.float32(-1))
    everywhere = np.ones(modules.shape, np.bool_)
    together: list[bool] = []

    def looks(picture: Pixels, purpose: str, memory: Memory, **_: object) -> Advice:
        together.append(memory.together(modules, everywhere) is not None)
        return Advice(hint="none")

    monkeypatch.setattr(guide_module, "advise", looks)
    guide = Guide(clock)
    for forget in (False, False, True):
        if forget:
            guide.forget()
        guide.see(np.zeros((90, 160, 3), np.uint8), "sheet")
        guide.settle()
        clock.now += 0.5
    guide.close()
    assert together == [False, True, False]
