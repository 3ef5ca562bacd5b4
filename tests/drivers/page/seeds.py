"""Well-formed answers of page printers, for whoever throws broken bytes at the parsers of `drivers.page`.

They go into `drivers.page.ipp.decode`, which may raise `NoAnswer` and nothing else; what it gives goes into
`drivers.page.states.status_of`, which never raises.
"""

from __future__ import annotations

from drivers.page.ipp import Attribute, Collection, Group, Op, Tag, encode


def answer(*attributes: Attribute) -> bytes:
    """The bytes of a printer's answer: like a request, with the status 0x0000 where that has its operation."""
    data = encode(Op.PRINT_JOB, 1, attributes)
    return data[:2] + b"\0\0" + data[4:]


_SIZE = Collection({"x-dimension": [21000], "y-dimension": [29700]})
_READY = Collection({"media-size": [_SIZE], "media-source": ["tray-2"]})

ANSWERS: tuple[bytes, ...] = (
    answer(),
    answer(Attribute(Group.PRINTER, Tag.COLLECTION, "media-col-ready", _READY)),
    answer(
        Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3),
        Attribute(Group.PRINTER, Tag.KEYWORD, "printer-state-reasons", ("toner-low-warning", "media-low-report")),
        Attribute(Group.PRINTER, Tag.NAME, "marker-names", ("Black",)),
        Attribute(Group.PRINTER, Tag.INTEGER, "marker-levels", -3),
    ),
    answer(Attribute(Group.JOB, Tag.INTEGER, "job-id", 7), Attribute(Group.JOB, Tag.ENUM, "job-state", 9)),
)
