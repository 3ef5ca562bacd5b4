"""Preview, stills, scans and sheets, with cameras and scanners that are played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from drivers.roles import (
    Busy,
    CameraFacts,
    CoverOpen,
    Fault,
    Jammed,
    Missing,
    NoPaper,
    Picture,
    Pixels,
    Ready,
    Status,
    Unknown,
)
from drivers.roles.scanner import USUAL, NotOffered, ScanMode, ScannedPage, ScanSettings
from drivers.virtual import lens, papers
from kiosk.devices import capture as capture_module
from kiosk.devices.capture import Capture
from kiosk.devices.values import DeviceFailure, Frame, PageCapture, SheetReading
from kiosk.vision import decode, read_codes
from tests.clocks import Clock
from tests.vision.sheets import printed_sheet

Answer = Pixels | Missing | Unknown | Fault
TAKEN = 4.5


class PlayedCamera:
    """Gives the answers it was given, the last one for ever."""

    def __init__(self) -> None:
        self.frames: list[Answer] = [Missing()]
        self.stills: list[Answer] = [Missing()]
        self.asked = 0
        self.rested = 0

    def status(self) -> Status:
        return Ready()

    def frame(self, timeout: float = 2.0) -> Picture | Missing | Unknown | Fault:
        return taken(self.frames.pop(0) if len(self.frames) > 1 else self.frames[0])

    def still(self, timeout: float = 10.0) -> Picture | Missing | Unknown | Fault:
        self.asked += 1
        return taken(self.stills.pop(0) if len(self.stills) > 1 else self.stills[0])

    def describe(self) -> CameraFacts:
        return CameraFacts(still=(4208, 3120))

    def rest(self) -> None:
        self.rested += 1

    def close(self) -> None:
        self.rested += 1


def taken(answer: Answer) -> Picture | Missing | Unknown | Fault:
    return Picture(answer, TAKEN) if isinstance(answer, np.ndarray) else answer


class PlayedScanner:
    """Gives one answer."""

    def __init__(self) -> None:
        self.answer: Pixels | NotOffered | Status = NoPaper()

    def status(self) -> Status:
        return Busy()

    def scan(self, settings: ScanSettings = USUAL, timeout: float = 60.0) -> ScannedPage | NotOffered | Status:
        return ScannedPage(self.answer, 0, settings.dpi) if isinstance(self.answer, np.ndarray) else self.answer

    def close(self) -> None:
        pass


class Desk:
    """A Capture with its played camera, scanner and clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.camera, self.scanner, self.clock = PlayedCamera(), PlayedScanner(), Clock()
        monkeypatch.setattr(capture_module, "open_camera", lambda preview, still: self.camera)
        monkeypatch.setattr(capture_module, "open_scanner", lambda name: self.scanner)
        self.capture = Capture("http://x/p", "http://x/s", "airscan:x", clock=self.clock, wait=self.clock.wait)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def tray(name: str | None, state: str = "good", mode: lens.Mode = "preview", seed: int = 3) -> Pixels:
    laid = None if name is None else lens.lay(papers.paper(name))
    return lens.Sensor(seed).expose(lens.see(laid, state, seed, mode))


def test_nothing_configured_is_missing() -> None:
    capture = Capture("", "", "")
    acts: list[Callable[[], object]] = [lambda: capture.frame("page"), capture.still, capture.read_sheet]
    assert [act() for act in acts] == [DeviceFailure("camera_missing")] * 3
    assert capture.scan() == DeviceFailure("scanner_missing")
    assert capture.camera_status() == capture.scanner_status() == Missing()
    capture.stop_preview()
    capture.close()
    capture.close()


@pytest.mark.parametrize(
    ("answer", "why"), [(Missing(), "camera_missing"), (Unknown(1.0), "timeout"), (Fault("black"), "device_error")]
)
def test_a_camera_that_gives_nothing_says_why(desk: Desk, answer: Answer, why: str) -> None:
    desk.camera.frames = [answer]
    desk.camera.stills = [answer]
    assert desk.capture.frame("page") == DeviceFailure(why)
    assert desk.capture.still() == DeviceFailure(why)
    assert desk.capture.read_sheet() == DeviceFailure(why)


