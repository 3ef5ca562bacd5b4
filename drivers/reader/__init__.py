"""The code reader: wire (frames on a serial port), driver (one port, reopened), device (the role), twin (a pty)."""

from drivers.reader.device import SerialCodeReader, open

__all__ = ["SerialCodeReader", "open"]
