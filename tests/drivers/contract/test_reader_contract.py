"""What every CodeReader does: modules on a serial line, and readers that type like a keyboard.

`--real reader=ADDRESS` runs it on a real one instead; what needs somebody to show codes or pull cables is then skipped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from drivers.reader import SerialCodeReader, WedgeCodeReader, open
from drivers.reader.learn import learn
from drivers.reader.models import MODELS
from drivers.roles import (
    Accepted,
    CodeReader,
    ConfigurableReader,
    Fault,
    Missing,
    NoAnswer,
    ReaderIdentity,
    ReaderSettings,
    Ready,
    Refused,
    TriggerMode,
)
from drivers.virtual.start import Twin, start
from drivers.virtual.world import World
from tests.drivers.until import until

TICKET = "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58
SERIAL = ("gm65", "newland", "honeywell", "ssi")
Reader = SerialCodeReader | WedgeCodeReader
Place = tuple[str, World | None]
AS_NEW = {"cable": "in", "cut": "", "reply": "ok", "refuse": "no", "prefix": "", "suffix": "", "end": ""}


@pytest.fixture(scope="module", params=[*SERIAL, "wedge"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: dict[str, str]
) -> Iterator[Place]:
    if "reader" in real:
        if request.param != SERIAL[0]:
            pytest.skip("one run is enough for a real reader")
        yield real["reader"], None
        return
    wedge = Twin("reader", "drivers.reader.wedge_twin")
    twin = wedge if request.param == "wedge" else Twin("reader", "drivers.reader.twin", ("--model", request.param))
    with start(tmp_path_factory.mktemp("reader"), [twin]) as virtual:
        yield virtual.endpoints["reader"], virtual.world


@pytest.fixture
def reader(place: Place) -> Iterator[Reader]:
    url, world = place
    if world is not None:
        world.set("reader", **AS_NEW)
    device = open(url)
    until(lambda: device.status() == Ready())
    yield device
    device.close()


@pytest.fixture
def world(place: Place) -> World:
    if place[1] is None:
        pytest.skip("with a real reader this is done by hand")
    return place[1]


@pytest.fixture
def module(reader: Reader, world: World) -> Iterator[SerialCodeReader]:
    """A reader that takes commands; afterwards it looks for codes always, as before."""
    if not isinstance(reader, SerialCodeReader):
        pytest.skip("a reader that types takes no commands")
    yield reader
    world.set("reader", **AS_NEW)
    until(lambda: reader.configure(ReaderSettings(mode=TriggerMode.CONTINUOUS)) == Accepted())


def next_code(reader: Reader) -> bytes | None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        answer = reader.read(0.2)
        if isinstance(answer, bytes):
            return answer
    return None


def never(happens: Callable[[], object], looks: int = 3) -> bool:
    return not any(happens() for _ in range(looks))


# --- any reader


def test_it_plays_the_role(reader: Reader) -> None:
    assert isinstance(reader, CodeReader)
    assert isinstance(reader, ConfigurableReader) == isinstance(reader, SerialCodeReader)


def test_nothing_shown_is_none_in_the_time_asked_for(reader: Reader) -> None:
    begun = time.monotonic()
    assert reader.read(0.3) is None
    assert 0.25 <= time.monotonic() - begun < 1.5


def test_codes_come_in_order_and_exact(reader: Reader, world: World) -> None:
    for text in (TICKET, "https://contoh.id/V#12345", "ünï"):
        world.show_code(text)
        assert next_code(reader) == text.encode()


def test_a_long_code_comes_whole(reader: Reader, world: World) -> None:
    text = "HTTPS://CONTOH.ID/V#" + "0123456789" * 70
    world.show_code(text)
    assert next_code(reader) == text.encode()


def test_bytes_come_as_they_are(reader: Reader, world: World) -> None:
    payload = bytes(byte for byte in range(256) if byte not in b"\r\n")
    (world.directory / "reader" / "inbox" / "bytes").write_bytes(b"B" + payload)
    assert next_code(reader) == b"B" + payload


def test_a_code_that_stays_before_it_is_one_read(reader: Reader, place: Place, world: World) -> None:
    reader.close()
    patient = open(f"{place[0]}{'&' if '?' in place[0] else '?'}repeat=60")
    try:
        until(lambda: patient.status() == Ready())
        for text in ("STAYS", "STAYS", "OTHER", "STAYS", "LAST"):
            world.show_code(text)
            until(lambda: not any((world.directory / "reader" / "inbox").iterdir()))
        assert [next_code(patient) for _ in range(3)] == [b"STAYS", b"OTHER", b"LAST"]
    finally:
        patient.close()


def test_a_second_program_cannot_take_the_same_reader(reader: Reader, place: Place) -> None:
    second = open(place[0])
    try:
        assert second.read(0.3) == Missing()
        assert second.status() == Fault("not-grabbed")
    finally:
        second.close()


def test_closed_twice_it_is_gone_and_another_may_have_it(reader: Reader, place: Place) -> None:
    reader.close()
    reader.close()
    assert reader.read(0.1) == Missing()
    assert reader.status() == Missing()
    second = open(place[0])
    until(lambda: second.status() == Ready())
    second.close()


def test_unplugged_is_missing_and_plugged_in_again_it_reads(reader: Reader, world: World) -> None:
    world.set("reader", cable="out")
    until(lambda: reader.read(0.2) == Missing())
    assert reader.status() == Missing()
    world.set("reader", cable="in")
    until(lambda: reader.status() == Ready())
    world.show_code("AGAIN")
    assert next_code(reader) == b"AGAIN"


def test_plugged_in_elsewhere_it_is_found_again(reader: Reader, world: World) -> None:
    world.set("reader", port="2")
    until(lambda: reader.read(0.1) == Missing())
    until(lambda: reader.status() == Ready())
    world.show_code("ELSEWHERE")
    assert next_code(reader) == b"ELSEWHERE"
    world.set("reader", port="1")
    until(lambda: reader.read(0.1) == Missing())


def test_a_cable_pulled_in_the_middle_of_a_code_gives_no_code(reader: Reader, world: World) -> None:
    world.set("reader", cut="20")
    world.show_code(TICKET + "CUT")
    until(lambda: reader.read(0.1) == Missing())
    world.set("reader", cable="in")
    until(lambda: reader.status() == Ready())
    assert reader.read(0.2) is None
    world.show_code("NEXT")
    assert next_code(reader) == b"NEXT"


def test_what_stands_around_a_code_is_learnt_by_scanning(reader: Reader, place: Place, world: World) -> None:
    world.set("reader", prefix="%5DQ1", suffix="%23", end="%09")
    world.show_code("KNOWN")
    raw = reader.capture(5.0)
    assert raw == b"]Q1KNOWN#\t"
    reader.close()
    learnt = learn(b"KNOWN", [raw])
    joint = "&" if "?" in place[0] else "?"
    taught = open(f"{place[0]}{joint}prefix=%5DQ1&suffix=%23&end=%09")
    try:
        assert learnt == taught.framing
        until(lambda: taught.status() == Ready())
        world.show_code("AFTER")
        assert next_code(taught) == b"AFTER"
    finally:
        taught.close()


# --- readers that take commands


def test_it_says_what_it_is(module: SerialCodeReader, place: Place) -> None:
    said = module.identify()
    assert isinstance(said, ReaderIdentity)
    assert said.model in place[0]
    assert said.model in MODELS
    assert said.text


def test_in_command_mode_it_reads_once_after_a_trigger_and_without_a_beep(
    module: SerialCodeReader, world: World
) -> None:
    assert module.configure(ReaderSettings(TriggerMode.COMMAND, beep=False, read_timeout=5.0)) == Accepted()
    beeps = world.directory / "reader" / "beeps.txt"
    before = beeps.read_text() if beeps.exists() else ""
    world.show_code("ONE")
    assert module.read(0.3) is None
    assert module.trigger() == Accepted()
    assert next_code(module) == b"ONE"
    world.show_code("TWO")
    assert module.read(0.3) is None
    assert (beeps.read_text() if beeps.exists() else "") == before
    assert module.configure(ReaderSettings(beep=True)) == Accepted()
    assert module.configure(ReaderSettings(TriggerMode.CONTINUOUS)) == Accepted()
    assert next_code(module) == b"TWO"
    assert beeps.read_text() != before


def test_a_trigger_ends_with_the_read_time(module: SerialCodeReader, world: World) -> None:
    assert module.configure(ReaderSettings(TriggerMode.COMMAND, read_timeout=0.5)) == Accepted()
    assert module.trigger() == Accepted()
    assert module.read(0.8) is None
    world.show_code("TOO LATE")
    assert module.read(0.3) is None
    assert module.configure(ReaderSettings(TriggerMode.CONTINUOUS)) == Accepted()
    assert next_code(module) == b"TOO LATE"


def test_a_refusal_is_told_with_what_was_refused(module: SerialCodeReader, world: World) -> None:
    world.set("reader", refuse="yes")
    assert module.configure(ReaderSettings(beep=True)) == Refused("beep")
    assert module.identify() == Refused("identity")


@pytest.mark.parametrize("how", ["none", "half", "late", "garbage"])
def test_an_answer_that_fails_is_no_answer_and_never_a_code(
    module: SerialCodeReader, place: Place, world: World, how: str
) -> None:
    if how in ("none", "garbage") and not place[0].endswith(("gm65", "honeywell")):
        pytest.skip("it costs a second, and differs between command sets with a half or a late answer only")
    world.set("reader", reply=how)
    begun = time.monotonic()
    assert module.identify() == NoAnswer("identity")
    assert time.monotonic() - begun < 2.0
    world.set("reader", reply="ok")
    world.show_code(f"AFTER {how}")
    assert next_code(module) == f"AFTER {how}".encode()
    assert isinstance(module.identify(), ReaderIdentity)
    assert never(lambda: module.read(0.05))


def test_codes_read_while_commands_are_answered_are_kept(module: SerialCodeReader, world: World) -> None:
    shown = [f"CODE {number}" for number in range(8)]
    for text in shown:
        world.show_code(text)
        assert isinstance(module.identify(), ReaderIdentity)
    codes = [next_code(module) for _ in shown]
    assert sorted(code for code in codes if code) == [text.encode() for text in shown]


def test_noise_on_the_line_is_no_code(module: SerialCodeReader, world: World) -> None:
    world.set("reader", garbage=str(40 + int(time.monotonic() * 1000) % 50))
    assert module.read(0.9) is None
    world.show_code("CLEAN")
    assert next_code(module) == b"CLEAN"
