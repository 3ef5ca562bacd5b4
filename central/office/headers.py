"""Headers of every answer: nothing is loaded from elsewhere, nothing is framed, nothing personal is cached."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """Middleware, outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._next(request)
        if request.path.startswith("/v1/"):  # signed as it is, read by kiosks only
            return answer
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["X-Frame-Options"] = "DENY"
        # same-origin, not no-referrer: a form must still send its Origin, which the CSRF check wants
        answer["Referrer-Policy"] = "same-origin"
        answer["Cross-Origin-Opener-Policy"] = "same-origin"
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        answer["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), clipboard-write=(self)"
        if request.is_secure():
            answer["Strict-Transport-Security"] = "max-age=31536000"
        if not request.path.startswith("/static/"):
            answer["Cache-Control"] = "no-store"
        return answer
