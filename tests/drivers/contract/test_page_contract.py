"""What every PagePrinter does: the virtual ones, or with `--real page=ADDRESS` the one on the bench.

Three virtual ones: a printer that takes PDF itself, one that does not and is reached through CUPS, and an older one
behind a classic queue, of which nobody knows more than that it was sent everything.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator

import pytest
from PIL import Image

from drivers.page.classic import ClassicPrinter
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
    Unknown,
)
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.sheets import pdf
from tests.drivers.until import until

Place = tuple[str, World | None, bool]
Device = Printer | ClassicPrinter
WITHIN = 60.0
_TWINS = {
    "pdf": Twin("page", "drivers.page.twin"),
    "raster": Twin("page", "drivers.page.twin", ("--formats", "image/pwg-raster,image/urf")),
    "classic": Twin("page", "drivers.page.classictwin"),
}


@pytest.fixture(scope="module", params=list(_TWINS))
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Place]:
    if address := real.get("page"):
        if request.param != "pdf":
            pytest.skip("there is one real printer, and one way to it")
        yield address, None, True
        return
    with start(tmp_path_factory.mktemp("page"), [_TWINS[request.param]]) as virtual:
        virtual.world.set("page", seconds="0.2")
        yield virtual.endpoints["page"], virtual.world, request.param == "pdf"


@pytest.fixture
def printer(place: Place) -> Iterator[Device]:
    device = open(place[0])
    until(lambda: would_print(device), WITHIN)
    yield device
    device.close()
    device.close()


def would_print(printer: Device) -> bool:
    match printer.status():
        case Ready() | NearEnd():
            return isinstance(printer, Printer)
        case Unknown(_, asked):
            return isinstance(printer, ClassicPrinter) and not asked
        case _:
            return False


def went_well(printer: Device, state: JobState) -> bool:
    """By the printer's own word; by nobody's where there is none, and then it is not called printed."""
    if isinstance(printer, ClassicPrinter):
        return state == JobState(JobPhase.SENT, certain=False)
    return state.phase is JobPhase.PRINTED and state.sheet == state.sheets and state.certain


def sheets_are(place: Place, count: int) -> None:
    """A printer that tells nobody may need a moment more."""
    world = place[1]
    if world is not None:
        until(lambda: len(world.outputs("page")) >= count, WITHIN)
        assert len(world.outputs("page")) == count


def settled(printer: Device, job_id: str) -> JobState:
    last = JobState(JobPhase.UNKNOWN)

    def holds() -> bool:
        nonlocal last
        last = printer.job(job_id)
        return last.settled and last.phase is not JobPhase.UNKNOWN

    until(holds, WITHIN)
    return last


def test_it_plays_the_role(printer: Device) -> None:
    assert isinstance(printer, PagePrinter)


def test_a_job_comes_out_once_on_a4(printer: Device, place: Place) -> None:
    _, world, takes_pdf = place
    before = world.outputs("page") if world else ()
    data = pdf(1)
    job = printer.submit(data, "Dokumen")
    assert isinstance(job, JobHandedOver)
    assert job.sha256 == hashlib.sha256(data).hexdigest()
    assert went_well(printer, settled(printer, job.id))
    sheets_are(place, len(before) + 1)
    if world is not None:
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


def test_the_same_id_again_hands_nothing_over(printer: Device, place: Place) -> None:
    world, job_id = place[1], uuid.uuid4().hex
    before = len(world.outputs("page")) if world else 0
    data = pdf(1)
    first = printer.submit(data, "Dokumen", job_id)
    assert isinstance(first, JobHandedOver)
    assert printer.submit(data, "Dokumen", job_id) == first
    assert printer.submit(pdf(2), "Dokumen", job_id) == JobNotTaken(Fault("other-document"))
    assert went_well(printer, settled(printer, job_id))
    if world is not None:
        # what comes after it would come out behind a second copy
        last = printer.submit(pdf(1), "Dokumen")
        assert isinstance(last, JobHandedOver)
        assert went_well(printer, settled(printer, last.id))
        sheets_are(place, before + 2)


def test_every_page_is_a_sheet(printer: Device, place: Place) -> None:
    before = len(place[1].outputs("page")) if place[1] else 0
    job = printer.submit(pdf(2), "Dokumen")
    assert isinstance(job, JobHandedOver)
    assert went_well(printer, settled(printer, job.id))
    if place[1] is not None:
        sheets_are(place, before + 1)
        number = str(place[1].last("page")).removesuffix(".png")
        until(lambda: os.path.exists(f"{number}-2.png"), WITHIN)  # noqa: PTH110
        assert not os.path.exists(f"{number}-3.png")  # noqa: PTH110


def test_a_chosen_id_is_the_jobs_and_another_driver_knows_it(printer: Device, place: Place) -> None:
    chosen = uuid.uuid4().hex
    assert printer.job(chosen).phase is JobPhase.UNKNOWN
    job = printer.submit(pdf(1), "Dokumen", chosen)
    assert isinstance(job, JobHandedOver)
    assert job.id == chosen
    other = open(place[0])
    if isinstance(printer, Printer):
        settled(printer, chosen)
        assert other.job(chosen) == printer.job(chosen)
    else:  # what has ended is gone from the print server with its file, so each has looked before that
        assert went_well(other, settled(other, chosen))
        assert printer.job(chosen).phase is JobPhase.UNKNOWN


def test_supplies_are_named(printer: Device, place: Place) -> None:
    found = printer.supplies()
    assert all(supply.name and (supply.percent is None or 0 <= supply.percent <= 100) for supply in found)
    if place[1] is not None:
        toner = (Supply("Toner Waste Tank", "", 25), Supply("Black Toner", "black", 75))
        assert found == (toner if isinstance(printer, Printer) else (Supply("Black", "#000000", 75),))


def test_purge_of_nothing_is_certain(printer: Device) -> None:
    assert printer.purge()


def test_an_id_that_could_not_be_found_again_is_refused(printer: Device) -> None:
    with pytest.raises(ValueError, match="32 hex"):
        printer.submit(pdf(1), "Dokumen", "1")


def test_a_print_server_that_is_not_there_says_nothing_of_the_printer() -> None:
    device = open("cups://127.0.0.1:9/lama")
    status = device.status()
    assert isinstance(status, Unknown)
    assert status.asked
    assert device.submit(pdf(1), "Dokumen") == JobNotTaken(status)
    assert device.supplies() == ()
    assert not device.purge()


def test_nobody_there_is_missing() -> None:
    device = open("ipp://127.0.0.1:9/ipp/print")
    assert device.status() == Missing()
    assert device.submit(pdf(1), "Dokumen") == JobNotTaken(Missing())
    assert not device.purge()
