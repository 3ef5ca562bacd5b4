"""systemd/60-prodesaku.rules in the hands of kernel and udev: which links appear, and what is found again by them."""

from __future__ import annotations

import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drivers.discovery.find import Found, discover
from drivers.discovery.models import Role
from drivers.reader import SerialCodeReader, WedgeCodeReader, open
from drivers.roles import Missing, Ready
from tests.drivers.until import until
from tests.guest.inside import boot_keyboard
from tests.guest.inside.conftest import Hands
from tests.guest.inside.gadget import Gadget

SYSTEMD = Path(__file__).resolve().parents[3] / "systemd"
RULES = Path("/etc/udev/rules.d/60-prodesaku.rules")
LINKS = Path("/dev/prodesaku")
OWNER = "prodesaku-devices"


@pytest.fixture(scope="module", autouse=True)
def _installed() -> Iterator[None]:
    """The rules and their user, as the package brings them."""
    subprocess.run(["systemd-sysusers", SYSTEMD / "prodesaku.sysusers"], check=True)
    RULES.parent.mkdir(exist_ok=True)
    shutil.copyfile(SYSTEMD / RULES.name, RULES)
    subprocess.run(["udevadm", "control", "--reload"], check=True)
    yield
    RULES.unlink()
    subprocess.run(["udevadm", "control", "--reload"], check=True)


def links() -> set[str]:
    return {each.name for each in LINKS.iterdir()} if LINKS.is_dir() else set()


def properties(node: Path | str) -> dict[str, str]:
    said = subprocess.run(
        ["udevadm", "info", "--query=property", str(node)], check=True, capture_output=True, text=True
    )
    return dict(line.split("=", 1) for line in said.stdout.splitlines())


def ours(node: Path) -> bool:
    """Whether the service may use it, and nobody else but root."""
    about = node.stat()
    return pwd.getpwuid(about.st_uid).pw_name == OWNER and stat.S_IMODE(about.st_mode) == 0o660


def found(role: Role) -> Found:
    (one,) = [each for each in discover() if each.role == role]
    return one


def read_while(typing: str, reader: WedgeCodeReader) -> bytes | Missing | None:
    assert reader.read(0.5) is None  # nobody scans in the moment in which it is opened
    with ThreadPoolExecutor(1) as hand:
        done = hand.submit(boot_keyboard.type_it, typing)
        given = reader.read(15.0)
        done.result()
    return given


