"""The answers of ``prodesaku check-pdf`` and ``prodesaku check-qr``, one JSON-ready object a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.documents.trust import Clock, TrustStore


def check_pdf_file(path: Path, trust_dir: Path, now: float | None = None) -> dict[str, Any]:
    """``{"path", "verdict", "why", "ms"}``, or ``{"path", "error"}`` when the file cannot be read.

    `now` None: this machine's clock.
    """
    raise NotImplementedError


def check_qr_texts(texts: list[str], trust: TrustStore, clock: Clock) -> dict[str, Any]:
    """``{"verdict", "why"}`` for the texts read from one image, to be merged into the answer of ``read-qr``.

    With several codes the seal counts; without any code the verdict is ``belum_pasti``.
    """
    raise NotImplementedError
