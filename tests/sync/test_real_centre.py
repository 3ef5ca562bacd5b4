"""The same loops against the back office itself, over HTTP, as its own process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.values import NewAttachment, Stored
from kiosk.sync.enrol import EnrolFailed, enrol
from kiosk.sync.turns import Turn
from kiosk.tickets.key import new_key
from tests.store.world import draft
from tests.sync.conftest import Kiosk

VILLAGE = "73.15.06.2006"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("office")
    command = [sys.executable, "-m", "central.cli", "serve", "--dir", str(folder), "--port", "0"]
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [*command, "--training", "--enrol", VILLAGE], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(20)


def test_enrol_send_correct_order_receipt_acts_and_feed(office: dict[str, Any], tmp_path: Path):
    assert enrol(office["url"], "0000000000", tmp_path / "identity") == EnrolFailed("wrong_code")
    kiosk = Kiosk(tmp_path, office["url"], office["enrol_code"])
    trust = kiosk.identity.trust()
    from kiosk.store.seal import Recipients, build_packet

    facts = kiosk.world.packet()
    files = (NewAttachment("surat_lahir", "image/webp", os.urandom(150_000)), NewAttachment("kk", "image/webp", b"x"))
    packet = build_packet(
        draft(("akta_lahir", "kk_ubah"), files),
        Recipients(trust.current[0], trust.escrow[0]),  # type: ignore[union-attr]
        application=facts.application,
        revision=1,
        number=facts.number,
        ticket=facts.ticket,
        now=int(kiosk.world.clock.now),
    )
    assert isinstance(kiosk.store.submit(packet), Stored)  # type: ignore[arg-type]
    kiosk.store.ticket_reissued(facts.application, new_key().recipient)
    kiosk.store.save_survey({"U1": 4}, {})
    assert kiosk.up.once().turn is Turn.WORKED
    while kiosk.acts.once().turn is Turn.WORKED:
        pass
    kiosk.down.once()
    assert kiosk.store.queue().waiting == 0 and kiosk.store.quarantined() == ()
    found = kiosk.store.find(facts.application)
    assert found is not None
    assert (found.state, {document.state for document in found.documents}) == ("received", {"in_review"})
    assert found.promised_at is not None and found.promised_at > (found.received_at or 0)
    assert kiosk.store.cursor() >= 3
    kiosk.api.close()
    kiosk.store.close()
