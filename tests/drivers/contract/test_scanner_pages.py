"""A stack of pages through SANE's own `test` back-end and the eSCL twin: order, end, cancel, nothing left behind."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.roles import CoverOpen, DocumentScanner, Fault, Jammed, Missing, NoPaper, Unknown
from drivers.roles.scanner import ScanCancelled, ScanDone, ScannedPage
from drivers.scanner import SaneScanner, open
from drivers.scanner.batch import Batch
from drivers.scanner.options import feeder
from drivers.virtual.papers import paper
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World


@pytest.fixture(autouse=True)
def pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the pipes are made; each test leaves nothing there."""
    folder = tmp_path / "pipes"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.glob("prodesaku-scan-*"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "dll.conf").write_text("test\n")
    return tmp_path


@pytest.fixture
def sane(config: Path) -> SaneScanner:
    return open(f"test:0?config={config}")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    with start(tmp_path_factory.mktemp("scanner"), [Twin("scanner", "drivers.scanner.twin")]) as virtual:
        yield virtual.endpoints["scanner"], virtual.world


@pytest.fixture
def escl(place: tuple[str, World]) -> SaneScanner:
    place[1].set(
        "scanner", page=str(paper("kosong")), sheets="3", cut="", cable="in", jam="no", cover="closed", slow="no"
    )
    return open(place[0])


def test_the_feeder_of_sanes_test_back_end_gives_its_ten_pages_and_is_empty(sane: SaneScanner) -> None:
    assert isinstance(sane, DocumentScanner)
    *pages, end = sane.pages(dpi=50)
    assert [page.index for page in pages if isinstance(page, ScannedPage)] == list(range(10))
    assert end == ScanDone(10)


def test_the_glass_gives_one_page(sane: SaneScanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.scanner.driver.feeder", lambda _: None)
    page, end = sane.pages(dpi=50)
    assert isinstance(page, ScannedPage)
    assert end == ScanDone(1)


def test_no_page_can_become_a_file(config: Path) -> None:
    batch = Batch(["-d", "test:0", "--resolution", "50"], str(config), 1)
    limits = Path(f"/proc/{batch._process.pid}/limits").read_text()
    batch.close()
    line = next(line for line in limits.splitlines() if line.startswith("Max file size"))
    assert line.split()[3:5] == ["0", "0"]


def test_a_limit_leaves_sheets_in_the_feeder_and_says_so(sane: SaneScanner) -> None:
    assert list(sane.pages(dpi=50, limit=2))[-1] == ScanDone(2, more=True)


def test_the_stack_in_the_escl_feeder_comes_whole(escl: SaneScanner) -> None:
    *pages, end = escl.pages(dpi=100)
    assert end == ScanDone(3)
    assert all(isinstance(page, ScannedPage) and abs(page.pixels.shape[0] - 1169) <= 12 for page in pages)


@pytest.mark.parametrize(
    ("key", "value", "end"),
    [("page", "", NoPaper()), ("jam", "yes", Jammed()), ("cover", "open", CoverOpen()), ("cable", "out", Missing())],
)
def test_what_keeps_the_first_page_from_coming(
    escl: SaneScanner, place: tuple[str, World], key: str, value: str, end: object
) -> None:
    place[1].set("scanner", **{key: value})
    assert list(escl.pages(dpi=100)) == [end]


def test_a_connection_lost_in_the_middle_of_a_picture_gives_no_page(
    escl: SaneScanner, place: tuple[str, World]
) -> None:
    place[1].set("scanner", cut="5000")
    (end,) = escl.pages(dpi=100)
    assert isinstance(end, Fault | Unknown | Missing)
    assert not isinstance(escl.scan(100), np.ndarray)


def test_cancel_ends_the_stack_and_the_scanner_goes_on_after_it(escl: SaneScanner, place: tuple[str, World]) -> None:
    assert not escl.cancel()
    stream = escl.pages(dpi=100)
    assert isinstance(next(stream), ScannedPage)
    place[1].set("scanner", slow="yes")
    threading.Timer(0.1, escl.cancel).start()
    last = list(stream)[-1]
    place[1].set("scanner", slow="no")
    assert isinstance(last, ScanCancelled)
    assert isinstance(escl.scan(100), np.ndarray)


def test_who_leaves_early_leaves_the_scanner_free(sane: SaneScanner) -> None:
    stream = sane.pages(dpi=50)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert list(sane.pages(dpi=50, limit=1))[-1] == ScanDone(1, more=True)


@pytest.mark.parametrize(("status", "code"), [("JAMMED", 6), ("NO_DOCS", 7), ("COVER_OPEN", 8), ("IO_ERROR", 9)])
def test_a_back_end_that_fails_in_the_middle_leaves_half_a_page_and_its_reason(
    config: Path, status: str, code: int
) -> None:
    batch = Batch(["-d", "test:0", "--read-return-value", f"SANE_STATUS_{status}"], str(config), 2)
    try:
        half = batch.page(10, lambda: False)
        assert isinstance(half, bytes)
        assert len(half) < 100  # a header without rows
        ended = batch.end(10)
        assert getattr(ended, "code", None) == code
    finally:
        batch.close()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("    --source Flatbed|Automatic Document Feeder [Flatbed]\n", "Automatic Document Feeder"),
        ("    --source Flatbed|ADF Duplex|ADF [Flatbed]\n", "ADF"),
        ("    --source Flatbed|Transparency Unit [Flatbed]\n", None),
        ("    --resolution 100|200dpi [100]\n", None),
        ("", None),
    ],
)
def test_the_feeder_is_found_by_the_names_in_use(line: str, name: str | None) -> None:
    assert feeder(line) == name
