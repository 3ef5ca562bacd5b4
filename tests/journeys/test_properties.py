"""Whatever comes in whichever order: no exception, no second packet, no sheet without a right to it, nothing left."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.journeys import Act, Visit, effects, events, pages, places, step, view
from tests.journeys.walk import FATHER, MOTHER, STEADY, TICKET, WALL, Walk, document, pack, verified

_SERVICES = list(pack().services)
_SLOTS = list(pack().papers)
_NAMES = ["doc-1", "d2", "?"]
_VALUES = st.one_of(
    st.sampled_from(
        [
            *_SERVICES, *_SLOTS, *pack().questions, *pack().more, *(t.id for t in (*pack().events, *pack().documents)),
            *(o.value for o in pack().for_whom), *(s.id for p in pack().papers.values() for s in p.substitutes),
            *_NAMES, "nik_pemohon", "kontak_hp", "1", "2", "3", "4", "9", "11", "day", "month", "year", "A", "B",
            " ", "7", "0", "ibu", "petugas", "sendiri", "saya", "usia=60-", "largest", "large", "normal", "bug", "en",
        ]
    ),
    st.text(max_size=3),
)  # fmt: skip
_TEXTS = st.one_of(st.sampled_from([TICKET, MOTHER, "HTTPS://EXAMPLE.ORG/V#1", "PDT1-9101-X"]), st.text(max_size=200))
_STATES = [
    "submitted",
    "in_review",
    "returned",
    "delivered",
    "printed",
    "handed_over",
    "rejected",
    "ready_for_pickup",
    "?",
]
_WALLS = st.sampled_from([0.0, WALL, WALL + 1e6, -5.0, 1e18])


@st.composite
def _documents(draw: st.DrawFn) -> events.DocumentState:
    return document(
        draw(st.sampled_from(_NAMES)),
        draw(st.sampled_from([*_SERVICES, "?"])),
        draw(st.sampled_from(_STATES)),
        times=draw(st.dictionaries(st.sampled_from(_STATES), _WALLS, max_size=3)),
        part=draw(st.sampled_from(["", "kk", "nama_anak", "?"])),
        note=draw(st.text(max_size=10)),
    )


_PRESS = st.builds(events.Press, st.sampled_from(Act), _VALUES)
_ON = st.sampled_from(
    [Act.START, Act.NEXT, Act.NEXT, Act.NEXT, Act.APPLY, Act.SHOOT, Act.KEEP, Act.DECLARE, Act.SEND, Act.PRINT,
     Act.PRINT_AGAIN, Act.RECEIVED, Act.COLLECT, Act.TRACK, Act.REPAIR, Act.DONT_KNOW, Act.SKIP]
).map(events.Press)  # fmt: skip
_IMPATIENT = st.sampled_from([Act.SEND, Act.PRINT_AGAIN, Act.NEXT, Act.RECEIVED, Act.TICKET_OUT]).map(events.Press)
_EVENT: st.SearchStrategy[Any] = st.one_of(
    _PRESS,
    _ON,
    _ON,
    _IMPATIENT,
    _IMPATIENT,
    st.builds(events.Tick, st.floats(1000, 1300), _WALLS),
    st.builds(events.CodeRead, _TEXTS),
    st.sampled_from([STEADY, events.Guide(False, False, True, "dark"), events.Guide(True, True, True, "?")]),
    st.builds(events.Captured, st.sampled_from(_SLOTS), st.sampled_from(["p1", "p2", "p3"]), st.booleans()),
    st.builds(events.CaptureFailed, st.sampled_from(_SLOTS), st.sampled_from(["no_page", "timeout", "?"])),
    st.builds(events.PrinterChanged, st.sampled_from(["ready", "no_paper", "jam", "unknown", "?"]), st.none()),
    st.builds(events.NetworkChanged, st.booleans(), st.one_of(st.none(), _WALLS)),
    st.builds(events.Submitted, st.just("a"), st.just("KBL-7F3K9-X"), st.booleans(), _WALLS),
    st.builds(events.SubmitFailed, st.sampled_from(["disk_full", "?"])),
    st.builds(events.TicketPrinted, st.sampled_from(["printed", "no_paper", "?"]), st.sampled_from(["slip", "a4"])),
    st.builds(events.TicketShown, st.just("SECRET")),
    st.builds(
        events.TicketFound, st.just("a"), st.just("N"), st.lists(_documents(), max_size=3).map(tuple), st.booleans(),
        st.one_of(st.none(), _WALLS), st.one_of(st.none(), _WALLS),
    ),
    st.builds(events.TicketRefused, st.sampled_from(["unknown", "locked", "?"])),
    st.builds(events.CollectorAccepted, st.sampled_from(_NAMES)),
    st.builds(events.CollectorRefused, st.integers(-1, 3)),
    st.sampled_from(_NAMES).map(verified),
    st.builds(events.DocumentRefused, st.sampled_from(_NAMES), st.just("why")),
    st.builds(
        events.PrintProgress, st.sampled_from(_NAMES),
        st.sampled_from(["queued", "printing", "printed", "no_paper", "jam", "unknown", "failed", "?"]),
        st.integers(-1, 3), st.integers(0, 3),
    ),
    st.builds(events.SheetRead, st.sampled_from(_NAMES), st.sampled_from(["match", "differs", "unreadable", "?"])),
    st.builds(events.HandoverRecorded, st.sampled_from(_NAMES)),
    st.builds(
        events.Checked, st.sampled_from(["sah", "dicabut", "?"]), st.text(max_size=5),
        since=st.one_of(st.none(), _WALLS),
        list_age_days=st.one_of(st.none(), st.floats(-1, 1e6)),
    ),
    st.sampled_from([
        events.SurveySaved(), events.OperatorAnswered(), events.OperatorPresence(False), events.DevicesLost(),
        events.DevicesBack(), events.KeyPressed(), events.HeadphonesChanged(True), events.HeadphonesChanged(False),
    ]),
)  # fmt: skip


def _begin(where: str) -> Walk:
    walk = Walk()
    match where:
        case "birth":
            walk.to_birth()
            walk.type(MOTHER, Act.NEXT)
        case "check":
            walk.to_check()
            walk.do(Act.DECLARE)
        case "sending":
            walk.to_check()
            walk.do(Act.DECLARE, Act.SEND)
        case "ticket":
            walk.to_ticket()
        case "prove":
            walk.to_prove(document(), document("d2", "kk_anak_lahir"))
            walk.do((Act.PRINT, "doc-1"))
            walk.type(FATHER, Act.NEXT)
        case "print":
            walk.to_print()
        case "place":
            walk.to_place()
        case _:
            pass
    return walk


_WHERE = st.sampled_from(["", "birth", "check", "sending", "ticket", "prove", "print", "place"])


def _personal(visit: Visit) -> bool:
    """Whether anything of a person is left."""
    draft = visit.draft
    return bool(
        draft.answers or draft.typed or draft.papers or visit.ticket or visit.verified or visit.survey or visit.receipt
    )


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(_WHERE, st.lists(_EVENT, min_size=15, max_size=40))
def test_any_events_in_any_order(where: str, told: list[Any]) -> None:
    walk = _begin(where)
    stored, open_submit = where == "ticket", where == "sending"
    may_print = set(walk.visit.verified)
    for event in told:
        before = walk.visit
        fresh = walk.tell(event)
        if isinstance(event, events.DocumentVerified) and isinstance(before.at, places.Printing):
            may_print.add(event.document)
        for effect in fresh:
            match effect:
                case effects.Submit():
                    assert not open_submit, "a second packet while the first is being stored"
                    assert not stored, "a second packet after the first was stored"
                    open_submit = True
                case effects.PrintDocument(name):
                    assert name in may_print, "a sheet without a verified signature in this visit"
                case effects.Wipe():
                    assert not _personal(walk.visit), "something was left behind"
                    may_print, open_submit, stored = set(), False, False
                case _:
                    pass
        if open_submit and isinstance(event, events.Submitted | events.SubmitFailed):
            open_submit, stored = False, isinstance(event, events.Submitted)
        page = view(walk.visit)
        assert isinstance(page, pages.View)
        if isinstance(walk.visit.at, places.Waiting):
            assert not _personal(walk.visit), "the waiting page knows somebody"
        if not isinstance(walk.visit.at, places.TicketShowing):
            assert "SECRET" not in repr((walk.visit.at, walk.visit.draft))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(_PRESS, _ON), min_size=20, max_size=60))
def test_fingers_alone_never_submit_or_print(told: list[Any]) -> None:
    """Without a picture, a ticket and the store's answers, touching the screen leads to nothing that counts."""
    walk = Walk()
    for event in told:
        walk.tell(event)
        view(walk.visit)
    assert (
        walk.count(effects.PrintDocument) == walk.count(effects.RecordHandover) == walk.count(effects.ForgetTicket) == 0
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=4096))
def test_any_code_anywhere(text: str) -> None:
    for where in ("", "birth", "check", "ticket", "prove", "print", "place"):
        walk = _begin(where)
        walk.tell(events.CodeRead(text))
        if len(text) > 20:
            assert text not in repr(view(walk.visit).page)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_WHERE, st.lists(_EVENT, max_size=15))
