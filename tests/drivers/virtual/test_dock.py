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

from drivers.virtual.board import Board
from drivers.virtual.dock import PAGE, Dock
from drivers.virtual.panel import Button, panel, verbs_of
from drivers.virtual.papers import NAMES
from drivers.virtual.script import VERBS
from drivers.virtual.start import TWINS, Twin, start
from drivers.virtual.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.prepare()
    return made


def put_slip(world: World, text: str) -> None:
    segno.make(text, error="m", micro=False).save(world.out("ticket") / "001.png", scale=8, border=4)


def buttons(world: World, role: str) -> dict[str, Button]:
    return {button["verb"]: button for group in panel(world, role)["groups"] for button in group["buttons"]}


@pytest.mark.parametrize("role", VERBS)
def test_every_verb_has_a_button_in_words_and_nothing_else_has(world: World, role: str) -> None:
    shown = panel(world, role)
    assert verbs_of(shown) == set(VERBS[role])
    labels = [button["label"] for group in shown["groups"] for button in group["buttons"]]
    assert not set(labels) & set(VERBS[role]), "a verb without words of its own: kiosk people read Indonesian"
    assert all(group["title"] for group in shown["groups"])
    assert f'data-panel="{role}"' in PAGE.read_text()


def test_every_role_of_a_twin_is_at_the_dock() -> None:
    assert {twin.role.removesuffix("_preview") for twin in TWINS} <= set(VERBS) and "keypad" in VERBS


@pytest.mark.parametrize("role", VERBS)
def test_every_button_does_what_its_verb_means_and_is_the_one_that_is_on(world: World, role: str) -> None:
    dock = Board(world)
    for verb in buttons(world, role):
        assert dock.act("poke", {"role": role, "verb": verb}) == "Sudah diubah."
        assert world.state(role).items() >= VERBS[role][verb].items()
        assert buttons(world, role)[verb]["on"], verb
        group = next(g for g in panel(world, role)["groups"] if verb in [other["verb"] for other in g["buttons"]])
        assert [other["verb"] for other in group["buttons"] if other["on"]] == [verb]


def test_an_untouched_world_has_no_trouble_and_every_row_shows_how_it_is(world: World) -> None:
    for role in VERBS:
        for group in panel(world, role)["groups"]:
            assert not [button for button in group["buttons"] if button["on"] and button["bad"]]
            if len(group["buttons"]) > 1:
                assert sum(button["on"] for button in group["buttons"]) == 1, group["title"]


def test_nothing_else_can_be_set(world: World) -> None:
    dock = Board(world)
    before = world.state("camera")
    for act, values in (
        ("poke", {"role": "camera", "verb": "paper=/etc/passwd"}),
        ("poke", {"role": "camera", "verb": "jam"}),
        ("poke", {"role": "../x", "verb": "unplug"}),
        ("set", {"role": "camera", "key": "lens", "value": "bad"}),
    ):
        assert "tidak" in dock.act(act, values).lower()
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


def test_every_paper_has_a_name_on_the_page() -> None:
    page = PAGE.read_text()
    for name in NAMES:
        assert f"{name}:" in page


def test_state_and_pictures(served: tuple[str, World]) -> None:
    url, world = served
    put_slip(world, "X")
    state: dict[str, Any] = json.loads(get(url + "state"))
    assert state["out"] == {"ticket": 1, "page": 0} and set(state["panels"]) == set(VERBS)
    assert str(world.directory) not in json.dumps(state)
    assert get(url + "picture/ticket").startswith(b"\x89PNG")


def test_a_button_over_http(served: tuple[str, World]) -> None:
    url, world = served
    body = urllib.parse.urlencode({"role": "page", "verb": "paper-out"}).encode()
    with urllib.request.urlopen(url + "do/poke", body, timeout=10) as answer:
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
