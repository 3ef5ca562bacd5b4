"""The dock's buttons change the world and nothing else; only this machine's own page may press them."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno

from drivers.virtual.board import SETTINGS, Board
from drivers.virtual.dock import PAGE, Dock
from drivers.virtual.papers import NAMES
from drivers.virtual.start import Twin, start
from drivers.virtual.world import DEFAULTS, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.prepare()
    return made


def put_slip(world: World, text: str) -> None:
    segno.make(text, error="m", micro=False).save(world.out("ticket") / "001.png", scale=8, border=4)


def test_every_button_sets_what_a_twin_reads(world: World) -> None:
    dock = Board(world)
    for role, keys in SETTINGS.items():
        for key, values in keys.items():
            assert key in DEFAULTS[role]
            assert DEFAULTS[role][key] in values
            for value in values:
                dock.act("set", {"role": role, "key": key, "value": value})
                assert world.get(role, key) == value


def test_nothing_else_can_be_set(world: World) -> None:
    dock = Board(world)
    before = world.state("camera")
    for values in (
        {"role": "camera", "key": "paper", "value": "/etc/passwd"},
        {"role": "../x", "key": "a", "value": "b"},
    ):
        assert "tidak ada" in dock.act("set", values)
    dock.act("lay", {"paper": "/etc/passwd"})
    assert world.state("camera") | {"laid": "1"} == before | {"laid": "1"}


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_laid_and_taken_away(world: World, name: str) -> None:
    dock = Board(world)
    dock.act("lay", {"paper": name})
    assert Path(world.get("camera", "paper")).stem == name
    dock.act("lay", {"paper": ""})
    assert world.get("camera", "paper") == ""


def test_laying_again_is_another_hand(world: World) -> None:
    dock = Board(world)
    dock.act("lay", {"paper": "kosong"})
    first = world.get("camera", "laid")
    dock.act("lay", {"paper": "kosong"})
    assert world.get("camera", "laid") != first


def test_the_printed_sheet_needs_a_printed_sheet(world: World) -> None:
    dock = Board(world)
    assert "Belum ada" in dock.act("lay", {"paper": "sheet"})
    put = world.out("page") / "001.png"
    segno.make("X", micro=False).save(put)
    dock.act("lay", {"paper": "sheet"})
    assert world.get("camera", "paper") == str(put)


def test_the_last_tickets_code_is_shown_to_the_reader(world: World) -> None:
    dock = Board(world)
    assert "Belum ada" in dock.act("scan_ticket", {})
    text = "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58
    put_slip(world, text)
    dock.act("scan_ticket", {})
    shown = [path.read_text() for path in (world.directory / "reader" / "inbox").iterdir()]
    assert shown == [text]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    with start(tmp_path_factory.mktemp("dock"), [Twin("dock", "drivers.virtual.dock")]) as virtual:
        yield virtual.endpoints["dock"], virtual.world


def get(url: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return answer.read()


def test_the_page_is_served_with_nothing_from_elsewhere(served: tuple[str, World]) -> None:
    page = get(served[0]).decode()
    assert "Meja alat" in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert page.encode() == PAGE.read_bytes()


def test_every_word_the_page_needs_is_there() -> None:
    page = PAGE.read_text()
    for keys in SETTINGS.values():
        for key, values in keys.items():
            assert f"{key}:" in page
            for value in values:
                assert re.search(rf'"?{value}"?:', page)
    for name in NAMES:
        assert f"{name}:" in page


def test_state_and_pictures(served: tuple[str, World]) -> None:
    url, world = served
    state: dict[str, Any] = json.loads(get(url + "state"))
    assert state["roles"]["ticket"]["paper"] == "ok"
    put_slip(world, "X")
    assert get(url + "picture/ticket").startswith(b"\x89PNG")


def test_a_button_over_http(served: tuple[str, World]) -> None:
    url, world = served
    body = urllib.parse.urlencode({"role": "page", "key": "paper", "value": "out"}).encode()
    with urllib.request.urlopen(url + "do/set", body, timeout=10) as answer:
        assert json.loads(answer.read())["said"] == "Sudah diubah."
    assert world.get("page", "paper") == "out"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_another_sites_page_presses_nothing(served: tuple[str, World], headers: dict[str, str]) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(served[0] + "state", **headers)
    assert refused.value.code == 403


def test_it_can_be_served_from_a_thread(world: World) -> None:
    with Dock(world.directory) as dock:
        assert "Meja alat" in get(dock.url).decode()
    with pytest.raises(urllib.error.URLError):
        get(dock.url)
