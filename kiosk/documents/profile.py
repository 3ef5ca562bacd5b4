"""The strict PAdES profile."""

from __future__ import annotations

from kiosk.documents.answers import PdfVerdict
from kiosk.documents.trust import TrustStore


def check_in_process(data: bytes, trust: TrustStore, now: float) -> PdfVerdict:
    """Judge a PDF in this very process. Only the guard calls this: a hostile file reaches a Python parser here."""
    raise NotImplementedError