def test_udev_finds_no_fault_in_the_rules() -> None:
    checked = subprocess.run(["udevadm", "verify", str(RULES)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_converter_is_found_again_by_its_serial_number_in_another_port(hands: Hands) -> None:
    link = LINKS / "serial-sn-KIOSK1"
    hands.plug("usb-serial", "reader", chardev="scanner", serial="KIOSK1", port="1")
    until(link.exists, within=30)
    one = found(Role.SERIAL)
    first = f"serial-at-{one.port}"
    assert links() == {link.name, first}
    assert one.address == f"serial://{link}?baud=9600"
    assert ours(link)
    device = Path(f"/sys/bus/usb/devices/{one.port}")
    assert properties(device)["ID_MM_DEVICE_IGNORE"] == "1"
    reader = open(one.address)
    assert isinstance(reader, SerialCodeReader)
    until(lambda: reader.status() == Ready())
    hands.pull("reader")
    until(lambda: reader.read(1.0) == Missing(), within=20)
    until(lambda: links() == set(), within=20)
    # an equal one, without a serial number of its own, takes its port and its old path
    hands.plug("usb-serial", "other", chardev="nobody", serial="0000", port="1", **{"always-plugged": True})
    until((LINKS / first).exists, within=30)
    hands.plug("usb-serial", "reader", chardev="scanner", serial="KIOSK1", port="2")
    until(link.exists, within=30)
    assert link.resolve() != (LINKS / first).resolve()
    until(lambda: reader.status() == Ready(), within=20)
    hands.scan("7315996405900002\r")
    until(lambda: reader.read(1.0) == b"7315996405900002", within=20)
    # what discovery calls them now: the one by its number, the other by its port
    addresses = {each.address: each.port for each in discover() if each.role == Role.SERIAL}
    assert addresses.keys() == {one.address, f"serial://{LINKS / first}?baud=9600"}
    assert addresses[one.address] != one.port
    reader.close()


@pytest.mark.parametrize("serial", ["NL1A", ""])
def test_a_reader_of_the_table_is_the_reader_and_without_a_number_belongs_to_its_port(serial: str) -> None:
    with Gadget("acm.usb0", {}, vendor=0x1EAB, product=0x0C06, serial=serial) as gadget:
        until((LINKS / "reader").exists, within=30)
        one = found(Role.READER)
        at = f"reader-at-{one.port}"
        assert links() == {"reader", at, *([f"reader-sn-{serial}"] if serial else [])}
        assert one.model is not None and one.model.name.startswith("Newland")
        assert one.address.startswith(f"serial://{LINKS}/{f'reader-sn-{serial}' if serial else at}?")
        assert ours(LINKS / "reader")
        reader = open(one.address)
        until(lambda: reader.status() == Ready())
        gadget.pull()
        until(lambda: reader.status() == Missing(), within=20)
        until(lambda: links() == set(), within=20)
        gadget.plug(port=1)
        until((LINKS / "reader").exists, within=30)
        again = found(Role.READER)
        assert again.port != one.port
        if serial:
            assert again.address == one.address
            until(lambda: reader.status() == Ready(), within=20)
        else:
            # nothing tells whether it is the same: a person has to choose it anew
            assert again.address != one.address
            assert reader.status() == Missing()
        reader.close()


def test_a_typing_reader_is_kept_from_the_screen_and_found_in_another_port(hands: Hands) -> None:
    hands.plug("usb-kbd", "person", serial="PERSON", port="3")
    until(lambda: [each for each in discover() if each.role == Role.KEYBOARD], within=30)
    keyboard = found(Role.KEYBOARD)
    with Gadget("hid.0", boot_keyboard.SETTINGS, vendor=0x0C2E, product=0x0B61, serial="VQ33") as gadget:
        link = LINKS / "reader-sn-VQ33"
        until(link.exists, within=30)
        one = found(Role.READER)
        assert links() == {"reader", link.name, f"reader-at-{one.port}"}
        assert ours(link)
        assert properties(link)["LIBINPUT_IGNORE_DEVICE"] == "1"
        node = keyboard.address.partition("?")[0].removeprefix("evdev://")
        assert "LIBINPUT_IGNORE_DEVICE" not in properties(node)
        assert not ours(Path(node))
        reader = open(one.address)
        assert isinstance(reader, WedgeCodeReader)
        until(lambda: reader.status() == Ready())
        assert read_while("Contoh-7315\n", reader) == b"Contoh-7315"
        before = link.readlink()
        gadget.pull()
        until(lambda: reader.read(0.5) == Missing(), within=20)
        # udev is later than the kernel: a link that stays a while would be one to the next keyboard of that number
        until(lambda: not link.is_symlink(), within=20)
        hands.plug("usb-kbd", "second", serial="SECOND", port="4")
        until(lambda: Path("/dev/input", before.name).exists(), within=30)
        gadget.plug(port=1)
        until(link.exists, within=30)
        again = found(Role.READER)
        assert again.port != one.port and link.readlink() != before
        until(lambda: reader.status() == Ready(), within=30)
        assert read_while("next\n", reader) == b"next"
        reader.close()


def test_a_printer_of_the_table_is_the_ticket_printer() -> None:
    subprocess.run(["modprobe", "usblp"], check=True)
    with Gadget("printer.0", {}, vendor=0x0416, product=0x5011, serial="TICKET1") as gadget:
        until((LINKS / "ticket").exists, within=30)
        one = found(Role.TICKET)
        assert links() == {"ticket", "ticket-sn-TICKET1", f"ticket-at-{one.port}"}
        assert one.address == f"usb://{LINKS}/ticket-sn-TICKET1?dots=384"
        assert ours(LINKS / "ticket")
        gadget.pull()
        until(lambda: links() == set(), within=20)
        gadget.plug(port=1)
        until((LINKS / "ticket").exists, within=30)
        again = found(Role.TICKET)
        assert again.address == one.address and again.port != one.port
