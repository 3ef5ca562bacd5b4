"""What every DocumentScanner does: the virtual one, SANE's own back-ends, or the one on the bench."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.roles import Busy, DocumentScanner, Missing, NoPaper, Ready, Status, Unknown
from drivers.roles.scanner import (
    NotOffered,
    PageSize,
    ScanCancelled,
    ScanDone,
    ScanMode,
    ScannedPage,
    ScannerOffers,
    ScanSettings,
    ScanSource,
    SourceOffer,
)
from tests.drivers.contract.scanners import KINDS, Bench, bench

CARD = PageSize(40, 30)
EARTH = PageSize(5000, 5000)


@pytest.fixture(scope="module", params=KINDS)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Bench]:
    with bench(request.param, tmp_path_factory.mktemp("scanner"), real) as there:
        if isinstance(there, str):
            pytest.skip(there)
        yield there


@pytest.fixture
def scanner(place: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DocumentScanner]:
    """The scanner; no pipe stays behind, whatever the test does."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    device = place.open()
    yield device
    device.close()
    assert not list(tmp_path.glob("prodesaku-scan-*"))


def glass(scanner: DocumentScanner) -> SourceOffer:
    """What the source offers that scan() takes from."""
    told = scanner.describe()
    assert isinstance(told, ScannerOffers)
    flat = [offer for offer in told.sources if offer.source in (ScanSource.FLATBED, None)]
    return (flat or list(told.sources))[0]


def small(scanner: DocumentScanner, dpi: int = 100, mode: ScanMode = ScanMode.COLOUR) -> ScanSettings:
    """A scan that does not take long, where sizes can be chosen."""
    return ScanSettings(dpi, mode, size=CARD if glass(scanner).largest else None)


def test_it_plays_the_role(scanner: DocumentScanner) -> None:
    assert isinstance(scanner, DocumentScanner)
    assert scanner.status() == Ready()


def test_it_says_what_it_offers_and_says_the_same_again(scanner: DocumentScanner, place: Bench) -> None:
    told = scanner.describe()
    assert isinstance(told, ScannerOffers)
    assert told == scanner.describe() == place.open().describe()
    sources = [offer.source for offer in told.sources]
    assert len(sources) == len(set(sources)) >= 1
    for offer in told.sources:
        assert offer.largest is None or min(offer.largest.width, offer.largest.height) > 20
        assert all(20 <= dpi <= 10_000 for dpi in offer.resolutions.these)


def test_a_page_comes_and_says_what_it_is(scanner: DocumentScanner) -> None:
    offer = glass(scanner)
    page = scanner.scan(ScanSettings(150))
    assert isinstance(page, ScannedPage)
    assert (page.pixels.dtype, page.pixels.ndim, page.pixels.shape[2]) == (np.uint8, 3, 3)
    assert (page.index, page.mode) == (0, ScanMode.COLOUR)
    assert page.dpi == offer.resolutions.nearest(150)
    if offer.largest is not None and page.size is not None:
        assert page.size.width == pytest.approx(offer.largest.width, abs=3)
        assert page.size.height == pytest.approx(offer.largest.height, abs=3)


@pytest.mark.parametrize("dpi", [1, 99, 151, 203, 300])
def test_the_nearest_resolution_is_taken_and_the_picture_has_it(scanner: DocumentScanner, dpi: int) -> None:
    offer = glass(scanner)
    page = scanner.scan(small(scanner, dpi))
    assert isinstance(page, ScannedPage)
    assert page.dpi == offer.resolutions.nearest(dpi)
    if offer.largest is not None and page.dpi is not None and page.dpi >= 50:
        across, down = (side / 25.4 * page.dpi for side in (CARD.width, CARD.height))
        assert page.pixels.shape[1] == pytest.approx(across, abs=max(8, across * 0.03))
        assert page.pixels.shape[0] == pytest.approx(down, abs=max(8, down * 0.03))


