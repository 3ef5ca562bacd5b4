"""What `scanimage`'s exit codes and words mean in the role's states. Pure."""

from __future__ import annotations

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


def meaning(ran: Ran) -> Status:
    """How the scanner is, from how a run ended."""
    if "open of device" in ran.words:
        # scanimage exits with 1 whatever kept the device from being opened: only its words tell a busy one
        return Busy() if "busy" in ran.words.lower() else Missing()
    if ran.code < 0:
        return Fault("crashed")
    return _STATES.get(ran.code, Fault(f"sane {ran.code}"))
