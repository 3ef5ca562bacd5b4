"""`prodesaku …`: one thin command per job. With --json one object a line on standard output and nothing else there.

Rooms are imported when their command runs, so that `prodesaku check-pdf` opens no window and no camera.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.store.store import Store

Job = Callable[[argparse.Namespace], int]


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = _parser().parse_args(argv)
    job: Job = arguments.job
    try:
        return job(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="prodesaku", description="Pro Desaku: the civil registry at the village hall")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, job: Job, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(job=job)
        return added

    run = command("run", _run, "the kiosk; --virtual adds virtual devices and an embedded centre")
    run.add_argument("--virtual", action="store_true", help="virtual devices, an embedded centre and a dock page")
    run.add_argument("--dir", type=Path, help="where a virtual run keeps its state (default: build/virtual)")
    run.add_argument("--size", default="1280x800", help="window size (default: 1280x800)")
    run.add_argument("--service", default="akta_lahir", help="what is played when there is no display")

    journey = command(
        "journey", _journey, "play a whole journey headless, with three processes, and leave its pictures"
    )
    journey.add_argument("name", choices=["apply-and-collect"])
    journey.add_argument("--service", default="akta_lahir", metavar="ID", help="service id, or paket_lahir for a birth")
    journey.add_argument("--out", type=Path, required=True, metavar="DIR")
    journey.add_argument("--offline-until", metavar="STEP", help="the network is cut until this step has passed")
    journey.add_argument("--size", default="1280x800")

    def files(name: str, job: Job, text: str, what: str) -> argparse.ArgumentParser:
        added = command(name, job, text)
        added.add_argument("files", nargs="+", type=Path, metavar=what)
        added.add_argument("--json", action="store_true", help="one JSON object a line")
        return added

    files("read-qr", _read_qr, "read the codes in pictures", "IMAGE")
    check_qr = files("check-qr", _check_qr, "read codes and say what can be established about them", "IMAGE")
    check_qr.add_argument("--trust", type=Path, metavar="DIR", help="issuers and status lists (default: this kiosk's)")
    check_pdf = files("check-pdf", _check_pdf, "verify the electronic signature of documents", "FILE")
    check_pdf.add_argument("--trust", type=Path, required=True, metavar="DIR", help="roots, intermediates and CRLs")
    files("find-page", _find_page, "find the sheet of paper in pictures", "IMAGE")

    devices = command("devices", _devices, "what is plugged in and how it is")
    devices.add_argument("what", nargs="?", default="status", choices=["list", "status", "watch"])
    devices.add_argument("--json", action="store_true")

    enrol = command("enrol", _enrol, "give this machine its identity with a one-time code")
    enrol.add_argument("code")

    outbox = command("outbox", _outbox, "what waits to be sent")
    outbox.add_argument("what", nargs="?", default="list", choices=["list"])
    outbox.add_argument("--json", action="store_true")

    ticket = command("ticket", _ticket, "tickets that nobody has confirmed, and their reissue by the operator")
    ticket.add_argument("what", choices=["pending", "reissue"])
    ticket.add_argument("number", nargs="?", help="the ticket's number, for reissue")
    ticket.add_argument("--yes", action="store_true", help="the paper is in the hand; do not ask")
    ticket.add_argument("--json", action="store_true")

    prints = command("print", _print, "sheets whose fate is not known, and what a person who looked says of them")
    prints.add_argument("what", choices=["pending", "resolve"])
    prints.add_argument("act", nargs="?", help="the print act, as pending names it")
    prints.add_argument("answer", nargs="?", choices=["printed", "not_printed"])
    prints.add_argument("--by", default="operator", metavar="BADGE", help="badge id of the operator who looked")
    prints.add_argument("--json", action="store_true")

    journal = command("journal", _journal, "recompute the journal's tree")
    journal.add_argument("what", choices=["verify"])
    journal.add_argument("--json", action="store_true")

    pack = command("pack", _pack, "service packs")
    pack.add_argument("what", choices=["lint", "show"])
    pack.add_argument("directory", type=Path, nargs="?")
    pack.add_argument("--json", action="store_true")

    gallery = command("gallery", _gallery, "every screen as a picture")
    gallery.add_argument("--out", type=Path, required=True, metavar="DIR")
    gallery.add_argument("--size", action="append", help="window size; may be repeated")
    return parser


def _say(record: Mapping[str, Any], as_json: bool, plain: Callable[[Mapping[str, Any]], str]) -> None:
    print(json.dumps(record, ensure_ascii=False) if as_json else plain(record), flush=True)


def _each(
    files: Iterable[Path], answer: Callable[[Path], Mapping[str, Any]], as_json: bool, plain: Callable[[Any], str]
) -> int:
    """One record a file; a bad file is answered with its error and does not stop the others."""
    code = 0
    for path in files:
        record = answer(path)
        if "error" in record:
            code = 1
            _say(record, as_json, lambda r: f"{r['path']}: {r['error']}")
        else:
            _say(record, as_json, plain)
    return code


def _read_qr(arguments: argparse.Namespace) -> int:
    from kiosk.vision.commands import read_qr

    return _each(arguments.files, read_qr, arguments.json, lambda r: "\n".join(r["texts"]) or f"{r['path']}: no code")


def _check_qr(arguments: argparse.Namespace) -> int:
    from kiosk.app.trusted import Trusted
    from kiosk.config import load
    from kiosk.documents.commands import check_qr_texts
    from kiosk.vision.commands import read_qr

    trusted = Trusted(arguments.trust or load().identity)

    def answer(path: Path) -> Mapping[str, Any]:
        record = read_qr(path)
        if "error" in record:
            return record
        return {**record, **check_qr_texts(record["texts"], trusted.documents(), trusted.clock())}

    return _each(arguments.files, answer, arguments.json, lambda r: f"{r['path']}: {r['verdict']} ({r['why']})")


def _check_pdf(arguments: argparse.Namespace) -> int:
    from kiosk.documents.commands import check_pdf_file

    return _each(
        arguments.files,
        lambda path: check_pdf_file(path, arguments.trust),
        arguments.json,
        lambda r: f"{r['path']}: {r['verdict']} ({r['why']})",
    )


def _find_page(arguments: argparse.Namespace) -> int:
    from kiosk.vision.commands import find_page_file

    return _each(
        arguments.files, find_page_file, arguments.json, lambda r: f"{r['path']}: {r['finding']} {r['corners'] or ''}"
    )


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


def _devices(arguments: argparse.Namespace) -> int:
    from kiosk.config import load
    from kiosk.devices.commands import devices

    return devices(arguments.what, load().devices_socket, lambda record, plain: _say(record, arguments.json, plain))


def _enrol(arguments: argparse.Namespace) -> int:
    from kiosk.config import load
    from kiosk.sync.enrol import EnrolFailed, enrol

    config = load()
    outcome = enrol(config.central, arguments.code, config.identity)
    if isinstance(outcome, EnrolFailed):
        print(f"prodesaku: {outcome.why}", file=sys.stderr)
        return 1
    print(f"{outcome.site['village']}, {outcome.site['district']}: {outcome.device}")
    return 0


def _store() -> Store | None:
    """This machine's store, or None after saying on standard error why not."""
    from kiosk.config import load
    from kiosk.store.store import Store
    from kiosk.store.values import StoreFailure

    store = Store.open(load().store)
    if isinstance(store, StoreFailure):
        print(f"prodesaku: the store cannot be opened: {store.why}", file=sys.stderr)
        return None
    return store


