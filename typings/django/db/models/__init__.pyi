# django.db.models, as far as it is used here. Django ships no types; guessed ones drown the findings.

from typing import Any, ClassVar, Generic, TypeVar

_M = TypeVar("_M")

class Model:
    objects: ClassVar[Any]
    pk: Any
    def __init__(self, **fields: Any) -> None: ...
    def save(self, **options: Any) -> None: ...
    def refresh_from_db(self) -> None: ...

class QuerySet(Generic[_M]):
    def __getattr__(self, name: str) -> Any: ...

def __getattr__(name: str) -> Any: ...
