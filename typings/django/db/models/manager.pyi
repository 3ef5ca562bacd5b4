# django.db.models.manager, as far as it is used here. Django ships no types; guessed ones drown the findings.

from typing import Any, Generic, TypeVar

_M = TypeVar("_M")

class RelatedManager(Generic[_M]):
    def __getattr__(self, name: str) -> Any: ...
