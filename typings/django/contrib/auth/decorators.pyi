# django.contrib.auth.decorators, as far as it is used here. Django ships no types; guessed ones drown the findings.

from typing import TypeVar

_F = TypeVar("_F")

def login_required(view: _F) -> _F: ...
