"""scanimage's exit codes as states, and a back-end that hangs."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from drivers.roles import Busy, CoverOpen, Fault, Jammed, Missing, NoPaper, Ready, Unknown
from drivers.scanner.device import SaneScanner, open
from drivers.scanner.wire import Hung, NotInstalled, Ran, run

PNM = b"P6\n2 3\n255\n" + bytes(range(18))


def scanner(answer: Ran | Hung | NotInstalled, seen: list[Sequence[str]] | None = None) -> SaneScanner:
    def runner(arguments: Sequence[str], config: str, timeout: float) -> Ran | Hung | NotInstalled:
        if seen is not None:
            seen.append([*arguments, config])
        return answer

    return SaneScanner("airscan:e0:V", "/conf", runner, clock=lambda: 5.0)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (3, Busy()),
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
    assert scanner(Ran(code, b"", "")).scan() == state


def test_a_device_that_cannot_be_opened_is_missing_unless_somebody_else_has_it() -> None:
    words = "scanimage: open of device airscan:e0:V failed: "
    assert scanner(Ran(1, b"", words + "Error during device I/O")).status() == Missing()
    assert scanner(Ran(1, b"", words + "Device busy")).status() == Busy()


def test_a_page_comes_in_blue_green_red() -> None:
    seen: list[Sequence[str]] = []
    picture = scanner(Ran(0, PNM, ""), seen).scan(dpi=300)
    assert isinstance(picture, np.ndarray)
    assert picture.shape == (3, 2, 3)
    assert list(picture[0, 0]) == [2, 1, 0]
    assert "300" in seen[0]
    assert seen[0][-1] == "/conf"


@pytest.mark.parametrize("output", [b"", b"P6\n2000 3000\n", b"rubbish"])
def test_a_broken_picture_is_a_fault(output: bytes) -> None:
    assert isinstance(scanner(Ran(0, output, "")).scan(), Fault)


def test_silence_is_unknown_since_its_first_moment() -> None:
    assert scanner(Hung()).scan() == Unknown(5.0)
    assert scanner(Hung()).status() == Unknown(5.0)


def test_without_the_program_it_says_so() -> None:
    assert scanner(NotInstalled()).status() == Fault("scanimage is not installed")
    assert run([], "", 1.0, program="scanimage-that-is-not-there") == NotInstalled()


def test_the_configuration_folder_follows_the_name() -> None:
    device = open("airscan:e0:Kiosk?config=/some/where")
    device.close()
    device.close()
    assert device.scan() == Missing()


def test_a_hanging_back_end_and_its_children_are_killed(tmp_path: Path) -> None:
    program = tmp_path / "scanimage"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    begun = time.monotonic()
    assert run([], "", 1.0, program=str(program)) == Hung()
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
    assert scanner(Ran(0, b"", "")).status() == Ready()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # a killed child of a killed shell may wait for whoever inherits it
    return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[-1][:3]
