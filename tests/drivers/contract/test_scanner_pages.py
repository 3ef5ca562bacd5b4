"""A stack of pages, and what SANE's own back-ends and the eSCL twin do when something is in their way."""

from __future__ import annotations

import gc
import re
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.roles import Busy, CoverOpen, DocumentScanner, Fault, Jammed, Missing, NoPaper, Unknown
from drivers.roles.scanner import (
    A4,
    FOLIO,
    ID_1,
    PageSize,
    ScanCancelled,
    ScanDone,
    ScanMode,
    ScannedPage,
    ScannerOffers,
    ScanSettings,
    ScanSource,
)
from drivers.scanner import open
from drivers.scanner.batch import Batch
from drivers.virtual.world import World
from tests.drivers.contract.scanners import PICTURE, Bench, bench, sheet
from tests.drivers.until import until

FED = ScanSettings(100, size=A4, source=ScanSource.FEEDER)
SMALL = ScanSettings(50, size=PageSize(60, 80))


@pytest.fixture(autouse=True)
def pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the pipes are made; each test leaves nothing there."""
    folder = tmp_path / "pipes"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.glob("prodesaku-scan-*"))


@pytest.fixture(scope="module")
def escls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench("escl", tmp_path_factory.mktemp("scanner"), {}) as there:
        assert isinstance(there, Bench)
        yield there


@pytest.fixture
def world(escls: Bench) -> World:
    assert escls.world is not None
    return escls.world


@pytest.fixture
def escl(escls: Bench, world: World) -> DocumentScanner:
    device = escls.open()
    world.set("scanner", page=sheet("kosong"), place="feeder", sheets="3")
    return device


@pytest.fixture
def sane(tmp_path: Path) -> Iterator[Bench]:
    with bench("test", tmp_path, {}) as there:
        assert isinstance(there, Bench)
        yield there


@pytest.fixture
def pnm(tmp_path: Path) -> Iterator[Bench]:
    with bench("pnm", tmp_path, {}) as there:
        assert isinstance(there, Bench)
        yield there


def test_the_stack_of_the_scanner_on_the_bench_comes_whole(real: dict[str, str]) -> None:
    """Lay some sheets in; or none: then it says so."""
    if "scanner" not in real:
        pytest.skip("no scanner on the bench")
    with bench("real", Path(), real) as there:
        assert isinstance(there, Bench)
        scanner = there.open()
        *pages, end = scanner.pages(ScanSettings(100))
        assert [page.index for page in pages if isinstance(page, ScannedPage)] == list(range(len(pages)))
        assert end == (ScanDone(len(pages)) if pages else NoPaper())


def test_the_feeder_of_sanes_test_back_end_gives_its_ten_pages_and_is_empty(sane: Bench) -> None:
    *pages, end = sane.open().pages(SMALL)
    assert [page.index for page in pages if isinstance(page, ScannedPage)] == list(range(10))
    assert end == ScanDone(10)


def test_no_page_can_become_a_file(sane: Bench) -> None:
    batch = Batch(["-d", "test:0", "--resolution", "50"], str(sane.folder), 1)
    limits = Path(f"/proc/{batch._process.pid}/limits").read_text()
    batch.close()
    line = next(line for line in limits.splitlines() if line.startswith("Max file size"))
    assert line.split()[3:5] == ["0", "0"]


def test_a_back_end_that_puts_pages_into_files_gives_none(
    escls: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libsane's own client of eSCL: it asks the same scanner, understands it, and would leave the page in a file."""
    escls.open()
    airscan = (escls.folder / "scanner" / "sane.d" / "airscan.conf").read_text()
    (url,) = re.findall(r"http://127\.0\.0\.1:\d+", airscan)
    (tmp_path / "dll.conf").write_text("escl\n")
    (tmp_path / "escl.conf").write_text(f"device {url}\n")
    scanner = open(f"escl:{url}?config={tmp_path}")
    offers = scanner.describe()
    assert isinstance(offers, ScannerOffers)
    assert {offer.source for offer in offers.sources} == set(ScanSource)
    small = ScanSettings(100, size=PageSize(40, 30))
    assert isinstance(scanner.scan(small), Fault)
    monkeypatch.setattr("drivers.scanner.batch.resource.prlimit", lambda *_: None)
    page = scanner.scan(small)
    assert isinstance(page, ScannedPage)  # that is all that kept it
    assert page.pixels.shape[1] == pytest.approx(157, abs=8)


def test_many_scans_leave_no_handle_and_no_thread(sane: Bench) -> None:
    scanner = sane.open()
    assert isinstance(scanner.scan(SMALL), ScannedPage)
    gc.collect()
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for number in range(24):
        if number % 3 == 0:
            next(scanner.pages(SMALL))  # left in the middle
        elif number % 3 == 1:
            assert scanner.scan(SMALL, timeout=0.001) is not None
        else:
            assert isinstance(scanner.scan(SMALL), ScannedPage)
    gc.collect()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before[0]
    assert threading.active_count() <= before[1]


