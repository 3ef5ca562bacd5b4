"""Telling people: the message port. A regency plugs its SMS or WhatsApp gateway in; a file stands for it until then.

A message names the ticket's number and the village, never a reason, a paper, a service or a person: telephones are
shared and lie open.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from django.db import transaction

from central import clock, place
from central.data.regions import villages
from central.data.services import office
from central.registry.models import Application
from kiosk.formats.manifest import Record


class Occasion(StrEnum):
    """When the office speaks."""

    RECEIVED = "received"
    RETURNED = "returned"
    READY = "ready"
    READY_AT_OFFICE = "ready_at_office"


@dataclass(frozen=True)
class Message:
    """One message as it would be sent. `to` is a telephone number, `through` who passes the message on."""

    occasion: str
    to: str
    through: str
    text: str
    at: int


class Port(Protocol):
    """Sends messages. Losing one must not lose anything else: the ticket works without it."""

    def send(self, message: Message) -> None:
        """Send or queue; raises OSError when neither is possible."""
        ...


class FilePort:
    """Appends each message to a file (0600), one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Message) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(message), ensure_ascii=False) + "\n")


_TEXTS = {
    Occasion.RECEIVED: (
        "{office}: permohonan {number} sudah kami terima. Kami kabari lagi bila ada perkembangan. Biaya Rp 0."
    ),
    Occasion.RETURNED: (
        "{office}: ada kabar tentang permohonan {number}. Datanglah ke kantor {village} membawa tiket Anda. Rp 0."
    ),
    Occasion.READY: ("{office}: permohonan {number} siap dicetak di kantor {village}. Bawa tiket Anda. Biaya Rp 0."),
    Occasion.READY_AT_OFFICE: ("{office}: permohonan {number} siap di {place}. Bawa tiket Anda. Biaya Rp 0."),
}


def text_for(occasion: Occasion, number: str, site: str, at: str = "") -> str:
    """The words of a message, in Indonesian."""
    village = villages()[site].title if site in villages() else "desa/kelurahan"
    where = at or office().place
    return _TEXTS[occasion].format(office=office().name, number=pretty(number), village=village, place=where)


def pretty(number: str) -> str:
    """KBL7F3K9X as it stands on the ticket: KBL-7F3K9-X."""
    return f"{number[:-6]}-{number[-6:-1]}-{number[-1]}" if len(number) > 6 else number


def tell_citizen(occasion: Occasion, application: Application, record: Record, at: str = "") -> None:
    """Send the message once the transaction has been committed, if the citizen left a way to be reached."""
    to = _first(record.contact, "phone", "telepon", "hp", "wa")
    if not to:
        return
    through = _first(record.contact, "through", "lewat", "melalui")
    text = text_for(occasion, application.number, application.site, at)
    message = Message(occasion.value, to, through, text, int(clock.now()))
    transaction.on_commit(partial(current().send, message), robust=True)


def current() -> Port:
    """The port of this office."""
    return FilePort(place.current().messages)


def _first(contact: Mapping[str, str], *names: str) -> str:
    return next((contact[name].strip() for name in names if contact.get(name, "").strip()), "")
