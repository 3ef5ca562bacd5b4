"""What discovery gives as an address is a link that the rules make, for this device and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drivers.discovery import Role, discover
from drivers.discovery.rules import rules
from tests.drivers.discovery.trees import Tree
from tests.drivers.discovery.udev import Node

CLASSES = {"tty": {}, "usbmisc": {}, "video4linux": {}, "input": {"ID_INPUT_KEYBOARD": "1"}}


def nodes(tree: Tree) -> list[Node]:
    """Every node of the tree, after the rules."""
    return [
        Node(entry.resolve(), name, dict(env)).run(rules())
        for name, env in CLASSES.items()
        for entry in sorted((tree.root / "class" / name).glob("*"))
    ]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path)
    (tree.root / "devices").mkdir()
    tree.device("1-1", "1a40:0101", "HUB77")  # a hub with a serial number, which is nobody else's
    tree.acm("1-1.1", "1eab:0c06", "NL1A")
    tree.acm("1-1.2", "1eab:0c06", node="ttyACM1")
    tree.acm("1-1.3", "1eab:0c06", "000000", node="ttyACM2")
    tree.printer("1-1.4", "04b8:0e03", "J3XF001")
    tree.printer("1-1.5", "6868:0200", node="lp1")
    tree.bridge("1-2", "1a86:7523")
    tree.acm("1-3", "dead:beef", "X-1.2_b", node="ttyACM3")
    tree.keyboard("1-4", "0c2e:0b61", "18032B1234")
    tree.camera("1-5", "32e4:9230", "01.00.00")
    tree.camera("1-6", "32e4:9230", "01.00.00", node=2)
    return tree


def test_each_address_is_the_link_of_one_node(tree: Tree) -> None:
    made = nodes(tree)
    found = discover(tree.root)
    assert len(found) == 10
    for each in found:
        (path,) = re.findall(r"/dev/prodesaku/[\w.-]+", each.address)
        (owner,) = [node for node in made if path in node.links]
        assert f"/{each.port}/" in str(owner.folder)


def test_no_device_is_called_by_its_hubs_serial_number(tree: Tree) -> None:
    assert not [link for node in nodes(tree) for link in node.links if "HUB77" in link]


def test_the_role_alone_is_a_link_where_the_table_is_sure(tree: Tree) -> None:
    plain = {Path(link).name for node in nodes(tree) for link in node.links} & set(Role)
    assert plain == {Role.READER, Role.TICKET}


def test_the_screen_is_kept_from_a_reader_and_from_no_keyboard(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.keyboard("1-1", "0c2e:0b61")
    tree.keyboard("1-2", "046d:c31c", number=4)
    reader, keyboard = nodes(tree)
    assert reader.env["LIBINPUT_IGNORE_DEVICE"] == "1"
    assert "LIBINPUT_IGNORE_DEVICE" not in keyboard.env
    assert keyboard.links == set()


def test_a_readers_volume_keys_are_not_taken_for_it(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.keyboard("1-1", "0c2e:0b61")
    (entry,) = (tree.root / "class" / "input").glob("*")
    volume = Node(entry.resolve(), "input").run(rules())
    assert volume.links == set()
    assert volume.env["LIBINPUT_IGNORE_DEVICE"] == "1"
