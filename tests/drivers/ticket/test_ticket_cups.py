"""A ticket printer behind a print queue: a real cupsd, whose back end reaches the virtual printer over its socket."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from drivers.roles import CoverOpen, Fault, Missing, NoPaper, SlipOutcome, Status, Unknown
from drivers.ticket.device import ThermalPrinter, open
from drivers.ticket.driver import CLEAR_BUFFERS
from drivers.ticket.raster import bands
from drivers.ticket.spooled import SpooledDriver
from drivers.ticket.spooler import Spooler
from drivers.virtual.start import Twin, Virtual, start
from tests.drivers.slips import slip
from tests.drivers.ticket.printserver import PrintServer, print_server
from tests.drivers.until import until

PICTURE = slip(576, 400, seed=4)
#: A row of the slip, as it lies in the spool while the slip is printed.
ROW = bytes(byte ^ 0xFF for byte in PICTURE.tobytes()[72 * 200 : 72 * 201])
FAST = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@pytest.fixture(scope="module")
def virtual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtual]:
    with start(tmp_path_factory.mktemp("t"), [Twin("ticket", "drivers.ticket.twin")]) as running:
        yield running


def socket_uri(virtual: Virtual) -> str:
    return virtual.endpoints["ticket"].replace("tcp:", "socket:").partition("?")[0]


@pytest.fixture
def said(server: PrintServer) -> Iterator[str]:
    """The address of a queue whose back end does what the test says."""
    server.do("data")
    yield server.queue("said://printer", name="said")
    server.client().cancelAllJobs(name="said", my_jobs=False, purge_jobs=True)
    server.remove("said")


def hurried(address: str, pace: float = FAST) -> ThermalPrinter:
    """A driver whose seconds are shorter than the print server's, or longer."""
    return ThermalPrinter(SpooledDriver(Spooler(address), lambda: time.monotonic() * pace))


def printed(virtual: Virtual, before: int) -> list[Image.Image]:
    until(lambda: len(virtual.world.outputs("ticket")) > before)
    return [Image.open(path) for path in virtual.world.outputs("ticket")[before:]]


def test_a_slip_goes_through_once_as_it_is_and_leaves_nothing(server: PrintServer, virtual: Virtual) -> None:
    printer = open(server.queue(socket_uri(virtual)))
    before = len(virtual.world.outputs("ticket"))
    assert printer.print_slip(PICTURE) is SlipOutcome.UNKNOWN
    (burnt,) = printed(virtual, before)
    assert burnt.crop((0, 0, 576, 400)).tobytes() == PICTURE.tobytes()
    file = virtual.world.last("ticket", ".bin")
    assert file is not None
    assert file.read_bytes() == b"".join(bands(PICTURE, 576))
    assert server.spooled() == []
    assert server.holding(ROW) == []


def test_a_queue_of_which_nothing_is_said_is_unknown_since_it_was_asked(server: PrintServer, said: str) -> None:
    printer = open(said)
    first = printer.status()
    assert isinstance(first, Unknown)
    assert printer.status() == first


def test_the_slip_lies_in_the_spool_while_it_is_printed_only(server: PrintServer, said: str) -> None:
    # else the other tests would prove nothing
    server.do(f"data; while [ ! -e {server.root}/go ]; do sleep 0.05; done")
    printing = threading.Thread(target=open(said).print_slip, args=[PICTURE])
    printing.start()
    until(lambda: server.holding(ROW))
    (server.root / "go").touch()
    printing.join(20)
    assert server.holding(ROW) == []
    assert server.spooled() == []


@pytest.mark.parametrize(
    ("reason", "outcome", "status"),
    [
        ("media-empty-error", SlipOutcome.NO_PAPER, NoPaper()),
        ("cover-open", SlipOutcome.COVER_OPEN, CoverOpen()),
        ("trimmer-jam-warning", SlipOutcome.FAULT, Fault("cutter")),
    ],
)
def test_what_the_queue_says_stops_the_slip(
    server: PrintServer, said: str, reason: str, outcome: SlipOutcome, status: Status
) -> None:
    server.do(f"head -c 2000 $file >> {server.root}/said.bin; say +{reason}; exec sleep 60")
    printer = hurried(said)
    before = len(server.given)
    assert printer.print_slip(PICTURE) is outcome
    assert printer.status() == status
    # the printer is told to forget the rest
    assert server.given[before + 2000 :].startswith(CLEAR_BUFFERS)
    assert server.spooled() == []
    # the same words stay with the queue, and say nothing any more once a slip has gone past them
    server.do("data")
    assert printer.print_slip(PICTURE) is SlipOutcome.UNKNOWN
    assert isinstance(printer.status(), Unknown)


