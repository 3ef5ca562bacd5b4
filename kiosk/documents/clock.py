"""One clock for the validation library.

pyHanko asks the machine's clock in several places of a validation whose time it was given: in the validation of the
past and in the bookkeeping of proofs of existence. On a machine whose clock is wrong the parts of one validation would
disagree. The guard's process judges one file at one moment, so there the library gets that moment and no other.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, tzinfo


@contextmanager
def stopped_at(moment: datetime) -> Generator[None]:
    """Meanwhile every loaded module of pyHanko reads `moment`. Not for a process with other threads in the library."""

    class Fixed(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

    names = [name for name in sys.modules if name.split(".")[0] in ("pyhanko", "pyhanko_certvalidator")]
    spaces = [vars(sys.modules[name]) for name in names]
    changed = [space for space in spaces if space.get("datetime") is datetime]
    for space in changed:
        space["datetime"] = Fixed
    try:
        yield
    finally:
        for space in changed:
            space["datetime"] = datetime
