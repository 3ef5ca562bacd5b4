"""A village hall without a screen: the store, the real sync process, the wire that can be cut, and the real centre."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.centre import Centre
from kiosk.app.trusted import Trusted
from kiosk.formats.manifest import Collector
from kiosk.rehearsal.stage import Stage
from kiosk.store.seal import build_packet
from kiosk.store.store import Store
from kiosk.store.values import Application, Draft, NewAttachment, SealedPacket, Stored
from kiosk.tickets.key import TicketKey, new_key
from kiosk.tickets.number import new_number

NIK = "7315995203920007"
ANSWERS = {"nama_anak": "ANDI FATIMAH AZZAHRA", "nik": NIK, "kk_pemohon": "7315991203180004"}


@dataclass(frozen=True)
class Sent:
    """An application as the kiosk stored it, and its ticket's key."""

    application: str
    number: str
    key: TicketKey


class Village:
    """What the app does around `submit`, without a screen."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.trusted = Trusted(stage.config.identity)
        store = Store.open(stage.config.store)
        assert isinstance(store, Store)
        self.store = store

    def submit(
        self,
        kilobytes: int = 60,
        pictures: int = 2,
        services: tuple[str, ...] = ("akta_lahir",),
        slots: tuple[str, ...] = (),
        answers: Mapping[str, str] = ANSWERS,
    ) -> Sent:
        """Seal and store one application with pictures of this size; `slots` names what they show."""
        site, recipients = self.trusted.site, self.trusted.recipients()
        assert site and recipients
        key, number = new_key(), new_number(site.letters, secrets.SystemRandom())
        draft = Draft(
            site=site.code,
            services=services,
            for_whom="anak",
            answers=answers,
            collectors=(Collector("reporter", NIK, "SITI RAMLAH"),),
            contact={},
            attachments=tuple(
                NewAttachment(slot, "image/webp", secrets.token_bytes(kilobytes * 1024))
                for slot in slots or [f"surat_{i}" for i in range(pictures)]
            ),
        )
        packet = build_packet(
            draft,
            recipients,
            application=self.store.new_application_id(),
            revision=1,
            number=number.compact,
            ticket=key.recipient,
            now=int(time.time()),
        )
        assert isinstance(packet, SealedPacket)
        stored = self.store.submit(packet)
        assert isinstance(stored, Stored)
        return Sent(stored.application, number.compact, key)

    def nudge(self) -> None:
        """Let the agent try now, as the app does after each act."""
        asyncio.run(Centre(self.stage.config.sync_socket).nudge())

    def known(self, sent: Sent) -> Application:
        """What the kiosk's store says."""
        found = self.store.find(sent.application)
        assert found is not None
        return found

    def wait_received(self, sent: Sent, seconds: float = 60.0) -> Application:
        """Until a verified receipt is stored; nudged as an impatient operator would."""
        deadline = time.monotonic() + seconds
        while (known := self.known(sent)).received_at is None:
            assert time.monotonic() < deadline, "the application did not arrive"
            self.nudge()
            time.sleep(0.2)
        return known

    def wait_state(self, sent: Sent, state: str, seconds: float = 60.0) -> Application:
        """Until the first document is in this state."""
        deadline = time.monotonic() + seconds
        while (known := self.known(sent)).documents[0].state.value != state:
            assert time.monotonic() < deadline, f"still {known.documents[0].state}"
            self.nudge()
            time.sleep(0.2)
        return known

    def at_centre(self, sent: Sent) -> tuple[int, int, int]:
        """How often the centre has this application: rows of applications, revisions and documents."""
        path = Path(self.stage.directory) / "central" / "central.sqlite"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = [r[0] for r in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            found = []
            for kind, column in (("application", "id"), ("revision", "application_id"), ("document", "application_id")):
                table = next(t for t in tables if t.endswith(f"_{kind}"))
                key = sent.application if kind else ""
                rows = database.execute(
                    f"SELECT count(*) FROM {table} WHERE replace({column}, '-', '') = ?", (key.replace("-", ""),)
                )
                found.append(rows.fetchone()[0])
        return found[0], found[1], found[2]

    def close(self) -> None:
        self.store.close()
