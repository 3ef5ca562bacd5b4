"""Between a scanned ticket and a sheet: one act, at most one copy; the bytes verified are the bytes handed over."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, cast

import pyrage
import pytest

from kiosk.app import collecting
from kiosk.app.belongings import Belongings
from kiosk.app.centre import Centre
from kiosk.app.collecting import Collecting
from kiosk.app.desk import Desk
from kiosk.app.trusted import Trusted
from kiosk.catalog import Pack, bundled, load
from kiosk.catalog.site import Site
from kiosk.devices.client import DeviceFailure, Devices, DevicesAway, Job, JobState, SheetReading
from kiosk.documents.answers import Codes, PdfVerdict
from kiosk.formats.envelope import DocumentEnvelope
from kiosk.formats.manifest import Collector
from kiosk.journeys import effects, events
from kiosk.tickets.key import TicketKey, new_key
from kiosk.tickets.number import TicketNumber, parse
from kiosk.tickets.payload import make_payload
from tests.store.world import NAME, NIK, World, deliver

SITE = Site("desa", "Kaballangang", "Duampanua", "Pinrang", "73.15.06.2006", "KBL")
PDF = b"%PDF-1.7 verified bytes"


class Printer:
    """Stands for the device service: answers as it is told, remembers what it was handed."""

    def __init__(self) -> None:
        self.handed: list[bytes] = []
        self.answer: Job | DeviceFailure | None = None
        self.states: list[JobState] = [JobState("queued"), JobState("printing"), JobState("printed", 1, 1)]
        self.dies = False
        self.texts: tuple[str, ...] = ("HTTPS://X/V#1",)

    async def print_pdf(self, pdf: bytes, name: str, job_id: str = "") -> Job | DeviceFailure:
        self.handed.append(pdf)
        return self.answer or Job(job_id, hashlib.sha256(pdf).hexdigest())

    async def follow(self, job_id: str) -> AsyncGenerator[JobState, None]:
        for state in self.states:
            yield state
        if self.dies:
            self.dies = False
            raise DevicesAway("gone")

    async def read_sheet(self) -> SheetReading | DeviceFailure:
        return SheetReading(self.texts, 4.2, b"")


class Room:
    """A collecting shell over a real store with one delivered document."""

    def __init__(self, folder: Path, verdict: PdfVerdict | None = None) -> None:
        self.world = World(folder)
        self.store = self.world.open()
        self.key: TicketKey = new_key()
        packet = self.world.packet(("akta_lahir",), key=self.key)
        self.store.submit(packet)
        found = self.store.find(packet.application)
        assert found
        self.document = found.documents[0].document
        envelope = DocumentEnvelope(
            self.document, packet.application, "akta_lahir", "Kutipan", PDF, (Collector("reporter", NIK, NAME),)
        )
        sealed = pyrage.encrypt(envelope.encode(), [pyrage.x25519.Recipient.from_str(self.key.recipient)])
        deliver(self.store, packet.application, "akta_lahir", sealed)
        number = parse(packet.number)
        assert isinstance(number, TicketNumber)
        self.payload = make_payload("7315", number, self.key)
        self.events: list[Any] = []
        self.printer = Printer()
        self.desk = Desk()
        pack = load(bundled())
        assert isinstance(pack, Pack)
        own = Belongings(
            SITE,
            pack,
            self.store,
            cast(Devices, self.printer),
            Centre(folder / "nobody.sock"),
            Trusted(folder / "identity"),
            self.desk,
            self.events.append,
            self.world.clock,
        )
        self.shell = Collecting(own)

    def do(self, *acts: Any) -> list[Any]:
        """Carry effects out, one after the other; gives the events of the last one."""

        async def run() -> None:
            for act in acts:
                self.events.clear()
                await {
                    effects.LookUpTicket: self.shell.look_up,
                    effects.OpenDocument: self.shell.open_document,
                    effects.PrintDocument: self.shell.print_document,
                    effects.ReadSheet: self.shell.read_sheet,
                    effects.RecordHandover: self.shell.hand_over,
                }[type(act)](act)

        asyncio.run(run())
        return list(self.events)

    def opened(self) -> None:
        self.do(effects.LookUpTicket(self.payload, True), effects.OpenDocument(self.document, NIK))

    def outcomes(self) -> list[str | None]:
        return [act.outcome for act in self.store.prints(self.document)]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    def valid(data: bytes, *_: Any) -> PdfVerdict:
        return PdfVerdict("valid", "", "Kepala Dinas", 1.0, 1, hashlib.sha256(data).hexdigest())

    monkeypatch.setattr(collecting, "check_pdf", valid)
    monkeypatch.setattr(collecting, "codes_of", lambda _: Codes(("HTTPS://X/V#1",)))
    return Room(tmp_path)


def test_ticket_document_sheet_hand_over(room: Room) -> None:
    (found,) = room.do(effects.LookUpTicket(room.payload, True))
    assert found.by_ticket and found.documents[0].state == "delivered"
    accepted, verified = room.do(effects.OpenDocument(room.document, NIK))
    assert isinstance(accepted, events.CollectorAccepted) and isinstance(verified, events.DocumentVerified)
    told = room.do(effects.PrintDocument(room.document))
    assert [e.state for e in told] == ["queued", "printing", "printed"]
    assert room.printer.handed == [PDF] and room.outcomes() == ["printed"]
    (read,) = room.do(effects.ReadSheet(room.document))
    assert read.result == "match"
    assert room.do(effects.RecordHandover(room.document)) == [events.HandoverRecorded(room.document)]


def test_nothing_prints_that_was_not_verified(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "check_pdf", lambda *_: PdfVerdict("invalid", "digest"))
    room.do(effects.LookUpTicket(room.payload, True))
    accepted, refused = room.do(effects.OpenDocument(room.document, NIK))
    assert isinstance(accepted, events.CollectorAccepted) and isinstance(refused, events.DocumentRefused)
    assert room.do(effects.PrintDocument(room.document)) == [] and room.printer.handed == []
    assert room.store.queue().waiting >= 1, "the office is told"


def test_a_verdict_about_other_bytes_is_no_verdict(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "check_pdf", lambda *_: PdfVerdict("valid", "", sha256="0" * 64))
    room.do(effects.LookUpTicket(room.payload, True))
    assert isinstance(room.do(effects.OpenDocument(room.document, NIK))[-1], events.DocumentRefused)
    assert room.do(effects.PrintDocument(room.document)) == [] and room.printer.handed == []


@pytest.mark.parametrize(
    ("states", "outcome", "shown"),
    [
        ([JobState("queued"), JobState("no_paper")], "not_printed", "no_paper"),
        ([JobState("printing"), JobState("no_paper", 1, 2)], "unknown", "unknown"),
        ([JobState("printing"), JobState("jam", 1, 1)], "unknown", "unknown"),
        ([JobState("queued"), JobState("unknown")], "unknown", "unknown"),
        ([JobState("queued")], "unknown", "unknown"),
        ([], "unknown", "unknown"),
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(room: Room, states: list[JobState], outcome: str, shown: str) -> None:
    room.opened()
    room.printer.states = states
    assert room.do(effects.PrintDocument(room.document))[-1].state == shown
    assert room.outcomes() == [outcome]
    room.printer.states = [JobState("printed", 1, 1)]
    again = room.do(effects.PrintDocument(room.document, "paper_out"))[-1].state
    assert again == ("printed" if outcome == "not_printed" else "unknown")
    assert len(room.printer.handed) == (2 if outcome == "not_printed" else 1)


SENT = [JobState("queued"), JobState("printing"), JobState("sent", certain=False)]


@pytest.mark.parametrize("state", ["sent", "no_paper", "jam", "cover_open", "no_toner"])
def test_a_sheet_that_nobody_counted_is_in_doubt_and_what_is_known_is_told(room: Room, state: str) -> None:
    room.opened()
    room.printer.states = [JobState("printing"), JobState(state, certain=False)]
    told = room.do(effects.PrintDocument(room.document))[-1]
    assert (told.state, told.certain) == (state, False)
    assert room.outcomes() == ["unknown"]
    room.do(effects.PrintDocument(room.document))
    assert len(room.printer.handed) == 1, "no second copy while the first is in doubt"


def test_a_sheet_that_is_read_back_was_printed(room: Room) -> None:
    room.opened()
    room.printer.states = SENT
    room.do(effects.PrintDocument(room.document))
    room.desk.documents[room.document].codes = Codes(room.printer.texts)
    (read,) = room.do(effects.ReadSheet(room.document))
    assert read.result == "match"
    assert room.outcomes() == ["printed"]
    assert room.store.unsettled_prints() == ()


def test_a_sheet_that_is_another_settles_nothing(room: Room) -> None:
    room.opened()
    room.printer.states = SENT
    room.do(effects.PrintDocument(room.document))
    room.printer.texts = ("HTTPS://X/V#2",)
    (read,) = room.do(effects.ReadSheet(room.document))
    assert read.result != "match"
    assert room.outcomes() == ["unknown"]


def test_a_sheet_that_the_citizen_takes_was_printed(room: Room) -> None:
    room.opened()
    room.printer.states = SENT
    room.do(effects.PrintDocument(room.document), effects.RecordHandover(room.document))
    assert room.outcomes() == ["printed"]
    found = room.store.find(room.payload.split("-")[2])
    assert found is not None and found.documents[0].state.value == "handed_over"


def test_a_jam_that_swallowed_the_first_sheet_is_never_retried_by_itself(room: Room) -> None:
    room.opened()
    room.printer.answer = DeviceFailure("no_paper")
    assert room.do(effects.PrintDocument(room.document))[-1].state == "no_paper"
    room.printer.answer = None
    assert room.do(effects.PrintDocument(room.document, "paper_out"))[-1].state == "printed"
    assert room.outcomes() == ["not_printed", "printed"]


def test_the_service_that_dies_and_comes_back_is_asked_again_and_not_told_again(room: Room) -> None:
    room.opened()
    room.printer.dies = True
    assert room.do(effects.PrintDocument(room.document))[-1].state == "printed"
    assert len(room.printer.handed) == 1


def test_two_fingers_one_sheet(room: Room) -> None:
    room.opened()

    async def twice() -> None:
        await asyncio.gather(*(room.shell.print_document(effects.PrintDocument(room.document)) for _ in range(5)))

    asyncio.run(twice())
    assert len(room.printer.handed) == 1 and room.outcomes() == ["printed"]


def test_other_bytes_at_the_printer_are_not_called_printed(room: Room) -> None:
    room.opened()
    room.printer.answer = Job("j", "f" * 64)
    assert room.do(effects.PrintDocument(room.document))[-1].state == "unknown"
    assert room.outcomes() == ["unknown"]


def test_three_misses_lock_the_ticket(room: Room) -> None:
    room.do(effects.LookUpTicket(room.payload, True))
    left = [room.do(effects.OpenDocument(room.document, "7315994101900003"))[0].left for _ in range(3)]
    assert left == [2, 1, 0]
    assert room.do(effects.LookUpTicket(room.payload, True)) == [events.TicketRefused("locked")]


def test_a_typed_number_opens_nothing(room: Room) -> None:
    (found,) = room.do(effects.LookUpTicket(room.payload.split("-")[2], False))
    assert not found.by_ticket and found.documents[0].note == ""
    (refused,) = room.do(effects.OpenDocument(room.document, NIK))
    assert isinstance(refused, events.DocumentRefused)


@pytest.mark.parametrize(("texts", "result"), [((), "unreadable"), (("HTTPS://X/V#2",), "differs")])
def test_sheets_that_do_not_read_as_they_should(room: Room, texts: tuple[str, ...], result: str) -> None:
    room.opened()
    room.do(effects.PrintDocument(room.document))
    room.printer.texts = texts
    assert room.do(effects.ReadSheet(room.document))[0].result == result


def test_wiped_desk_prints_nothing(room: Room) -> None:
    room.opened()
    room.desk.wipe()
    assert room.do(effects.PrintDocument(room.document)) == [] and room.printer.handed == []
