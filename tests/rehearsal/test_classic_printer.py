"""A village that owns an older printer: nobody is told what came out, so the sheet is shown to the camera."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from drivers import virtual
from kiosk.rehearsal.person import Visitor
from kiosk.rehearsal.stage import Stage
from tests.faults.hall import AKTA, Hall

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    others = tuple(twin for twin in virtual.TWINS if twin.role != "page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(virtual, "TWINS", (*others, virtual.Twin("page", "drivers.page.classictwin")))
        with Stage(tmp_path_factory.mktemp("classic")) as stage:
            place = Hall(stage)
            yield place
            place.village.close()


def sheets(hall: Hall) -> int:
    return len(hall.world.outputs("page", ".png"))


def prove(hall: Hall, visitor: Visitor, ticket: str) -> dict[str, Any]:
    hall.track(ticket)
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(AKTA.person.nik)
    visitor.touch("next")
    return visitor.wait_for("PlaceSheet", "PrintStopped", patience=90)


def outcomes(hall: Hall, ticket: str) -> list[str | None]:
    store = hall.village.store
    known = store.find(ticket.split("-")[2])
    assert known is not None
    return [act.outcome for act in store.prints(known.documents[0].document)]


def show(hall: Hall, visitor: Visitor) -> dict[str, Any]:
    hall.world.set("camera", paper=str(hall.world.last("page", ".png")))
    return visitor.wait_for("ReadBack", patience=60)


def test_the_sheet_is_in_doubt_until_the_camera_has_read_it(hall: Hall) -> None:
    ticket, before = hall.delivered(), sheets(hall)
    visitor = hall.fresh()
    assert prove(hall, visitor, ticket)["page"] == "PlaceSheet"
    assert outcomes(hall, ticket) == ["unknown"]
    hall.until(lambda: sheets(hall) == before + 1)
    assert show(hall, visitor)["result"] == "match"
    assert outcomes(hall, ticket) == ["printed"]
    visitor.take_away()
    visitor.touch("received")
    visitor.wait_for("Thanks", "SurveyQuestion", "Track", "Timeline")
    assert sheets(hall) == before + 1


def test_nothing_came_out_is_no_second_copy_and_the_sheet_that_comes_later_settles_it(hall: Hall) -> None:
    ticket, before = hall.delivered(), sheets(hall)
    visitor = hall.fresh()
    hall.world.set("page", seconds="8")
    assert prove(hall, visitor, ticket)["page"] == "PlaceSheet"
    visitor.touch("nothing_came")
    stopped = visitor.wait_for("PrintStopped")
    assert (stopped["why"], stopped["can_retry"], stopped["may_show"]) == ("nothing_came", False, True)
    visitor.touch("done")
    hall.until(lambda: sheets(hall) == before + 1)

    visitor = hall.fresh()
    hall.world.set("page", seconds="0.6")
    stopped = prove(hall, visitor, ticket)
    assert (stopped["page"], stopped["why"], stopped["may_show"]) == ("PrintStopped", "unknown", True)
    visitor.touch("sheet_came")
    visitor.wait_for("PlaceSheet")
    assert show(hall, visitor)["result"] == "match"
    assert outcomes(hall, ticket) == ["printed"]
    assert sheets(hall) == before + 1


def test_paper_that_runs_out_is_named_and_leaves_the_sheet_in_doubt(hall: Hall) -> None:
    ticket, before = hall.delivered(), sheets(hall)
    visitor = hall.fresh()
    hall.world.set("page", paper="out")
    stopped = prove(hall, visitor, ticket)
    assert (stopped["page"], stopped["why"], stopped["can_retry"]) == ("PrintStopped", "no_paper", False)
    assert outcomes(hall, ticket) == ["unknown"]
    hall.world.set("page", paper="ok")
    assert sheets(hall) <= before + 1
