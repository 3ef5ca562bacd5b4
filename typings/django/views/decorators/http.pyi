# django.views.decorators.http, as far as it is used here. Django ships no types; guessed ones drown the findings.

from collections.abc import Callable
from typing import TypeVar

_F = TypeVar("_F")

def require_GET(view: _F) -> _F: ...  # noqa: N802
def require_POST(view: _F) -> _F: ...  # noqa: N802
def require_http_methods(methods: list[str]) -> Callable[[_F], _F]: ...
