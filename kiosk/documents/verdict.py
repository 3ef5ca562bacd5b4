"""The six verdicts over a code's text."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.documents.answers import CodeVerdict
from kiosk.documents.trust import Clock, TrustStore
from kiosk.formats.statuslist import StatusList


def check_code(text: str, trust: TrustStore, status: Mapping[int, StatusList] | None, clock: Clock) -> CodeVerdict:
    """What can be established about a code, offline. `status` None: the lists of `trust`. Quick, never raises."""
    raise NotImplementedError
