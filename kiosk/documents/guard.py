"""Judges files in a process of its own, with bounds on memory, processor time and wall time.

A hostile PDF reaches parsers in Python and C++ here. ``python -m kiosk.documents.guard`` reads one request (CBOR) from
standard input and writes one answer (JSON) to standard output; whatever goes wrong in it means *not verified*. The file
travels through a pipe and never touches a disk.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, cast

import cbor2

from kiosk.documents.answers import Codes, NoCodes, PdfVerdict
from kiosk.documents.rules import FOR_PRINTING, MAX_BYTES, Profile
from kiosk.documents.trust import TrustStore

MEMORY_BYTES = 1536 << 20
CPU_SECONDS = 30
WALL_SECONDS = 60.0
_NO_NEW_PRIVILEGES = 38
#: What a judge of files has no business doing (audit events of CPython).
_FORBIDDEN = frozenset(
    {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "os.exec", "os.system", "os.fork"}
)


def check_pdf(data: bytes, trust: TrustStore, now: float, profile: Profile = FOR_PRINTING) -> PdfVerdict:
    """Judge a signed PDF by the strict profile. Takes about a second: call it from a worker thread.

    `now`: seconds since the epoch. Any exception, exhausted bound or lost process means *not verified*.
    """
    if len(data) > MAX_BYTES:
        return PdfVerdict("invalid", "too large")
    store = {"roots": trust.roots, "intermediates": trust.intermediates, "crls": trust.crls}
    answer = _ask({"do": "check", "pdf": data, "now": now, "trust": store, "profile": asdict(profile)})
    return PdfVerdict("invalid", f"not verified: {answer}") if isinstance(answer, str) else PdfVerdict(**answer)


def codes_of(data: bytes) -> Codes | NoCodes:
    """The texts of the codes on the pages of a PDF, as pdfium (forms initialised) and poppler both draw them."""
    if len(data) > MAX_BYTES:
        return NoCodes("not_rendered")
    answer = _ask({"do": "codes", "pdf": data})
    if isinstance(answer, str):
        return NoCodes(answer if answer in ("timeout", "memory") else "not_rendered")
    return Codes(tuple(answer["texts"])) if "texts" in answer else NoCodes(answer["why"])


def _ask(request: dict[str, Any]) -> dict[str, Any] | str:
    """The guard's answer, or why there is none."""
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kiosk.documents.guard"],
            input=cbor2.dumps(request),
            capture_output=True,
            timeout=WALL_SECONDS,
            env={"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", **keep},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    if done.returncode != 0:
        return f"the guard ended with {done.returncode}"
    try:
        answer: Any = json.loads(done.stdout)
    except ValueError:
        return "no answer"
    if not isinstance(answer, dict):
        return "no answer"
    found = cast("dict[str, Any]", answer)
    return str(found["error"]) if "error" in found else found


def main() -> int:
    """Serve one request."""
    _bound()
    logging.disable(logging.CRITICAL)  # the library's messages quote the file
    request = cbor2.loads(sys.stdin.buffer.read())
    try:
        answer = _serve(request)
    except MemoryError:
        answer = {"error": "memory"}
    except Exception as error:  # whatever a hostile file makes the parsers raise, the file is not verified
        answer = {"error": type(error).__name__}
    sys.stdout.write(json.dumps(answer))
    return 0


def _serve(request: dict[str, Any]) -> dict[str, Any]:
    # imported here: the parent process asks, and needs none of the validation library
    if request["do"] == "codes":
        from kiosk.documents.codes import codes_in_process

        return asdict(codes_in_process(request["pdf"]))
    from kiosk.documents import clock
    from kiosk.documents.profile import check_in_process

    sys.addaudithook(_refuse)
    store = request["trust"]
    trust = TrustStore(tuple(store["roots"]), tuple(store["intermediates"]), tuple(store["crls"]))
    with clock.stopped_at(datetime.fromtimestamp(request["now"], UTC)):
        return asdict(check_in_process(request["pdf"], trust, request["now"], Profile(**request["profile"])))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and bool(set(arguments[1]) & set("wax+"))
    if event in _FORBIDDEN or event.startswith("subprocess.") or writes:
        raise PermissionError(event)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
