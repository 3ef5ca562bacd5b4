"""Commands that show the product: the kiosk itself, a journey played headless, every screen as a picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.common import Commands, say


def register(commands: Commands) -> None:
    """run, journey, gallery."""
    run = commands.add("run", _run, "the kiosk; --virtual adds virtual devices and an embedded centre", answers=False)
    run.add_argument("--virtual", action="store_true", help="virtual devices, an embedded centre and a dock page")
    run.add_argument("--dir", type=Path, help="where a virtual run keeps its state (default: build/virtual)")
    run.add_argument("--size", default="1280x800", help="window size (default: 1280x800)")
    run.add_argument("--service", default="akta_lahir", help="what is played when there is no display")

    journey = commands.add(
        "journey",
        _journey,
        "play a whole journey headless, with three processes, and leave its pictures",
        answers=False,
    )
    journey.add_argument("name", choices=["apply-and-collect"])
    journey.add_argument("--service", default="akta_lahir", metavar="ID", help="service id, or paket_lahir for a birth")
    journey.add_argument("--out", type=Path, required=True, metavar="DIR")
    journey.add_argument("--offline-until", metavar="STEP", help="the network is cut until this step has passed")
    journey.add_argument("--size", default="1280x800")

    gallery = commands.add("gallery", _gallery, "every screen as a picture")
    gallery.add_argument("--out", type=Path, required=True, metavar="DIR")
    gallery.add_argument("--size", action="append", type=_size, metavar="WxH", help="window size; may be repeated")


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.virtual:
        from kiosk.app.__main__ import main as kiosk

        return kiosk()
    from kiosk.rehearsal.run import run_virtual

    return run_virtual(arguments.dir, size=arguments.size, service=arguments.service)


def _journey(arguments: argparse.Namespace) -> int:
    from kiosk.rehearsal.journey import apply_and_collect

    return apply_and_collect(
        arguments.service, arguments.out, offline_until=arguments.offline_until, size=arguments.size
    )


def _gallery(arguments: argparse.Namespace) -> int:
    from kiosk.ui.gallery import COMPACT, REFERENCE, gallery

    for path in gallery(arguments.out, arguments.size or [REFERENCE, COMPACT]):
        say({"path": str(path)}, arguments.json, lambda r: r["path"])
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)
