"""What a print queue says of a ticket printer: IPP's keywords in (RFC 8011, PWG 5100.9), the role's cases out.

A queue keeps what its last job's back end said until another takes it back (measured, CUPS 2.4.2: not even a later job
that went well clears it), so a reason may be days old. Which of them count is for whoever asks.
"""

from __future__ import annotations

from drivers.roles import CoverOpen, Fault, Missing, NearEnd, NoPaper, Status

#: Without their suffix; the worst first. `trimmer` is PWG 5100.9's word for a knife.
_MEANINGS: tuple[tuple[Status, frozenset[str]], ...] = (
    (CoverOpen(), frozenset({"cover-open", "door-open", "interlock-open"})),
    (NoPaper(), frozenset({"media-empty", "media-needed", "input-tray-missing"})),
    (Fault("jam"), frozenset({"media-jam"})),
    (Fault("cutter"), frozenset({"trimmer-jam", "trimmer-recoverable-failure", "trimmer-unrecoverable-failure"})),
    (Fault("overheated"), frozenset({"fuser-over-temp", "trimmer-over-temp"})),
    (Missing(), frozenset({"offline", "shutdown"})),
    (NearEnd(), frozenset({"media-low"})),
)
#: The back end has not reached the printer yet.
AWAY = frozenset({"connecting-to-device", "offline", "shutdown"})


def told(given: frozenset[str]) -> Status | None:
    """What these reasons say of the printer; None where they say nothing of it."""
    return next((status for status, keywords in _MEANINGS if keywords & given), None)


def stops(given: frozenset[str]) -> Status | None:
    """What keeps the printer from printing by its own word, or None."""
    status = told(given)
    return status if isinstance(status, CoverOpen | NoPaper | Fault) else None