def test_a_back_end_that_fails_is_unknown_and_is_not_run_again(server: PrintServer, said: str) -> None:
    server.do("data; exit 1")
    printer = open(said)
    before = len(server.given)
    assert printer.print_slip(PICTURE) is SlipOutcome.UNKNOWN
    assert server.given[before:].count(ROW) == 1
    assert server.spooled() == []


@pytest.mark.parametrize("reason", ["connecting-to-device", "offline-report"])
def test_a_printer_that_is_not_reached_is_given_up(server: PrintServer, said: str, reason: str) -> None:
    server.do(f"say +{reason}; exec sleep 60")
    assert hurried(said).print_slip(PICTURE) is SlipOutcome.UNKNOWN
    assert server.spooled() == []
    assert server.client().getJobs(which_jobs="not-completed") == {}


def test_a_slip_behind_one_that_does_not_end_is_taken_back(server: PrintServer, said: str) -> None:
    server.do("exec sleep 60")
    server.take("said", b"another's", "tetangga")
    before = len(server.given)
    assert hurried(said).print_slip(PICTURE) is SlipOutcome.MISSING
    assert server.holding(ROW) == []
    assert len(server.given) == before


@pytest.mark.parametrize("how", ["disablePrinter", "rejectJobs"])
def test_a_stopped_queue_is_started_and_what_lay_in_it_is_never_printed(
    server: PrintServer, said: str, how: str
) -> None:
    printer = open(said)
    server.client().disablePrinter("said")
    server.take("said", b"an older slip", "tetangga")
    if how == "rejectJobs":
        server.client().rejectJobs("said")
    assert isinstance(printer.status(), Fault)
    before = len(server.given)
    assert printer.print_slip(PICTURE) is SlipOutcome.UNKNOWN
    assert server.given[before:] == b"".join(bands(PICTURE, 576))
    assert server.spooled() == []
    assert isinstance(printer.status(), Unknown)


def test_a_queue_that_its_back_end_stops_keeps_nothing(server: PrintServer, said: str) -> None:
    server.do("exit 4")  # CUPS_BACKEND_STOP
    printer = open(said)
    assert printer.print_slip(PICTURE) is SlipOutcome.FAULT
    assert printer.status() == Fault("stopped")
    assert server.spooled() == []


@pytest.mark.parametrize("policy", ["retry-job", "retry-current-job", "stop-printer"])
def test_a_queue_that_would_try_again_is_told_not_to(server: PrintServer, said: str, policy: str) -> None:
    server.queue("said://printer", policy, name="said")
    server.do("data; exit 1")
    before = len(server.given)
    assert open(said).print_slip(PICTURE) is SlipOutcome.UNKNOWN
    assert server.given[before:].count(ROW) == 1
    wanted = {"printer-error-policy": "abort-job"}
    assert server.client().getPrinterAttributes("said", requested_attributes=list(wanted)) == wanted


def test_who_may_not_change_a_queue_that_tries_again_prints_nothing_on_it() -> None:
    with print_server(strict=True) as strict:
        strict.do("data")
        ours = strict.queue("said://printer", "retry-job", name="said")
        # over the network nobody vouches for us
        theirs = open(f"cups://127.0.0.1:{strict.port}/said")
        assert theirs.print_slip(PICTURE) is SlipOutcome.FAULT
        assert (strict.given, strict.spooled()) == (b"", [])
        assert open(ours).print_slip(PICTURE) is SlipOutcome.UNKNOWN
        assert strict.given.count(ROW) == 1
        # which others' slips lie in a stopped queue we may not cancel there, so it is not started
        strict.client().disablePrinter("said")
        assert theirs.print_slip(PICTURE) is SlipOutcome.FAULT
        assert strict.given.count(ROW) == 1
        strict.client().enablePrinter("said")
        assert theirs.print_slip(PICTURE) is SlipOutcome.UNKNOWN
        assert strict.spooled() == []


