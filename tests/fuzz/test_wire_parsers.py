"""Every parser of what comes over a wire, on mutations of valid bytes: it answers as it says, or refuses as it says.

`share`: how many mutations must pass the parser's first stage, so that the fuzzing reaches what lies behind it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from drivers.inputs.events import LONGEST as LONGEST_REPORT
from drivers.inputs.events import SIZE, Gap, Reports
from drivers.inputs.keymap import Typist
from drivers.keypad.device import Presses
from drivers.keypad.meanings import parse as parse_meanings
from drivers.page.ipp import Attribute, Group, NoAnswer, Tag, decode, encode
from drivers.reader.frames import LONGEST, Frames, Framing
from drivers.reader.models import MODELS
from drivers.reader.wire import parse as parse_reader
from drivers.roles import Fault
from drivers.scanner.pnm import BROKEN, EMPTY, whole_page
from drivers.ticket.answers import FRAME, Sorter
from tests.drivers.camera.seeds import SEEDS as CAMERA
from tests.drivers.inputs.seeds import SEEDS as INPUTS
from tests.drivers.reader.seeds import ANSWERS, CODES
from tests.drivers.reader.seeds import URLS as READER_URLS
from tests.drivers.scanner.seeds import OFFERS, PNM
from tests.drivers.scanner.seeds import offers as scanner_offers
from tests.drivers.ticket.seeds import SEEDS as TICKET
from tests.fuzz.mutate import mutated

MANY, FEW = 100_000, 1_500


@dataclass(frozen=True)
class Case:
    """A parser (bytes in; something true when its first stage took them) and its seeds."""

    parser: Callable[[bytes], object]
    seeds: Sequence[bytes]


def reader_codes(data: bytes) -> object:
    frames, found = Frames(Framing()), 0
    for at in range(0, len(data), 61):
        found += len(frames.feed(data[at : at + 61], at / 1000))
        assert len(frames._rest) <= LONGEST
    return found


def reader_answers(name: str) -> Callable[[bytes], object]:
    commands = MODELS[name]

    def parser(data: bytes) -> object:
        frames, found = Frames(Framing(), commands), 0
        frames.ask(commands.identify())
        for at in range(0, len(data), 13):
            found += len(frames.feed(data[at : at + 13], at / 1000))
            assert len(frames._rest) <= LONGEST
        return found or frames.answer()

    return parser


def input_events(data: bytes) -> object:
    reports, typist, presses = Reports(), Typist(), Presses(parse_meanings(""))
    found = 0
    for at in range(0, len(data), 50):
        for event in reports.feed(data[at : at + 50]):
            found += 1
            if not isinstance(event, Gap):
                typist.feed(event)
                presses.feed(event)
        assert len(reports._rest) < SIZE and len(reports._report) <= LONGEST_REPORT
    return found


def ipp_answer(data: bytes) -> object:
    try:
        return decode(data)
    except NoAnswer:
        return None


def scanned_page(data: bytes) -> object:
    page = whole_page(data)
    return not isinstance(page, Fault) or page not in (BROKEN, EMPTY)  # the header was understood


def ticket_answers(data: bytes) -> object:
    sorter, found = Sorter(), 0
    for at in range(0, len(data), 3):
        found += len(list(sorter.feed(data[at : at + 3])))
        assert len(sorter._frame) < FRAME
    return found


def reader_address(data: bytes) -> object:
    try:
        return parse_reader(data.decode("utf-8", "replace"))
    except ValueError:
        return None


_PRINTER = (
    Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3),
    Attribute(Group.PRINTER, Tag.KEYWORD, "printer-state-reasons", ("media-low-warning", "door-open-error")),
    Attribute(Group.PRINTER, Tag.BOOLEAN, "printer-is-accepting-jobs", True),
    Attribute(Group.PRINTER, Tag.KEYWORD, "media-supported", "iso_a4_210x297mm"),
)
_JOB = (
    Attribute(Group.JOB, Tag.INTEGER, "job-id", 7),
    Attribute(Group.JOB, Tag.NAME, "job-name", "Contoh 0123456789abcdef0123456789abcdef"),
    Attribute(Group.JOB, Tag.ENUM, "job-state", 9),
)
#: An answer is laid out as a request is, with the status in the operation's place.
IPP = tuple(encode(0, 1, group) for group in ((), _PRINTER, _JOB))  # type: ignore[arg-type]

CASES: dict[str, Case] = {
    "reader codes": Case(reader_codes, CODES),
    **{f"reader answers {name}": Case(reader_answers(name), seeds) for name, seeds in ANSWERS.items()},
    "reader address": Case(reader_address, [url.encode() for url in READER_URLS]),
    "input events": Case(input_events, INPUTS),
    "ipp answers": Case(ipp_answer, IPP),
    "scanned pages": Case(scanned_page, PNM),
    "scanner offers": Case(scanner_offers, OFFERS),
    "ticket answers": Case(ticket_answers, TICKET),
    **{f"camera {name}": Case(parser, seeds) for name, (parser, seeds) in CAMERA.items()},
}


def campaign(name: str, count: int) -> float:
    """The share of mutations that passed the first stage. Any exception that the parser does not promise escapes."""
    rng = random.Random(f"{name} {count}")
    case = CASES[name]
    return sum(bool(case.parser(mutated(case.seeds, rng))) for _ in range(count)) / count


@pytest.mark.parametrize("name", CASES)
def test_a_few(name: str) -> None:
    assert campaign(name, FEW) >= 0.3


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_many(name: str, record_property: Callable[[str, object], None]) -> None:
    share = campaign(name, MANY)
    print(f"{name}: {share:.1%} passed the first stage")  # noqa: T201
    record_property("passed the first stage", f"{share:.1%}")
    assert share >= 0.3
