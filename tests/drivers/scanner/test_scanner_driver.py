"""What `scanimage` says as states, what of its pages is given, and a back-end that hangs."""

from __future__ import annotations

import os
import signal
import stat
import tempfile
import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from drivers.roles import Busy, CoverOpen, Fault, Jammed, Missing, NoPaper, Ready, Unknown
from drivers.roles.scanner import (
    NotOffered,
    ScanCancelled,
    ScanDone,
    ScanMode,
    ScannedPage,
    ScanSettings,
    ScanSource,
)
from drivers.scanner.batch import Batch, begin
from drivers.scanner.device import open
from drivers.scanner.wire import LONGEST_ANSWER, LONGEST_ERROR, Hung, NotInstalled, NotStarted, Ran, run
from tests.drivers.scanner.played import PAGE, Played, PlayedPages
from tests.drivers.scanner.seeds import AIRSCAN

WORDS = "scanimage: open of device airscan:e0:V failed: "
GREY = b"P5\n2 3\n255\n" + bytes(range(6))


def offering(told: Ran | Hung | NotInstalled | NotStarted) -> Played:
    return Played(offers=lambda _: told)


def ending(code: int) -> Played:
    return Played([PlayedPages([], Ran(code, b"", ""))])


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (5, NoPaper()),
        (6, Jammed()),
        (7, NoPaper()),
        (8, CoverOpen()),
        (9, Fault("io")),
        (10, Fault("memory")),
        (-11, Fault("crashed")),
        (99, Fault("sane 99")),
    ],
)
def test_exit_codes_are_states(code: int, state: object) -> None:
    assert ending(code).scanner().scan() == state
    assert list(ending(code).scanner().pages()) == [state]


def test_a_device_that_cannot_be_opened_is_missing_unless_somebody_else_has_it() -> None:
    assert offering(Ran(1, b"", WORDS + "Error during device I/O")).scanner().status() == Missing()
    assert offering(Ran(1, b"", WORDS + "Device busy")).scanner().status() == Busy()


def test_a_page_comes_in_blue_green_red_and_says_what_it_is() -> None:
    played = Played([PlayedPages([PAGE])])
    page = played.scanner().scan(ScanSettings(dpi=290))
    assert isinstance(page, ScannedPage)
    assert page.pixels.shape == (3, 2, 3)
    assert list(page.pixels[0, 0]) == [2, 1, 0]
    assert (page.dpi, page.mode, page.source) == (300, ScanMode.COLOUR, ScanSource.FLATBED)
    assert " ".join(played.started[0][:8]) == "-d airscan:e0:V --source Flatbed --mode Color --resolution 300"
    assert played.limits == [1]
    assert page.size is not None
    assert page.size.width == pytest.approx(2 / 300 * 25.4)


def test_another_resolution_that_the_back_end_took_is_told() -> None:
    said = "scanimage: rounded value of"
    words = f"{said} br-x from 215.9 to 215.88\n{said} resolution from 200 to 150\n"
    page = Played([PlayedPages([PAGE], words=words)]).scanner().scan()
    assert isinstance(page, ScannedPage)
    assert page.dpi == 150


@pytest.mark.parametrize("output", [b"", b"P6\n2000 3000\n", b"rubbish", PAGE[:-1], PAGE + b"x"])
def test_a_broken_picture_is_a_fault(output: bytes) -> None:
    assert isinstance(Played([PlayedPages([output])]).scanner().scan(), Fault)


def test_a_whole_picture_of_a_run_that_failed_is_not_given() -> None:
    """A back-end may fill up what it did not get."""
    assert Played([PlayedPages([PAGE], Ran(9, b"", ""))]).scanner().scan() == Fault("io")


def test_a_page_in_another_mode_than_asked_is_not_given() -> None:
    assert Played([PlayedPages([GREY])]).scanner().scan() == Fault("mode")
    nothing_to_choose = AIRSCAN.replace(b"--mode Color|Gray [Color]", b"--tone Color|Gray [Color]")
    played = Played([PlayedPages([GREY])], offers=lambda _: Ran(0, nothing_to_choose, ""))
    assert played.scanner().scan() == NotOffered("mode", ("grey",))


def test_silence_is_unknown_since_its_first_moment() -> None:
    assert offering(Hung()).scanner().scan() == Unknown(5.0)
    assert offering(Hung()).scanner().status() == Unknown(5.0)
    played = Played([PlayedPages([Hung()])])
    assert played.scanner().scan() == Unknown(5.0)


