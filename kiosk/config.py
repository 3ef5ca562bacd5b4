"""Where this machine keeps its things and how it reaches its devices: one TOML file.

Its path is in the environment variable PRODESAKU_CONFIG (``/etc/prodesaku/kiosk.toml`` without it). Nothing in it is
secret and nothing in it is personal.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ENVIRONMENT = "PRODESAKU_CONFIG"
DEFAULT = Path("/etc/prodesaku/kiosk.toml")


@dataclass(frozen=True)
class Config:
    """`devices` maps a role (reader, camera_preview, camera_still, scanner, ticket, page, …) to its address."""

    state: Path  # survives: the store, the sealed spool, the identity
    sockets: Path  # the processes' Unix sockets
    central: str  # the centre's base URL
    central_ca: Path | None = None  # PEM roots for TLS to the centre; None for the system's, or for plain loopback
    devices: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def store(self) -> Path:
        """The one SQLite file."""
        return self.state / "store.sqlite"

    @property
    def spool(self) -> Path:
        """Sealed packets and sealed documents."""
        return self.state / "spool"

    @property
    def identity(self) -> Path:
        """The device key, the site, the trust list."""
        return self.state / "identity"

    @property
    def devices_socket(self) -> Path:
        """Where the device service listens."""
        return self.sockets / "devices.sock"

    @property
    def sync_socket(self) -> Path:
        """Where the sync agent listens."""
        return self.sockets / "sync.sock"


def load(path: Path | None = None) -> Config:
    """Read the configuration.

    Raises OSError or ValueError (with the file's name) when it cannot be read: without it no process can start.
    """
    path = path or Path(os.environ.get(ENVIRONMENT, DEFAULT))
    with path.open("rb") as file:
        data = tomllib.load(file)
    try:
        return Config(
            state=Path(data["state"]),
            sockets=Path(data["sockets"]),
            central=str(data["central"]),
            central_ca=Path(data["central_ca"]) if data.get("central_ca") else None,
            devices={str(k): str(v) for k, v in data.get("devices", {}).items()},
        )
    except KeyError as missing:
        raise ValueError(f"{path}: {missing.args[0]} is missing") from missing


def dump(config: Config) -> str:
    """The TOML text of a configuration, as virtual runs and enrolment write it."""

    def quoted(value: object) -> str:
        text = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'

    lines = [f"state = {quoted(config.state)}", f"sockets = {quoted(config.sockets)}"]
    lines.append(f"central = {quoted(config.central)}")
    if config.central_ca:
        lines.append(f"central_ca = {quoted(config.central_ca)}")
    lines += ["", "[devices]", *(f"{role} = {quoted(address)}" for role, address in config.devices.items())]
    return "\n".join(lines) + "\n"
