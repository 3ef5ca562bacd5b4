"""The socket at which the service is asked."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from asyncvarlink import VarlinkInterfaceRegistry, create_unix_server
from asyncvarlink.serviceinterface import VarlinkServiceInterface
from asyncvarlink.util import VarlinkUnixServer

from kiosk.devices.interface import DevicesInterface
from kiosk.devices.line import Line, Peer, may_call

BACKLOG = 64  # callers that may be waiting to be let in


def registry_of(service: DevicesInterface) -> VarlinkInterfaceRegistry:
    """What the socket serves: the devices, and Varlink's own introspection."""
    registry = VarlinkInterfaceRegistry()
    registry.register_interface(VarlinkServiceInterface("Pro Desaku", "Kiosk", "1", "https://prodesaku.id/", registry))
    registry.register_interface(service)
    return registry


async def listen(
    service: DevicesInterface, path: Path, allowed: Callable[[Peer], bool] = may_call
) -> VarlinkUnixServer:
    """Serve at `path`; the file mode of the socket is the caller's umask."""
    registry = registry_of(service)
    door = _bound(path)
    try:
        server = await create_unix_server(lambda: Line(registry, allowed), sock=door)
        door.listen(BACKLOG)
    except BaseException:
        door.close()
        raise
    return server


def _bound(path: Path) -> socket.socket:
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)  # of a service that was killed
        door.bind(os.fspath(path))
    except BaseException:
        door.close()
        raise
    return door
