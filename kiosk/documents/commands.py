"""The answers of ``prodesaku check-pdf`` and ``prodesaku check-qr``, one JSON-ready object a file."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kiosk.documents.guard import check_pdf
from kiosk.documents.rules import ANY_ISSUER, MAX_BYTES, Profile
from kiosk.documents.trust import BadTrust, Clock, TrustStore, from_directory
from kiosk.documents.verdict import check_code
from kiosk.formats.verdicts import Verdict

#: Which verdict speaks for a sheet with several codes: what is proven against it before what is proven for it.
_ORDER = (
    Verdict.TIDAK_SAH,
    Verdict.DICABUT,
    Verdict.DIGANTIKAN,
    Verdict.SAH,
    Verdict.TERDAFTAR,
    Verdict.BELUM_PASTI,
)


def check_pdf_file(
    path: Path, trust_dir: Path, now: float | None = None, profile: Profile = ANY_ISSUER
) -> dict[str, Any]:
    """``{"path", "verdict", "why", "ms"}``, or ``{"path", "error"}`` when file or trust cannot be read.

    `verdict`: valid, invalid, unverifiable. `ms`: from read bytes to verdict. `now` None: this machine's clock.
    """
    trust = from_directory(trust_dir)
    if isinstance(trust, BadTrust):
        return {"path": str(path), "error": f"--trust: {trust.why}"}
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return {"path": str(path), "error": error.strerror or "cannot be read"}
    start = time.perf_counter()
    verdict = check_pdf(data, trust, time.time() if now is None else now, profile)
    ms = round((time.perf_counter() - start) * 1000, 1)
    return {"path": str(path), "verdict": verdict.verdict, "why": verdict.why or _says(verdict.basis), "ms": ms}


def check_qr_texts(texts: Iterable[str], trust: TrustStore, clock: Clock) -> dict[str, Any]:
    """``{"verdict", "why"}`` for the texts read from one image, to be merged into the answer of ``read-qr``.

    With several codes the most telling one speaks; without any code the verdict is ``belum_pasti``.
    """
    found = [check_code(text, trust, None, clock) for text in texts]
    if not found:
        return {"verdict": Verdict.BELUM_PASTI.value, "why": "no_code"}
    first = min(found, key=lambda one: _ORDER.index(one.verdict))
    return {"verdict": first.verdict.value, "why": first.why}


def _says(basis: str) -> str:
    proven = {"lta": "signature proven by an archive time stamp", "point_in_time": "signature good at this moment"}
    return proven.get(basis, "")