@pytest.mark.parametrize("mode", ScanMode)
def test_a_mode_comes_as_asked_or_is_refused(scanner: DocumentScanner, mode: ScanMode) -> None:
    offered = glass(scanner).modes
    page = scanner.scan(small(scanner, mode=mode))
    if isinstance(page, NotOffered):
        assert page.what == "mode"
        assert mode not in offered
        assert mode.value not in page.instead
        return
    assert isinstance(page, ScannedPage)
    assert page.mode is mode
    assert mode in offered or not offered
    if mode is not ScanMode.COLOUR:
        assert np.ptp(page.pixels, axis=2).max() == 0
    if mode is ScanMode.LINEART:
        assert set(np.unique(page.pixels)) <= {0, 255}


def test_a_page_larger_than_the_glass_is_refused(scanner: DocumentScanner) -> None:
    told = scanner.scan(ScanSettings(size=EARTH))
    assert isinstance(told, NotOffered)
    assert told.what == "size"
    assert bool(told.instead) == (glass(scanner).largest is not None)
    assert isinstance(scanner.scan(small(scanner)), ScannedPage)


@pytest.mark.parametrize("source", ScanSource)
def test_a_source_is_taken_from_or_refused(scanner: DocumentScanner, source: ScanSource) -> None:
    offers = scanner.describe()
    assert isinstance(offers, ScannerOffers)
    there = [offer.source for offer in offers.sources]
    told = scanner.scan(ScanSettings(100, source=source))
    if isinstance(told, NotOffered):
        assert told.what == "source"
        assert source not in there
    elif isinstance(told, NoPaper):
        assert source is not ScanSource.FLATBED
    else:
        assert isinstance(told, ScannedPage)
        assert told.source is source
        assert source in there or there == [None]


def test_the_glass_gives_one_page(scanner: DocumentScanner) -> None:
    if glass(scanner).source not in (ScanSource.FLATBED, None):
        pytest.skip("it has no glass")
    settings = ScanSettings(100, source=glass(scanner).source or ScanSource.FLATBED)
    page, end = scanner.pages(settings, limit=5)
    assert isinstance(page, ScannedPage)
    assert end == ScanDone(1)


def test_pages_come_again_and_again(scanner: DocumentScanner) -> None:
    for _ in range(3):
        assert isinstance(scanner.scan(small(scanner)), ScannedPage)


def test_two_at_once_each_get_a_page_or_are_told_that_it_is_busy(scanner: DocumentScanner) -> None:
    settings, told = small(scanner), list[object]()
    threads = [threading.Thread(target=lambda: told.append(scanner.scan(settings))) for _ in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert isinstance(scanner.status(), Ready | Busy)
    assert len(told) == 2
    assert all(isinstance(page, ScannedPage | Busy) for page in told)
    assert any(isinstance(page, ScannedPage) for page in told)


def test_whoever_will_not_wait_is_answered_and_the_scanner_goes_on(scanner: DocumentScanner) -> None:
    begun = time.monotonic()
    told = scanner.scan(ScanSettings(), timeout=0.05)
    assert isinstance(told, ScannedPage | Status)
    assert time.monotonic() - begun < 10
    assert isinstance(scanner.scan(small(scanner)), ScannedPage)


def test_a_scan_is_cancelled_within_ten_seconds_and_the_next_one_comes(scanner: DocumentScanner) -> None:
    assert not scanner.cancel()
    settings, told, begun = ScanSettings(300), list[object](), time.monotonic()
    thread = threading.Thread(target=lambda: told.append(scanner.scan(settings)))
    thread.start()
    while not scanner.cancel() and thread.is_alive():
        pass
    thread.join(10)
    assert time.monotonic() - begun < 10
    assert isinstance(told[0], ScanCancelled | ScannedPage)  # it may have been quicker
    assert isinstance(scanner.scan(small(scanner)), ScannedPage)


def test_once_closed_it_is_missing_for_whoever_held_it(scanner: DocumentScanner, place: Bench) -> None:
    scanner.close()
    scanner.close()
    assert scanner.status() == scanner.describe() == scanner.scan() == Missing()
    assert list(scanner.pages()) == [Missing()]
    again = place.open()
    assert not isinstance(again.status(), Missing | Unknown)
    again.close()