def test_a_frame_is_red_green_blue_as_large_as_the_preview_and_says_when_it_was_taken(desk: Desk) -> None:
    picture = np.zeros((720, 1280, 3), np.uint8)
    picture[:, :, 0] = 200  # blue, as OpenCV has it
    desk.camera.frames = [picture]
    frame = desk.capture.frame("page")
    assert isinstance(frame, Frame)
    assert (frame.width, frame.height, len(frame.rgb), frame.taken) == (1280, 720, 1280 * 720 * 3, TAKEN)
    assert frame.rgb[:3] == bytes([0, 0, 200])


def test_a_larger_picture_is_made_small_enough_for_the_screen(desk: Desk) -> None:
    desk.camera.frames = [np.zeros((1080, 1920, 3), np.uint8)]
    frame = desk.capture.frame("page")
    assert isinstance(frame, Frame)
    assert (frame.width, frame.height) == (1280, 720)


def test_frames_are_paced_to_forty_a_second(desk: Desk) -> None:
    desk.camera.frames = [np.zeros((90, 160, 3), np.uint8)]
    begun = desk.clock.now
    for _ in range(41):
        desk.capture.frame("page")
    assert desk.clock.now - begun == pytest.approx(1.0, abs=0.01)


def test_stopping_the_preview_lets_the_camera_rest(desk: Desk) -> None:
    desk.capture.stop_preview()
    assert desk.camera.rested == 1


def test_a_good_still_becomes_a_page(desk: Desk) -> None:
    desk.camera.stills = [tray("surat_lahir", mode="still")]
    assert desk.capture.camera_facts() == (CameraFacts(still=(4208, 3120)), None)
    page = desk.capture.still()
    assert isinstance(page, PageCapture)
    assert (page.ok, page.why, page.width, page.height) == (True, "", 1654, 2339)
    assert desk.capture.camera_facts()[1] == pytest.approx(10.06, rel=0.01)  # what the tray's lens gives
    assert page.page[8:12] == b"WEBP"
    assert len(page.page) <= 200_000
    preview = decode(page.preview)
    assert preview is not None
    assert max(preview.shape) == 900


@pytest.mark.parametrize(
    ("state", "why"), [("bad", "blurred"), ("dark", "dark"), ("glare", "glare"), ("cut_off", "cut_off_bottom")]
)
def test_an_unreadable_still_is_given_with_its_reason(desk: Desk, state: str, why: str) -> None:
    desk.camera.stills = [tray("surat_lahir", state, "still")]
    page = desk.capture.still()
    assert isinstance(page, PageCapture)
    assert (page.ok, page.why) == (False, why)


def test_what_may_come_to_rest_is_taken_again_and_the_best_is_kept(desk: Desk) -> None:
    desk.camera.stills = [tray("surat_lahir", "bad", "still"), tray("surat_lahir", mode="still"), Missing()]
    page = desk.capture.still()
    assert isinstance(page, PageCapture)
    assert (page.ok, page.why, desk.camera.asked) == (True, "", 2)


def test_a_side_without_print_is_said_to_be_blank_and_not_taken_again(desk: Desk) -> None:
    desk.camera.stills = [tray("kosong", mode="still")]
    page = desk.capture.still()
    assert isinstance(page, PageCapture)
    assert (page.ok, page.why, desk.camera.asked) == (False, "blank", 1)


def test_an_empty_tray_is_no_page(desk: Desk) -> None:
    desk.camera.stills = [tray(None, mode="still")]
    assert desk.capture.still() == DeviceFailure("no_page")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Missing(), "scanner_missing"),
        (NoPaper(), "no_page"),
        (Unknown(1.0), "timeout"),
        (Jammed(), "device_error"),
        (CoverOpen(), "device_error"),
        (Fault("io"), "device_error"),
        (Busy(), "device_error"),
        (NotOffered("mode"), "device_error"),
    ],
)
def test_a_scanner_that_gives_nothing_says_why(desk: Desk, status: Status | NotOffered, why: str) -> None:
    desk.scanner.answer = status
    assert desk.capture.scan() == DeviceFailure(why)


