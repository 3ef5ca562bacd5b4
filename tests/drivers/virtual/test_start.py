"""Virtual devices start as anybody, end without a trace, and a killed one takes its helpers with it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.page.device import open as open_page
from drivers.page.queue import CupsQueue
from drivers.roles import JobHandedOver, Missing, Ready
from drivers.virtual.start import Twin, TwinError, start
from tests.drivers.sheets import pdf
from tests.drivers.until import until

ROOT = Path(__file__).resolve().parents[3]
PAGE = Twin("page", "drivers.page.twin")

PRINT_ONE = """
import json, os, sys, time
from pathlib import Path
from drivers.page.device import open
from drivers.virtual.start import Twin, start
from tests.drivers.sheets import pdf
twin = Twin("page", "drivers.page.twin", tuple(sys.argv[2:]))
with start(Path(sys.argv[1]), [twin]) as virtual:
    printer = open(virtual.endpoints["page"])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and "Ready" not in str(printer.status()):
        time.sleep(0.05)
    job = printer.submit(pdf(1), "Dokumen")
    state = printer.job(job.id)
    while time.monotonic() < deadline and state.phase in ("queued", "printing", "unknown"):
        time.sleep(0.05)
        state = printer.job(job.id)
    print(json.dumps({"uid": os.getuid(), "phase": state.phase, "endpoint": virtual.endpoints["page"]}))
"""


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A directory that an ordinary user can reach, which pytest's own are not."""
    directory = Path(tempfile.mkdtemp(prefix="twins-"))
    if os.geteuid() == 0:
        os.chown(directory, 65534, 65534)
    yield directory
    shutil.rmtree(directory)


@pytest.mark.parametrize(
    "arguments", [(), ("--formats", "image/pwg-raster,image/urf")], ids=["straight", "through-cups"]
)
def test_an_ordinary_user_prints(everybodys: Path, arguments: tuple[str, ...]) -> None:
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*drop, sys.executable, "-c", PRINT_ONE, str(everybodys), *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(everybodys)},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["uid"] != 0
    assert told["phase"] == "printed"
    assert not Path(told["endpoint"].partition("cups=")[2]).parent.parent.exists()


def test_a_killed_printer_takes_its_print_server_with_it(tmp_path: Path) -> None:
    with start(tmp_path, [PAGE]) as virtual:
        endpoint = virtual.endpoints["page"]
        socket = endpoint.partition("cups=")[2]
        assert Path(socket).exists()
        virtual.kill("page")
        printer = open_page(endpoint)
        until(lambda: printer.status() == Missing())
        until(lambda: not CupsQueue("prodesaku", "ipp://127.0.0.1:1/", socket).purge())
    assert not Path(socket).exists()


def test_a_printer_that_takes_pdf_does_without_a_print_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a host whose AppArmor keeps cupsd to the system's own files looks like this: it ends at once
    broken = tmp_path / "sitecustomize.py"
    broken.write_text("import drivers.page.server as s\ns.CUPSD = '/bin/false'\n")
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{tmp_path}")
    with start(tmp_path / "twins", [PAGE]) as virtual:
        assert "cups=" not in virtual.endpoints["page"]
        printer = open_page(virtual.endpoints["page"])
        until(lambda: printer.status() == Ready(100))
        assert isinstance(printer.submit(pdf(), "Dokumen"), JobHandedOver)


def test_a_twin_that_does_not_come_up_says_why(tmp_path: Path) -> None:
    why = pytest.raises(TwinError, match=r"ticket: ended with status 1\n(.|\n)*no.such.module")
    with why, start(tmp_path, [Twin("ticket", "no.such.module")]):
        pass


def test_the_command_writes_its_endpoints_and_ends_on_sigterm(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "drivers.virtual", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert told == json.loads((tmp_path / "endpoints.json").read_text())
        assert {"ticket", "page", "reader", "camera_preview", "camera_still", "scanner"} <= set(told)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
