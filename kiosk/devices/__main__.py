"""`python -m kiosk.devices`: the device service, until SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from pathlib import Path

from kiosk import config
from kiosk.devices.build import build
from kiosk.devices.door import listen

_log = logging.getLogger("prodesaku.devices")


def _tell_systemd(state: str) -> None:
    """sd_notify(3), when systemd started us."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out, contextlib.suppress(OSError):
            out.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)


async def _alive() -> None:
    """The watchdog's ping; comes only while the event loop turns."""
    period = int(os.environ.get("WATCHDOG_USEC", "0")) / 2_000_000
    while period:
        _tell_systemd("WATCHDOG=1")
        await asyncio.sleep(period)


async def serve(path: Path, devices: dict[str, str]) -> int:
    """Serve at `path` until SIGTERM or SIGINT, then 0; 1 when the process is worn out and should be started anew."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    path.parent.mkdir(parents=True, exist_ok=True)
    service = build(devices, path.with_name("devices.acts"))
    # the mask stands before the socket exists, so that there is no moment in which others may connect
    before = os.umask(0o117)
    try:
        server = await listen(service, path)
    finally:
        os.umask(before)
    service.start()
    pings = asyncio.create_task(_alive())
    _tell_systemd("READY=1")
    _log.info("serving")
    ends = [asyncio.create_task(end.wait()) for end in (stop, service.worn_out)]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    code = 0 if stop.is_set() else 1
    if code:
        _log.error("too many threads hang: the process ends, to be started anew")
    _tell_systemd("STOPPING=1")
    for task in (pings, *ends):
        task.cancel()
    server.close()
    server.abort_clients()
    await service.close()
    return code


def main() -> int:
    """Run until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    # what asyncvarlink says of a call may quote it
    logging.getLogger("asyncvarlink").setLevel(logging.CRITICAL)
    settings = config.load()
    return asyncio.run(serve(settings.devices_socket, dict(settings.devices)))


if __name__ == "__main__":
    # a hung driver's thread is a daemon, but C libraries may still hold the interpreter's end up
    code = main()
    logging.shutdown()
    os._exit(code)
