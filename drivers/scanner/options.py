"""What a scanner offers, as `scanimage --all-options` prints it. Pure.

An option is a line such as `    --source Flatbed|ADF|ADF Duplex [Flatbed]`: the choices, and the present one.
"""

from __future__ import annotations

import re

_LONGEST = 1 << 18  # characters that are looked at
_SOURCE = re.compile(r"^ {1,8}--source ([^\n\[]{1,500}) \[[^\]\n]{0,80}\]", re.MULTILINE)


def feeder(text: str) -> str | None:
    """The back-end's name of the feeder that takes one side of each sheet; None when there is no feeder.

    Names in use: "ADF", "ADF Simplex", "ADF Front", "Automatic Document Feeder"; duplex ones are passed over.
    """
    found = _SOURCE.search(text[:_LONGEST])
    names = found[1].split("|") if found else []
    feeders = [name for name in names if "adf" in name.lower() or "feeder" in name.lower()]
    return next((name for name in feeders if not re.search("duplex|back|both|transparency", name.lower())), None)
