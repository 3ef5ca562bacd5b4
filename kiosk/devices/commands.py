"""`prodesaku devices list | status | watch`: asks the running service."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from kiosk import config
from kiosk.devices.client import Devices, DevicesAway, DeviceStatus

Say = Callable[[Mapping[str, Any], Callable[[Mapping[str, Any]], str]], None]


def devices(what: str, say: Say) -> int:
    """0; 1 when the service is away."""
    try:
        return asyncio.run(_devices(what, say))
    except DevicesAway:
        say({"error": "devices_away"}, lambda record: f"{record['error']}")
        return 1
    except KeyboardInterrupt:
        return 0


async def _devices(what: str, say: Say) -> int:
    settings = config.load()
    if what == "list":  # what is configured, whether or not the service runs
        for role, address in settings.devices.items():
            say({"role": role, "address": address}, lambda record: f"{record['role']:16} {record['address']}")
        with suppress(DevicesAway):  # what is plugged in only the service can see
            for found in await Devices(settings.devices_socket).plugged():
                say(
                    {**dataclasses.asdict(found), "plugged": True},
                    lambda record: f"{record['role']:16} {record['address']}  plugged in: {record['name']}",
                )
        return 0
    client = await Devices.connect(settings.devices_socket, within=2.0)
    if what == "watch":
        async for status in client.watch():
            _say(status, say)
    else:
        for status in await client.status():
            _say(status, say)
    return 0


def _say(status: DeviceStatus, say: Say) -> None:
    say(
        dataclasses.asdict(status),
        lambda record: f"{record['role']:10} {record['state']:12} {record['detail']}".rstrip(),
    )