def _outbox(arguments: argparse.Namespace) -> int:
    store = _store()
    if store is None:
        return 1
    with closing(store):
        counts, stuck = store.queue(), store.quarantined()
    _say(
        {"waiting": counts.waiting, "quarantined": counts.quarantined, "oldest": counts.oldest},
        arguments.json,
        lambda r: f"{r['waiting']} waiting, {r['quarantined']} quarantined",
    )
    for item in stuck:
        _say(
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
    from kiosk.config import load as load_config
    from kiosk.devices.client import Devices

    config = load_config()
    site, pack, store = Trusted(config.identity).site, load(bundled()), _store()
    if store is None or site is None or isinstance(pack, Refused):
        return 1
    with closing(store):
        if arguments.what == "pending":
            for one in store.pending_tickets():
                found = {"number": one.number, "application": one.application, "submitted_at": one.submitted_at}
                _say(found, arguments.json, lambda r: str(r["number"]))
            return 0

        def confirm() -> bool:
            return arguments.yes or input("Tiket sudah keluar? (ya/belum) ").strip().lower() in ("y", "ya")

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
        _say(
            {"number": arguments.number, "error": outcome.why}, arguments.json, lambda r: f"{r['number']}: {r['error']}"
        )
        return 1
    _say({"number": outcome.number}, arguments.json, lambda r: str(r["number"]))
    return 0


def _print(arguments: argparse.Namespace) -> int:
    from kiosk.store.values import StoreFailure

    store = _store()
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
                _say(found, arguments.json, lambda r: f"{r['act']}  {r['number']} {r['service']}, copy {r['copy']}")
            return 0
        why = "" if arguments.act in open_acts else "not_pending"
        if not arguments.answer:
            why = why or "no_answer"
        if why:
            _say({"act": arguments.act, "error": why}, arguments.json, lambda r: f"{r['act']}: {r['error']}")
            return 1
        act = store.resolve(arguments.act, arguments.answer, by=arguments.by)
    if isinstance(act, StoreFailure):
        print(f"prodesaku: not written down: {act.why}", file=sys.stderr)
        return 1
    _say({"act": act.act, "outcome": act.outcome}, arguments.json, lambda r: f"{r['act']}: {r['outcome']}")
    return 0


def _journal(arguments: argparse.Namespace) -> int:
    from kiosk.store.values import JournalFault

    store = _store()
    if store is None:
        return 1
    with closing(store):
        found = store.verify_journal()
    if isinstance(found, JournalFault):
        fault = {"ok": False, "index": found.index, "why": found.why}
        _say(fault, arguments.json, lambda r: f"entry {r['index']}: {r['why']}")
        return 1
    whole = {"ok": True, "size": found.size, "root": found.root.hex(), "code": found.code}
    _say(whole, arguments.json, lambda r: f"{r['size']} entries, whole, {r['code']}")
    return 0


def _pack(arguments: argparse.Namespace) -> int:
    from kiosk.catalog import Refused, bundled, lint, load

    pack = load(arguments.directory or bundled())
    flaws = pack.flaws if isinstance(pack, Refused) else lint(pack)
    for flaw in flaws:
        _say(
            {"path": flaw.file, "key": flaw.key, "error": flaw.what},
            arguments.json,
            lambda r: f"{r['path']}: {r['key']}: {r['error']}",
        )
    if isinstance(pack, Refused) or flaws:
        return 1
    for service in pack.services.values() if arguments.what == "show" else ():
        _say(
            {"service": service.id, "title": service.title, "form": service.form},
            arguments.json,
            lambda r: f"{r['service']:16} {r['form']:8} {r['title']}",
        )
    return 0


def _gallery(arguments: argparse.Namespace) -> int:
    from kiosk.ui.gallery import gallery

    sizes = [_size(text) for text in arguments.size or ["1280x800", "1024x600"]]
    for path in gallery(arguments.out, sizes):
        print(path)
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
