"""A technician asks the running service by hand: with varlinkctl where systemd brings it, else with the same bytes."""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.interface import DevicesInterface
from tests.devices.conftest import Running
from tests.devices.idl import Interface, read

VARLINKCTL = shutil.which("varlinkctl")  # of systemd 257 and newer, as Debian 13 has it
NAME = "id.prodesaku.Devices"
needs_varlinkctl = pytest.mark.skipif(VARLINKCTL is None, reason="this system's systemd has no varlinkctl")


@pytest.fixture(scope="module")
def served() -> Iterator[Path]:
    """A service without any device: what is asked here needs none."""
    with tempfile.TemporaryDirectory(prefix="dev-") as directory:
        running = Running(Path(directory), {})
        running.start()
        deadline = time.monotonic() + 30
        while True:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
                knock.connect(str(running.socket))
                break
            assert time.monotonic() < deadline, "the service did not come up"
            time.sleep(0.05)
        yield running.socket
        running.stop()


def varlinkctl(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert VARLINKCTL is not None
    return subprocess.run([VARLINKCTL, *arguments], capture_output=True, text=True, timeout=30)


def bytes_by_hand(path: Path, call: dict[str, Any], answers: int = 1) -> list[dict[str, Any]]:
    """https://varlink.org/Method-Call: a JSON object and a zero byte each way."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(str(path))
        line.sendall(json.dumps(call).encode() + b"\0")
        got = b""
        while got.count(b"\0") < answers:
            piece = line.recv(65536)
            assert piece, "hung up on"
            got += piece
        return [json.loads(each) for each in got.split(b"\0")[:answers]]


def called(path: Path, method: str, **parameters: Any) -> dict[str, Any]:
    [answer] = bytes_by_hand(path, {"method": method, "parameters": parameters})
    return answer


def described(path: Path) -> str:
    answer = called(path, "org.varlink.service.GetInterfaceDescription", interface=NAME)
    return str(answer["parameters"]["description"])


def understood(path: Path) -> Interface:
    return read(described(path))


def test_the_description_is_whole_and_of_what_the_service_does(served: Path) -> None:
    interface = understood(served)
    assert interface.name == NAME
    here = {name for name in vars(DevicesInterface) if name[0].isupper()}
    assert set(interface.methods) == here and len(here) == 14
    assert set(interface.errors) == {"CommandReused", "BadCommand"}


def test_the_description_tells_a_technician_what_each_call_does(served: Path) -> None:
    lines = described(served).splitlines()
    told = [above for above, line in itertools.pairwise(lines) if line.startswith("method")]
    assert len(told) == len(set(told)) == 14, "each has words of its own"
    assert all(line.startswith("# ") for line in told)


def test_answers_are_what_the_description_says(served: Path) -> None:
    interface = understood(served)
    for method in ("Status", "TicketHead", "Purge", "Plugged", "Still", "Scan", "ReadSheet"):
        answer = called(served, f"{NAME}.{method}")
        assert "error" not in answer and interface.fit(answer["parameters"], interface.methods[method][1]), answer
    for method, parameters in {"Watch": {}, "Codes": {}, "Keys": {}, "Preview": {"purpose": "page"}}.items():
        call = {"method": f"{NAME}.{method}", "parameters": parameters, "more": True}
        [answer] = bytes_by_hand(served, call)
        assert answer["continues"] is True
        assert interface.fit(answer["parameters"], interface.methods[method][1]), answer


def test_errors_are_what_the_description_says(served: Path) -> None:
    interface = understood(served)
    refused = called(served, f"{NAME}.Still", command="?")
    assert refused["error"] == f"{NAME}.BadCommand"
    assert interface.fit(refused["parameters"], interface.errors["BadCommand"])
    assert called(served, f"{NAME}.Open")["error"] == "org.varlink.service.MethodNotFound"
    assert called(served, "id.other.X")["error"] == "org.varlink.service.InterfaceNotFound"
    assert called(served, f"{NAME}.Still", command=1)["error"] == "org.varlink.service.InvalidParameter"


@needs_varlinkctl
def test_varlinkctl_introspects_it(served: Path, tmp_path: Path) -> None:
    shown = varlinkctl("introspect", str(served), NAME)
    assert shown.returncode == 0 and "Failed" not in shown.stderr, shown.stderr
    assert read(shown.stdout).methods == understood(served).methods
    file = tmp_path / "devices.varlink"
    file.write_text(described(served))
    checked = varlinkctl("validate-idl", str(file))
    assert checked.returncode == 0, checked.stderr
    assert NAME in varlinkctl("list-interfaces", str(served)).stdout


@needs_varlinkctl
def test_varlinkctl_calls_it(served: Path) -> None:
    status = varlinkctl("call", "-j", str(served), f"{NAME}.Status", "{}")
    assert status.returncode == 0 and json.loads(status.stdout)["devices"][0]["role"] == "reader"
    refused = varlinkctl("call", str(served), f"{NAME}.Still", '{"command": "?"}')
    assert refused.returncode != 0 and f"{NAME}.BadCommand" in refused.stderr