def test_a_scanner_that_gave_its_page_and_does_not_go_to_rest_gave_it() -> None:
    assert isinstance(Played([PlayedPages([PAGE], Hung())]).scanner().scan(), ScannedPage)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("scanimage: sane_read: Document feeder jammed\n", Jammed()),
        ("scanimage: sane_start: Scanner cover is open\nscanimage: aborting", CoverOpen()),
        ("scanimage: sane_read: Error during device I/O\n", Fault("io")),
        ("scanimage: sane_read: Something new\n", Unknown(5.0)),
        ("", Unknown(5.0)),
    ],
)
def test_a_back_end_that_hangs_over_its_failure_has_told_it(words: str, state: object) -> None:
    assert Played([PlayedPages([PAGE[:-3]], Hung(), words)]).scanner().scan() == state


@pytest.mark.parametrize("at_the_start", [True, False])
def test_a_cold_lamp_is_waited_for_and_no_longer_than_the_caller_would(at_the_start: bool) -> None:
    busy = [PlayedPages([], Ran(3, b"", "")) for _ in range(3)]
    played = Played([*busy, PlayedPages([PAGE])])
    if at_the_start:
        told = iter([Ran(1, b"", WORDS + "Device busy")] * 3)
        played = Played([PlayedPages([PAGE])], offers=lambda _: next(told, Ran(0, AIRSCAN, "")))
    assert isinstance(played.scanner().scan(), ScannedPage)
    assert played.waited == [1.0, 1.0, 1.0]
    cold = ending(3) if not at_the_start else offering(Ran(1, b"", WORDS + "Device busy"))
    assert cold.scanner().scan(timeout=3) == Busy()
    assert cold.now <= 8.0


def test_a_scanner_that_may_be_another_one_is_asked_anew_what_it_offers() -> None:
    played = Played([PlayedPages([PAGE]), PlayedPages([], Ran(9, b"", "")), PlayedPages([PAGE])])
    scanner = played.scanner()
    for asked in (1, 1, 2):
        scanner.scan()
        assert len(played.asked) == asked


def test_of_a_stack_the_pages_before_a_jam_are_given() -> None:
    played = Played([PlayedPages([PAGE, PAGE, PAGE[:-5]], Ran(6, b"", ""))])
    *pages, end = played.scanner().pages(limit=7)
    assert [page.index for page in pages if isinstance(page, ScannedPage)] == [0, 1]
    assert end == Jammed()
    assert played.limits == [7]


def test_a_stack_that_is_busy_in_its_middle_is_not_begun_again() -> None:
    played = Played([PlayedPages([PAGE], Ran(3, b"", ""))])
    assert list(played.scanner().pages())[-1] == Busy()
    assert len(played.started) == 1


def test_whoever_leaves_early_ends_the_run() -> None:
    run_of_two = PlayedPages([PAGE, PAGE])
    scanner = Played([run_of_two]).scanner()
    stream = scanner.pages()
    next(stream)
    assert scanner.status() == Busy()
    stream.close()  # type: ignore[attr-defined]
    assert run_of_two.closed
    assert scanner.status() == Ready()


def test_a_glass_gives_one_page_whatever_the_limit() -> None:
    played = Played([PlayedPages([PAGE, PAGE])])
    page, end = played.scanner().pages(ScanSettings(source=ScanSource.FLATBED), limit=5)
    assert isinstance(page, ScannedPage)
    assert end == ScanDone(1)
    assert played.limits == [1]


def test_two_at_once_take_turns_and_none_takes_the_others_page() -> None:
    """The one that cannot have its turn in time is Busy, and has started nothing."""
    inside, go_on = threading.Event(), threading.Event()

    class Slow(PlayedPages):
        def page(self, timeout: float, stopped: object) -> bytes | Hung | None:
            inside.set()
            go_on.wait(10)
            return super().page(timeout, lambda: False)

    played = Played([Slow([PAGE]), PlayedPages([PAGE])])
    scanner, told = played.scanner(), list[object]()
    first = threading.Thread(target=lambda: told.append(scanner.scan()))
    first.start()
    assert inside.wait(10)
    assert scanner.scan(timeout=0.05) == Busy()
    assert list(scanner.pages(timeout=0.05)) == [Busy()]
    assert scanner.describe(timeout=0.05) == Busy()
    second = threading.Thread(target=lambda: told.append(scanner.scan()))
    second.start()
    go_on.set()
    first.join(10)
    second.join(10)
    assert [type(page) for page in told] == [ScannedPage, ScannedPage]
    assert len(played.started) == 2


