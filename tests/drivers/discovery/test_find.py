"""What is plugged in, found in fake trees: moved, doubled, without a serial number, behind hubs, hostile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from drivers.camera import address as camera_address
from drivers.discovery import Found, Identity, Role, discover, sysfs
from drivers.discovery.find import trustworthy
from drivers.inputs import address as input_address
from drivers.reader import wire as reader_wire
from tests.drivers.discovery.trees import Tree

NEWLAND = "1eab:0c06"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def only(tree: Tree) -> Found:
    (found,) = discover(tree.root)
    return found


def test_nothing_is_plugged_in_where_there_is_no_sysfs(tmp_path: Path) -> None:
    assert discover(tmp_path / "none") == ()
    assert discover(tmp_path) == ()


def test_a_serial_reader_is_known_by_its_numbers(tree: Tree) -> None:
    tree.acm("1-1", NEWLAND, "NL7Q2", product="HR22", manufacturer="Newland")
    found = only(tree)
    assert (found.role, found.port, found.identity) == (Role.READER, "1-1", Identity("1eab", "0c06", "NL7Q2"))
    parsed = reader_wire.parse(found.address)
    assert (parsed.port, parsed.model) == ("/dev/prodesaku/reader-sn-NL7Q2", "newland")
    assert found.model is not None
    assert found.name == found.model.name


def test_with_a_serial_number_it_is_the_same_one_in_another_port(tmp_path: Path) -> None:
    before, after = Tree(tmp_path / "before"), Tree(tmp_path / "after")
    before.acm("1-1", NEWLAND, "NL7Q2")
    after.acm("1-2.4", NEWLAND, "NL7Q2", node="ttyACM3")
    assert only(before).identity == only(after).identity
    assert only(before).address == only(after).address
    assert (only(before).port, only(after).port) == ("1-1", "1-2.4")


@pytest.mark.parametrize("serial", ["", "000000", "0123456789ABCDEF", "12345678", "0123456789", "a b", "x" * 65, "é99"])
def test_without_one_that_tells_anything_it_is_the_one_in_its_port(tmp_path: Path, serial: str) -> None:
    assert not trustworthy(serial)
    before, after = Tree(tmp_path / "before"), Tree(tmp_path / "after")
    before.acm("1-1", NEWLAND, serial)
    after.acm("1-2", NEWLAND, serial)
    assert only(before).identity == Identity("1eab", "0c06", "", "1-1")
    assert only(before).address.startswith("serial:///dev/prodesaku/reader-at-1-1?")
    assert only(before).identity != only(after).identity


@pytest.mark.parametrize("serials", [("", ""), ("000000", "000000"), ("CLONE7", "CLONE7"), ("NL1A", "NL2B")])
def test_two_alike_are_told_apart(tree: Tree, serials: tuple[str, str]) -> None:
    tree.acm("1-1", NEWLAND, serials[0])
    tree.acm("1-2", NEWLAND, serials[1], node="ttyACM1")
    first, second = discover(tree.root)
    assert first.identity != second.identity
    assert first.address != second.address
    assert bool(first.identity.place) == (serials[0] == serials[1])


def test_hubs_between_are_part_of_the_port_and_no_device(tree: Tree) -> None:
    tree.device("1-1", "1a40:0101", "HUB77")
    tree.device("1-1.4", "1a40:0101")
    tree.bridge("1-1.4.2", "1a86:7523")
    found = only(tree)
    assert (found.role, found.address) == (Role.SERIAL, "serial:///dev/prodesaku/serial-at-1-1.4.2?baud=9600")
    assert found.identity == Identity("1a86", "7523", "", "1-1.4.2")


def test_a_ticket_printer_without_a_node_has_no_address(tree: Tree) -> None:
    tree.printer("1-1", "04b8:0e03", "J3XF001")
    tree.printer("1-2", "0416:5011", node="")
    node, none = discover(tree.root)
    assert (node.role, node.address) == (Role.TICKET, "usb:///dev/prodesaku/ticket-sn-J3XF001?model=tm-t20")
    assert (none.role, none.address) == (Role.TICKET, "")
    assert none.model is not None
    assert not none.model.confirmed


def test_printers_without_a_row_are_known_by_their_class(tree: Tree) -> None:
    tree.printer("1-1", "6868:0200", product="Printer-58")
    tree.interface(tree.device("1-2", "03f0:4117", product="LaserJet"), kind="07", protocol="04")
    unknown, page = discover(tree.root)
    assert (unknown.role, unknown.address) == (Role.PRINTER, "usb:///dev/prodesaku/printer-at-1-1")
    assert (unknown.name, unknown.model) == ("Printer-58", None)
    assert (page.role, page.address, page.name) == (Role.PAGE, "", "LaserJet")


def test_a_reader_that_types_has_an_address_with_its_identity(tree: Tree) -> None:
    tree.keyboard("1-1.2", "0c2e:0b61", "18032B1234")
    found = only(tree)
    parsed = input_address.parse(found.address)
    assert found.role == Role.READER
    assert parsed.path == "/dev/prodesaku/reader-sn-18032B1234"
    assert parsed.identity == input_address.Identity(0x0C2E, 0x0B61, "18032B1234", "usb-0000:01:00.0-1.2/input0")


def test_other_keyboards_are_candidates_and_mice_are_none(tree: Tree) -> None:
    tree.keyboard("1-1", "046d:c31c")
    tree.keyboard("1-2", "046d:c077", number=4, keys="1f0000 0 0 0 0")
    found = only(tree)
    assert (found.role, found.port) == (Role.KEYBOARD, "1-1")
    assert input_address.parse(found.address).path == "/dev/input/event3"


def test_cameras_are_known_by_what_the_kernel_makes_of_them(tree: Tree) -> None:
    tree.camera("1-1", "046d:0892", "SN1A")
    tree.camera("1-2", "32e4:9230", "01.00.00", node=2)
    tree.camera("1-3", "32e4:9230", "01.00.00", node=4)
    named, *alike = discover(tree.root)
    assert (named.role, named.name, named.address) == (Role.CAMERA, "Desk camera", "usb://046d:0892/SN1A")
    assert [each.address for each in alike] == ["/dev/prodesaku/camera-at-1-2", "/dev/prodesaku/camera-at-1-3"]
    for each in (named, *alike):
        camera_address.parse(each.address)


@pytest.mark.parametrize("name", ["idVendor", "idProduct"])
@pytest.mark.parametrize("value", ["", "xyz1", "04b8" * 5000, "../.."])
def test_numbers_that_are_none_leave_the_device_out(tree: Tree, name: str, value: str) -> None:
    tree.acm("1-1", NEWLAND, "NL1A")
    tree.write(tree.folder("1-1"), **{name: value})
    tree.bridge("1-2", "1a86:7523")
    assert only(tree).port == "1-2"


@pytest.mark.parametrize("port", ["usb1", "1-1;reboot", "1-1 2", "1-" + "9" * 200])
def test_what_is_not_named_like_a_port_is_left_out(tree: Tree, port: str) -> None:
    tree.acm(port, NEWLAND)
    tree.bridge("1-2", "1a86:7523")
    assert only(tree).port == "1-2"


def test_hostile_strings_are_cut_and_cleaned(tree: Tree) -> None:
    tree.bridge("1-1", "dead:beef", "../../etc/passwd")
    (tree.folder("1-1") / "product").write_bytes(b"\x1b[2J\xff\n" + b"A" * 1_000_000)
    found = only(tree)
    assert found.name == "[2J" + "A" * 37
    assert (found.identity.serial, found.identity.place) == ("", "1-1")
    assert ".." not in found.address


def test_an_attribute_is_read_to_a_bound_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"7" * (sysfs.LONGEST + 5000))
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "full")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    filled = os.open(tmp_path / "full", os.O_RDWR)
    try:
        os.write(filled, b"words")
        assert len(sysfs.read(tmp_path / "long")) == sysfs.LONGEST
        assert [sysfs.read(tmp_path / each) for each in ("pipe", "full", "folder", "loop", "none")] == [""] * 5
    finally:
        os.close(filled)


def test_a_device_that_goes_while_it_is_looked_at_is_left_out(tree: Tree) -> None:
    tree.acm("1-1", NEWLAND, "NL1A")
    tree.link(tree.root / "gone", "class", "tty")
    tree.link(tree.root / "1-9", "bus", "usb", "devices")
    assert only(tree).port == "1-1"


def test_the_service_gets_what_it_lists(monkeypatch: pytest.MonkeyPatch, tree: Tree) -> None:
    from drivers.discovery import loopback
    from kiosk.devices.build import plugged

    tree.acm("1-1", NEWLAND, "NL1A")
    monkeypatch.setattr(loopback, "discover", lambda known: discover(tree.root, known))
    (listed,) = plugged()
    assert (listed.role, listed.name) == ("reader", only(tree).name)
    assert listed.address == only(tree).address
