"""A print server of one's own: cupsd with everything it writes in one directory, for virtual runs and tests.

Needs no root and touches nothing of the system's. Started by root, cupsd gives its filters and back ends to the user
`lp`, who must be able to reach the directory.
"""

from __future__ import annotations

import contextlib
import grp
import os
import signal
import subprocess
from pathlib import Path

CUPSD = "/usr/sbin/cupsd"

_FILES = """\
ServerRoot {root}/etc
ServerBin /usr/lib/cups
DataDir /usr/share/cups
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/run
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
SystemGroup {group}
{user}FatalErrors none
Sandboxing relaxed
SyncOnClose No
"""

_DAEMON = """\
Listen {root}/cups.sock
Listen 127.0.0.1:{port}
Browsing No
BrowseLocalProtocols none
WebInterface No
DefaultAuthType None
LogLevel warn
PreserveJobHistory Yes
PreserveJobFiles No
ErrorPolicy abort-job
JobRetryLimit 1
JobRetryInterval 1
JobKillDelay 2
MultipleOperationTimeout 60
DirtyCleanInterval 0
<Location />
Order allow,deny
Allow localhost
</Location>
<Policy default>
JobPrivateAccess default
JobPrivateValues default
SubscriptionPrivateAccess default
SubscriptionPrivateValues default
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


def configure(root: Path, port: int) -> Path:
    """Write the configuration below `root`; returns the socket that the server will listen on."""
    for name in ("etc/ppd", "spool/tmp", "cache", "run/certs", "log"):
        (root / name).mkdir(parents=True, exist_ok=True)
    as_root = os.geteuid() == 0
    user = "User lp\nGroup lp\n" if as_root else ""
    group = "root" if as_root else _group_name()
    (root / "etc/cups-files.conf").write_text(_FILES.format(root=root, group=group, user=user), encoding="utf-8")
    (root / "etc/cupsd.conf").write_text(_DAEMON.format(root=root, port=port), encoding="utf-8")
    return root / "cups.sock"


def _group_name() -> str:
    # cupsd wants a name; whoever calls is the print server's administrator
    try:
        return grp.getgrgid(os.getegid()).gr_name
    except KeyError:
        return "root"


def complaints(root: Path) -> str:
    """What the server said about why it does not run."""
    logs = [root / "log/stderr", root / "log/error"]
    return "".join(log.read_text(errors="replace")[-2000:] for log in logs if log.exists())


def run(root: Path, environment: dict[str, str], prefix: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    """Start the server in the foreground as a child of this process, with an empty spool.

    A server that was killed takes up again what it had under way, by itself and from the first sheet (measured, CUPS
    2.4.2), while its orphaned back end, or the printer, still prints the first copy.
    """
    for left in (*(root / "spool").glob("[cd][0-9]*"), *(root / "cache").glob("job.cache*")):
        left.unlink()
    command = [*prefix, CUPSD, "-f"]
    command += ["-c", str(root / "etc/cupsd.conf"), "-s", str(root / "etc/cups-files.conf")]
    with (root / "log/stderr").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def kill(server: subprocess.Popen[bytes], *, alone: bool) -> None:
    """SIGKILL to the server `alone`, its filters and back ends go on; or to all of them, as systemd ends a service."""
    if not alone:
        server.send_signal(signal.SIGSTOP)  # so that nobody is born while they are counted
        for pid in _below(server.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    server.kill()
    server.wait(5)


def _below(pid: int) -> list[int]:
    """The processes that this one has started, and theirs (proc(5), stat: the fourth field is the parent)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(entry.parent.name)] = int(entry.read_text(errors="replace").rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:  # it grows under way
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]
