"""Hardware that is played call by call: a V4L2 kernel with OpenCV's way to its pictures, and picamera2."""

from __future__ import annotations

import errno
import itertools
import shutil
import struct
import tempfile
import time
import weakref
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np

from drivers.camera import v4l2
from drivers.camera.device import DocumentCamera
from drivers.camera.places import Kinds
from drivers.roles import Pixels

SENSOR = (4608, 2592)
_TURN = itertools.count()


class _Hardware:
    """`state`: cable=out, stall, black, freeze = yes, as the twin's world has it. Twenty-five pictures a second."""

    def __init__(self) -> None:
        self.state: dict[str, str] = {}
        self._made: dict[tuple[int, int], Pixels] = {}
        self._last: Pixels | None = None

    def set(self, **values: str) -> None:
        """Do something to it."""
        self.state |= values

    def on(self, key: str) -> bool:
        return self.state.get(key) == "yes"

    @property
    def out(self) -> bool:
        return self.state.get("cable") == "out"

    def expose(self, size: tuple[int, int]) -> Pixels | None:
        """The next picture; None when there is none any more, TimeoutError when it hangs."""
        time.sleep(0.04)
        begun = time.monotonic()
        while self.on("stall") and not self.out:
            if time.monotonic() - begun > 0.5:
                raise TimeoutError
            time.sleep(0.02)
        if self.out:
            return None
        if self.on("freeze") and self._last is not None:
            return self._last
        base = self._made.setdefault(size, np.full((size[1], size[0], 3), 110, np.uint8))
        picture = np.zeros_like(base) if self.on("black") else base.copy()
        picture[1, 1] = next(_TURN) % 251
        self._last = picture
        return picture


class PlayedUsb(_Hardware):
    """A webcam with focus, exposure and white balance, MJPG and YUYV. sysfs is a folder; the node opens /dev/null."""

    MODES: ClassVar[dict[str, list[tuple[int, int]]]] = {
        "YUYV": [(640, 480), (1280, 720)],
        "MJPG": [(640, 480), (1280, 720), (1920, 1080), (3840, 2160), (3264, 2448)],
    }

    def __init__(self, serial: str = "SN1") -> None:
        super().__init__()
        self.controls = {
            v4l2.FOCUS_AUTO: 1,
            v4l2.FOCUS: 35,
            v4l2.EXPOSURE_AUTO: 3,
            v4l2.EXPOSURE: 156,
            v4l2.WHITE_BALANCE_AUTO: 1,
            v4l2.WHITE_BALANCE: 4600,
        }
        self.set_to: list[tuple[int, int]] = []
        self.system = Path(tempfile.mkdtemp(prefix="sys-"))
        weakref.finalize(self, shutil.rmtree, self.system, ignore_errors=True)
        self.serial = serial
        self.node = ""
        self.open_now = 0
        self.asked: list[tuple[str, int, int]] = []
        self.plug(2)

    def set(self, **values: str) -> None:
        """A cable that is plugged in again comes to hang elsewhere."""
        super().set(**values)
        if values.get("cable") == "out":
            self._unplug()
        elif "cable" in values:
            self.plug(int(self.node.removeprefix("/dev/video")) + 2)

    def plug(self, number: int) -> None:
        """Where it hangs from now on."""
        self._unplug()
        self.node = f"/dev/video{number}"
        usb_device(self.system, number, "046d", "0892", self.serial)

    def camera(self, address: str = "usb://046d:0892/SN1") -> DocumentCamera:
        return DocumentCamera(address, kinds=self.kinds())

    def kinds(self) -> Kinds:
        return Kinds(system=self.system, wire=self._wire, capture=lambda node, _: _Capture(self, node))

    def ioctl(self, _: int, request: int, data: bytearray) -> None:
        if self.out:
            raise OSError(errno.ENODEV, "gone")
        if request == v4l2.QUERYCAP:
            data[:] = struct.pack("<16s32s32sII I12x", b"uvcvideo", b"Camera", b"usb", 1, 0x84A00001, 0x04200001)
        elif request == v4l2.ENUM_FMT:
            index = struct.unpack_from("<I", data)[0]
            if index >= len(self.MODES):
                raise OSError(errno.EINVAL, "no more")
            struct.pack_into("<4s", data, 44, list(self.MODES)[index].encode())
        elif request == v4l2.ENUM_FRAMESIZES:
            index, code = struct.unpack_from("<I4s", data)
            sizes = self.MODES[code.decode()]
            if index >= len(sizes):
                raise OSError(errno.EINVAL, "no more")
            struct.pack_into("<III", data, 8, 1, *sizes[index])
        elif request == v4l2.QUERYCTRL:
            id = self._control(data)
            struct.pack_into("<II32siiii", data, 0, id, 1, b"", 0, 10000, 1, 0)
        elif request == v4l2.G_CTRL:
            struct.pack_into("<i", data, 4, self.controls[self._control(data)])
        else:
            id = self._control(data)
            self.controls[id] = struct.unpack_from("<i", data, 4)[0]
            self.set_to.append((id, self.controls[id]))

    def _control(self, data: bytearray) -> int:
        id: int = struct.unpack_from("<I", data)[0]
        if id not in self.controls:
            raise OSError(errno.EINVAL, "no such control")
        return id

    def _wire(self, node: str) -> v4l2.Wire:
        if self.out or node != self.node:
            raise FileNotFoundError(node)
        return v4l2.Wire("/dev/null", self.ioctl)

    def _unplug(self) -> None:
        for entry in self.system.iterdir():
            if entry.is_symlink():
                entry.unlink()


