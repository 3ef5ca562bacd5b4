"""`python -m kiosk.devices`: the device service, until SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import warnings
from pathlib import Path

from asyncvarlink import create_unix_server

from kiosk import config
from kiosk.devices.service import build, registry_of

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


async def serve(path: Path, devices: dict[str, str]) -> None:
    """Serve at `path` until SIGTERM or SIGINT."""
    service = build(devices)
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    service.start()
    path.parent.mkdir(parents=True, exist_ok=True)
    # the mask stands before the socket exists, so that there is no moment in which others may connect
    before = os.umask(0o117)
    try:
        server = await create_unix_server(registry_of(service).protocol_factory, path)
    finally:
        os.umask(before)
    pings = asyncio.create_task(_alive())
    _tell_systemd("READY=1")
    _log.info("serving")
    await stop.wait()
    _tell_systemd("STOPPING=1")
    pings.cancel()
    server.close()
    server.abort_clients()
    await service.close()


def main() -> int:
    """Run until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    # asyncvarlink 0.3.3 drops a stream whose reader has gone without awaiting its end; the collector ends it
    warnings.filterwarnings("ignore", message="coroutine method 'aclose'", category=RuntimeWarning)
    logging.getLogger("asyncvarlink").setLevel(logging.CRITICAL)
    settings = config.load()
    asyncio.run(serve(settings.devices_socket, dict(settings.devices)))
    return 0


if __name__ == "__main__":
    # a hung driver's thread is a daemon, but C libraries may still hold the interpreter's end up
    code = main()
    logging.shutdown()
    os._exit(code)
