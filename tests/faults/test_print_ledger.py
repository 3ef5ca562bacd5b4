"""Power gone while a sheet is in the printer: nothing comes by itself, a person says what became of it, then one."""

import json

import pytest

from kiosk.rehearsal.person import Visitor
from tests.faults.hall import AKTA, Hall

pytestmark = pytest.mark.timeout(300)


def sheets(hall: Hall) -> int:
    """Sheets that lie in the tray; `hall.printed` counts files that reached the printer."""
    return len(hall.world.outputs("page", ".png"))


def pending(hall: Hall) -> list[dict[str, object]]:
    done = hall.prodesaku("print", "pending", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def prove(hall: Hall, visitor: Visitor, ticket: str) -> None:
    """The ticket, the button, the NIK."""
    hall.track(ticket)
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(AKTA.person.nik)
    visitor.touch("next")


def test_power_cut_while_the_sheet_is_under_way(hall: Hall) -> None:
    ticket = hall.delivered()
    visitor = hall.fresh()
    known = {one["act"] for one in pending(hall)}
    files, before = hall.printed(), sheets(hall)
    hall.world.set("page", seconds="20")
    prove(hall, visitor, ticket)
    hall.until(lambda: hall.printed() == files + 1)
    hall.stage.power_cut()
    hall.world.set("page", jam="yes")  # the sheet stands still between the rollers
    hall.stage.power_on()
    visitor = hall.back()
    hall.world.set("page", jam="no", seconds="0.6")
    visitor.finger.wait(lambda s: s["page"] == "Waiting")
    prove(hall, visitor, ticket)
    stopped = visitor.wait_for("PrintStopped", patience=60)
    assert (stopped["why"], stopped["can_retry"]) == ("unknown", False)
    assert visitor.finger.can("print_again") is None
    assert (hall.printed(), sheets(hall)) == (files + 1, before), "it printed by itself"

    (act,) = [one for one in pending(hall) if one["act"] not in known]
    assert (act["number"], act["service"]) == (ticket.split("-")[2], "akta_lahir")
    assert hall.prodesaku("print", "resolve", str(act["act"])).returncode == 1, "it must be said what became of it"
    done = hall.prodesaku("print", "resolve", str(act["act"]), "not_printed", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["outcome"] == "not_printed", done.stderr
    assert act["act"] not in {one["act"] for one in pending(hall)}
    assert hall.prodesaku("print", "resolve", str(act["act"]), "printed").returncode == 1, "once is enough"
    assert sheets(hall) == before, "an answer prints nothing"

    visitor = hall.fresh()
    prove(hall, visitor, ticket)
    visitor.wait_for("PlaceSheet", patience=90)
    assert (hall.printed(), sheets(hall)) == (files + 2, before + 1)


def test_an_act_that_nobody_began(hall: Hall) -> None:
    done = hall.prodesaku("print", "resolve", "0192aaaa-0000-7000-8000-000000000000", "printed", "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["error"] == "not_pending"
