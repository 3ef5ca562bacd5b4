"""What a printer gives as its reasons, and what becomes of a job then."""

from __future__ import annotations

import pytest

from drivers.page import states
from drivers.page.ipp import Value
from drivers.roles import Busy, CoverOpen, Fault, Jammed, JobPhase, NoPaper, Ready, Status

#: printer-state-reasons, with the suffixes that printers put on as they like.
NO_A4 = ["input-cannot-feed-size-selected-error", "input-manual-input-request", "media-needed-report"]
BY_HAND = ["spool-area-full-warning", "output-area-full", "marker-waste-full-error"]


def says(reason: str, state: int) -> dict[str, list[Value]]:
    return {"printer-state": [state], "printer-state-reasons": [reason]}


@pytest.mark.parametrize("reason", NO_A4)
@pytest.mark.parametrize("state", [states.IDLE, states.PROCESSING, states.STOPPED])
def test_other_paper_than_a4_is_none(reason: str, state: int) -> None:
    printer = says(reason, state)
    assert states.status_of(printer) == NoPaper()
    assert states.phase_of(states.blocked(printer) or Ready()) is JobPhase.NO_PAPER


@pytest.mark.parametrize("reason", BY_HAND)
def test_a_printer_that_stopped_for_a_person_takes_no_job_and_keeps_none(reason: str) -> None:
    plain = states.reasons(says(reason, states.STOPPED))
    fault: Status = Fault(next(iter(plain)))
    assert states.status_of(says(reason, states.STOPPED)) == fault
    assert states.blocked(says(reason, states.STOPPED)) == fault
    assert states.phase_of(fault) is JobPhase.FAILED
    # while it prints on, that is a warning for the next job and none for this one
    assert states.blocked(says(reason, states.PROCESSING)) is None
    assert states.status_of(says(reason, states.PROCESSING)) == fault


def test_a_fuser_that_warms_up_keeps_its_job() -> None:
    assert states.blocked(says("fuser-under-temp", states.STOPPED)) is None
    assert states.status_of(says("fuser-under-temp", states.STOPPED)) == Fault("fuser-under-temp")


def test_the_worst_is_said_first() -> None:
    many: dict[str, list[Value]] = {
        "printer-state": [states.STOPPED],
        "printer-state-reasons": ["spool-area-full", "media-empty", "media-jam-error", "cover-open"],
    }
    assert states.status_of(many) == Jammed()
    many["printer-state-reasons"] = ["media-empty", "door-open"]
    assert states.status_of(many) == CoverOpen()
    many["printer-state-reasons"] = ["none"]
    many["printer-state"] = [states.PROCESSING]
    assert states.status_of(many) == Busy()