class _Capture:
    """What is used of cv2.VideoCapture."""

    def __init__(self, usb: PlayedUsb, node: str) -> None:
        self._usb = usb
        self._opened = not usb.out and node == usb.node and usb.open_now == 0  # one has its pictures at a time
        usb.open_now += self._opened
        self._values: dict[int, float] = {}
        self._stamp = 0.0

    def isOpened(self) -> bool:
        return self._opened

    def set(self, what: int, value: float) -> bool:
        self._values[what] = value
        return True

    def get(self, what: int) -> float:
        return self._stamp * 1000 if what == cv2.CAP_PROP_POS_MSEC else self._values.get(what, 0.0)

    def read(self) -> tuple[bool, Any]:
        size = int(self._values[cv2.CAP_PROP_FRAME_WIDTH]), int(self._values[cv2.CAP_PROP_FRAME_HEIGHT])
        four = struct.pack("<I", int(self._values[cv2.CAP_PROP_FOURCC])).decode()
        if self._usb.asked[-1:] != [(four, *size)]:
            self._usb.asked.append((four, *size))
        picture = self._usb.expose(size)
        self._stamp = time.monotonic()
        return picture is not None, picture

    def release(self) -> None:
        self._usb.open_now -= self._opened
        self._opened = False


class PlayedPicamera(_Hardware):
    """The class Picamera2 of the library, as far as its manual says and the driver calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.set_to: list[dict[str, Any]] = []
        self.open_now = 0
        hardware = self

        class Picamera2:
            camera_controls: ClassVar[dict[str, Any]] = {
                "AeEnable": (), "ExposureTime": (), "AnalogueGain": (), "AwbEnable": (), "ColourGains": (),
                "AfMode": (), "LensPosition": (), "FrameDurationLimits": (),
            }  # fmt: skip
            sensor_resolution = SENSOR

            @staticmethod
            def global_camera_info() -> list[dict[str, Any]]:
                return [] if hardware.out else [{"Num": 0, "Model": "imx708"}]

            def __init__(self, number: int = 0) -> None:
                if hardware.out or hardware.open_now:
                    raise RuntimeError("Failed to acquire camera")
                hardware.open_now += 1
                self._size = (0, 0)

            def create_video_configuration(self, main: dict[str, Any], controls: dict[str, Any]) -> dict[str, Any]:
                return {"main": main, "controls": controls}

            def create_still_configuration(self, main: dict[str, Any], buffer_count: int) -> dict[str, Any]:
                return {"main": main, "buffer_count": buffer_count}

            def configure(self, plan: dict[str, Any]) -> None:
                assert plan["main"]["format"] == "RGB888"
                self._size = plan["main"]["size"]

            def start(self) -> None: ...

            def set_controls(self, values: dict[str, Any]) -> None:
                assert set(values) <= set(self.camera_controls)
                hardware.set_to.append(values)

            def capture_metadata(self) -> dict[str, Any]:
                return {"ExposureTime": 9000, "AnalogueGain": 1.5, "ColourGains": (1.6, 1.9), "LensPosition": 2.4}

            def capture_request(self, wait: float) -> _Request:
                picture = hardware.expose(self._size)
                if picture is None:
                    raise RuntimeError("camera has gone")
                return _Request(picture)

            def stop(self) -> None: ...

            def close(self) -> None:
                hardware.open_now -= 1

        self.maker = Picamera2


class _Request:
    def __init__(self, picture: Pixels) -> None:
        self._picture = picture
        self._stamp = time.clock_gettime_ns(time.CLOCK_BOOTTIME)

    def get_metadata(self) -> dict[str, Any]:
        return {"SensorTimestamp": self._stamp}

    def make_array(self, name: str) -> Pixels:
        assert name == "main"
        return self._picture

    def release(self) -> None: ...


def usb_device(system: Path, number: int, vendor: str, product: str, serial: str, *, nodes: int = 2) -> Path:
    """A camera with its nodes in a played sysfs: the first gives pictures, the others metadata."""
    device = system / "devices" / f"1-{number}"
    interface = device / f"1-{number}:1.0"
    interface.mkdir(parents=True, exist_ok=True)
    for name, value in (("idVendor", vendor), ("idProduct", product), ("serial", serial)):
        if value:
            (device / name).write_text(value + "\n")
    for index in range(nodes):
        name = f"video{number + index}"
        node = interface / "video4linux" / name
        node.mkdir(parents=True, exist_ok=True)
        (node / "index").write_text(f"{index}\n")
        (node / "name").write_text("Document Camera\n")
        (system / name).symlink_to(node)
    return device
