"""kill -9 of the device service beside the commands of test_killed_midway: a ticket is waited for, a sheet printed."""

import asyncio
import time

import pytest

from kiosk.devices.client import Devices
from tests.faults.hall import AKTA, Hall

pytestmark = pytest.mark.timeout(300)


BACK_WITHIN = 6.0  # seconds, as in test_killed_midway


def killed(hall: Hall) -> float:
    """kill -9; seconds until it answers again."""
    hall.stage.kill("devices")
    begun = time.monotonic()
    asyncio.run(Devices.connect(hall.stage.config.devices_socket, within=30))
    return time.monotonic() - begun


def test_while_a_code_is_waited_for(hall: Hall) -> None:
    ticket = hall.delivered()
    hall.fresh()
    assert killed(hall) < BACK_WITHIN
    hall.track(ticket)


def test_while_the_page_is_printing(hall: Hall) -> None:
    ticket = hall.delivered()
    visitor = hall.fresh()
    before = hall.printed()
    hall.track(ticket)
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(AKTA.person.nik)
    visitor.touch("next")
    visitor.finger.wait(lambda s: s["page"] == "Printing" and any(x["state"] == "now" for x in s["steps"][2:3]))
    assert killed(hall) < BACK_WITHIN
    visitor.wait_for("PlaceSheet", "PrintStopped", patience=60)
    assert hall.printed() <= before + 1
    stopped = visitor.look()
    if stopped["page"] == "PrintStopped":
        assert not stopped["can_retry"], "a sheet may lie in the tray"


def test_sync_killed_between_application_and_document(hall: Hall) -> None:
    visitor = hall.fresh()
    sent = hall.village.submit(kilobytes=5, pictures=1)
    hall.stage.kill("sync")
    hall.village.wait_received(sent)
    hall.stage.kill("sync")
    hall.deliver(sent.number)
    assert visitor.look()["page"] == "Waiting"
