"""Collections, trays and cartridges out of a printer's answer."""

from __future__ import annotations

import random

import pytest

from drivers.page import states
from drivers.page.ipp import Group, Members, NoAnswer, Value, decode, words
from drivers.page.trays import AUTO, Supply, media_of, supplies_of, tray_of
from tests.drivers.page.seeds import ANSWERS, answer, ready

BLACK: dict[str, list[Value]] = {"marker-names": ["Black"], "marker-colors": ["#000000"]}


def test_a4_comes_from_the_tray_that_holds_it() -> None:
    data = answer(ready(21590, 27940, "tray-1"), ready(21000, 29700, "tray-2"))
    assert tray_of(decode(data).one(Group.PRINTER)) == "tray-2"
    assert tray_of(decode(answer(ready(21590, 27940, "tray-1"))).one(Group.PRINTER)) == AUTO
    assert tray_of({}) == AUTO


def test_the_paper_is_said_with_size_and_tray_or_by_name_alone() -> None:
    assert media_of({}, "iso_a4_210x297mm").name == "media"
    knows: dict[str, list[Value]] = {"media-col-supported": ["media-size", "media-source"]}
    sent = decode(answer(media_of(knows, "iso_a4_210x297mm"))).one(Group.JOB)
    (paper,) = sent["media-col"]
    assert isinstance(paper, Members)
    assert words(paper, "media-source") == (AUTO,)
    assert paper["media-size"] == [{"x-dimension": [21000], "y-dimension": [29700]}]


@pytest.mark.parametrize(
    ("levels", "lows", "percent", "low"),
    [([50], [10], 50, False), ([10], [10], 10, True), ([-2], [10], None, False), ([-3], [], None, False),
     ([0], [], 0, True), ([], [], None, False), ([101], [], None, False)],
)  # fmt: skip
def test_a_level_is_a_percentage_or_unknown(levels: list[Value], lows: list[Value], percent: int, low: bool) -> None:
    printer = BLACK | {"marker-levels": levels, "marker-low-levels": lows}
    assert supplies_of(printer) == (Supply("Black", "#000000", percent, low),)


def test_a_collection_that_ends_before_it_began_or_never_ends_is_no_answer() -> None:
    head = answer()[:-1]
    for broken in (b"\x04\x37\0\0\0\0\x03", b"\x04" + b"\x34\0\x01a\0\0" * 50 + b"\x03", b"\x04\x34\0\x01a\0\0"):
        with pytest.raises(NoAnswer):
            decode(head + broken)


def test_broken_bytes_are_no_answer_and_nothing_worse() -> None:
    chance = random.Random(7)
    for seed in ANSWERS:
        for _ in range(300):
            data = bytearray(seed)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                printer = decode(bytes(data)).one(Group.PRINTER)
            except NoAnswer:
                continue
            tray_of(printer)
            supplies_of(printer)
            states.status_of(printer)
