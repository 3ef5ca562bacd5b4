"""Options of the whole suite: real devices on a bench, and keeping what ticket printers were sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROLES = ("reader", "keypad", "camera", "scanner", "ticket", "page")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("devices")
    group.addoption(
        "--real",
        action="append",
        default=[],
        metavar="ROLE=ADDRESS",
        help=f"run a role's contract suite on the device at ADDRESS instead of its twins ({', '.join(ROLES)})",
    )
    group.addoption(
        "--keep-bytes",
        type=Path,
        metavar="DIR",
        help="keep the bytes of every slip that a virtual ticket printer got, for another ESC/POS renderer to draw",
    )


def pytest_configure(config: pytest.Config) -> None:
    for given in config.getoption("--real"):
        if given.partition("=")[0] not in ROLES:
            raise pytest.UsageError(f"--real wants ROLE=ADDRESS with one of {', '.join(ROLES)}: {given}")
    folder: Path | None = config.getoption("--keep-bytes")
    if folder is not None:
        os.environ["PRODESAKU_KEEP_BYTES"] = str(folder.absolute())  # for the twins, which are processes of their own


@pytest.fixture(scope="session")
def real(request: pytest.FixtureRequest) -> dict[str, str]:
    """The addresses of real devices by role; empty unless `--real` was given."""
    return dict(given.split("=", 1) for given in request.config.getoption("--real"))


@pytest.fixture(scope="session")
def keep_bytes(request: pytest.FixtureRequest) -> Path | None:
    """Where the bytes of slips are to be kept, made if it is not there; None unless `--keep-bytes` was given."""
    folder: Path | None = request.config.getoption("--keep-bytes")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return folder
