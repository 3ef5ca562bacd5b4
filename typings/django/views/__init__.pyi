# django.views, as far as it is used here. Django ships no types; guessed ones drown the findings.

from typing import Any

from django.http import HttpRequest, HttpResponse

class View:
    @classmethod
    def as_view(cls, **given: Any) -> Any: ...
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...
