"""A print server of a test's own: cupsd as its makers configure it, with back ends of ours beside CUPS' own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import cups

from drivers.page import server
from drivers.page.ipp import Attribute, Group, Op, Tag, Wire
from drivers.page.twin import free_port
from tests.drivers.until import until

_BACKENDS = Path("/usr/lib/cups")
_DIE_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
#: The back end `said://`: obeys the file `do` (shell), and keeps what it was given.
_SAID = """\
#!/bin/sh
[ $# = 0 ] && exit 0
say() {{ echo "STATE: $1" >&2; }}
data() {{ cat "$file" >> {root}/said.bin; }}
file=${{6:-/dev/stdin}}
. {root}/do
"""
#: CUPS' own configuration: in it, administrators only may administer.
_DEFAULT = Path("/usr/share/cups/cupsd.conf.default")


class PrintServer:
    """One cupsd, below `root`."""

    def __init__(self, root: Path, strict: bool, saves_at_once: bool) -> None:
        self.root = root
        self.port = free_port()
        self.socket = server.configure(root / "cups", self.port)
        self._process: subprocess.Popen[bytes] | None = None
        files, daemon = root / "cups/etc/cups-files.conf", root / "cups/etc/cupsd.conf"
        self._back_ends(files)
        # files of jobs are kept for a day, and failed jobs tried again: not what server.configure() asks for
        text = daemon.read_text().replace("PreserveJobFiles No", "PreserveJobFiles 86400")
        text = text.replace("JobRetryInterval 1\n", "JobRetryInterval 30\n")
        text = text.replace("DirtyCleanInterval 0\n", "") + f"DirtyCleanInterval {0 if saves_at_once else 30}\n"
        if strict:
            theirs = _DEFAULT.read_text().partition("<Policy default>")[2].partition("</Policy>")[0]
            head, mark, _ = text.partition("<Policy default>")
            text = f"{head}{mark}{theirs}</Policy>\n".replace("DefaultAuthType None", "DefaultAuthType Basic")
        daemon.write_text(text)

    def _back_ends(self, files: Path) -> None:
        ours = self.root / "bin"
        (ours / "backend").mkdir(parents=True)
        for each in (*_BACKENDS.iterdir(), *(_BACKENDS / "backend").iterdir()):
            if each.name != "backend":
                (ours / each.relative_to(_BACKENDS)).symlink_to(each)
        (ours / "backend" / "said").write_text(_SAID.format(root=self.root))
        (ours / "backend" / "said").chmod(0o755)
        text = files.read_text().replace(f"ServerBin {_BACKENDS}\n", f"ServerBin {ours}\n")
        files.write_text(text)

    def start(self, emptied: bool = False) -> None:
        """Start it with whatever lies in its spool; or `emptied`, as the kiosk's is (systemd/cups.service.d)."""
        if emptied:
            for left in (*(self.root / "cups/spool").glob("[acd][0-9]*"), *(self.root / "cups/cache").glob("job.c*")):
                left.unlink()
        self.socket.unlink(missing_ok=True)
        etc = self.root / "cups/etc"
        with (self.root / "cups/log/stderr").open("wb") as log:
            self._process = subprocess.Popen(
                [*_DIE_WITH_US, server.CUPSD, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until(self.socket.exists)

    def restart(self) -> None:
        """End it in good order, with everything written down, and start it again."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait(10)
        self.start()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it, as the mains do; its back ends go on."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def queue(self, uri: str, policy: str = "abort-job", name: str = "slip") -> str:
        """Make a raw queue; its address."""
        self._lpadmin("-p", name, "-v", uri, "-E", "-o", f"printer-error-policy={policy}")
        return f"cups://socket/{name}?socket={self.socket}"

    def remove(self, name: str) -> None:
        """Take a queue away, with all that is remembered of it."""
        self._lpadmin("-x", name)

    def _lpadmin(self, *arguments: str) -> None:
        environment = os.environ | {"CUPS_SERVER": str(self.socket)}
        subprocess.run(["lpadmin", *arguments], env=environment, check=True, timeout=30, capture_output=True)

    def take(self, name: str, data: bytes, user: str) -> None:
        """Another user's job for a queue."""
        taken = Wire(f"ipp://127.0.0.1:{self.port}/printers/{name}").ask(
            Op.PRINT_JOB,
            (
                Attribute(Group.OPERATION, Tag.NAME, "requesting-user-name", user),
                Attribute(Group.OPERATION, Tag.MIME, "document-format", "application/vnd.cups-raw"),
            ),
            data,
        )
        assert taken.ok

    def do(self, shell: str) -> None:
        """What the back end `said://` does from now on: `say +reason`, `data`, anything else of the shell.

        What lasts long is begun by exec: a print server that does not run as root ends the back end's process alone,
        and waits for what that has begun.
        """
        (self.root / "do").write_text(shell + "\n")

    @property
    def given(self) -> bytes:
        """All that the back end `said://` was given and took by `data`."""
        with contextlib.suppress(FileNotFoundError):
            return (self.root / "said.bin").read_bytes()
        return b""

    def client(self) -> cups.Connection:
        """CUPS' own client, to do what an administrator does."""
        return cups.Connection(host=str(self.socket))

    def spooled(self) -> list[str]:
        """The files of jobs that lie in the spool: data (d…) and records (c…)."""
        return sorted(path.name for path in (self.root / "cups/spool").rglob("*") if path.is_file())

    def holding(self, data: bytes) -> list[str]:
        """Every file of the print server that holds these bytes."""
        files = [path for path in (self.root / "cups").rglob("*") if path.is_file()]
        return sorted(path.name for path in files if data in path.read_bytes())


@contextmanager
def print_server(strict: bool = False, saves_at_once: bool = False) -> Generator[PrintServer, None, None]:
    """A running print server. `strict`: only administrators administer. `saves_at_once`: writes down every change."""
    memory = Path("/dev/shm")
    base = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    root = Path(tempfile.mkdtemp(prefix="prodesaku-spool-", dir=base))
    root.chmod(0o777)
    there = PrintServer(root, strict, saves_at_once)
    try:
        there.start()
        yield there
    finally:
        there.signal(18)
        there.kill()
        shutil.rmtree(root, ignore_errors=True)
