"""Counting failures of log-ins and enrolments, by a peppered hash of account or address."""

from __future__ import annotations

import hmac

from central import clock, place
from central.registry.models import LoginFailure

WINDOW = 15 * 60.0


def blocked(kind: str, who: str, limit: int) -> bool:
    """Whether `who` failed `limit` times within the last quarter of an hour."""
    return LoginFailure.objects.filter(key=_key(kind, who), at__gt=clock.now() - WINDOW).count() >= limit


def failed(kind: str, who: str) -> None:
    """One more failure; old ones are forgotten."""
    LoginFailure.objects.filter(at__lte=clock.now() - WINDOW).delete()
    LoginFailure.objects.create(key=_key(kind, who), at=clock.now())


def forget(kind: str, who: str) -> None:
    """It went well."""
    LoginFailure.objects.filter(key=_key(kind, who)).delete()


def _key(kind: str, who: str) -> str:
    return hmac.digest(place.current().secret.encode(), f"{kind}:{who.lower()}".encode(), "sha256").hex()
