"""Typeset, seal, sign, register: a specimen from request to file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from central.signing.request import Issued, SpecimenRequest
from kiosk.formats.statuslist import Status

Now = Callable[[], float]


def issue_specimen(request: SpecimenRequest, directory: Path, now: Now | None = None) -> Issued:
    """Issue a training specimen with the training CA under ``directory/ca`` (created at first use). About half a second.

    Asking again for the same application and service gives a new document and marks the former one superseded.
    """
    raise NotImplementedError


def set_status(directory: Path, sha256: str, status: Status, now: Now | None = None) -> bool:
    """Mark an issued document superseded or revoked and sign the list anew. False: no such document."""
    raise NotImplementedError


def make_trust(directory: Path, now: Now | None = None) -> dict[str, Any]:
    """The fields of ``/v1/trust`` about documents: seal_issuers, roots, intermediates, crls, status_lists, register,
    register_at. CRLs and lists that are more than half a day old are signed anew first."""
    raise NotImplementedError
