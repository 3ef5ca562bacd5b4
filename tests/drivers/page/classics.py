"""Classic queues for tests: the drivers that villages own, with the true filters, and one filter more that listens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.drivers.ticket.printserver import PrintServer

_FILTERS = Path("/usr/lib/cups/filter")


@dataclass(frozen=True)
class Driver:
    """A Debian package's driver: a model that it names, the filter that is given the raster, and its tray."""

    name: str
    model: str
    filter: str


DRIVERS = (
    Driver(
        "escpr",
        "escpr:0/cups/model/epson-inkjet-printer-escpr/Epson-L3110_Series-epson-escpr-en.ppd",
        "epson-escpr-wrapper",
    ),
    Driver("brlaser", "drv:///brlaser.drv/brl2320d.ppd", "rastertobrlaser"),
    Driver("splix", "drv:///splix-samsung.drv/ml2165.ppd", "rastertoqpdl"),
)


def classic(server: PrintServer, driver: Driver, uri: str = "said:/", **options: str) -> str:
    """Make a queue with this driver, before whose filter the raster is kept; its address."""
    command = ["-p", driver.name, "-v", uri, "-m", driver.model, "-E", "-o", "printer-error-policy=abort-job"]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    server._lpadmin(*command)
    return f"cups://socket/{driver.name}?socket={server.socket}"


def listen(server: PrintServer) -> None:
    """Keep the raster that each driver's filter is given; before the first job."""
    folder = server.root / "bin/filter"
    folder.unlink()
    folder.mkdir()
    for each in _FILTERS.iterdir():
        (folder / each.name).symlink_to(each)
    for driver in DRIVERS:
        place = folder / driver.filter
        place.unlink()
        # escpr's filter asks for its queue's PPD by the name under which it was called
        call = f'(exec -a "$PRINTER" {_FILTERS / driver.filter} "$@")'
        place.write_text(f"#!/bin/bash\ntee {raster_of(server, driver)} | {call}\n")
        place.chmod(0o755)


def raster_of(server: PrintServer, driver: Driver) -> Path:
    """Where the raster of the last job lies."""
    return server.root / f"{driver.name}.raster"


def keep(server: PrintServer) -> None:
    """From now on the printer takes all that a driver makes; see PrintServer.given."""
    server.do(f"cat >> {server.root}/said.bin")


def documents(server: PrintServer) -> list[str]:
    """The documents that lie in the spool. Not those in its folder `tmp`: a filter that is killed in the middle
    leaves what it worked on, and escpr always a link to its PPD (measured)."""
    return sorted(path.name for path in (server.root / "cups/spool").glob("d*"))
