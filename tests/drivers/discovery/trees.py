"""Fake sysfs trees, laid out as Linux lays them out: devices in folders, classes and buses as links to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BOARD = "devices/platform/scb/fd500000.pcie/pci0000:00/0000:01:00.0/usb1"
KEYBOARD = "10000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"


@dataclass
class Tree:
    """A tree below `root`; every device hangs on bus 1."""

    root: Path

    def write(self, path: Path, **attributes: str) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        for name, value in attributes.items():
            (path / name).write_text(f"{value}\n", encoding="utf-8")
        return path

    def link(self, target: Path, *where: str) -> None:
        place = self.root.joinpath(*where)
        place.mkdir(parents=True, exist_ok=True)
        (place / target.name).symlink_to(target)

    def folder(self, port: str) -> Path:
        """The device's folder, below those of the hubs between."""
        steps = port.split(".")
        return (self.root / BOARD).joinpath(*(".".join(steps[: n + 1]) for n in range(len(steps))))

    def device(self, port: str, ids: str, serial: str = "", **attributes: str) -> Path:
        vendor, product = ids.split(":")
        given = attributes | ({"serial": serial} if serial else {})
        folder = self.write(self.folder(port), idVendor=vendor, idProduct=product, **given)
        self.link(folder, "bus", "usb", "devices")
        return folder

    def interface(self, device: Path, number: int = 0, kind: str = "ff", protocol: str = "00") -> Path:
        name = f"{device.name}:1.{number}"
        folder = self.write(device / name, bInterfaceClass=kind, bInterfaceProtocol=protocol)
        self.link(folder, "bus", "usb", "devices")
        return folder

    def acm(self, port: str, ids: str, serial: str = "", node: str = "ttyACM0", **attributes: str) -> None:
        interface = self.interface(self.device(port, ids, serial, **attributes), kind="02")
        self.link(self.write(interface / "tty" / node), "class", "tty")

    def bridge(self, port: str, ids: str, serial: str = "", node: str = "ttyUSB0") -> None:
        interface = self.interface(self.device(port, ids, serial))
        self.link(self.write(interface / node / "tty" / node), "class", "tty")

    def printer(self, port: str, ids: str, serial: str = "", node: str = "lp0", **attributes: str) -> None:
        interface = self.interface(self.device(port, ids, serial, **attributes), kind="07", protocol="02")
        if node:
            self.link(self.write(interface / "usbmisc" / node), "class", "usbmisc")

    def keyboard(self, port: str, ids: str, serial: str = "", number: int = 3, keys: str = KEYBOARD) -> Path:
        interface = self.interface(self.device(port, ids, serial), kind="03")
        vendor, product = ids.split(":")
        folder = interface / f"0003:{vendor.upper()}:{product.upper()}.0001" / "input" / f"input{number}"
        said = self.write(folder, name="A keyboard", uniq=serial, phys=f"usb-0000:01:00.0-{port[2:]}/input0")
        self.write(folder / "id", vendor=vendor, product=product)
        self.write(folder / "capabilities", key=keys)
        event = self.write(folder / f"event{number}")
        (event / "device").symlink_to("..")
        self.link(event, "class", "input")
        return said

    def camera(self, port: str, ids: str, serial: str = "", node: int = 0) -> None:
        interface = self.interface(self.device(port, ids, serial), kind="0e")
        for index in (0, 1):
            name = f"video{node + index}"
            folder = self.write(interface / "video4linux" / name, index=str(index), name="Desk camera")
            self.link(folder, "class", "video4linux")
