"""A clerk who walks away is logged out."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse

from central import clock

_KEY = "clicked_at"


class SessionTimeout:
    """Middleware after authentication: ends a session without clicks for SESSION_IDLE seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/dinas/") and request.user.is_authenticated:
            clicked = float(request.session.get(_KEY, clock.now()))
            if clock.now() - clicked > settings.SESSION_IDLE:
                auth.logout(request)
                request.session["why"] = "idle"
            else:
                request.session[_KEY] = clock.now()
        return self._next(request)
