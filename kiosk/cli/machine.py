"""Commands about this machine: its devices and its identity."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kiosk.cli.common import Commands, complain, say, settings

if TYPE_CHECKING:
    from kiosk.config import Config


def register(commands: Commands) -> None:
    """devices, enrol."""
    devices = commands.add("devices", _devices, "what is plugged in and how it is")
    devices.add_argument("what", nargs="?", default="status", choices=["list", "status", "watch", "test"])
    roles = ["ticket", "printer", "camera", "scanner", "reader", "keypad", "all"]
    devices.add_argument("role", nargs="?", default="all", choices=roles, help="what to test (default: all)")
    devices.add_argument("--head", type=int, metavar="DOTS", help="draw the test slip for a head of so many dots")
    devices.add_argument("--within", type=float, default=20.0, help="seconds to wait for a code or a key (default: 20)")

    enrol = commands.add("enrol", _enrol, "give this machine its identity with a one-time code")
    enrol.add_argument("code")


def _devices(arguments: argparse.Namespace) -> int:
    from kiosk.devices.commands import devices

    config = settings()  # says what is wrong with the configuration before anything is asked
    if arguments.what == "test":
        return _test(arguments, config)
    return devices(arguments.what, lambda record, plain: say(record, arguments.json, plain))


def _test(arguments: argparse.Namespace, config: Config) -> int:
    import asyncio

    from drivers.ticket.heads import head_of
    from kiosk.app.slips import place
    from kiosk.app.trusted import Trusted
    from kiosk.cli.trying import Tried, run
    from kiosk.devices.client import DevicesAway, Head

    def tell(tried: Tried) -> None:
        say(
            tried.record(),
            arguments.json,
            lambda r: f"{r['role']:10} {'ready' if r['ok'] else 'not ready'}  {r.get('figures', r.get('why'))}",
        )

    try:
        known = head_of(arguments.head) if arguments.head is not None else None
    except ValueError as none:
        complain(str(none))
        return 2
    site = Trusted(config.identity).site
    try:
        return asyncio.run(
            run(
                config.devices_socket,
                arguments.role,
                place(site) if site else None,
                tell,
                complain,
                arguments.within,
                head=Head(known.dots, known.dpi) if known else None,
            )
        )
    except DevicesAway:
        say({"error": "devices_away"}, arguments.json, lambda r: f"{r['error']}")
        return 2


def _enrol(arguments: argparse.Namespace) -> int:
    from kiosk.sync.enrol import EnrolFailed, enrol

    config = settings()
    outcome = enrol(config.central, arguments.code, config.identity)
    if isinstance(outcome, EnrolFailed):
        complain(outcome.why)
        return 1
    village = {"device": outcome.device, "village": outcome.site["village"], "district": outcome.site["district"]}
    say(village, arguments.json, lambda r: f"{r['village']}, {r['district']}: {r['device']}")
    return 0
