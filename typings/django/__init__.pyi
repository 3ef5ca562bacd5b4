# django, as far as it is used here. Django ships no types; guessed ones drown the findings.

from typing import Any

def __getattr__(name: str) -> Any: ...
