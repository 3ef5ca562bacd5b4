"""The Varlink interface `id.prodesaku.Devices`: what goes over the socket. Use :mod:`kiosk.devices.client` instead.

An empty `failure` means success. Streams repeat their last word every few seconds, so that the service notices who has
gone; the client swallows the repetitions. By hand: `varlinkctl call SOCKET id.prodesaku.Devices.Status {}`.
"""

# no deferred annotations here: asyncvarlink reads them as they stand
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from asyncvarlink import FileDescriptor, VarlinkInterface, varlinkmethod

from kiosk.devices.values import DeviceStatus, JobState


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
    corners: list[list[float]] = field(default_factory=list[list[float]])
    texts: list[str] = field(default_factory=list[str])


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


class DevicesInterface(VarlinkInterface, name="id.prodesaku.Devices"):
    """The machine's devices."""

    @varlinkmethod(return_parameter="devices")
    async def Status(self) -> list[DeviceStatus]:  # noqa: N802 - Varlink's spelling, here and below
        """How every device is, as last seen."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="device", delay_generator=False)
    async def Watch(self) -> AsyncIterator[DeviceStatus]:  # noqa: N802
        """Every device's status, then every change."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="text", delay_generator=False)
    async def Codes(self) -> AsyncIterator[str]:  # noqa: N802
        """The codes read from now on. The first answer is empty: somebody listens. Later empty ones say so again."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="frame", delay_generator=False)
    async def Preview(self, purpose: str) -> AsyncIterator[FrameMessage]:  # noqa: N802
        """Preview pictures for the purpose page or sheet."""
        raise NotImplementedError
        yield

    @varlinkmethod(return_parameter="capture")
    async def Still(self) -> PageMessage:  # noqa: N802
        """Take the picture of the paper under the camera."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="capture")
    async def Scan(self) -> PageMessage:  # noqa: N802
        """Take a page from the document scanner."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="sheet")
    async def ReadSheet(self) -> SheetMessage:  # noqa: N802
        """Read the codes on the sheet under the camera."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="outcome")
    async def PrintSlip(self, png: FileDescriptor) -> str:  # noqa: N802
        """Print a slip once: printed, no_paper, cover_open, missing, unknown."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="job")
    async def PrintPdf(self, pdf: FileDescriptor, name: str, job: str) -> JobMessage:  # noqa: N802
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

    @varlinkmethod(return_parameter="dots")
    async def PaperWidth(self) -> int:  # noqa: N802
        """The ticket printer's width."""
        raise NotImplementedError
