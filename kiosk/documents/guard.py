"""Judges files in a process of its own, with bounds on memory, processor time and wall time.

``python -m kiosk.documents.guard`` reads one request from standard input and writes one answer to standard output.
"""

from __future__ import annotations

from kiosk.documents.answers import Codes, NoCodes, PdfVerdict
from kiosk.documents.trust import TrustStore


def check_pdf(data: bytes, trust: TrustStore, now: float) -> PdfVerdict:
    """Judge a signed PDF by the strict profile. Blocks for up to some seconds: call it from a worker thread.

    `now`: seconds since the epoch. Any exception, exhausted bound or lost process means *not verified*.
    """
    raise NotImplementedError


def codes_of(data: bytes) -> Codes | NoCodes:
    """The texts of the codes on the pages of a PDF, as pdfium (forms initialised) and poppler both draw them."""
    raise NotImplementedError
