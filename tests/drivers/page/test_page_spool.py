"""The print server's spool is full: the document is not taken, nothing of it is kept, and a smaller one prints."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import cups
import pytest
from PIL import Image

from drivers.page import server, states
from drivers.page.queue import CupsQueue
from drivers.page.twin import free_port
from tests.drivers.sheets import pdf
from tests.drivers.until import until

SPOOL = 512 << 10
SINK = "file:///dev/null"


def may_mount() -> bool:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, timeout=10, check=False).returncode == 0


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """The directory of a running print server with a small spool and a queue `sink`."""
    root = tmp_path / "cups"
    socket = server.configure(root, free_port())
    steps = [
        f"mount -t tmpfs -o size={SPOOL} tmpfs {root}/spool",
        f"mkdir {root}/spool/tmp",
        f"exec {server.CUPSD} -f -c {root}/etc/cupsd.conf -s {root}/etc/cups-files.conf",
    ]
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-ec", "\n".join(steps)],
        stdin=subprocess.DEVNULL,
        env=os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={root}/none"},
    )
    until(socket.exists, 20)
    queue = ["lpadmin", "-h", str(socket), "-p", "sink", "-v", SINK, "-m", "raw", "-E"]
    subprocess.run(queue, check=True, capture_output=True, timeout=30)
    yield root
    process.send_signal(signal.SIGKILL)
    process.wait(10)


@pytest.mark.skipif(not may_mount(), reason="mounts need root")
def test_a_full_spool(root: Path) -> None:
    noise = io.BytesIO()
    Image.effect_noise((1600, 2200), 200).save(noise, "PDF", resolution=200)
    large, small = noise.getvalue(), pdf()
    assert len(small) < SPOOL < len(large)
    asked = cups.Connection(host=str(root / "cups.sock"))
    queue = CupsQueue("sink", SINK, str(root / "cups.sock"))
    assert not queue.submit(large, "Dokumen", "auto")
    assert not asked.getJobs(which_jobs="not-completed")
    assert queue.submit(small, "Dokumen", "auto")
    until(lambda: not asked.getJobs(which_jobs="not-completed"), 20)
    ended = asked.getJobs(which_jobs="all", my_jobs=True, requested_attributes=["job-id", "job-state"])
    assert [job["job-state"] for _, job in sorted(ended.items())] == [states.JOB_CANCELED, states.JOB_COMPLETED]
