"""A finger and an eye from outside, for rehearsals and tests: touches at window coordinates, pictures of the window.

Only a kiosk started with PRODESAKU_PILOT=<socket path> listens, and the socket belongs to the user who started it. It
can do what a person in front of the screen can do and nothing more: look, and touch.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, cast

from kiosk.journeys.pages import TicketOnScreen, View


class Window(Protocol):
    """The real window, as `kiosk.ui.app.KioskApp` offers it; every call is safe from another thread."""

    async def targets(self) -> list[dict[str, Any]]:
        """The visible targets of the newest view: act, value, x, y, width, height, enabled, label,
        focused; window coordinates, y upwards."""
        ...

    async def touch(self, x: float, y: float) -> None:
        """Press and release there."""
        ...

    async def shot(self, path: Path) -> None:
        """Write a PNG of the window with the newest view, without movement."""
        ...

    async def settled(self) -> None:
        """Return once the newest view has been drawn and no page change is running."""
        ...


def describe(view: View) -> dict[str, Any]:
    """What a person sees, as data: the page's name and fields. The ticket's key is not repeated."""
    page = view.page
    if isinstance(page, TicketOnScreen):
        page = dataclasses.replace(page, payload="")
    return {
        "page": type(page).__name__,
        "overlay": type(view.overlay).__name__ if view.overlay else None,
        "online": view.status.online,
        **{f.name: _plain(getattr(page, f.name)) for f in dataclasses.fields(page)},
    }


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in cast("tuple[Any, ...]", value)]
    return value


async def run(path: Path, window: Window, view: Callable[[], View]) -> None:
    """Answer one JSON object a line, for ever: {"do": "look"|"targets"|"touch"|"shot", …}."""

    async def look(_: dict[str, Any]) -> Any:
        await window.settled()
        return describe(view())

    async def targets(_: dict[str, Any]) -> Any:
        return await window.targets()

    async def touch(asked: dict[str, Any]) -> Any:
        await window.touch(float(asked["x"]), float(asked["y"]))
        return True

    async def shot(asked: dict[str, Any]) -> Any:
        await window.shot(Path(asked["path"]))
        return True

    known: dict[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
        "look": look,
        "targets": targets,
        "touch": touch,
        "shot": shot,
    }

    talks: set[asyncio.Task[Any]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            talks.add(task)
            task.add_done_callback(talks.discard)
        try:
            while line := await reader.readline():
                asked = json.loads(line)
                answer = await known[asked["do"]](asked)
                writer.write(json.dumps({"answer": answer}).encode() + b"\n")
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_unix_server(talk, path)
    await asyncio.to_thread(path.chmod, 0o600)
    try:
        async with server:
            await server.serve_forever()
    finally:
        for task in tuple(talks):  # a server that ends leaves its connections alone, and the loop ends with it
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
