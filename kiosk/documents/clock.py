"""One clock for the validation library.

pyHanko asks the machine's clock in several places of a validation whose time it was given: in the validation of the
past and in the bookkeeping of proofs of existence. On a machine whose clock is wrong the parts of one validation would
disagree. The guard's process judges one file at one moment, so there the library gets that moment and no other.
"""

from __future__ import annotations

import sys
from datetime import datetime, tzinfo


def fix(moment: datetime) -> None:
    """From now on every loaded module of pyHanko reads `moment`. For the guard's own short-lived process only."""

    class Fixed(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("pyhanko", "pyhanko_certvalidator") and getattr(module, "datetime", None) is datetime:
            vars(module)["datetime"] = Fixed
