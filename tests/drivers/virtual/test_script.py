"""Scripts: what they say, what is wrong with a bad one, and that they happen when they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.virtual import poke
from drivers.virtual.board import Board
from drivers.virtual.script import VERBS, ScriptError, Step, parse, play
from drivers.virtual.world import DEFAULTS, World

ROOT = Path(__file__).resolve().parents[3]


def test_a_script_of_one_line() -> None:
    out, fill = (("paper", "out"),), (("paper", "ok"),)
    assert parse("at 2.5s paper-out; at 9 refill") == (
        Step(2.5, "ticket", out),
        Step(2.5, "page", out),
        Step(9.0, "ticket", fill),
        Step(9.0, "page", fill),
    )


def test_roles_comments_keys_and_order() -> None:
    text = "# a bad morning\nticket: at 2s cover-open; at 1s mute  # deaf\npage:\nat 3s toner=low; all: at 4s unplug\n"
    steps = parse(text)
    assert [(step.at, step.role) for step in steps[:3]] == [(1.0, "ticket"), (2.0, "ticket"), (3.0, "page")]
    assert steps[2].values == (("toner", "low"),)
    assert {step.role for step in steps[3:]} == {role for role, verbs in VERBS.items() if "unplug" in verbs}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nat 2s dance", r"line 2: no such verb: dance \(expected .*paper-out"),
        ("ticket: at 2s toner-out", r"line 1: no such verb: toner-out"),
        ("at soon refill", r"line 1: expected seconds, as in 2.5s, not: soon"),
        ("at nans refill", r"line 1: expected seconds"),
        ("at -1s refill", r"line 1: expected seconds"),
        ("refill", r"line 1: expected `at SECONDS verb`"),
        ("at 1s refill\n\ntoaster: at 1s refill", r"line 3: no such role: toaster \(expected ticket"),
        ("at 1s paper=out", r"line 1: paper=out: expected a role"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(ScriptError, match=said):
        parse(text)


def test_it_happens_when_it_should(tmp_path: Path) -> None:
    world, now = World(tmp_path), [100.0]
    seen: list[tuple[float, str]] = []

    def wait(seconds: float) -> None:
        seen.append((now[0] - 100, world.get("ticket", "paper")))
        now[0] += seconds

    play(parse("ticket: at 2s paper-out; at 9s refill"), world, lambda: now[0], wait)
    assert seen == [(0.0, "ok"), (2.0, "out")]
    assert world.get("ticket", "paper") == "ok"


def test_it_ends_when_everything_ends(tmp_path: Path) -> None:
    play(parse("ticket: at 2s paper-out"), World(tmp_path), lambda: 0.0, lambda _: True)
    assert World(tmp_path).get("ticket", "paper") == "ok"


def test_every_verb_is_a_button_of_the_dock(tmp_path: Path) -> None:
    world = World(tmp_path)
    for role, verbs in VERBS.items():
        for verb, values in verbs.items():
            assert Board(world).act("poke", {"role": role, "verb": verb}) == "Sudah diubah."
            assert all(world.get(role, key) == value for key, value in values.items())
    assert "tidak ada" in Board(world).act("poke", {"role": "ticket", "verb": "dance"})


def test_the_document_has_every_role_key_and_verb() -> None:
    text = (ROOT / "docs" / "rehearsal.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for role, verbs in VERBS.items():
        assert f"| {role} | " + " · ".join(f"`{verb}`" for verb in verbs) + " |" in rows
        keys = set(DEFAULTS[role]) | {key for values in verbs.values() for key in values}
        row = next(line for line in rows if line.startswith(f"| {role} | "))
        assert not [key for key in keys if f"`{key}=" not in row]


def test_poking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = str(tmp_path)
    assert poke.main([here, "page", "jam", "toner=low"]) == 0
    assert World(tmp_path).state("page") | {"jam": "yes", "toner": "low"} == World(tmp_path).state("page")
    assert poke.main([here]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told[1:]] == list(DEFAULTS)
    assert poke.main([here, "page"]) == 0
    assert "verbs: " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["toaster", "jam"], ["page", "jam", "dance"], ["toaster"]])
def test_a_poke_that_means_nothing_changes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    assert poke.main([str(tmp_path), *arguments]) == 2
    assert list(tmp_path.iterdir()) == []
    assert poke.main([str(tmp_path / "nowhere")]) == 2
