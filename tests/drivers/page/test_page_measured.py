"""What a printer is sent that takes no PDF, measured on the raster itself; and that the others get the PDF itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import cups
import pytest
import zxingcpp

from drivers.page.device import open
from drivers.page.pwg import pages_of
from drivers.roles import JobHandedOver, JobPhase, JobState, Ready
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.page.chart import PLACES, SIDE, chart, marks
from tests.drivers.until import until

WITHIN = 60.0
CODE = "HTTPS://CONTOH.ID/V#" + "31415926535897932384626433832795028841971693993751058209" * 4
#: What the product promises: millimetres, and parts of a length.
PLACE, SCALE = 1.0, 0.005


@pytest.fixture(scope="module", params=[pytest.param("image/pwg-raster", marks=pytest.mark.long), "image/urf"])
def raster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    arguments = ("--formats", request.param)
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as virtual:
        virtual.world.set("page", seconds="0.05")
        yield virtual


def received(virtual: Virtual, pdf: bytes) -> Path:
    """What the printer got for this document: its newest file."""
    printer = open(virtual.endpoints["page"])
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    job = printer.submit(pdf, "Dokumen")
    assert isinstance(job, JobHandedOver)
    assert job.sha256 == hashlib.sha256(pdf).hexdigest()
    seen: list[JobState] = []

    def printed() -> bool:
        seen.append(printer.job(job.id))
        return seen[-1].phase is JobPhase.PRINTED

    until(printed, WITHIN)
    # it is queued until the printer has it, and at no moment in nobody's hands
    assert not [state for state in seen if state.phase is JobPhase.UNKNOWN]
    files = [path for path in virtual.world.out("page").iterdir() if path.suffix != ".png"]
    return max(files)


@pytest.mark.parametrize("lying", [False, True], ids=["upright", "lying"])
def test_the_raster_is_as_large_as_the_document_and_where_it_was(raster: Virtual, lying: bool) -> None:
    (sheet,) = pages_of(received(raster, chart(CODE, lying=lying)).read_bytes())
    dpi = sheet.info["dpi"]
    assert (sheet.width / dpi[0] * 25.4, sheet.height / dpi[1] * 25.4) == pytest.approx((210, 297), abs=0.2)
    found = marks(sheet, dpi)
    for mark, place in zip(found, PLACES, strict=True):
        assert (mark.x, mark.y) == pytest.approx(place, abs=PLACE)
        # a dot more on either side is what drawing at 300 dpi does to a small square
        assert (mark.width, mark.height) == pytest.approx((SIDE, SIDE), abs=2 * 25.4 / 300)
    upper_left, upper_right, lower_left, lower_right, _ = found
    for left, right in ((upper_left, upper_right), (lower_left, lower_right)):
        assert right.x - left.x == pytest.approx(PLACES[1][0] - PLACES[0][0], rel=SCALE)
    for top, bottom in ((upper_left, lower_left), (upper_right, lower_right)):
        assert bottom.y - top.y == pytest.approx(PLACES[2][1] - PLACES[0][1], rel=SCALE)
    assert [code.text for code in zxingcpp.read_barcodes(sheet.convert("L"))] == [CODE]


def test_a_printer_that_takes_pdf_gets_it_past_the_queue_it_also_has(tmp_path_factory: pytest.TempPathFactory) -> None:
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin")]) as virtual:
        virtual.world.set("page", seconds="0.05")
        queue = parse_qs(urlsplit(virtual.endpoints["page"]).query)
        if "cups" not in queue:
            pytest.skip("no print server may run here")
        data = chart(CODE)
        file = received(virtual, data)
        assert file.suffix == ".pdf"
        assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(data).digest()
        # nor did a copy pass through a spool
        jobs = cups.Connection(host=queue["cups"][0]).getJobs(which_jobs="all", my_jobs=False)
        assert not jobs
