"""What every page of the office needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from central.data.services import office as the_office


def office(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"office": the_office(), "training": settings.TRAINING}
