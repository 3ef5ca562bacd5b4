"""One QEMU machine without acceleration: the checkout inside it, and hands for its USB sockets outside.

QEMU's monitor (QMP, see "QEMU QMP Reference Manual") adds and removes USB devices while the guest runs; a serial
reader's bytes come through a socket, a keyboard's through `input-send-event`.
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

CHECKOUT = Path(__file__).resolve().parents[2]
# seconds; a machine that has much else to do takes several times as long as an idle one
BOOT_WITHIN, RUN_WITHIN, ANSWER_WITHIN = 600.0, 600.0, 60.0
# the oldest processor that NumPy's wheels still run on: what more an emulated one can, costs time
PROCESSOR = "Nehalem"
KEYSTROKE = 0.02  # seconds; QEMU's keyboard keeps 16 changes, and the guest fetches one every 8 ms or later
KEYS = {"-": "minus", " ": "spc", "/": "slash", ".": "dot", "\n": "ret"}  # QKeyCode by character


class Away(Exception):
    """The guest did not come up, did not answer in time, or has gone."""


class Lines:
    """JSON lines over a Unix socket that QEMU listens on."""

    def __init__(self, path: Path, alive: Callable[[], bool]) -> None:
        self._socket, self._rest = socket.socket(socket.AF_UNIX), b""
        deadline = time.monotonic() + ANSWER_WITHIN
        while True:
            try:
                self._socket.connect(str(path))
                return
            except OSError:
                if not alive() or time.monotonic() > deadline:
                    raise Away("QEMU did not start")
                time.sleep(0.05)

    def say(self, what: dict[str, Any]) -> None:
        """Send one."""
        self._socket.sendall(json.dumps(what).encode() + b"\n")

    def hear(self, deadline: float) -> dict[str, Any]:
        """The next one. Raises Away when none came before `deadline` (monotonic seconds)."""
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self._socket], [], [], max(0.0, deadline - time.monotonic()))
            data = self._socket.recv(65536) if ready else b""
            if not data:
                raise Away("no answer in time" if not ready else "QEMU has ended")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class Machine:
    """Boots on entering, is switched off on leaving."""

    def __init__(self, folder: Path, log: Path) -> None:
        self._folder, self._console = folder, log / "console.txt"
        self.kernel, self.boot_seconds = "", 0.0
        self._lost = False

    def __enter__(self) -> Self:
        began = time.monotonic()
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as stack:
            self._sockets = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guest-")))
            self._qemu = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            stack.callback(self._end)
            try:
                self._connect(stack)
                self.kernel = self._port.hear(began + BOOT_WITHIN)["ready"]
            except Away as why:
                raise Away(f"{why}; {self._last_words()}")
            self._stack = stack.pop_all()
        self.boot_seconds = time.monotonic() - began
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _connect(self, stack: contextlib.ExitStack) -> None:
        lines: list[Lines] = []
        for name in ("qmp", "port"):
            lines.append(Lines(self._sockets / name, lambda: self._qemu.poll() is None))
            stack.callback(lines[-1].close)
        self._monitor, self._port = lines
        self._monitor.hear(time.monotonic() + ANSWER_WITHIN)  # its greeting
        self.monitor("qmp_capabilities")
        self._scanner = stack.enter_context(socket.socket(socket.AF_UNIX))
        self._scanner.connect(str(self._sockets / "scanner"))

    def _command(self) -> list[str]:
        def listen(name: str) -> str:
            return f"socket,id={name},path={self._sockets / name},server=on,wait=off"

        command = [
            "qemu-system-x86_64",
            "-machine",
            "pc,i8042=off",
            "-accel",
            "tcg",
            "-cpu",
            PROCESSOR,
            # with two, a kernel that patches its own code (jump labels) now and then runs half an instruction
            "-smp",
            "1",
            "-m",
            "1536",
            "-no-reboot",
        ]
        command += ["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-vga", "none"]
        command += ["-kernel", str(self._folder / "vmlinuz"), "-initrd", str(self._folder / "initrd.img")]
        command += [
            "-append",
            "root=/dev/vda rw console=ttyS0 quiet panic=-1 mitigations=off nokaslr random.trust_cpu=on",
        ]
        command += ["-drive", f"file={self._folder / 'disk.img'},format=raw,if=virtio,snapshot=on"]
        command += ["-virtfs", f"local,path={CHECKOUT},mount_tag=checkout,security_model=none,readonly=on"]
        command += ["-serial", f"file:{self._console}", "-device", "virtio-rng-pci", "-device", "qemu-xhci,id=usb"]
        command += ["-chardev", listen("qmp"), "-mon", "chardev=qmp,mode=control", "-chardev", listen("scanner")]
        command += ["-chardev", "null,id=nobody", "-device", "virtio-serial-pci", "-chardev", listen("port")]
        return [*command, "-device", "virtserialport,chardev=port,name=prodesaku"]

    def monitor(self, command: str, **arguments: object) -> Any:
        """One QMP command's answer. Raises Away, or ValueError when QEMU refuses."""
        self._monitor.say({"execute": command, **({"arguments": arguments} if arguments else {})})
        deadline = time.monotonic() + ANSWER_WITHIN
        while True:
            heard = self._monitor.hear(deadline)
            if "error" in heard:
                raise ValueError(heard["error"]["desc"])
            if "return" in heard:
                return heard["return"]

    # --- what tests inside ask for

    def plug(self, driver: str, id: str, **properties: object) -> None:
        """Put a USB device in; `port="1"` chooses the socket."""
        deadline = time.monotonic() + ANSWER_WITHIN
        while True:
            try:
                self.monitor("device_add", driver=driver, id=id, bus="usb.0", **properties)
                return
            except ValueError as refused:  # QEMU lets go of a pulled device's line a little later
                if "in use" not in str(refused) or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def pull(self, id: str) -> None:
        """Pull it out."""
        self.monitor("device_del", id=id)

    def scan(self, data: str) -> None:
        """Bytes (as Latin-1) come out of the serial reader that is plugged in as `chardev="scanner"`."""
        self._scanner.sendall(data.encode("latin-1"))

    def type(self, text: str) -> None:
        """Keys go down and up, as a scanner that is a keyboard presses them."""
        for character in text:
            keys = ["shift"] if character.isupper() else []
            keys.append(KEYS.get(character, character.lower()))
            self._press([*((key, True) for key in keys), *((key, False) for key in reversed(keys))])

    def _press(self, moves: list[tuple[str, bool]]) -> None:
        for key, down in moves:
            event = {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": key}}}
            self.monitor("input-send-event", events=[event])
            time.sleep(KEYSTROKE)

    # --- running

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run pytest inside: {"done": exit code, "cases": [{"name", "time", "end"}], "said": its output}.

        Raises Away when that takes longer than RUN_WITHIN; the next run then gets a machine that is booted anew.
        """
        if self._lost:
            self._stack.close()
            self.__enter__()
            self._lost = False
        try:
            return self._run(arguments)
        except Away as why:
            self._lost = True
            raise Away(f"{why}; {self._last_words()}")

    def _run(self, arguments: tuple[str, ...]) -> dict[str, Any]:
        self._port.say({"run": list(arguments)})
        deadline = time.monotonic() + RUN_WITHIN
        hands: dict[str, Callable[..., None]] = {
            "plug": self.plug,
            "pull": self.pull,
            "scan": self.scan,
            "type": self.type,
        }
        while True:
            heard = self._port.hear(deadline)
            if "done" in heard:
                return heard
            try:
                hands[heard["hand"]](*heard["of"], **heard["with"])
            except ValueError as refused:
                self._port.say({"error": str(refused)})
            else:
                self._port.say({"error": ""})

    def _end(self) -> None:
        self._qemu.terminate()
        try:
            self._qemu.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._qemu.kill()
            self._qemu.communicate()

    def _last_words(self) -> str:
        said = self._console.read_text(encoding="utf-8", errors="replace")[-1500:] if self._console.exists() else ""
        if self._qemu.poll() is not None and self._qemu.stderr is not None:
            said += self._qemu.stderr.read().decode(errors="replace")
        return said
