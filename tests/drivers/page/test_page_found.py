"""A printer that comes back somewhere else is found by what it calls itself, and no other is taken for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.page.device import open
from drivers.page.ipp import Attribute, Group, Tag
from drivers.page.printer import Printer
from drivers.roles import JobHandedOver, JobNotTaken, JobPhase, Missing, PagePrinter, Ready
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.page.seeds import answer
from tests.drivers.page.test_page_port import Say, http, port
from tests.drivers.sheets import pdf
from tests.drivers.until import until

WITHIN = 60.0
OURS, THEIRS = "urn:uuid:B5870EC3-1e1e-396b-5521-5dd14d9b57a8", "urn:uuid:00000000-1e1e-396b-5521-5dd14d9b57a8"


def ready(uuid: str) -> Say:
    return http(
        200,
        answer(
            Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3),
            Attribute(Group.PRINTER, Tag.KEYWORD, "media-supported", ("iso_a4_210x297mm",)),
            Attribute(Group.PRINTER, Tag.MIME, "document-format-supported", ("application/pdf",)),
            *([Attribute(Group.PRINTER, Tag.URI, "printer-uuid", uuid)] if uuid else []),
            Attribute(Group.JOB, Tag.INTEGER, "job-id", 1),
        ),
    )


def number(uri: str) -> int:
    return int(uri.split(":")[2].split("/")[0])


def test_another_printer_at_its_address_is_not_taken_for_it() -> None:
    with port(ready(THEIRS)) as there, port(http(404)) as elsewhere:
        printer = Printer(there.uri, uuid=OURS.lower(), ports=[number(there.uri), number(elsewhere.uri)])
        assert printer.status() == Missing()
        assert printer.submit(pdf(), "Dokumen") == JobNotTaken(Missing())
        elsewhere.say = ready(OURS)
        assert isinstance(printer.status(), Ready)
        assert isinstance(printer.submit(pdf(), "Dokumen"), JobHandedOver)
        assert (there.jobs, elsewhere.jobs) == (0, 1)


def test_a_printer_that_does_not_call_itself_anything_is_taken_by_its_address() -> None:
    with port(ready("")) as there, port(ready("")) as elsewhere:
        printer = Printer(there.uri, uuid=OURS, ports=[number(elsewhere.uri)])
        assert isinstance(printer.status(), Ready)
        there.say = http(503)
        assert printer.status() == Missing()


def test_one_that_was_heard_of_is_followed_and_one_put_in_its_place_is_taken() -> None:
    with port(ready(OURS)) as there, port(ready(OURS)) as elsewhere:
        printer = Printer(there.uri, ports=[number(elsewhere.uri)])
        assert isinstance(printer.status(), Ready)
        there.say = http(503)
        assert isinstance(printer.status(), Ready)
        # the address that a technician gave says no uuid, so who stands there is the printer
        elsewhere.say = ready(THEIRS)
        assert isinstance(printer.status(), Ready)
        assert isinstance(printer.submit(pdf(), "Dokumen"), JobHandedOver)
        assert (there.jobs, elsewhere.jobs) == (0, 1)


@pytest.fixture(scope="module", params=["pdf", pytest.param("raster", marks=pytest.mark.long)])
def virtual(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    arguments = () if request.param == "pdf" else ("--formats", "image/pwg-raster,image/urf")
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as running:
        running.world.set("page", seconds="0.4")
        yield running


def prints(printer: PagePrinter) -> None:
    until(lambda: isinstance(printer.status(), Ready), WITHIN)
    job = printer.submit(pdf(), "Dokumen")
    assert isinstance(job, JobHandedOver)
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)


def test_after_a_long_power_off_it_is_found_at_another_port(virtual: Virtual) -> None:
    printer = open(virtual.endpoints["page"])
    prints(printer)
    virtual.world.set("page", mains="off")
    until(lambda: printer.status() == Missing(), WITHIN)
    virtual.world.set("page", mains="on", port="2")
    prints(printer)
    # and back, in the middle of a job
    job = printer.submit(pdf(3), "Dokumen")
    assert isinstance(job, JobHandedOver)
    until(lambda: printer.job(job.id).sheet >= 1, WITHIN)
    virtual.world.set("page", cable="out")
    until(lambda: printer.job(job.id).phase is JobPhase.UNKNOWN, WITHIN)
    virtual.world.set("page", cable="in", port="1")
    until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, WITHIN)
    prints(printer)
    assert len(virtual.world.outputs("page")) == 4
