"""The pad's keys in the real window: every target is reached and pressed by three keys, and the focus is seen."""

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
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    env = os.environ | {"PYTHONPATH": str(_ROOT)}
    script = str(Path(__file__).with_name("press_keys.py"))
    command = [sys.executable, script, str(tmp_path_factory.mktemp("keys")), "1280", "800"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def finding(lines: list[dict[str, Any]], name: str) -> dict[str, Any]:
    [found] = [line for line in lines if line.get("finding") == name]
    return found


def test_three_keys_reach_every_target_of_every_page_once_and_press_it(lines: list[dict[str, Any]]) -> None:
    pages = [line for line in lines if "page" in line]
    assert len(pages) > 40 and all(page["targets"] for page in pages)
    assert [page["page"] for page in pages if sorted(set(page["reached"])) != page["targets"]] == []
    assert [page["page"] for page in pages if not page["sends"]] == []


def test_the_ring_is_seen_on_every_page(lines: list[dict[str, Any]]) -> None:
    assert [line for line in lines if "page" in line and line["ring"] < 600] == []


def test_the_first_key_only_shows_where_the_focus_is(lines: list[dict[str, Any]]) -> None:
    found = finding(lines, "first key")
    assert found["focused"] is not None and found["sent"] == 0


def test_one_key_goes_back_to_the_target_before(lines: list[dict[str, Any]]) -> None:
    found = finding(lines, "back")
    assert found["same"] and found["other"]


def test_a_press_meant_for_the_page_before_presses_nothing(lines: list[dict[str, Any]]) -> None:
    found = finding(lines, "a page that has just come")
    assert (found["early"], found["later"]) == (0, 1)


def test_digits_write_and_the_help_key_calls_from_anywhere(lines: list[dict[str, Any]]) -> None:
    sent = [["type", "7"], ["type", "3"], ["call_operator", ""], ["type", "0"]]
    assert finding(lines, "digits and help")["sent"] == sent


def test_a_touch_takes_the_ring_away_and_so_does_who_leaves(lines: list[dict[str, Any]]) -> None:
    assert finding(lines, "touch")["focused"] is None
    found = finding(lines, "gone")
    assert found["kept"] and found["after"] is None
