"""Which files are expected: the few choices of the strict profile. The rules themselves are not negotiable."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 20 << 20


@dataclass(frozen=True)
class Profile:
    """The defaults are for documents that will be printed here."""

    a4: bool = True
    optional_content: bool = False
    max_pages: int = 20


FOR_PRINTING = Profile()
#: Any issuer's PDF, to be judged but not printed.
ANY_ISSUER = Profile(a4=False, optional_content=True, max_pages=500)