def test_a_scanner_without_colours_scans_in_grey(desk: Desk) -> None:
    page = np.ascontiguousarray(np.asarray(papers.draw("surat_lahir").resize((1654, 2339)), np.uint8)[:, :, ::-1])
    asked: list[ScanMode] = []

    def scan(settings: ScanSettings, timeout: float) -> ScannedPage | NotOffered:
        asked.append(settings.mode)
        grey = settings.mode is ScanMode.GREY
        return ScannedPage(page, 0, 200, ScanMode.GREY) if grey else NotOffered("mode", ("grey", "lineart"))

    desk.scanner.scan = scan  # type: ignore[method-assign]
    assert isinstance(desk.capture.scan(), PageCapture)
    assert asked == [ScanMode.COLOUR, ScanMode.GREY]


def test_a_scan_that_is_all_page_is_kept_whole(desk: Desk) -> None:
    """Its tables and photographs are not taken for sheets of their own."""
    for name in ("surat_lahir", "kk"):
        drawn = papers.draw(name)
        turned = drawn if drawn.height > drawn.width else drawn.rotate(90, expand=True)
        page = np.asarray(turned.resize((1654, 2339)), np.uint8)[:, :, ::-1]
        desk.scanner.answer = np.ascontiguousarray(page)
        scanned = desk.capture.scan()
        assert isinstance(scanned, PageCapture)
        assert (scanned.ok, scanned.width, scanned.height) == (True, 1654, 2339)


def test_a_small_paper_on_the_glass_is_cut_out(desk: Desk) -> None:
    glass = np.full((2339, 1654, 3), 90, np.uint8)
    card = np.asarray(papers.draw("buku_nikah").resize((1417, 984)), np.uint8)[:, :, ::-1]
    glass[300 : 300 + 984, 120 : 120 + 1417] = card
    desk.scanner.answer = glass
    scanned = desk.capture.scan()
    assert isinstance(scanned, PageCapture)
    assert scanned.ok
    assert scanned.width == pytest.approx(1417, rel=0.05)
    assert scanned.width / scanned.height == pytest.approx(180 / 125, rel=0.03)


def test_a_blank_scan_is_not_readable(desk: Desk) -> None:
    desk.scanner.answer = np.full((2339, 1654, 3), 240, np.uint8)
    scanned = desk.capture.scan()
    assert isinstance(scanned, PageCapture)
    assert not scanned.ok


def test_a_sheets_code_is_read_and_the_picture_shows_it(desk: Desk, tmp_path: Path) -> None:
    path, text = printed_sheet(tmp_path, 2)
    desk.camera.stills = [lens.Sensor(2).expose(lens.see(lens.lay(path), "good", 2))]
    reading = desk.capture.read_sheet()
    assert isinstance(reading, SheetReading)
    assert reading.texts == (text,)
    assert reading.px_per_module is not None
    assert reading.px_per_module > 4
    picture = decode(reading.picture)
    assert picture is not None
    assert [code.text for code in read_codes(picture)] == [text]


def test_a_sheet_is_looked_at_again_before_it_is_given_up(desk: Desk, tmp_path: Path) -> None:
    path, text = printed_sheet(tmp_path, 2)
    good = lens.Sensor(2).expose(lens.see(lens.lay(path), "good", 2))
    blank = np.full((300, 400, 3), 200, np.uint8)
    desk.camera.stills = [blank, good]
    reading = desk.capture.read_sheet()
    assert isinstance(reading, SheetReading)
    assert reading.texts == (text,)
    assert desk.camera.asked == 2


def test_an_unreadable_sheet_has_no_texts_but_a_picture(desk: Desk) -> None:
    desk.camera.stills = [np.full((300, 400, 3), 200, np.uint8)]
    reading = desk.capture.read_sheet()
    assert isinstance(reading, SheetReading)
    assert (reading.texts, reading.px_per_module) == ((), None)
    assert decode(reading.picture) is not None
    assert desk.camera.asked == 3
