"""All processes die at once, around the moment the ticket comes out: the citizen can always get one that opens."""

import json

import pytest

from kiosk.rehearsal.people import CAST
from tests.faults.hall import Hall

CHANGE = CAST["kk_ubah"]

pytestmark = pytest.mark.timeout(300)


def pending(hall: Hall) -> list[str]:
    done = hall.prodesaku("ticket", "pending", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["number"] for line in done.stdout.splitlines()]


def collect(hall: Hall, ticket: str) -> None:
    """The ticket opens the document, and it prints."""
    before = hall.printed()
    visitor = hall.fresh(CHANGE)
    hall.deliver(ticket.split("-")[2], CHANGE)
    hall.track(ticket)
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(CHANGE.person.nik)
    visitor.touch("next")
    visitor.wait_for("PlaceSheet", patience=90)
    assert hall.printed() == before + 1


def test_between_commit_and_ticket(hall: Hall) -> None:
    visitor = hall.fresh(CHANGE)
    visitor.apply(CHANGE.wish, stop=("CheckAnswers",))
    hall.world.set("ticket", cable="out")
    known = set(pending(hall))
    visitor.touch("declare")
    visitor.finger.wait(lambda s: s.get("declared") is True)
    visitor.touch("send")
    hall.until(lambda: bool(set(pending(hall)) - known))
    hall.stage.power_cut()
    slips = len(hall.world.outputs("ticket"))
    hall.world.set("ticket", cable="in")
    hall.stage.power_on()
    hall.back(CHANGE)
    assert len(hall.world.outputs("ticket")) == slips, "a ticket came out for somebody who has gone"
    (number,) = set(pending(hall)) - known
    done = hall.prodesaku("ticket", "reissue", number, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert number not in pending(hall)
    collect(hall, hall.ticket_text())


def test_between_ticket_and_confirmation_the_paper_in_the_hand_is_good(hall: Hall) -> None:
    visitor = hall.fresh(CHANGE)
    visitor.apply(CHANGE.wish, stop=("TicketOut",))
    visitor.finger.wait(lambda s: s.get("state") == "printed")
    hall.stage.power_cut()
    ticket = hall.ticket_text()
    hall.stage.power_on()
    hall.back(CHANGE)
    assert ticket.split("-")[2] in pending(hall)
    collect(hall, ticket)


def test_a_reissued_ticket_opens_and_the_older_paper_does_not(hall: Hall) -> None:
    visitor = hall.fresh(CHANGE)
    visitor.apply(CHANGE.wish, stop=("TicketOut",))
    visitor.finger.wait(lambda s: s.get("state") == "printed")
    old = hall.ticket_text()
    hall.stage.power_cut()
    hall.stage.power_on()
    hall.back(CHANGE)
    assert hall.prodesaku("ticket", "reissue", old.split("-")[2], "--yes").returncode == 0
    new = hall.ticket_text()
    assert new != old and new.split("-")[2] == old.split("-")[2]
    visitor = hall.back(CHANGE)
    visitor.touch("start")
    visitor.wait_for("Home")
    visitor.touch("track")
    visitor.wait_for("ScanTicket")
    hall.world.show_code(old)
    assert visitor.finger.wait(lambda s: bool(s.get("error")))["page"] == "ScanTicket"
    collect(hall, new)
