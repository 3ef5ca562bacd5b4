"""Between the window's process and the device service: passes every byte and descriptor on, and knows which command is
under way, so that the service can be killed at a named moment of it.

Moments: ASKED, the call left the window and never came to the service; TAKEN, the service is at work on it; ANSWERED,
the service has said how it ended, and the window was never told.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk import config
from kiosk.config import Config
from kiosk.rehearsal.stage import Stage

ASKED, TAKEN, ANSWERED = "asked", "taken", "answered"
MOMENTS = (ASKED, TAKEN, ANSWERED)
_FDS = 8
_PATIENCE = 30.0  # seconds, for everything that is waited for here


def _nothing() -> None: ...


@dataclass
class Plan:
    """Kill at `moment` of the next `method`: `before` is done when it is asked, `after` when the service is dead.

    With TAKEN the kill waits until `ripe`; with ANSWERED for an answer that contains `word`.
    """

    method: str
    moment: str
    before: Callable[[], None] = _nothing
    ripe: Callable[[], bool] = lambda: True
    after: Callable[[], None] = _nothing
    word: bytes = b""


@dataclass
class Tap:
    """Listens at `front`; the service listens at `behind`. `kill` kills it; somebody else starts it anew."""

    front: Path
    behind: Path
    kill: Callable[[], None]
    plans: list[Plan] = field(default_factory=list[Plan])
    struck: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    back: list[float] = field(default_factory=list[float])
    """Seconds from each kill until the service answered again."""

    def __post_init__(self) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.front))
        self._listening.listen(64)
        threading.Thread(target=self._serve, name="tap", daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def settled(self) -> bool:
        """Whether all that was planned has happened, and the service is back."""
        return not self.plans and len(self.back) == len(self.struck)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(line,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as service, suppress(OSError):
            service.connect(str(self.behind))
            call, handles = b"", list[int]()
            while not call.endswith(b"\0"):
                data, fds = _received(client)
                if not data:
                    return
                call, handles = call + data, handles + fds
            method = str(json.loads(call[:-1])["method"]).rpartition(".")[2]
            plan = next((one for one in self.plans if one.method == method), None)
            if plan is not None:
                plan.before()
            if plan is not None and plan.moment == ASKED:
                _let_go(handles)
                self._strike(plan)
                return
            _send(service, call, handles)
            if plan is not None and plan.moment == TAKEN:
                threading.Thread(target=self._when_taken, args=(plan,), daemon=True).start()
            threading.Thread(target=_pump, args=(client, service), daemon=True).start()
            said = b""
            while True:
                data, fds = _received(service)
                if not data:
                    _hang_up(client)
                    return
                said += data
                if plan in self.plans and plan is not None and plan.moment == ANSWERED and plan.word in said:
                    _let_go(fds)
                    self._strike(plan)
                    _hang_up(client)  # closing alone would not reach who reads in another thread
                    return
                said = said.rpartition(b"\0")[2]
                _send(client, data, fds)

    def _when_taken(self, plan: Plan) -> None:
        """The service takes calls one after the other: when it answers a later one, it is at work on ours."""
        self._asked()
        deadline = time.monotonic() + _PATIENCE
        while not plan.ripe() and time.monotonic() < deadline:
            time.sleep(0.002)
        self._strike(plan)

    def _strike(self, plan: Plan) -> None:
        self.plans.remove(plan)
        self.struck.append((plan.method, plan.moment))
        self.kill()
        killed = time.monotonic()
        plan.after()
        threading.Thread(target=self._measure, args=(killed,), daemon=True).start()

    def _measure(self, killed: float) -> None:
        while time.monotonic() < killed + _PATIENCE:
            with suppress(OSError):
                self._asked()
                self.back.append(time.monotonic() - killed)
                return
            time.sleep(0.01)

    def _asked(self) -> None:
        """Ask the service how its devices are, and wait for the answer. Raises OSError."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE)
            line.connect(str(self.behind))
            line.sendall(b'{"method":"id.prodesaku.Devices.Status"}\0')
            said = b""
            while not said.endswith(b"\0"):
                if not (piece := line.recv(65536)):
                    raise ConnectionResetError
                said += piece


def _received(line: socket.socket) -> tuple[bytes, list[int]]:
    try:
        data, fds, _, _ = socket.recv_fds(line, 1 << 16, _FDS)
    except OSError:
        return b"", []
    return data, list(fds)


def _send(line: socket.socket, data: bytes, fds: list[int]) -> None:
    try:
        sent = socket.send_fds(line, [data], fds) if fds else line.send(data)
        line.sendall(data[sent:])
    finally:
        _let_go(fds)


def _let_go(fds: list[int]) -> None:
    for fd in fds:
        os.close(fd)


def _pump(client: socket.socket, service: socket.socket) -> None:
    """What a caller says after its call is nothing; that it hangs up must be heard."""
    while _received(client)[0]:
        pass
    _hang_up(service)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


class TappedStage(Stage):
    """A stage on which the device service listens behind a tap."""

    tap: Tap

    def start(self, name: str) -> Any:
        if name == "devices" and not hasattr(self, "tap"):
            behind = Config(self.config.state, self.sockets / "b", self.config.central, None, dict(self.config.devices))
            self._behind = self.directory / "behind.toml"
            self._behind.write_text(config.dump(behind), encoding="utf-8")
            self.tap = Tap(self.config.devices_socket, behind.devices_socket, lambda: self.kill("devices"))
        return super().start(name)

    def environment_of(self, name: str) -> dict[str, str]:
        return self.environment({config.ENVIRONMENT: str(self._behind)} if name == "devices" else None)

    def close(self) -> None:
        super().close()
        if hasattr(self, "tap"):
            self.tap.close()
