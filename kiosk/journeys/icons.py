"""Every icon a page may carry, so that a build can fetch them and a test can miss one."""

from __future__ import annotations

from kiosk.catalog.model import Pack
from kiosk.formats.states import DocumentState
from kiosk.journeys import events, states

#: Icons that journeys name themselves.
_OWN = frozenset(
    {
        "building-community",
        "calendar-event",
        "cash",
        "clipboard-list",
        "clock",
        "device-desktop",
        "file-check",
        "file-plus",
        "file-text",
        "help-circle",
        "id",
        "list-details",
        "message-2",
        "messages",
        "printer",
        "receipt",
        "route",
        "scale",
        "search",
    }
)


def icons_used(pack: Pack) -> frozenset[str]:
    """Names of Tabler outline icons."""
    tiles = (*pack.events, *pack.documents, *pack.more.values())
    found = {tile.icon for tile in tiles}
    found |= {s.icon for s in pack.services.values()} | {r.icon for s in pack.services.values() for r in s.bring}
    found |= {o.icon for q in pack.questions.values() for o in q.options} | {o.icon for o in pack.for_whom}
    found |= {p.icon for p in pack.papers.values()} | {s.icon for p in pack.papers.values() for s in p.substitutes}
    found |= {c.icon for c in (*pack.channels, pack.ask)}
    found |= {states.said(events.DocumentState("", "", state)).icon for state in (*DocumentState, "")}
    return frozenset(found | _OWN)
