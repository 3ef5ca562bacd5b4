"""What `scanimage`'s exit codes and words mean in the role's states. Pure."""

from __future__ import annotations

import re

from drivers.roles import Busy, CoverOpen, Fault, Jammed, Missing, NoPaper, Ready, Status
from drivers.scanner.wire import Ran

# SANE standard 1.06, table of status codes; scanimage exits with them
_STATES: dict[int, Status] = {
    0: Ready(),
    3: Busy(),
    4: Fault("settings"),
    5: NoPaper(),
    6: Jammed(),
    7: NoPaper(),
    8: CoverOpen(),
    9: Fault("io"),
    10: Fault("memory"),
    11: Fault("access"),
}


# in the words of libsane (sane_strstatus) too, which scanimage prints when a page fails: untranslated, LC_ALL is C
_WORDS: dict[str, int] = {
    "Device busy": 3,
    "Document feeder jammed": 6,
    "Document feeder out of documents": 7,
    "Scanner cover is open": 8,
    "Error during device I/O": 9,
    "Out of memory": 10,
    "Access to resource has been denied": 11,
}
_FAILED = re.compile(r"sane_(?:start|read): ([A-Za-z /]{1,60})$", re.MULTILINE)


def said(words: str) -> Status | None:
    """Why a page failed, of a run that has said it and then does not end."""
    found = _FAILED.findall(words)
    code = _WORDS.get(found[-1]) if found else None
    return None if code is None else _STATES[code]


def meaning(ran: Ran) -> Status:
    """How the scanner is, from how a run ended."""
    if "open of device" in ran.words:
        # scanimage exits with 1 whatever kept the device from being opened: only its words tell a busy one
        return Busy() if "busy" in ran.words.lower() else Missing()
    if ran.code < 0:
        return Fault("crashed")
    return _STATES.get(ran.code, Fault(f"sane {ran.code}"))
