"""The print server starts with nothing to print: after a kill and after the mains went, and nothing lay on the card."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cups
import pytest

from drivers.page import server
from drivers.page.twin import free_port, private_directory
from tests.drivers.until import until

DROP_IN = Path(__file__).resolve().parents[2] / "systemd" / "cups.service.d" / "50-prodesaku.conf"
SPOOL, CACHE = "/var/spool/cups", "/var/cache/cups"
#: What Debian's unit says, as far as it matters here.
UNIT = "[Service]\nType=notify\nExecStart=/usr/sbin/cupsd -l\nRestart=on-failure\n"


def settings(key: str) -> list[str]:
    lines = DROP_IN.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def in_memory() -> dict[str, str]:
    """Directory -> mount options of a fresh file system in memory."""
    return dict(each.split(":", 1) for each in settings("TemporaryFileSystem"))


def test_what_is_printed_lies_in_memory() -> None:
    # where cupsd has its spool, and where filters that do not ask it write
    assert {SPOOL, "/tmp", "/var/tmp"} <= set(in_memory())
    assert settings("MemorySwapMax") == ["0"] and settings("LimitCORE") == ["0"]
    assert settings("KillMode") == ["control-group"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize(("more", "well"), [("", True), ("TemporaryFileSystems=/x\n", False)], ids=["ours", "a slip"])
def test_systemd_understands_it(tmp_path: Path, more: str, well: bool) -> None:
    (tmp_path / "cups.service").write_text(UNIT, encoding="utf-8")
    (tmp_path / "cups.service.d").mkdir()
    copy = tmp_path / "cups.service.d" / DROP_IN.name
    copy.write_text(DROP_IN.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "cups.service"],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (DROP_IN.name not in done.stderr) is well, done.stderr


def may_mount() -> bool:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, timeout=10, check=False).returncode == 0


@contextmanager
def cupsd(root: Path, socket: Path, *, dropped_in: bool) -> Iterator[cups.Connection]:
    """The print server, as systemd would start it with the drop-in or without, and killed at the end."""
    steps: list[str] = []
    if dropped_in:
        steps += [f"mount -t tmpfs -o {in_memory()[SPOOL]} tmpfs {root}/spool"]
        steps += [before.lstrip("-").replace(CACHE, f"{root}/cache") for before in settings("ExecStartPre")]
    steps += [f"exec {server.CUPSD} -f -c {root}/etc/cupsd.conf -s {root}/etc/cups-files.conf"]
    socket.unlink(missing_ok=True)
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-ec", "\n".join(steps)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={root}/none"},
    )
    try:
        until(socket.exists, 20)
        yield cups.Connection(host=str(socket))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)


@pytest.mark.skipif(not may_mount(), reason="mounts need root")
@pytest.mark.parametrize("dropped_in", [True, False], ids=["with it", "without it"])
def test_a_killed_print_server_has_nothing_left_to_print(tmp_path: Path, dropped_in: bool) -> None:
    root = tmp_path / "cups"
    socket = server.configure(root, free_port())
    files = root / "etc/cups-files.conf"
    # as in Debian's file: cupsd makes the folder by itself, but refuses to start when one is named and is not there
    files.write_text(re.sub(r"TempDir .*\n", "", files.read_text(encoding="utf-8")), encoding="utf-8")
    document = tmp_path / "document.pdf"
    document.write_bytes(b"%PDF-1.4\nCONTOH RAHASIA\n")
    with cupsd(root, socket, dropped_in=dropped_in) as server_:
        # a queue that is not enabled keeps what it is given
        subprocess.run(
            ["lpadmin", "-h", str(socket), "-p", "waiting", "-v", "file:///dev/null", "-m", "raw"],
            check=True,
            capture_output=True,
            timeout=30,
        )
        server_.acceptJobs("waiting")
        server_.printFile("waiting", str(document), "Dokumen", {})
        # it has both written down; in a namespace of its own nobody else sees the one in memory
        until(lambda: list((root / "cache").glob("job.cache*")), 10)
        until(lambda: dropped_in or list((root / "spool").glob("c[0-9]*")), 10)
        assert len(server_.getJobs(which_jobs="not-completed")) == 1
    on_disk = [file for file in root.rglob("*") if file.is_file() and b"CONTOH RAHASIA" in file.read_bytes()]
    assert bool(on_disk) is not dropped_in
    with cupsd(root, socket, dropped_in=dropped_in) as again:
        assert len(again.getJobs(which_jobs="not-completed")) == (0 if dropped_in else 1)


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that another user may pass through, which pytest's own are not."""
    root = private_directory()
    yield root
    shutil.rmtree(root)


@pytest.mark.skipif(not may_mount(), reason="mounts need root")
@pytest.mark.parametrize("member", [True, False])
def test_who_makes_queues_must_be_a_member_by_the_list_of_groups(open_directory: Path, member: bool) -> None:
    sysusers = (DROP_IN.parents[1] / "prodesaku.sysusers").read_text(encoding="utf-8")
    assert "\nm prodesaku-devices lpadmin\n" in sysusers
    root = open_directory
    socket = server.configure(root, free_port())
    files, daemon = root / "etc/cups-files.conf", root / "etc/cupsd.conf"
    files.write_text(files.read_text(encoding="utf-8").replace("SystemGroup root", "SystemGroup lpadmin"))
    # Debian's own policy in the place of ours, which lets everybody do everything
    theirs = Path("/usr/share/cups/cupsd.conf.default").read_text(encoding="utf-8")
    daemon.write_text(re.sub(r"(?m)^Listen .*\n", "", theirs) + f"Listen {socket}\n", encoding="utf-8")
    groups = re.sub(r"(?m)^lpadmin:.*\n", "", Path("/etc/group").read_text(encoding="utf-8"))
    (root / "group").write_text(f"{groups}lpadmin:x:999:{'nobody' if member else ''}\n", encoding="utf-8")
    steps = [
        f"mount --bind {root}/group /etc/group",
        f"{server.CUPSD} -f -c {daemon} -s {files} & trap 'kill -9 '$! EXIT",
        f"for _ in $(seq 200); do test -S {socket} && break; sleep 0.05; done",
        # in the group as systemd would have it there, which is not what is asked
        f"setpriv --reuid nobody --regid nogroup --groups 999 lpadmin -h {socket} -p q -v file:///dev/null -m raw",
    ]
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-ec", "\n".join(steps)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode == 0) is member, done.stderr
    assert ("Forbidden" in done.stderr) is not member
