"""The six roles a kiosk's hardware plays, and the closed list of states it can be in.

A role is a Protocol; every implementation and every virtual twin passes the role's contract suite in
`tests/drivers/contract`. Expected failures are values of the cases below, never exceptions. The one rule that all
drivers share: a device that did not answer is :class:`Unknown` - never "offline", never "out of paper", never "fine".

Methods block; callers that must not wait run them in a thread. Every method is safe to call from several threads (one
port, one lock) and returns within its stated bound.
"""

from __future__ import annotations

from drivers.roles.camera import (
    ENOUGH_PIXELS,
    ENOUGH_PX_PER_MM,
    Camera,
    CameraFacts,
    Picture,
)
from drivers.roles.keypad import (
    KeyPad,
)
from drivers.roles.pixels import (
    Pixels,
)
from drivers.roles.printers import (
    SETTLED,
    JobHandedOver,
    JobNotTaken,
    JobPhase,
    JobState,
    PagePrinter,
    SlipOutcome,
    Supply,
    TicketPrinter,
)
from drivers.roles.reader import (
    Accepted,
    CodeReader,
    ConfigurableReader,
    NoAnswer,
    ReaderIdentity,
    ReaderSettings,
    Refused,
    TriggerMode,
)
from drivers.roles.scanner import (
    DocumentScanner,
)
from drivers.roles.status import (
    Busy,
    CoverOpen,
    Fault,
    Jammed,
    Missing,
    NearEnd,
    NoPaper,
    NoToner,
    NotPrintable,
    Ready,
    Status,
    Unknown,
    name_of,
)

__all__ = [
    "ENOUGH_PIXELS",
    "ENOUGH_PX_PER_MM",
    "SETTLED",
    "Accepted",
    "Busy",
    "Camera",
    "CameraFacts",
    "CodeReader",
    "ConfigurableReader",
    "CoverOpen",
    "DocumentScanner",
    "Fault",
    "Jammed",
    "JobHandedOver",
    "JobNotTaken",
    "JobPhase",
    "JobState",
    "KeyPad",
    "Missing",
    "NearEnd",
    "NoAnswer",
    "NoPaper",
    "NoToner",
    "NotPrintable",
    "PagePrinter",
    "Picture",
    "Pixels",
    "ReaderIdentity",
    "ReaderSettings",
    "Ready",
    "Refused",
    "SlipOutcome",
    "Status",
    "Supply",
    "TicketPrinter",
    "TriggerMode",
    "Unknown",
    "name_of",
]
