"""A command's id: a repeat does nothing again, what failed may be tried again, another content is refused."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk.devices import repeats as module
from kiosk.devices.acts import BEGUN, Acts
from kiosk.devices.repeats import Repeats, Reused

ID = "befehl-0001"


class Act:
    def __init__(self, answer: str = "printed") -> None:
        self.answer = answer
        self.times = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> str:
        self.times += 1
        await self.gate.wait()
        return self.answer


def failed(answer: str) -> bool:
    return answer == "no_paper"


def test_a_repeat_is_answered_from_memory_and_joins_what_runs() -> None:
    async def play() -> None:
        memory, act = Repeats(), Act()
        act.gate.clear()
        both = [asyncio.create_task(memory.once(ID, b"x", act, failed)) for _ in range(2)]
        await asyncio.sleep(0)
        both[0].cancel()  # whoever asked first has gone; the act goes on
        act.gate.set()
        assert await both[1] == "printed"
        assert await memory.once(ID, b"x", act, failed) == "printed"
        assert act.times == 1

    asyncio.run(play())


def test_what_failed_is_forgotten() -> None:
    async def play() -> None:
        memory, act = Repeats(), Act("no_paper")
        assert await memory.once(ID, b"x", act, failed) == "no_paper"
        await asyncio.sleep(0)
        act.answer = "printed"
        assert await memory.once(ID, b"x", act, failed) == "printed"
        assert act.times == 2

    asyncio.run(play())


def test_an_id_stands_for_one_content() -> None:
    async def play() -> None:
        memory, act = Repeats(), Act()
        await memory.once(ID, b"x", act, failed)
        with pytest.raises(Reused):
            await memory.once(ID, b"y", act, failed)
        with pytest.raises(ValueError, match="8 to 64"):
            await memory.once("a/b", b"x", act, failed)
        assert act.times == 1

    asyncio.run(play())


def test_memory_is_bounded_and_pictures_are_kept_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)

    async def play() -> None:
        memory, act = Repeats(), Act()
        for number in range(9):
            await memory.once(f"befehl-{number:04}", b"x", act, failed)
            await memory.once(f"bild---{number:04}", b"x", act, failed, big=True)
        await asyncio.sleep(0)
        assert len(memory) == 3 + module.MOST_BIG
        memory.forget_pictures()
        assert len(memory) == 3

    asyncio.run(play())


def test_acts_outlive_the_service(tmp_path: Path) -> None:
    acts = Acts(tmp_path / "acts")
    acts.begin("a" * 32)
    acts.begin("b" * 32)
    acts.end("b" * 32, "printed")
    acts.begin("c" * 32)
    acts.end("c" * 32, "")
    again = Acts(tmp_path / "acts")
    assert [again.last(letter * 32) for letter in "abcd"] == [BEGUN, "printed", "", ""]
    assert (tmp_path / "acts").stat().st_mode & 0o777 == 0o600


def test_a_torn_file_of_acts_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "acts").write_bytes(b"begun aaaa\n\xff\xfe\nended bb")
    assert Acts(tmp_path / "acts").last("aaaa") == BEGUN
