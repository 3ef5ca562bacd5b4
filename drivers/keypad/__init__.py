"""The keypad: map (which key means what), device (the role, on an input device), twin (a pad without hardware)."""

from drivers.keypad.device import EvdevKeyPad, open

__all__ = ["EvdevKeyPad", "open"]
