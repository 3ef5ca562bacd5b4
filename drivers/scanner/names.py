"""What back-ends call sources and modes: one table. Pure.

SANE (standard 1.06, 4.5 "Well-known options") leaves the texts of `source` and `mode` to back-ends. Those below were
read in manual pages of sane-backends 1.2.1 (`sane-NAME(5)`) and in the back-ends' own option lists, as `scanimage -A`
prints them. Whatever no line knows is not offered to anybody: slides, backs of sheets alone, dithered greys, 16 bits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from drivers.roles.scanner import ScanMode, ScanSource

C = TypeVar("C")

#: A whole name (upper and lower case are alike) -> what it is. Earlier lines are preferred.
SOURCES: tuple[tuple[str, ScanSource], ...] = (
    # airscan, epson2, pixma, hp5590, fujitsu; "FlatBed" of Brother's brscan4
    (r"flat ?bed", ScanSource.FLATBED),
    (r"platen|document table", ScanSource.FLATBED),
    # airscan, escl, hp5590, xerox_mfp, hpaio
    (r"adf", ScanSource.FEEDER),
    # epson2, pixma, magicolor, kodakaio, test; snapscan "Document Feeder"; brscan4 "…(left aligned)"
    (r"(automatic )?document feeder( ?\((left|centrally|center) aligned\))?", ScanSource.FEEDER),
    # fujitsu, canon_dr, epjitsu, kodak, epsonds, avision
    (r"adf (front|simplex|one-sided)", ScanSource.FEEDER),
    # airscan, pixma, hp5590, fujitsu, canon_dr, epjitsu, kodak, epsonds; hpaio "Duplex"
    (r"(adf )?duplex|adf (both sides|two-sided)", ScanSource.DUPLEX),
    # brscan4 "Automatic Document Feeder(left aligned,Duplex)"
    (r"automatic document feeder ?\((.{1,20} aligned, ?)?duplex\)", ScanSource.DUPLEX),
)
MODES: tuple[tuple[str, ScanMode], ...] = (
    # airscan, escl, epson2, pixma, genesys, fujitsu, hpaio and nearly everybody; sm3600 "color"
    (r"colou?r", ScanMode.COLOUR),
    # brscan4 (the one without [Fast] first), agfafocus "Color (24 bit)", mustek_usb2 "Color24"
    (r"24 ?bits? color", ScanMode.COLOUR),
    (r"24 ?bits? color ?\[fast\]|color ?\(24 bits?\)|color24", ScanMode.COLOUR),
    (r"gr[ae]y(scale)?", ScanMode.GREY),
    # brscan4 "True Gray", agfafocus "Gray (8 bit)", mustek_usb2 "Gray8", matsushita "Grayscale 8 bits"
    (r"true gray|gray ?\(8 bits?\)|gray8|grayscale 8 bits?|8 bits? gray", ScanMode.GREY),
    (r"line ?art|binary", ScanMode.LINEART),
    # brscan4
    (r"black ?& ?white", ScanMode.LINEART),
)
#: An epson2-like back-end has one feeder, and an option of this name that says how many sides: sane-epson2(5).
SIDES, ONE_SIDE, BOTH_SIDES = "adf-mode", "Simplex", "Duplex"


def by_meaning(names: Iterable[str], table: Iterable[tuple[str, C]]) -> dict[C, str]:
    """What is meant -> the back-end's own name for it; of several names the one that the table prefers."""
    found: dict[C, str] = {}
    listed = tuple(names)
    for pattern, meant in table:
        for name in listed:
            if meant not in found and re.fullmatch(pattern, name[:80].strip(), re.IGNORECASE):
                found[meant] = name
    return found
