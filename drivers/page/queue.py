"""The CUPS queue, for printers that take no PDF: CUPS rasterises, then sends what they do take."""

from __future__ import annotations

import os
import subprocess
import time

import cups

from drivers.page import paper, states
from drivers.page.memory import in_memory

#: What is said of every job, whatever the queue's own defaults are.
OPTIONS = {
    "copies": "1",
    "media": "iso_a4_210x297mm",
    "print-scaling": "none",
    "sides": "one-sided",
    "job-cancel-after": "300",
}

#: Seconds for a cancelled job's back end to end.
IDLE_WITHIN = 6.0
_PRINTING, _STOPPED = 4, 5


class CupsQueue:
    """One queue of one print server. `server`: a socket's path or host:port; the system's own when empty."""

    def __init__(self, name: str, device_uri: str, server: str = "") -> None:
        self._name = name
        self._device_uri = device_uri
        self._server = server

    def moved(self, uri: str) -> None:
        """The printer answers at `uri` now; the next job has the queue lead there."""
        self._device_uri = uri

    def make(self) -> bool:
        """Make the queue, or bring it back to how it must be: IPP Everywhere, abort-job, accepting, enabled.

        abort-job, because a queue that retries prints a second copy after a half-printed sheet, and a queue that
        stops keeps every later job for somebody else's day. False when the print server refuses.
        """
        environment = os.environ | ({"CUPS_SERVER": self._server} if self._server else {})
        command = ["lpadmin", "-p", self._name, "-v", self._device_uri, "-m", "everywhere", "-E"]
        command += ["-o", "printer-error-policy=abort-job", "-o", "printer-is-shared=false"]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def submit(self, pdf: bytes, title: str, tray: str) -> bool:
        """Queue the PDF, once, for paper from this tray (a media-source); False when it was not taken."""
        # an IPP Everywhere queue calls its trays by the printer's words, joined: by-pass-tray is ByPassTray
        slot = "".join(part.capitalize() for part in tray.split("-"))
        try:
            with in_memory(pdf) as path:
                connection = self._connect()
                self._start(connection)
                asked_for = states.titled(title, paper.pages(pdf))
                return connection.printFile(self._name, path, asked_for, OPTIONS | {"InputSlot": slot}) > 0
        except (cups.IPPError, RuntimeError):
            return False

    def _start(self, connection: cups.Connection) -> None:
        """Have the queue print and take jobs. What lay in a stopped one is cancelled first: its person has gone.

        A print server that was killed has lost a queue that was younger than half a minute (DirtyCleanInterval of
        cupsd.conf), and a new machine has none yet; then it is made. So it is when the printer lives elsewhere now.
        """
        if not self._stands(connection) and not self.make():
            raise RuntimeError("no queue")
        connection.enablePrinter(self._name)
        connection.acceptJobs(self._name)

    def _stands(self, connection: cups.Connection) -> bool:
        """Whether the queue is there and leads to the printer; nothing old waits in it afterwards."""
        asked = ["printer-state", "device-uri"]
        try:
            found = connection.getPrinterAttributes(self._name, requested_attributes=asked)
        except cups.IPPError as unknown:
            if unknown.args[0] != cups.IPP_NOT_FOUND:
                raise
            return False
        leads_there = found.get("device-uri") == self._device_uri
        if found["printer-state"] == _STOPPED or not leads_there:
            connection.cancelAllJobs(name=self._name, my_jobs=False, purge_jobs=False)
        return leads_there

    def purge(self) -> bool:
        """Cancel all that the queue holds and have its files deleted; False when that is not certain.

        A cancelled job's back end goes on for a moment and may only then reach the printer, so the queue must be seen
        idle before the printer is asked what it holds.
        """
        deadline = time.monotonic() + IDLE_WITHIN
        try:
            connection = self._connect()
            connection.cancelAllJobs(name=self._name, my_jobs=False, purge_jobs=False)
            while self._state(connection) == _PRINTING:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.05)
            connection.cancelAllJobs(name=self._name, my_jobs=False, purge_jobs=True)
        except (cups.IPPError, RuntimeError):
            return False
        return True

    def _state(self, connection: cups.Connection) -> object:
        return connection.getPrinterAttributes(self._name, requested_attributes=["printer-state"])["printer-state"]

    def holds(self, job_id: str) -> bool:
        """Whether a job with this id in its title is waiting or under way."""
        try:
            # CUPS keeps titles from whoever does not say that the jobs are their own, pycups those without a number
            asked = ["job-id", "job-name"]
            jobs = self._connect().getJobs(which_jobs="not-completed", my_jobs=True, requested_attributes=asked)
        except (cups.IPPError, RuntimeError):
            return False
        return any(job_id in str(job.get("job-name", "")) for job in jobs.values())

    def _connect(self) -> cups.Connection:
        # a connection of its own for each act: a restarted print server is then no special case
        return cups.Connection(host=self._server) if self._server else cups.Connection()
