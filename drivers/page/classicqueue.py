"""A classic print queue, one with a PPD and a driver's filter (escpr, brlaser, splix), asked by IPP.

What every queue of a print server can do is :mod:`drivers.ticket.spooler`'s; here is what a PDF needs beyond that.
"""

from __future__ import annotations

from drivers.page import trays
from drivers.page.ipp import Answer, Attribute, Group, NotAllowed, Op, Tag, Value, number, words
from drivers.page.jobs import Attributes
from drivers.ticket.spooler import ASK_WITHIN, NOT_FOUND, Spooler

A4, PDF = "iso_a4_210x297mm", "application/pdf"
#: Seconds for a document to go out, and until the print server itself cancels a job that nobody follows any more.
TAKE_WITHIN, GIVE_UP = 30.0, 300
_WORDS = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-error-policy",
    "device-uri",
    "document-format-supported",
    "media-supported",
    "media-source-supported",
    "marker-names",
    "marker-colors",
    "marker-levels",
)
#: Options of drivers that a technician may have set otherwise and that spoil a document; a driver without one ignores
#: it. JamRecovery (splix) has the printer make a jammed page again by itself, for whoever comes next.
_DRIVERS = {"brlaserEconomode": "False", "EconoMode": "OFF", "JamRecovery": "False"}
_NORMAL = 4  # print-quality (RFC 8011 §5.2.13)


class ClassicQueue(Spooler):
    """`url` as Spooler's; with `?tray=NAME` a media-source, where A4 does not lie where the driver thinks.

    Every method raises NoAnswer when the print server says nothing.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._tray = asked_tray(url)

    def ask(self, operation: Op, *attributes: Attribute) -> Answer:
        """One question, for drivers.page.jobs."""
        return self._wire.ask(operation, attributes, timeout=ASK_WITHIN)

    @property
    def user(self) -> str:
        """Whose jobs they are."""
        return str(self._ours.value)

    def attributes(self) -> Attributes | None:
        """How the queue is; None when there is no such queue."""
        answer = self.ask(
            Op.GET_PRINTER_ATTRIBUTES,
            self._ours,
            Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", _WORDS),
        )
        return None if answer.status == NOT_FOUND else answer.one(Group.PRINTER)

    def hand(self, pdf: bytes, title: str, queue: Attributes) -> int | None:
        """Hand over one copy, once; the job's number, or None when it was not taken and nothing will come out.

        `queue` are its attributes. Raises NoAnswer when it may have been taken.
        """
        media = Attribute(Group.JOB, Tag.KEYWORD, "media", A4)
        if source := self._tray or _usual(queue):
            # by media or by media-col, never by both (PWG 5100.7)
            media = Attribute(Group.JOB, Tag.COLLECTION, "media-col", trays.media_col(source))
        try:
            answer = self._wire.ask(
                Op.PRINT_JOB,
                (
                    self._ours,
                    Attribute(Group.OPERATION, Tag.NAME, "job-name", title),
                    Attribute(Group.OPERATION, Tag.MIME, "document-format", PDF),
                    Attribute(Group.JOB, Tag.INTEGER, "copies", 1),
                    media,
                    Attribute(Group.JOB, Tag.KEYWORD, "print-scaling", "none"),
                    Attribute(Group.JOB, Tag.KEYWORD, "sides", "one-sided"),
                    Attribute(Group.JOB, Tag.ENUM, "print-quality", _NORMAL),
                    Attribute(Group.JOB, Tag.NAME, "job-sheets", "none"),
                    Attribute(Group.JOB, Tag.INTEGER, "job-cancel-after", GIVE_UP),
                    *(Attribute(Group.JOB, Tag.NAME, name, value) for name, value in _DRIVERS.items()),
                ),
                pdf,
                timeout=TAKE_WITHIN,
            )
        except NotAllowed:
            return None
        return (number(answer.one(Group.JOB), "job-id") or None) if answer.ok else None


def asked_tray(url: str) -> str:
    """The media-source that an address names, or ""."""
    from urllib.parse import parse_qs, urlsplit

    return parse_qs(urlsplit(url).query).get("tray", [""])[0]


def _usual(queue: Attributes) -> str:
    """The tray that a driver without knowledge takes: its own choice, else its first that is not fed by hand."""
    known: list[Value] = queue.get("media-source-supported", [])
    names = [str(name) for name in known]
    if not names or trays.AUTO in names:
        return trays.AUTO if names else ""
    return next((name for name in names if name not in trays.BY_HAND), names[0])


def why_not(queue: Attributes) -> str:
    """Why it takes no document of ours at all, or "": no-a4, no-pdf."""
    if A4 not in words(queue, "media-supported"):
        return "no-a4"
    return "" if PDF in words(queue, "document-format-supported") else "no-pdf"
