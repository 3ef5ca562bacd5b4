"""What every DocumentScanner does. The virtual one, or with `--real scanner=ADDRESS` the one on the bench."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from drivers.roles import Busy, CoverOpen, DocumentScanner, Jammed, Missing, NoPaper, Ready, Unknown
from drivers.scanner import SaneScanner, open
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]) -> Iterator[tuple[str, World | None]]:
    if address := real.get("scanner"):
        yield address, None
        return
    with start(tmp_path_factory.mktemp("scanner"), [Twin("scanner", "drivers.scanner.twin")]) as virtual:
        yield virtual.endpoints["scanner"], virtual.world


@pytest.fixture
def scanner(place: tuple[str, World | None]) -> Iterator[SaneScanner]:
    url, world = place
    if world is not None:
        world.set("scanner", page=str(paper("surat_lahir")), cable="in", jam="no", cover="closed", busy="no", slow="no")
    device = open(url)
    yield device
    device.close()


@pytest.fixture
def world(place: tuple[str, World | None]) -> World:
    if place[1] is None:
        pytest.skip("a real scanner's cover is opened by hand")
    return place[1]


def test_it_plays_the_role(scanner: SaneScanner) -> None:
    assert isinstance(scanner, DocumentScanner)
    assert scanner.status() == Ready()


@pytest.mark.parametrize(("dpi", "size"), [(200, (2339, 1654)), (300, (3508, 2480))])
def test_a_page_comes_at_the_resolution_asked_for(scanner: SaneScanner, dpi: int, size: tuple[int, int]) -> None:
    page = scanner.scan(dpi)
    assert isinstance(page, np.ndarray)
    assert abs(page.shape[0] - size[0]) <= 12
    assert abs(page.shape[1] - size[1]) <= 12
    assert page.dtype == np.uint8


def test_pages_come_again_and_again(scanner: SaneScanner) -> None:
    for _ in range(3):
        assert isinstance(scanner.scan(100), np.ndarray)


@pytest.mark.parametrize(
    ("key", "value", "state"),
    [("page", "", NoPaper()), ("jam", "yes", Jammed()), ("cover", "open", CoverOpen()), ("cable", "out", Missing())],
)
def test_what_keeps_a_page_from_coming(scanner: SaneScanner, world: World, key: str, value: str, state: object) -> None:
    world.set("scanner", **{key: value})
    assert scanner.scan() == state
    world.set("scanner", page=str(paper("kosong")), cable="in", jam="no", cover="closed")
    assert isinstance(scanner.scan(100), np.ndarray)


def test_a_scanner_at_work_for_somebody_else_is_busy_or_unknown_and_never_missing(
    scanner: SaneScanner, world: World
) -> None:
    world.set("scanner", busy="yes")
    assert isinstance(scanner.scan(timeout=3), Busy | Unknown)


def test_a_scanner_that_never_finishes_is_unknown_within_the_bound(scanner: SaneScanner, world: World) -> None:
    world.set("scanner", slow="yes")
    begun = time.monotonic()
    assert isinstance(scanner.scan(timeout=1.5), Unknown)
    assert time.monotonic() - begun < 3
    world.set("scanner", slow="no")
    assert isinstance(scanner.scan(100), np.ndarray)


def test_status_tells_a_pulled_cable(scanner: SaneScanner, world: World) -> None:
    world.set("scanner", cable="out")
    assert scanner.status() == Missing()