def test_an_abandoned_machine_always_comes_back_to_waiting(where: str, told: list[Any]) -> None:
    walk = _begin(where)
    walk.tell(*told)
    walk.wait(1500, 60)
    assert isinstance(walk.visit.at, places.Waiting) and not _personal(walk.visit)
    visit, asked = step(walk.visit, events.Press(Act.START))
    assert isinstance(view(visit).page, pages.Home) and not any(isinstance(e, effects.Submit) for e in asked)


_PRESSED = [Act.SEND, Act.NEXT, Act.AGAIN, Act.PRINT, Act.PRINT_AGAIN, Act.RECEIVED, Act.LOOKS_BAD, Act.SHOOT, Act.BACK]
_AROUND: list[events.Event] = [
    *(events.Press(act, "doc-1") for act in _PRESSED),
    *(events.Press(act, "doc-1") for act in (Act.SEND, Act.PRINT_AGAIN, Act.RECEIVED)),
    events.Submitted("a", "KBL-7F3K9-X", True, WALL),
    events.SubmitFailed("disk_full"),
    events.PrinterChanged("ready"),
    events.PrinterChanged("no_paper"),
    *(
        events.PrintProgress("doc-1", state, sheet, 1)
        for state in ("printing", "no_paper", "failed")
        for sheet in (0, 1)
    ),
    events.PrintProgress("doc-1", "sent", 0, 1, certain=False),
    events.PrintProgress("doc-1", "no_paper", 0, 1, certain=False),
    events.PrintProgress("doc-1", "printed", 1, 1),
    events.PrintProgress("doc-1", "unknown", 0, 1),
    verified(),
    events.SheetRead("doc-1", "match"),
    events.SheetRead("doc-1", "unreadable"),
    events.HandoverRecorded("doc-1"),
]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["check", "sending", "print", "place"]), st.lists(st.sampled_from(_AROUND), min_size=5, max_size=30)
)
def test_impatient_fingers(where: str, told: list[events.Event]) -> None:
    """Each act that counts is asked for once, and again only after the world said how the last one ended."""
    walk = _begin(where)
    waiting_for = {"sending": "submit", "print": "print"}.get(where, "")
    in_doubt = False
    for event in told:
        for effect in walk.tell(event):
            match effect:
                case effects.Submit():
                    assert waiting_for == ""
                    waiting_for = "submit"
                case effects.PrintDocument():
                    assert waiting_for == "" and not in_doubt
                    waiting_for = "print"
                case effects.RecordHandover():
                    assert waiting_for == ""
                    waiting_for = "handover"
                case effects.Wipe():
                    waiting_for, in_doubt = "", False
                case _:
                    pass
        match event:
            case events.SubmitFailed() if waiting_for == "submit":
                waiting_for = ""
            case events.Submitted() if waiting_for == "submit":
                waiting_for = "nothing any more"
            case events.PrintProgress(_, state, sheet) if waiting_for == "print" and state != "printing":
                in_doubt = state == "unknown" or (state == "failed" and sheet > 0) or not event.certain
                waiting_for = ""
            case events.SheetRead(_, "match") if isinstance(walk.visit.at, places.ReadingBack):
                in_doubt = False  # the camera has seen it
            case events.HandoverRecorded() if waiting_for == "handover":
                waiting_for = ""
            case _:
                pass
