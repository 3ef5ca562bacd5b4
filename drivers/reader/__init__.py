"""The code reader.

wire (a serial port), frames (bytes to codes), models (the command sets of common readers), driver (one port, reopened),
device (the role), wedge (readers that type like a keyboard), learn (prefix and end, learnt by scanning), twins.
"""

from drivers.reader.device import SerialCodeReader, open
from drivers.reader.wedge import WedgeCodeReader

__all__ = ["SerialCodeReader", "WedgeCodeReader", "open"]
