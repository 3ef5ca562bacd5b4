"""A print server of one's own: cupsd with everything it writes in one directory, for virtual runs and tests.

Needs no root and touches nothing of the system's. Started by root, cupsd gives its filters and back ends to the user
`lp`, who must be able to reach the directory.
"""

from __future__ import annotations

import grp
import os
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
