"""Commands about this machine: its devices and its identity."""

from __future__ import annotations

import argparse

from kiosk.cli.common import Commands, complain, say, settings


def register(commands: Commands) -> None:
    """devices, enrol."""
    devices = commands.add("devices", _devices, "what is plugged in and how it is")
    devices.add_argument("what", nargs="?", default="status", choices=["list", "status", "watch"])

    enrol = commands.add("enrol", _enrol, "give this machine its identity with a one-time code")
    enrol.add_argument("code")


def _devices(arguments: argparse.Namespace) -> int:
    from kiosk.devices.commands import devices

    settings()  # says what is wrong with the configuration before anything is asked
    return devices(arguments.what, lambda record, plain: say(record, arguments.json, plain))


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