def test_a_limit_leaves_sheets_in_the_feeder_and_says_so(sane: Bench) -> None:
    assert list(sane.open().pages(SMALL, limit=2))[-1] == ScanDone(2, more=True)


def test_who_leaves_early_leaves_the_scanner_free(sane: Bench) -> None:
    scanner = sane.open()
    stream = scanner.pages(SMALL)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert list(scanner.pages(SMALL, limit=1))[-1] == ScanDone(1, more=True)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("JAMMED", Jammed()),
        ("NO_DOCS", NoPaper()),
        ("COVER_OPEN", CoverOpen()),
        ("IO_ERROR", Fault("io")),
        ("NO_MEM", Fault("memory")),
        ("ACCESS_DENIED", Fault("access")),
    ],
)
def test_a_back_end_that_fails_in_the_middle_of_a_page_gives_its_reason_and_no_page(
    sane: Bench, status: str, state: object
) -> None:
    scanner = sane.open("--read-return-value", f"SANE_STATUS_{status}")
    assert scanner.scan(SMALL) == state
    assert list(scanner.pages(SMALL)) == [state]


@pytest.mark.parametrize(
    ("status", "state"),
    [("jammed", Jammed()), ("nodocs", NoPaper()), ("coveropen", CoverOpen()), ("ioerror", Fault("io"))],
)
def test_so_does_the_pnm_back_end(pnm: Bench, status: str, state: object) -> None:
    # this one has its own error after the last row, when all of the picture has come: it failed all the same
    assert pnm.open(f"--status-{status}=yes").scan() == state


def test_a_picture_comes_as_it_is_dot_for_dot(pnm: Bench) -> None:
    columns, rows, colours = PICTURE
    page = pnm.open().scan()
    assert isinstance(page, ScannedPage)
    assert np.array_equal(page.pixels[:, :, ::-1], np.frombuffer(colours, np.uint8).reshape(rows, columns, 3))


def test_of_a_scanner_without_modes_the_page_tells_the_mode(pnm: Bench) -> None:
    scanner = pnm.open("--grayify=yes")
    assert getattr(scanner.scan(), "instead", ()) == ("grey",)
    page = scanner.scan(ScanSettings(mode=ScanMode.GREY))
    assert isinstance(page, ScannedPage)
    assert page.mode is ScanMode.GREY


def test_a_scanner_that_knows_no_height_beforehand_gives_whole_pages(sane: Bench, pnm: Bench) -> None:
    """Hand scanners, and feeders that see the end of the sheet when it comes."""
    page = sane.open("--hand-scanner=yes").scan(ScanSettings(50))
    assert isinstance(page, ScannedPage)
    assert page.pixels.shape[0] > 100
    assert isinstance(pnm.open("--hand-scanner=yes").scan(), ScannedPage)


