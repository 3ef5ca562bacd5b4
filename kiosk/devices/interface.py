"""The Varlink interface `id.prodesaku.Devices`: what goes over the socket. Use :mod:`kiosk.devices.client` instead.

An empty `failure` means success. Streams say something when something happened and are silent otherwise. A command (a
still, a scan, a reading, a slip, a sheet) has an id of 8 to 64 letters, digits and hyphens: the same one again is
answered from memory and does nothing again, while what failed may be tried again under its id. Without one the service
makes one up. By hand: `varlinkctl call SOCKET id.prodesaku.Devices.Status {}`.
"""

# no deferred annotations here: asyncvarlink reads them as they stand
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from asyncvarlink import FileDescriptor, TypedVarlinkErrorReply, VarlinkInterface, varlinkmethod

from kiosk.devices.values import DeviceStatus, Head, JobState, PluggedDevice

NAME = "id.prodesaku.Devices"


class CommandReused(TypedVarlinkErrorReply, interface=NAME):
    """The command's id was used for something else."""

    class Parameters:
        """Which one."""

        command: str


class BadCommand(TypedVarlinkErrorReply, interface=NAME):
    """What was asked for makes no sense; `why` says what is wrong with it."""

    class Parameters:
        """What is wrong."""

        why: str


@dataclass
class Corner:
    """A corner of the sheet, in fractions of the frame. A type, since systemd's Varlink knows no lists of lists."""

    x: float
    y: float


@dataclass
class FrameMessage:
    """A preview picture; `pixels` is memory with width x height x 3 bytes."""

    failure: str = ""
    width: int = 0
    height: int = 0
    pixels: FileDescriptor | None = None
    whole: bool = False
    sharp: bool = False
    no_glare: bool = False
    hint: str = "none"
    corners: list[Corner] = field(default_factory=list[Corner])
    texts: list[str] = field(default_factory=list[str])
    taken: float = 0.0


@dataclass
class PageMessage:
    """A paper's picture."""

    failure: str = ""
    page: FileDescriptor | None = None
    preview: FileDescriptor | None = None
    ok: bool = False
    why: str = ""
    width: int = 0
    height: int = 0


@dataclass
class SheetMessage:
    """The codes on a sheet."""

    failure: str = ""
    texts: list[str] = field(default_factory=list[str])
    px_per_module: float | None = None
    picture: FileDescriptor | None = None


@dataclass
class JobMessage:
    """A job that was handed over."""

    failure: str = ""
    id: str = ""
    sha256: str = ""


class DevicesInterface(VarlinkInterface, name=NAME):
    """The machine's devices."""

    errors = (CommandReused, BadCommand)

    @varlinkmethod(return_parameter="devices")
    async def Status(self) -> list[DeviceStatus]:  # noqa: N802 - Varlink's spelling, here and below
        """How every device is, as last seen."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="device", delay_generator=False)
    async def Watch(self) -> AsyncIterator[DeviceStatus]:  # noqa: N802
        """Every device's status, then every change."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="found")
    async def Plugged(self) -> list[PluggedDevice]:  # noqa: N802
        """What is plugged in, whether or not it is configured. Looks now; takes up to half a minute."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="text", delay_generator=False)
    async def Codes(self) -> AsyncIterator[str]:  # noqa: N802
        """The codes read from now on. The first answer is empty: somebody listens. Who asked last gets them."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="key", delay_generator=False)
    async def Keys(self) -> AsyncIterator[str]:  # noqa: N802
        """The keys pressed from now on: yes no back up down help or a digit. Otherwise as Codes."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="frame", delay_generator=False)
    async def Preview(self, purpose: str) -> AsyncIterator[FrameMessage]:  # noqa: N802
        """Preview pictures for the purpose page or sheet."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="capture")
    async def Still(self, command: str | None = None) -> PageMessage:  # noqa: N802
        """Take the picture of the paper under the camera."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="capture")
    async def Scan(self, command: str | None = None) -> PageMessage:  # noqa: N802
        """Take a page from the document scanner."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="sheet")
    async def ReadSheet(self, command: str | None = None) -> SheetMessage:  # noqa: N802
        """Read the codes on the sheet under the camera."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="outcome")
    async def PrintSlip(self, png: FileDescriptor, command: str | None = None) -> str:  # noqa: N802
        """Print a slip once: printed, no_paper, cover_open, missing, unknown."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="job")
    async def PrintPdf(  # noqa: N802
        self, pdf: FileDescriptor, name: str, job: str, command: str | None = None
    ) -> JobMessage:
        """Hand a PDF to the page printer; `job` is 32 hex digits that were never used before."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="state", delay_generator=False)
    async def Follow(self, job: str) -> AsyncIterator[JobState]:  # noqa: N802
        """The job's state and every change, until it is settled."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="certain")
    async def Purge(self) -> bool:  # noqa: N802
        """Cancel all that the page printer holds."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="head")
    async def TicketHead(self) -> Head:  # noqa: N802
        """The ticket printer's head."""
        raise NotImplementedError