@pytest.mark.parametrize("closing", [False, True])
def test_a_scan_is_cancelled_as_pages_are(closing: bool) -> None:
    inside = threading.Event()

    class Endless(PlayedPages):
        def page(self, timeout: float, stopped: object) -> bytes | Hung | None:
            assert callable(stopped)
            inside.set()
            deadline = time.monotonic() + 10
            while not stopped() and time.monotonic() < deadline:
                pass
            return None

    scanner, told = Played([Endless([]), PlayedPages([PAGE])]).scanner(), list[object]()
    assert not scanner.cancel()
    thread = threading.Thread(target=lambda: told.append(scanner.scan()))
    thread.start()
    assert inside.wait(10)
    if closing:
        scanner.close()
    else:
        assert scanner.cancel()
    thread.join(10)
    assert told == [ScanCancelled()]
    assert not scanner.cancel()
    assert scanner.scan() == Missing() if closing else isinstance(scanner.scan(), ScannedPage)


def test_a_cancel_that_comes_before_a_scan_does_not_end_it() -> None:
    scanner = Played([PlayedPages([PAGE, PAGE])]).scanner()
    assert not scanner.cancel()
    assert list(scanner.pages(limit=2))[-1] == ScanDone(2, more=True)


def test_without_the_program_it_says_so() -> None:
    assert offering(NotInstalled()).scanner().status() == Fault("scanimage is not installed")
    assert offering(NotInstalled()).scanner().scan() == Fault("scanimage is not installed")
    assert Played([NotInstalled()]).scanner().scan() == Fault("scanimage is not installed")
    assert run([], "", 1.0, program="scanimage-that-is-not-there") == NotInstalled()


def test_a_machine_that_starts_nothing_any_more_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert offering(NotStarted()).scanner().status() == Fault("machine")
    assert Played([NotStarted()]).scanner().scan() == Fault("machine")
    no_program = tmp_path / "scanimage"
    no_program.write_bytes(b"\x7fELF")
    no_program.chmod(0o700)
    assert run([], "", 1.0, program=str(no_program)) == begin([], "", 1, str(no_program)) == NotStarted()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    assert begin([], "", 1, "true") == NotStarted()
    monkeypatch.undo()
    assert begin([], "", 1, "scanimage-that-is-not-there") == NotInstalled()


def test_a_back_end_that_never_stops_talking_is_ended_and_little_of_it_is_kept(tmp_path: Path) -> None:
    program = script(tmp_path, "yes scanner >&2 & exec yes offers\n")
    ran = run([], "", 30.0, program=program)
    assert isinstance(ran, Ran)
    assert (ran.code, len(ran.output)) == (-signal.SIGKILL, LONGEST_ANSWER)
    assert len(ran.words) <= LONGEST_ERROR
    tracemalloc.start()
    try:
        ran = run([], "", 30.0, program=script(tmp_path, "yes scanner | head -c 20000000 >&2\n"))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert ran == Ran(0, b"", ("scanner\n" * 1000)[-LONGEST_ERROR:])


def test_a_run_that_only_tells_something_can_be_stopped(tmp_path: Path) -> None:
    looks = iter([False, False])
    begun = time.monotonic()
    assert run([], "", 30.0, lambda: next(looks, True), program=script(tmp_path, "exec sleep 60\n")) == Hung()
    assert time.monotonic() - begun < 10


def test_the_configuration_folder_follows_the_name() -> None:
    device = open("airscan:e0:Kiosk?config=/some/where")
    device.close()
    device.close()
    assert device.scan() == Missing()


def test_a_page_that_does_not_come_can_be_given_up(tmp_path: Path) -> None:
    batch = begin([], "", 1, script(tmp_path, "exec sleep 60\n"))
    assert isinstance(batch, Batch)
    try:
        looks = iter([False, False])
        begun = time.monotonic()
        assert batch.page(30.0, lambda: next(looks, True)) is None
        assert time.monotonic() - begun < 10
    finally:
        assert not batch.close()  # it obeyed


def test_a_hanging_back_end_and_its_children_are_killed(tmp_path: Path) -> None:
    program = script(tmp_path, f"sleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    begun = time.monotonic()
    assert run([], "", 1.0, program=program) == Hung()
    assert time.monotonic() - begun < 5
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while _alive(child) and time.monotonic() < deadline:
        pass
    assert not _alive(child)


def test_the_back_ends_chatter_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANE_DEBUG_AIRSCAN", "255")
    ran = run([], "/conf", 5.0, program="env")
    assert isinstance(ran, Ran)
    assert b"SANE_DEBUG" not in ran.output
    assert b"SANE_CONFIG_DIR=/conf" in ran.output
    assert ran.code == 0


def test_ready_needs_no_paper() -> None:
    assert offering(Ran(0, b"", "")).scanner().status() == Ready()


def script(folder: Path, text: str) -> str:
    program = folder / "scanimage"
    program.write_text("#!/bin/sh\n" + text)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # a killed child of a killed shell may wait for whoever inherits it
    return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[-1][:3]
