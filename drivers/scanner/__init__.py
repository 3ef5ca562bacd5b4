"""The document scanner: wire (`scanimage` as a process), driver (what it says as states), device (the role), twin."""

from drivers.scanner.device import SaneScanner, open

__all__ = ["SaneScanner", "open"]
