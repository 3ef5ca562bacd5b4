"""What every PagePrinter does: the virtual ones, or with `--real page=ADDRESS` the one on the bench.

Twice for the virtual one: a printer that takes PDF itself, and one that does not and is reached through CUPS.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator

import pytest
from PIL import Image

from drivers.page.device import open
from drivers.page.printer import Printer
from drivers.roles import (
    Fault,
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    Missing,
    NearEnd,
    PagePrinter,
    Ready,
    Supply,
)
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.sheets import pdf
from tests.drivers.until import until

Place = tuple[str, World | None, bool]
WITHIN = 60.0


@pytest.fixture(scope="module", params=["pdf", "raster"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Place]:
    if address := real.get("page"):
        if request.param != "pdf":
            pytest.skip("there is one real printer, and one way to it")
        yield address, None, True
        return
    takes_pdf = request.param == "pdf"
    arguments = () if takes_pdf else ("--formats", "image/pwg-raster,image/urf")
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as virtual:
        virtual.world.set("page", seconds="0.2")
        yield virtual.endpoints["page"], virtual.world, takes_pdf


@pytest.fixture
def printer(place: Place) -> Iterator[Printer]:
    device = open(place[0])
    until(lambda: isinstance(device.status(), Ready | NearEnd), WITHIN)
    yield device
    device.close()
    device.close()


def settled(printer: Printer, job_id: str) -> JobState:
    last = JobState(JobPhase.UNKNOWN)

    def holds() -> bool:
        nonlocal last
        last = printer.job(job_id)
        return last.settled and last.phase is not JobPhase.UNKNOWN

    until(holds, WITHIN)
    return last


def test_it_plays_the_role(printer: Printer) -> None:
    assert isinstance(printer, PagePrinter)


def test_a_job_comes_out_once_on_a4(printer: Printer, place: Place) -> None:
    _, world, takes_pdf = place
    before = world.outputs("page") if world else ()
    data = pdf(1)
    job = printer.submit(data, "Dokumen")
    assert isinstance(job, JobHandedOver)
    assert job.sha256 == hashlib.sha256(data).hexdigest()
    state = settled(printer, job.id)
    assert state.phase is JobPhase.PRINTED
    assert state.sheet == state.sheets
    if world is not None:
        assert len(world.outputs("page")) == len(before) + 1
        with Image.open(str(world.last("page"))) as sheet:
            dots_per_mm = sheet.width / 210
            assert abs(sheet.height - 297 * dots_per_mm) <= 0.005 * sheet.height
            # the black square of 10.16 mm at 25.4 mm from the left and the top: neither scaled nor moved
            square = sheet.convert("L").point(lambda dot: 255 if dot < 128 else 0).getbbox()
        assert square is not None
        left, top, right, bottom = (edge / dots_per_mm for edge in square)
        assert (left, top) == pytest.approx((25.4, 25.4), abs=1.0)
        assert (right - left, bottom - top) == pytest.approx((10.4, 10.4), abs=0.4)
        if takes_pdf:
            received = world.last("page", ".pdf")
            assert received is not None
            assert received.read_bytes() == data


def test_the_same_id_again_hands_nothing_over(printer: Printer, place: Place) -> None:
    world, job_id = place[1], uuid.uuid4().hex
    before = len(world.outputs("page")) if world else 0
    data = pdf(1)
    first = printer.submit(data, "Dokumen", job_id)
    assert isinstance(first, JobHandedOver)
    assert printer.submit(data, "Dokumen", job_id) == first
    assert printer.submit(pdf(2), "Dokumen", job_id) == JobNotTaken(Fault("other-document"))
    assert settled(printer, job_id).phase is JobPhase.PRINTED
    if world is not None:
        # what comes after it would come out behind a second copy
        last = printer.submit(pdf(1), "Dokumen")
        assert isinstance(last, JobHandedOver)
        assert settled(printer, last.id).phase is JobPhase.PRINTED
        assert len(world.outputs("page")) == before + 2


def test_every_page_is_a_sheet(printer: Printer, place: Place) -> None:
    job = printer.submit(pdf(2), "Dokumen")
    assert isinstance(job, JobHandedOver)
    assert settled(printer, job.id).phase is JobPhase.PRINTED
    if place[1] is not None:
        number = str(place[1].last("page")).removesuffix(".png")
        assert os.path.exists(f"{number}-2.png")  # noqa: PTH110
        assert not os.path.exists(f"{number}-3.png")  # noqa: PTH110


def test_a_chosen_id_is_the_jobs_and_another_driver_knows_it(printer: Printer, place: Place) -> None:
    chosen = uuid.uuid4().hex
    assert printer.job(chosen) == JobState(JobPhase.UNKNOWN)
    job = printer.submit(pdf(1), "Dokumen", chosen)
    assert isinstance(job, JobHandedOver)
    assert job.id == chosen
    settled(printer, chosen)
    assert open(place[0]).job(chosen) == printer.job(chosen)


def test_supplies_are_named(printer: Printer, place: Place) -> None:
    found = printer.supplies()
    assert all(supply.name and (supply.percent is None or 0 <= supply.percent <= 100) for supply in found)
    if place[1] is not None:
        assert found == (Supply("Toner Waste Tank", "", 25), Supply("Black Toner", "black", 75))


def test_purge_of_nothing_is_certain(printer: Printer) -> None:
    assert printer.purge()


def test_an_id_that_could_not_be_found_again_is_refused(printer: Printer) -> None:
    with pytest.raises(ValueError, match="32 hex"):
        printer.submit(pdf(1), "Dokumen", "1")


def test_nobody_there_is_missing() -> None:
    device = open("ipp://127.0.0.1:9/ipp/print")
    assert device.status() == Missing()
    assert device.submit(pdf(1), "Dokumen") == JobNotTaken(Missing())
    assert not device.purge()
