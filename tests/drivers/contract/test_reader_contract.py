"""What every CodeReader does. On a bench PRODESAKU_BENCH_READER names a real one; somebody must then show it codes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from drivers.reader import SerialCodeReader, open
from drivers.roles import CodeReader, Missing, Ready
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World

REAL = os.environ.get("PRODESAKU_BENCH_READER", "")
TICKET = "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World | None]]:
    if REAL:
        yield REAL, None
        return
    with start(tmp_path_factory.mktemp("reader"), [Twin("reader", "drivers.reader.twin")]) as virtual:
        yield virtual.endpoints["reader"], virtual.world


@pytest.fixture
def reader(place: tuple[str, World | None]) -> Iterator[SerialCodeReader]:
    url, world = place
    if world is not None:
        world.set("reader", cable="in", cut="")
    device = open(url)
    assert _until(lambda: device.status() == Ready())
    yield device
    device.close()


@pytest.fixture
def world(place: tuple[str, World | None]) -> World:
    if place[1] is None:
        pytest.skip("a real reader's cable is pulled by hand")
    return place[1]


def test_it_plays_the_role(reader: SerialCodeReader) -> None:
    assert isinstance(reader, CodeReader)


def test_nothing_shown_is_none_in_the_time_asked_for(reader: SerialCodeReader) -> None:
    begun = time.monotonic()
    assert reader.read(0.3) is None
    assert 0.25 <= time.monotonic() - begun < 1.5


def test_codes_come_in_order_and_exact(reader: SerialCodeReader, world: World) -> None:
    for text in (TICKET, "https://contoh.id/V#12345", "ünï"):
        world.show_code(text)
        assert _next(reader) == text.encode()


def test_a_long_code_comes_whole(reader: SerialCodeReader, world: World) -> None:
    text = "HTTPS://CONTOH.ID/V#" + "0123456789" * 70
    world.show_code(text)
    assert _next(reader) == text.encode()


def test_a_second_program_cannot_take_the_same_port(reader: SerialCodeReader, place: tuple[str, World | None]) -> None:
    second = open(place[0])
    try:
        assert second.read(0.3) == Missing()
    finally:
        second.close()


def test_unplugged_is_missing_and_plugged_in_again_it_reads(reader: SerialCodeReader, world: World) -> None:
    world.set("reader", cable="out")
    assert _until(lambda: reader.read(0.2) == Missing())
    assert reader.status() == Missing()
    world.set("reader", cable="in")
    assert _until(lambda: reader.status() == Ready())
    world.show_code(TICKET)
    assert _next(reader) == TICKET.encode()


def test_a_cable_pulled_in_the_middle_of_a_code_gives_no_code(reader: SerialCodeReader, world: World) -> None:
    world.set("reader", cut="20")
    world.show_code(TICKET)
    assert _until(lambda: reader.read(0.2) == Missing())
    world.set("reader", cable="in")
    assert _until(lambda: reader.status() == Ready())
    assert reader.read(0.3) is None
    world.show_code("NEXT")
    assert _next(reader) == b"NEXT"


def _next(reader: SerialCodeReader) -> bytes | Missing | None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        answer = reader.read(0.5)
        if isinstance(answer, bytes):
            return answer
    return None


def _until(reached: object, within: float = 15.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if callable(reached) and reached():
            return True
    return False