@pytest.fixture(params=[False])
def mortal(request: pytest.FixtureRequest) -> Iterator[PrintServer]:
    with print_server(saves_at_once=request.param) as server:
        server.queue("said://printer", name="said")
        server.restart()  # it knows the queue when it is killed
        yield server


def killed_in_the_middle(mortal: PrintServer, pace: float = 1.0) -> tuple[threading.Thread, list[SlipOutcome]]:
    mortal.do("data; exec sleep 60")
    told: list[SlipOutcome] = []
    address = f"cups://socket/said?socket={mortal.socket}"
    printing = threading.Thread(target=lambda: told.append(hurried(address, pace).print_slip(PICTURE)))
    printing.start()
    until(lambda: ROW in mortal.given)
    mortal.do("data")
    mortal.kill()
    return printing, told


def test_a_print_server_that_is_killed_in_the_middle(mortal: PrintServer) -> None:
    printing, told = killed_in_the_middle(mortal)
    printing.join(30)
    assert told == [SlipOutcome.UNKNOWN]
    printer = open(f"cups://socket/said?socket={mortal.socket}")
    assert printer.status() == Missing()
    assert printer.print_slip(PICTURE) is SlipOutcome.MISSING
    # its file is there still, and goes with the next slip
    mortal.start()
    assert mortal.holding(ROW)
    assert printer.print_slip(slip(576, 100, seed=5)) is SlipOutcome.UNKNOWN
    assert mortal.holding(ROW) == []
    assert mortal.spooled() == []
    assert mortal.given.count(ROW) == 1


def test_a_print_server_that_is_soon_back_keeps_no_file(mortal: PrintServer) -> None:
    printing, told = killed_in_the_middle(mortal, pace=0.1)
    mortal.start()
    printing.join(30)
    assert told == [SlipOutcome.UNKNOWN]
    assert mortal.spooled() == []
    assert mortal.given.count(ROW) == 1
    assert mortal.given.endswith(CLEAR_BUFFERS)


@pytest.mark.parametrize("mortal", [True], indirect=True)
@pytest.mark.parametrize(("emptied", "copies"), [(True, 1), (False, 2)])
def test_a_print_server_that_writes_all_down_begins_again_unless_its_spool_is_emptied(
    mortal: PrintServer, emptied: bool, copies: int
) -> None:
    printing, told = killed_in_the_middle(mortal, pace=0.1)
    mortal.start(emptied)
    printing.join(30)
    assert told == [SlipOutcome.UNKNOWN]
    assert mortal.spooled() == []
    assert mortal.client().getJobs(which_jobs="all", my_jobs=False) == {}
    # the second copy is why somebody looks, and why the kiosk empties it
    assert 1 <= mortal.given.count(ROW) <= copies


def test_a_print_server_that_hangs_is_unknown_in_bounded_time(server: PrintServer, said: str) -> None:
    printer = open(said)
    server.signal(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert isinstance(printer.status(), Unknown)
        assert time.monotonic() - begun < 2
        assert printer.print_slip(PICTURE) is SlipOutcome.MISSING
    finally:
        server.signal(signal.SIGCONT)
    before = len(server.given)
    until(lambda: isinstance(printer.status(), Unknown) and not server.spooled())
    assert len(server.given) == before


def test_no_queue_and_no_server_are_missing(server: PrintServer, tmp_path: Path) -> None:
    for address in (
        f"cups://socket/nobody?socket={server.socket}",
        f"cups://socket/slip?socket={tmp_path}/none",
        "cups://127.0.0.1:9/slip",
    ):
        printer = open(address)
        assert printer.status() == Missing()
        assert printer.print_slip(PICTURE) is SlipOutcome.MISSING


@pytest.mark.parametrize("address", ["cups://socket", "cups://socket/", "cups:///slip", "cups://socket/a/b"])
def test_what_is_no_queue_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="cups://socket/QUEUE"):
        open(address)
