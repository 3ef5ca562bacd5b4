"""The small text files that virtual devices live by."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from drivers.virtual.world import DEFAULTS, World


def test_defaults_until_something_is_said(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert world.state("ticket") == DEFAULTS["ticket"]
    world.prepare()
    assert (tmp_path / "ticket" / "world.txt").read_text() == "paper=ok\ncover=closed\ncable=in\n"


def test_setting_one_value_keeps_the_others(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.set("page", paper="out")
    world.set("page", cover="open")
    assert world.get("page", "paper") == "out"
    assert world.get("page", "cover") == "open"
    assert [path.name for path in (tmp_path / "page").iterdir()] == ["world.txt"]


def test_two_who_change_different_things_at_once_lose_nothing(tmp_path: Path) -> None:
    def count(key: str) -> None:
        for number in range(60):
            World(tmp_path).set("scanner", **{key: str(number)})
            assert World(tmp_path).get("scanner", key) == str(number)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(count, ("sheets", "busy")))


def test_a_line_appended_by_hand_counts(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.prepare()
    with (tmp_path / "page" / "world.txt").open("a") as file:
        file.write("# somebody takes the tray out\npaper = out\n")
    assert world.get("page", "paper") == "out"


def test_outputs_are_counted_and_the_newest_is_last(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.prepare()
    assert world.last("ticket") is None
    assert world.next_number("ticket") == "001"
    for name in ("001.png", "001.bin", "002.png", "002-2.png", ".003.png"):
        (world.out("ticket") / name).touch()
    assert world.next_number("ticket") == "003"
    assert [path.name for path in world.outputs("ticket")] == ["001.png", "002.png"]
    assert world.last("ticket", ".bin") == world.out("ticket") / "001.bin"
