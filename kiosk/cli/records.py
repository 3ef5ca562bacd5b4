"""Commands about what this machine has written down: queue, tickets, prints, journal."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from kiosk.cli.common import Commands, complain, open_store, say, settings


def register(commands: Commands) -> None:
    """outbox, ticket, print, journal."""
    outbox = commands.add("outbox", _outbox, "what waits to be sent")
    outbox.add_argument("what", nargs="?", default="list", choices=["list"])

    ticket = commands.add("ticket", _ticket, "tickets that nobody has confirmed, and their reissue by the operator")
    ticket.add_argument("what", choices=["pending", "reissue"])
    ticket.add_argument("number", nargs="?", help="the ticket's number, for reissue")
    ticket.add_argument("--yes", action="store_true", help="the paper is in the hand; do not ask")

    prints = commands.add("print", _print, "sheets whose fate is not known, and what a person who looked says of them")
    prints.add_argument("what", choices=["pending", "resolve"])
    prints.add_argument("act", nargs="?", help="the print act, as pending names it")
    prints.add_argument("answer", nargs="?", choices=["printed", "not_printed"])
    prints.add_argument("--by", default="operator", metavar="BADGE", help="badge id of the operator who looked")

    journal = commands.add("journal", _journal, "recompute the journal's tree")
    journal.add_argument("what", choices=["verify"])


def _outbox(arguments: argparse.Namespace) -> int:
    store = open_store()
    if store is None:
        return 1
    with closing(store):
        counts, stuck = store.queue(), store.quarantined()
    say(
        {"waiting": counts.waiting, "quarantined": counts.quarantined, "oldest": counts.oldest},
        arguments.json,
        lambda r: f"{r['waiting']} waiting, {r['quarantined']} quarantined",
    )
    for item in stuck:
        say(
            {"application": item.application, "revision": item.revision, "error": item.error, "since": item.since},
            arguments.json,
            lambda r: f"{r['application']} revision {r['revision']}: {r['error']}",
        )
    return 0


def _ticket(arguments: argparse.Namespace) -> int:
    import asyncio

    from kiosk.app.centre import Centre
    from kiosk.app.reissue import ReissueFailed, reissue
    from kiosk.app.trusted import Trusted
    from kiosk.catalog import Refused, bundled, load
    from kiosk.devices.client import Devices

    config = settings()
    site, pack, store = Trusted(config.identity).site, load(bundled()), open_store()
    if store is None or site is None or isinstance(pack, Refused):
        return 1
    with closing(store):
        if arguments.what == "pending":
            for one in store.pending_tickets():
                found = {"number": one.number, "application": one.application, "submitted_at": one.submitted_at}
                say(found, arguments.json, lambda r: str(r["number"]))
            return 0

        def confirm() -> bool:
            if arguments.yes:
                return True
            print("Tiket sudah keluar? (ya/belum) ", end="", file=sys.stderr, flush=True)
            return sys.stdin.readline().strip().lower() in ("y", "ya")

        outcome = asyncio.run(
            reissue(
                arguments.number or "",
                site,
                pack,
                store,
                Devices(config.devices_socket),
                Centre(config.sync_socket),
                confirm,
            )
        )
    if isinstance(outcome, ReissueFailed):
        say(
            {"number": arguments.number, "error": outcome.why}, arguments.json, lambda r: f"{r['number']}: {r['error']}"
        )
        return 1
    say({"number": outcome.number}, arguments.json, lambda r: str(r["number"]))
    return 0


def _print(arguments: argparse.Namespace) -> int:
    from kiosk.store.values import StoreFailure

    store = open_store()
    if store is None:
        return 1
    with closing(store):
        open_acts = {act.act: act for act in store.unsettled_prints()}
        if arguments.what == "pending":
            for act in open_acts.values():
                known = store.document(act.document)
                application = store.find(known.application) if known else None
                found = {
                    "act": act.act,
                    "number": application.number if application else "",
                    "service": known.service if known else "",
                    "copy": act.copy,
                    "begun_at": act.begun_at,
                }
                say(found, arguments.json, lambda r: f"{r['act']}  {r['number']} {r['service']}, copy {r['copy']}")
            return 0
        why = "" if arguments.act in open_acts else "not_pending"
        if not arguments.answer:
            why = why or "no_answer"
        if why:
            say({"act": arguments.act, "error": why}, arguments.json, lambda r: f"{r['act']}: {r['error']}")
            return 1
        act = store.resolve(arguments.act, arguments.answer, by=arguments.by)
    if isinstance(act, StoreFailure):
        complain(f"not written down: {act.why}")
        return 1
    say({"act": act.act, "outcome": act.outcome}, arguments.json, lambda r: f"{r['act']}: {r['outcome']}")
    return 0


def _journal(arguments: argparse.Namespace) -> int:
    from kiosk.store.values import JournalFault

    store = open_store()
    if store is None:
        return 1
    with closing(store):
        found = store.verify_journal()
    if isinstance(found, JournalFault):
        fault = {"ok": False, "index": found.index, "why": found.why}
        say(fault, arguments.json, lambda r: f"entry {r['index']}: {r['why']}")
        return 1
    whole = {"ok": True, "size": found.size, "root": found.root.hex(), "code": found.code}
    say(whole, arguments.json, lambda r: f"{r['size']} entries, whole, {r['code']}")
    return 0
