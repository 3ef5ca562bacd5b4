"""What the commands share: registering themselves, answering in JSON or in words, finding this machine's places."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.config import Config
    from kiosk.store.store import Store

Job = Callable[[argparse.Namespace], int]
Record = Mapping[str, Any]
Plain = Callable[[Record], str]


@dataclass(frozen=True)
class Commands:
    """Where a family adds its commands."""

    parsers: argparse._SubParsersAction[argparse.ArgumentParser]  # pyright: ignore[reportPrivateUsage]

    def add(self, name: str, job: Job, text: str, *, answers: bool = True) -> argparse.ArgumentParser:
        """A command; with `answers` it takes --json."""
        added = self.parsers.add_parser(name, help=text, description=text)
        added.set_defaults(job=job)
        if answers:
            added.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
        return added


def say(record: Record, as_json: bool, plain: Plain) -> None:
    """One answer on standard output: a JSON object, or a line in words."""
    print(json.dumps(record, ensure_ascii=False) if as_json else plain(record), flush=True)


def complain(text: str) -> None:
    """What went wrong, on standard error."""
    print(f"prodesaku: {text}", file=sys.stderr, flush=True)


def each(files: Iterable[Path], answer: Callable[[Path], Record], as_json: bool, plain: Plain) -> int:
    """One record a file; a bad file is answered with its error, makes the exit code 1 and does not stop the others."""
    code = 0
    for path in files:
        record = answer(path)
        if "error" in record:
            code = 1
            say(record, as_json, lambda r: f"{r['path']}: {r['error']}")
        else:
            say(record, as_json, plain)
    return code


def settings() -> Config:
    """This machine's configuration; ends the command with code 1 and the reason where there is none."""
    from kiosk.config import load

    try:
        return load()
    except (OSError, ValueError) as error:
        raise SystemExit(f"prodesaku: no configuration: {error}")


def open_store() -> Store | None:
    """This machine's store, or None after saying on standard error why not."""
    from kiosk.store.store import Store
    from kiosk.store.values import StoreFailure

    store = Store.open(settings().store)
    if isinstance(store, StoreFailure):
        complain(f"the store cannot be opened: {store.why}")
        return None
    return store
