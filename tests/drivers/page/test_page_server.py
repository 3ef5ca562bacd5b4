"""The print server is killed in the middle of a job, or has lost its queue: an honest end, nothing printed twice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import cups
import pytest
from PIL import Image

from drivers.page.device import open
from drivers.page.twin import QUEUE
from drivers.roles import JobHandedOver, JobPhase, JobState, PagePrinter, Ready
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.sheets import pdf, sheets
from tests.drivers.until import until

WITHIN = 60.0
PAGES = 6


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    twin = Twin("page", "drivers.page.twin", ("--formats", "image/pwg-raster,image/urf"))
    with start(tmp_path_factory.mktemp("page"), [twin]) as running:
        yield running


@pytest.fixture
def printer(virtual: Virtual) -> PagePrinter:
    virtual.world.set("page", seconds="0.3")
    device = open(virtual.endpoints["page"])
    until(lambda: isinstance(device.status(), Ready), WITHIN)
    return device


def socket_of(virtual: Virtual) -> str:
    return parse_qs(urlsplit(virtual.endpoints["page"]).query)["cups"][0]


def unfinished(virtual: Virtual) -> int | None:
    """Jobs that the print server has before it; None while there is no print server."""
    try:
        return len(cups.Connection(host=socket_of(virtual)).getJobs(which_jobs="not-completed"))
    except (RuntimeError, cups.IPPError):
        return None


def killed_and_back(virtual: Virtual, how: str) -> None:
    virtual.world.set("page", server=how)
    until(lambda: unfinished(virtual) is None, WITHIN)
    virtual.world.set("page", server="on")
    until(lambda: unfinished(virtual) is not None, WITHIN)


def arrived(virtual: Virtual) -> int:
    """Bytes of documents that the printer has, whole or in part, and has not printed yet."""
    root = Path((virtual.world.directory / "page" / "runtime.txt").read_text(encoding="utf-8"))
    return sum(file.stat().st_size for file in (root / "printer").glob("*.*f"))


def long_on_its_way() -> bytes:
    """PAGES pages that no compression makes small, so that the printer has the first while CUPS draws the last."""
    pages = [Image.new("L", (827, 1169), 255) for _ in range(PAGES)]
    for page in pages:
        page.paste(Image.effect_noise((700, 300), 120), (60, 60))
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=100, save_all=True, append_images=pages[1:])
    return out.getvalue()


def handed_over(printer: PagePrinter, data: bytes) -> JobHandedOver:
    taken: list[JobHandedOver] = []

    def is_taken() -> bool:
        answer = printer.submit(data, "Dokumen")
        taken.extend([answer] if isinstance(answer, JobHandedOver) else [])
        return bool(taken)

    until(is_taken, WITHIN)  # a printer that is still busy says so
    return taken[0]


def next_document_prints(virtual: Virtual, printer: PagePrinter, before: int) -> None:
    """One sheet more than `before`, and nothing left that could print by itself."""
    job = handed_over(printer, pdf())
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)
    until(lambda: unfinished(virtual) == 0, WITHIN)
    assert printer.purge()
    assert sheets(virtual) == before + 1


@pytest.mark.parametrize("how", ["off", pytest.param("crashed", marks=pytest.mark.long)])
def test_killed_while_the_sheets_come_out(virtual: Virtual, printer: PagePrinter, how: str) -> None:
    before = sheets(virtual)
    job = handed_over(printer, pdf(3))
    until(lambda: printer.job(job.id).sheet >= 1, WITHIN)
    killed_and_back(virtual, how)
    # the printer has all of it and says what became of it
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)
    assert printer.job(job.id) == JobState(JobPhase.PRINTED, 3, 3)
    assert sheets(virtual) == before + 3
    next_document_prints(virtual, printer, before + 3)


@pytest.mark.parametrize(
    ("begun", "how"),
    [(False, "off"), (True, "off"), pytest.param(True, "crashed", marks=pytest.mark.long)],
    ids=["not sent", "half sent", "half, crashed"],
)
def test_killed_while_the_document_is_on_its_way(virtual: Virtual, printer: PagePrinter, begun: bool, how: str) -> None:
    virtual.world.set("page", seconds="0.02")
    before = sheets(virtual)
    job = handed_over(printer, long_on_its_way())
    if begun:
        until(lambda: arrived(virtual) > 0, WITHIN)
    killed_and_back(virtual, how)
    # together: a job that is unknown while nobody answers may go on when they do
    until(lambda: isinstance(printer.status(), Ready) and printer.job(job.id).settled, WITHIN)
    state, out = printer.job(job.id), sheets(virtual) - before
    # a back end without its filter sends what it has, and the printer calls that a whole document
    assert out == PAGES if state.phase is JobPhase.PRINTED else state.phase in (JobPhase.UNKNOWN, JobPhase.FAILED)
    assert state.sheet <= out
    next_document_prints(virtual, printer, before + out)


def lpadmin(virtual: Virtual, *arguments: str) -> None:
    subprocess.run(["lpadmin", "-h", socket_of(virtual), *arguments], check=True, timeout=30)


@pytest.mark.parametrize(
    "gone", [("-x", QUEUE), ("-p", QUEUE, "-v", "ipp://127.0.0.1:9/ipp/print")], ids=["lost", "leads elsewhere"]
)
def test_a_queue_that_is_gone_is_made_by_the_next_job(
    virtual: Virtual, printer: PagePrinter, gone: tuple[str, ...]
) -> None:
    # a print server that is killed within half a minute of it forgets what it was told (DirtyCleanInterval)
    lpadmin(virtual, *gone)
    next_document_prints(virtual, printer, sheets(virtual))
