"""The six things that can honestly be said of a paper."""

from enum import StrEnum


class Verdict(StrEnum):
    """Named as the law and the screen name them."""

    SAH = "sah"  # signature verified, status current
    TERDAFTAR = "terdaftar"  # in the issued register, not cryptographically proven
    DIGANTIKAN = "digantikan"  # genuine, but there is a newer one
    DICABUT = "dicabut"  # the office has withdrawn it
    BELUM_PASTI = "belum_pasti"  # unknown, or clock or lists too old
    TIDAK_SAH = "tidak_sah"  # the signature contradicts
