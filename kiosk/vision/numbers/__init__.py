"""NIK and nomor KK read from a picture: offered with what speaks against them, never taken silently."""

from kiosk.vision.numbers.reader import BUDGET, read_numbers
from kiosk.vision.numbers.telling import DOUBT, SURE, Check, NumberRead

__all__ = ["BUDGET", "DOUBT", "SURE", "Check", "NumberRead", "read_numbers"]
