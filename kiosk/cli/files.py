"""Commands about files: codes, signatures and sheets of paper in pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.cli.common import Commands, Job, Record, each, settings


def register(commands: Commands) -> None:
    """read-qr, check-qr, check-pdf, find-page."""

    def files(name: str, job: Job, text: str, what: str) -> argparse.ArgumentParser:
        added = commands.add(name, job, text)
        added.add_argument("files", nargs="+", type=Path, metavar=what)
        return added

    files("read-qr", _read_qr, "read the codes in pictures", "IMAGE")
    check_qr = files("check-qr", _check_qr, "read codes and say what can be established about them", "IMAGE")
    check_qr.add_argument("--trust", type=Path, metavar="DIR", help="issuers and status lists (default: this kiosk's)")
    check_pdf = files("check-pdf", _check_pdf, "verify the electronic signature of documents", "FILE")
    check_pdf.add_argument("--trust", type=Path, required=True, metavar="DIR", help="roots, intermediates and CRLs")
    files("find-page", _find_page, "find the sheet of paper in pictures", "IMAGE")


def _read_qr(arguments: argparse.Namespace) -> int:
    from kiosk.vision.commands import read_qr

    return each(arguments.files, read_qr, arguments.json, lambda r: "\n".join(r["texts"]) or f"{r['path']}: no code")


def _check_qr(arguments: argparse.Namespace) -> int:
    from kiosk.app.trusted import Trusted
    from kiosk.documents.commands import check_qr_texts
    from kiosk.vision.commands import read_qr

    trusted = Trusted(arguments.trust or settings().identity)

    def answer(path: Path) -> Record:
        record = read_qr(path)
        if "error" in record:
            return record
        return {**record, **check_qr_texts(record["texts"], trusted.documents(), trusted.clock())}

    return each(arguments.files, answer, arguments.json, lambda r: f"{r['path']}: {r['verdict']} ({r['why']})")


def _check_pdf(arguments: argparse.Namespace) -> int:
    from kiosk.documents.commands import check_pdf_file

    def answer(path: Path) -> Record:
        return check_pdf_file(path, arguments.trust)

    return each(arguments.files, answer, arguments.json, lambda r: f"{r['path']}: {r['verdict']} ({r['why']})")


def _find_page(arguments: argparse.Namespace) -> int:
    from kiosk.vision.commands import find_page_file

    return each(
        arguments.files, find_page_file, arguments.json, lambda r: f"{r['path']}: {r['finding']} {r['corners'] or ''}"
    )
