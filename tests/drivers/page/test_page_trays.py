"""The tray that a job names, and the collections that it is named by."""

from __future__ import annotations

import pytest

from drivers.page.ipp import Attribute, Collection, Group, NoAnswer, Op, Tag, Value, decode, encode
from drivers.page.trays import AUTO, media_col, tray

KNOWS: dict[str, list[Value]] = {"media-col-supported": ["media-size", "media-source"]}


def holds(width: int, height: int, source: str) -> Collection:
    """A tray with paper of this size in hundredths of a millimetre."""
    size = Collection({"x-dimension": [width], "y-dimension": [height]})
    return Collection({"media-size": [size], "media-source": [source]})


def offers(names: list[Value]) -> dict[str, list[Value]]:
    """A printer with these trays, and nothing known of what is in them."""
    return KNOWS | {"media-source-supported": names}


def test_a4_comes_from_the_tray_that_holds_it() -> None:
    ready: list[Value] = [holds(21590, 27940, "tray-1"), holds(21000, 29700, "tray-2")]
    assert tray(KNOWS | {"media-col-ready": ready}) == "tray-2"


def test_where_no_tray_is_known_to_hold_it_the_printer_chooses() -> None:
    letter: list[Value] = [holds(21590, 27940, "tray-1"), Collection({}), b"?"]
    assert tray(KNOWS | {"media-col-ready": letter}) == AUTO
    assert tray(offers(["main", "auto"])) == AUTO


def test_a_tray_that_is_fed_by_hand_is_the_last_choice() -> None:
    by_hand: list[Value] = [holds(21000, 29700, "manual"), holds(21000, 29700, "main")]
    assert tray(KNOWS | {"media-col-ready": by_hand}) == "main"
    assert tray(KNOWS | {"media-col-ready": by_hand[:1]}) == AUTO
    assert tray(offers(["manual", "main"])) == "main"
    assert tray(offers(["manual"])) == "manual"


def test_a_printer_that_knows_no_trays_is_told_of_none() -> None:
    assert tray({}) is None
    assert tray({"media-col-ready": [holds(21000, 29700, "main")]}) is None


def test_a_collection_comes_out_of_its_bytes_as_it_went_in() -> None:
    sent = [
        Attribute(Group.JOB, Tag.COLLECTION, "media-col", media_col("tray-2")),
        Attribute(Group.JOB, Tag.KEYWORD, "sides", "one-sided"),
    ]
    job = decode(encode(Op.PRINT_JOB, 1, sent)).one(Group.JOB)
    assert job == {"media-col": [holds(21000, 29700, "tray-2")], "sides": ["one-sided"]}


def test_a_collection_that_ends_before_it_began_is_no_answer() -> None:
    with pytest.raises(NoAnswer):
        decode(encode(Op.PRINT_JOB, 1, [])[:-1] + b"\x04\x37\0\0\0\0\x03")