def test_the_stack_in_the_escl_feeder_comes_whole_and_is_used_up(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", sheets="5")
    *pages, end = escl.pages(FED)
    assert end == ScanDone(5)
    assert all(isinstance(page, ScannedPage) and abs(page.pixels.shape[0] - 1169) <= 12 for page in pages)
    assert list(escl.pages(FED)) == [NoPaper()]
    assert escl.scan(FED) == NoPaper()


def test_a_limit_says_that_there_may_be_more_for_the_back_end_runs_ahead(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", sheets="5", pace="0.2")
    *pages, end = escl.pages(FED, limit=2)
    assert len(pages) == 2
    assert end == ScanDone(2, more=True)
    assert int(world.get("scanner", "sheets")) <= 3


def test_both_sides_come_in_turn(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", page=sheet("kk"), sheets="2")
    *pages, end = escl.pages(ScanSettings(100, size=A4, source=ScanSource.DUPLEX))
    assert end == ScanDone(4)
    assert all(isinstance(page, ScannedPage) for page in pages)
    ink = [float(page.pixels.min()) for page in pages if isinstance(page, ScannedPage)]
    assert max(ink[0], ink[2]) < 128 < min(ink[1], ink[3])


def test_what_lies_on_the_glass_is_not_in_the_feeder(escl: DocumentScanner, world: World) -> None:
    assert escl.scan(FED) != NoPaper()
    world.set("scanner", place="glass")
    assert escl.scan(FED) == NoPaper()
    assert isinstance(escl.scan(ScanSettings(100)), ScannedPage)


@pytest.mark.parametrize(
    ("size", "source"), [(FOLIO, ScanSource.FEEDER), (A4, ScanSource.FEEDER), (ID_1, ScanSource.FLATBED)]
)
def test_a_page_is_as_large_as_asked(escl: DocumentScanner, size: PageSize, source: ScanSource) -> None:
    page = escl.scan(ScanSettings(200, size=size, source=source))
    assert isinstance(page, ScannedPage)
    assert page.size is not None
    assert page.size.width == pytest.approx(size.width, abs=1)
    assert page.size.height == pytest.approx(size.height, abs=1)


@pytest.mark.parametrize(
    ("key", "value", "end"),
    [("page", "", NoPaper()), ("jam", "yes", Jammed()), ("cover", "open", CoverOpen()), ("cable", "out", Missing())],
)
def test_what_keeps_the_first_page_from_coming(
    escl: DocumentScanner, world: World, key: str, value: str, end: object
) -> None:
    before = world.get("scanner", key)
    world.set("scanner", **{key: value})
    assert list(escl.pages(FED)) == [end]
    assert escl.scan(FED) == end
    if key != "page":
        assert world.get("scanner", "sheets") == "3"
    world.set("scanner", **{key: before})
    assert isinstance(escl.scan(FED), ScannedPage)


@pytest.mark.parametrize(("key", "value", "end"), [("jam", "yes", Jammed()), ("cover", "open", CoverOpen())])
def test_what_happens_in_the_middle_of_a_stack_ends_it_with_its_reason(
    escl: DocumentScanner, world: World, key: str, value: str, end: object
) -> None:
    world.set("scanner", sheets="50", pace="0.3")
    stream = escl.pages(FED)
    assert isinstance(next(stream), ScannedPage)
    world.set("scanner", **{key: value})
    *pages, told = stream
    assert all(isinstance(page, ScannedPage) for page in pages)
    assert told == end
    # every sheet that went through was given, and no half one
    assert 50 - int(world.get("scanner", "sheets")) == 1 + len(pages)


def test_of_a_pulled_cable_the_status_tells(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", cable="out")
    assert escl.status() == escl.describe() == Missing()


def test_a_scanner_that_talks_nonsense_gives_no_page_and_comes_back(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", garbage="yes")
    for told in (escl.status(), escl.describe(), escl.scan(FED)):
        assert isinstance(told, Missing | Fault | Unknown)
    world.set("scanner", garbage="no")
    assert isinstance(escl.scan(FED), ScannedPage)


def test_a_connection_lost_in_the_middle_of_a_picture_gives_no_page(escl: DocumentScanner, world: World) -> None:
    world.set("scanner", cut="5000")
    (end,) = escl.pages(FED)
    assert isinstance(end, Fault | Unknown | Missing)
    assert not isinstance(escl.scan(FED), ScannedPage)


def test_a_cold_lamp_makes_the_first_scan_wait_and_the_scanner_is_busy_meanwhile(
    escl: DocumentScanner, world: World
) -> None:
    world.set("scanner", lamp="cold", warm_up="0.8", place="glass")
    told = list[object]()
    thread = threading.Thread(target=lambda: told.append(escl.scan(ScanSettings(100))))
    thread.start()
    until(lambda: world.get("scanner", "lamp") != "cold")
    assert escl.status() == Busy()
    assert world.get("scanner", "lamp") == "warming"
    thread.join(20)
    assert isinstance(told[0], ScannedPage)
    assert world.get("scanner", "lamp") == "warm"


def test_a_scanner_that_is_busy_or_never_finishes_is_not_missing_and_ends_within_the_bound(
    escl: DocumentScanner, world: World
) -> None:
    world.set("scanner", busy="yes")
    assert isinstance(escl.scan(FED, timeout=1), Busy | Unknown)
    world.set("scanner", busy="no", slow="yes")
    assert isinstance(escl.scan(FED, timeout=0.5), Unknown)
    world.set("scanner", slow="no", sheets="1")
    assert isinstance(escl.scan(FED), ScannedPage)


def test_cancel_ends_the_stack_and_the_scanner_goes_on_after_it(escl: DocumentScanner, world: World) -> None:
    assert not escl.cancel()
    world.set("scanner", sheets="50", pace="0.3")
    stream = escl.pages(FED)
    assert isinstance(next(stream), ScannedPage)
    world.set("scanner", slow="yes")
    threading.Timer(0.1, escl.cancel).start()
    last = list(stream)[-1]
    world.set("scanner", slow="no", pace="", sheets="3")
    assert isinstance(last, ScanCancelled)
    assert isinstance(escl.scan(FED), ScannedPage)


def test_of_two_at_once_one_gets_the_only_sheet_and_the_other_is_told_that_there_is_none(
    escl: DocumentScanner, world: World
) -> None:
    # sane-airscan asks for a sheet ahead, and a stack that was cut short may still do so: here it finds none
    world.set("scanner", sheets="0")
    assert isinstance(escl.scan(FED), NoPaper)
    world.set("scanner", sheets="1")
    told = list[object]()
    threads = [threading.Thread(target=lambda: told.append(escl.scan(FED))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [type(page) for page in told] == [ScannedPage, NoPaper]
