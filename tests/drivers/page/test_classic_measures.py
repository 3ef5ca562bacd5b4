"""What the true drivers' filters are given, and what leaves for the printer: size, place and code, with real CUPS."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from drivers.page import laser
from drivers.page.brother import Stream
from drivers.page.device import open
from drivers.roles import JobHandedOver, JobPhase, JobState
from kiosk.vision import read_codes
from tests.drivers.page import cupsraster, escpr
from tests.drivers.page.chart import PLACES, SIDE, chart, marks
from tests.drivers.page.classics import DRIVERS, Driver, classic, documents, keep, listen, raster_of
from tests.drivers.sheets import pdf
from tests.drivers.ticket.printserver import PrintServer, print_server
from tests.drivers.until import until

WITHIN = 40.0
SEAL = "HTTPS://CONTOH.GO.ID/V#" + "1234567890" * 20
ESCPR, BRLASER, SPLIX = DRIVERS


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        listen(running)
        keep(running)
        yield running


def printed(server: PrintServer, driver: Driver, pdf: bytes, address: str = "", **options: str) -> bytes:
    """Hand it over; the bytes that reached the printer."""
    (server.root / "said.bin").unlink(missing_ok=True)
    printer = open(classic(server, driver, **options) + address)
    job = printer.submit(pdf, "Dokumen")
    assert isinstance(job, JobHandedOver), job
    until(lambda: printer.job(job.id).settled, WITHIN)
    assert printer.job(job.id) == JobState(JobPhase.SENT, certain=False)
    assert server.holding(b"%PDF") == []
    return server.given


def holds(page: Image.Image, dpi: tuple[int, int]) -> None:
    """100 % ± 0.5 %, ± 1 mm, and the code reads equal."""
    found = marks(page, dpi)
    for (x, y), mark in zip(PLACES, found, strict=True):
        assert (mark.x, mark.y) == pytest.approx((x, y), abs=1.0)
        assert (mark.width, mark.height) == pytest.approx((SIDE, SIDE), abs=0.15)
    across = (found[1].x - found[0].x) / (PLACES[1][0] - PLACES[0][0])
    down = (found[2].y - found[0].y) / (PLACES[2][1] - PLACES[0][1])
    assert (across, down) == pytest.approx((1.0, 1.0), abs=0.005)
    seen = page.convert("L").resize((round(210 / 25.4 * 200), round(297 / 25.4 * 200)), Image.Resampling.BOX)
    assert SEAL in [code.text for code in read_codes(np.asarray(seen))]


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.name)
def test_what_the_driver_is_given_and_what_leaves_it(server: PrintServer, driver: Driver) -> None:
    data = printed(server, driver, chart(SEAL))
    (page,) = cupsraster.pages(raster_of(server, driver).read_bytes())
    assert page.paper == pytest.approx((210, 297), abs=0.3)
    assert (page.copies, page.duplex) == (1, False)
    holds(page.sheet(), page.dpi)
    if driver is ESCPR:
        (ink,) = escpr.pages(data, page.dpi[0])
        holds(ink.sheet(), page.dpi)
    elif driver is BRLASER:
        (toner,) = Stream().feed(data)
        assert toner.image().crop((0, 0, *page.image.size)).tobytes() == page.image.tobytes()  # dot by dot
        holds(laser.sheet(toner), (200, 200))
    else:  # QPDL's bands are packed in a way of Samsung's own, which nothing here reads
        assert data.count(b"@PJL ENTER LANGUAGE = QPDL") == 1


def test_every_page_leaves_once_and_in_order(server: PrintServer) -> None:
    data = printed(server, BRLASER, pdf(3))
    ink = [np.asarray(page.image()).size - int(np.asarray(page.image()).sum()) for page in Stream().feed(data)]
    assert len(ink) == 3
    assert ink == sorted(ink)


def test_what_a_technician_has_set_does_not_spoil_a_document(server: PrintServer) -> None:
    spoiled = {"brlaserEconomode": "True", "Duplex": "DuplexNoTumble", "PageSize": "Letter", "InputSlot": "Manual"}
    data = printed(server, BRLASER, chart(SEAL), **spoiled)
    (page,) = Stream().feed(data)
    assert (page.settings["ECONOMODE"], page.settings["PAPER"], page.settings["SOURCETRAY"]) == ("OFF", "A4", "AUTO")
    assert b"\x1b&l2S" not in data  # both sides


def test_the_tray_of_the_address_is_the_tray(server: PrintServer) -> None:
    (page,) = Stream().feed(printed(server, BRLASER, chart(SEAL), "&tray=tray-2"))
    assert page.settings["SOURCETRAY"] == "T2"


def test_a_filter_that_dies_leaves_the_job_in_doubt_and_nothing_in_the_queue(server: PrintServer) -> None:
    printer = open(classic(server, SPLIX))
    place = server.root / "bin/filter" / SPLIX.filter
    working = place.read_text()
    place.write_text("#!/bin/sh\nhead -c 1000\nexit 1\n")
    try:
        job = printer.submit(chart(SEAL), "Dokumen")
        assert isinstance(job, JobHandedOver)
        until(lambda: printer.job(job.id).settled, WITHIN)
    finally:
        place.write_text(working)
    assert printer.job(job.id) == JobState(JobPhase.UNKNOWN, certain=False)
    assert documents(server) == []
    assert printed(server, SPLIX, chart(SEAL))  # the next one goes through, alone
