"""What is plugged into this machine, and which role it can play: `discover()`."""

from drivers.discovery.find import Found, Identity, discover
from drivers.discovery.models import Model, Role, Wire

__all__ = ["Found", "Identity", "Model", "Role", "Wire", "discover"]
