"""The real window, offscreen: what touches send, how fast it answers, what is left after a wipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    env = os.environ | {"PYTHONPATH": str(_ROOT)}
    script = str(Path(__file__).with_name("press_apply.py"))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=100, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def finding(lines: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [line for line in lines if line.get("finding") == name]


def test_a_touch_in_the_middle_sends_exactly_its_press(lines: list[dict[str, Any]]) -> None:
    touched = [line for line in lines if "page" in line and line["enabled"] and line["act"] is not None]
    assert len(touched) > 300
    # the whole waiting screen starts: what lies over its middle answers first
    wrong = [t for t in touched if t["sent"] != [[t["act"], t["value"]]] and not t["page"].startswith("00")]
    assert wrong == []


def test_what_is_off_sends_nothing(lines: list[dict[str, Any]]) -> None:
    off = [line for line in lines if "page" in line and not line["enabled"]]
    assert off and all(line["sent"] == [] for line in off)


def test_every_target_has_a_name(lines: list[dict[str, Any]]) -> None:
    assert [line for line in lines if "page" in line and not line["label"].strip()] == []


def test_sliding_off_cancels_and_a_wobble_does_not(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "slide")
    assert (found["off"], found["wobble"]) == (0, 1)


def test_a_panel_that_reports_a_touch_twice_presses_once(lines: list[dict[str, Any]]) -> None:
    assert finding(lines, "echo")[0]["sent"] == 1


def test_a_page_that_changes_under_the_finger_gets_no_press(lines: list[dict[str, Any]]) -> None:
    assert finding(lines, "page changed under the finger")[0]["sent"] == 0


def test_typing_is_instant_and_redraws_little(lines: list[dict[str, Any]]) -> None:
    for found in finding(lines, "typing"):
        assert found["worst_ms"] < 100, found  # of the processor; the panel tells what a hand feels
        assert found["made"] < 12, found


def test_pages_change_quickly(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "page change")
    assert found["median_ms"] < 200, found


def test_the_newest_camera_picture_is_shown(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "camera")
    assert [pixel[0] > pixel[2] for pixel in found["seen"]] == [True, False], found


def test_a_page_that_stands_is_not_drawn_again_for_a_look(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "idle")
    assert found["drifting"] and not found["standing"] and not found["still"], found
    assert (found["veil"], found["drift"]) == ([0, 0], 0), "an invisible veil would be blended over every picture"


def test_nothing_of_the_visit_is_kept_on_the_waiting_screen(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "wipe")
    assert found["before"] and not found["after"], found
    assert found["texts"] < 20


def test_the_window_cannot_be_closed_from_the_keyboard(lines: list[dict[str, Any]]) -> None:
    [found] = finding(lines, "closing")
    assert found["stays"] and not found["settings"]
