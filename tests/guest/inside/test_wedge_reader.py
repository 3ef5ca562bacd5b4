"""A code reader that types like a keyboard, made with uinput and as a USB keyboard of QEMU's: grabbed, exact, found."""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import evdev
import pytest

from drivers.inputs import find
from drivers.inputs.keymap import LAYOUT, typed
from drivers.inputs.plug import UinputPlug
from drivers.reader import WedgeCodeReader, open
from drivers.roles import Fault, Missing, Ready
from tests.drivers.until import until
from tests.guest.inside.conftest import Hands
from tests.guest.inside.console import Console

MODIFIERS = (29, 42, 56)  # control, shift, alt
CODE = b"https://contoh.desa.id/q?NIK=7315_99&B=%20#[1]"
USB = Path("/dev/input/by-id")


class Scanner:
    """A wedge scanner of uinput's. Like a real one it needs a few milliseconds for a key."""

    def __init__(self, name: str = "prodesaku-reader") -> None:
        self.plug = UinputPlug(name, [*LAYOUT, *MODIFIERS])

    def show(self, code: bytes, end: bytes = b"\r", pace: float = 0.004) -> None:
        for byte in code + end:
            self.plug.send(typed(bytes([byte])))
            time.sleep(pace)


def read_while(type_it: Callable[[], None], reader: WedgeCodeReader) -> bytes | Missing | None:
    """What is read while it is typed: the kernel keeps 64 events for a reader, which is a dozen keys."""
    with ThreadPoolExecutor(1) as hand:
        typing = hand.submit(type_it)
        given = reader.read(15.0)
        typing.result()
    return given


def ready(reader: WedgeCodeReader) -> None:
    """It has been open for a while: nobody scans in the moment of the opening but where that is the matter."""
    until(lambda: reader.status() == Ready(), within=30)
    assert reader.read(0.5) is None


def node_of(address: str) -> str:
    found = re.match(r"evdev://([^?]*)", address)
    assert found is not None
    return found[1]


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    made = Scanner()
    until(Path(node_of(made.plug.address)).exists)
    yield made
    made.plug.pull()


@pytest.fixture
def reader(scanner: Scanner) -> Iterator[WedgeCodeReader]:
    made = open(scanner.plug.address)
    assert isinstance(made, WedgeCodeReader)
    yield made
    made.close()


def test_a_code_comes_exact_and_reaches_nobody_else(scanner: Scanner, reader: WedgeCodeReader) -> None:
    onlooker = evdev.InputDevice(node_of(scanner.plug.address))
    with Console() as console:
        # as a keyboard it types on the console, and whoever listens hears it
        scanner.show(b"7315")
        assert console.read() == b"7315\r"
        assert select.select([onlooker], [], [], 5.0)[0]
        while select.select([onlooker], [], [], 0)[0]:
            list(onlooker.read())
        ready(reader)
        assert read_while(lambda: scanner.show(CODE), reader) == CODE
        assert console.read() == b""
        assert not select.select([onlooker], [], [], 0)[0]
        reader.close()
        scanner.show(b"6405")
        assert console.read() == b"6405\r"
    onlooker.close()


def test_bytes_that_no_key_has_come_exact(scanner: Scanner, reader: WedgeCodeReader) -> None:
    ready(reader)
    for code in (b"\x1d0104912345\x1d21A", "Bélo".encode(), b"~`|\\{}<>\"'^*"):
        assert read_while(lambda code=code: scanner.show(code), reader) == code


def test_a_code_of_which_a_part_was_lost_is_not_given_at_all(scanner: Scanner, reader: WedgeCodeReader) -> None:
    ready(reader)
    scanner.show(CODE, pace=0)  # more than the kernel keeps, and nobody reads meanwhile
    assert reader.read(1.0) is None
    assert read_while(lambda: scanner.show(b"next"), reader) == b"next"


def test_opened_in_the_middle_of_a_scan_it_gives_nothing_of_that_code(scanner: Scanner) -> None:
    with ThreadPoolExecutor(1) as hand:
        for turn in range(4):
            typing = hand.submit(scanner.show, b"0123456789" * 4, pace=0.04)
            time.sleep(0.4 + 0.01 * turn)
            restarted = open(scanner.plug.address)
            assert isinstance(restarted, WedgeCodeReader)
            assert restarted.status() == Ready()
            assert not typing.done()
            assert restarted.read(2.5) is None
            typing.result()
            scanner.show(b"next")
            assert restarted.read(5.0) == b"next"
            restarted.close()


def test_held_by_somebody_else_it_says_so_and_reads_nothing(scanner: Scanner, reader: WedgeCodeReader) -> None:
    other = evdev.InputDevice(node_of(scanner.plug.address))
    other.grab()
    assert reader.status() == Fault("not-grabbed")
    scanner.show(CODE)
    assert reader.read(0.2) == Missing()
    other.ungrab()
    ready(reader)
    assert read_while(lambda: scanner.show(b"next"), reader) == b"next"
    other.close()


def test_pulled_out_in_a_code_it_is_missing_and_is_found_under_another_number(
    scanner: Scanner, reader: WedgeCodeReader
) -> None:
    ready(reader)
    before = node_of(scanner.plug.address)
    scanner.show(b"half", end=b"")
    assert reader.read(0.3) is None
    scanner.plug.pull()
    until(lambda: reader.read(0.5) == Missing())
    until(lambda: reader.status() == Missing())
    # another keyboard, equal but for the socket it is in, takes the path
    other = Scanner("some-keyboard")
    scanner.plug.put_in()
    assert node_of(other.plug.address) == before != node_of(scanner.plug.address)
    ready(reader)
    other.show(b"typed by a person")
    assert read_while(lambda: scanner.show(b"next"), reader) == b"next"
    assert reader.read(0.3) is None
    other.plug.pull()


def test_a_usb_keyboard_is_discovered_read_and_told_from_its_twin_by_its_serial_number(hands: Hands) -> None:
    for number, serial in enumerate(("PERSON", "SCANNER")):
        hands.plug("usb-kbd", serial.lower(), serial=serial, port=str(1 + number))
        until(lambda number=number: len(list(USB.glob("*QEMU*event-kbd"))) == number + 1, within=20)
    (chosen,) = [each for each in find.discover() if each.identity.uniq == "SCANNER"]
    assert chosen.typing and chosen.path.startswith(str(USB))
    reader = open(chosen.address)
    assert isinstance(reader, WedgeCodeReader)
    with Console() as console:
        ready(reader)
        (person,) = [each for each in find.discover() if each.identity.uniq == "PERSON"]
        keyboard = evdev.InputDevice(person.path)
        keyboard.grab()  # would be refused if the wrong one had been taken
        keyboard.close()
        for turn in range(2):
            text = f"https-//Contoh.Desa {turn}"
            assert read_while(lambda text=text: hands.type(text + "\n"), reader) == text.encode()
            assert console.read() == b""
            hands.type("half")
            assert reader.read(0.5) is None
            hands.pull("scanner")
            until(lambda: reader.read(0.5) == Missing(), within=20)
            hands.plug("usb-kbd", "scanner", serial="SCANNER", port=str(3 + turn))
            ready(reader)
    reader.close()
