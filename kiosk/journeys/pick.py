"""00 to 02a and the honest page: waiting, home, what happened or which document."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalog.model import EventTile, Service
from kiosk.journeys import clock, flow, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.collect import READY
from kiosk.journeys.effects import DropCapture, Wipe
from kiosk.journeys.events import Event, Press
from kiosk.journeys.visit import Draft, Out, Visit, fresh, go, stay

_HERE, _OFFICE = "Cetak di sini", "Ambil di Dinas"
_PAPER_OUT = {
    "no_paper": "Kertas habis",
    "jam": "Kertas tersangkut",
    "cover_open": "Tutup printer terbuka",
    "no_toner": "Toner habis",
}


def waiting(visit: Visit, event: Event) -> Out:
    """Every touch starts."""
    match event:
        case Press():
            return go(visit, places.Home())
        case _:
            return stay(visit)


def waiting_page(visit: Visit, at: places.Waiting) -> pages.Page:
    down = visit.status.printer not in READY
    return pages.Waiting(notice="Mesin belum bisa mencetak. Pengajuan tetap bisa." if down else "")


def home(visit: Visit, event: Event) -> Out:
    """The seven tiles."""
    if not isinstance(event, Press):
        return stay(visit)
    match event.act:
        case Act.APPLY:
            return go(visit, places.Pick())
        case Act.TRACK:
            return go(visit, places.Scanning("track"))
        case Act.COLLECT:
            return go(visit, places.Scanning("collect"))
        case Act.CHECK:
            return go(visit, places.Presenting())
        case Act.SERVICES:
            return go(visit, places.Charter())
        case Act.SURVEY:
            return go(visit, places.Asking())
        case Act.COMPLAINT:
            return go(visit, places.Complaining())
        case _:
            return stay(visit)


def home_page(visit: Visit, at: places.Home) -> pages.Page:
    note = ""
    if not visit.status.online and visit.last_contact is not None:
        note = f"Data terakhir {clock.clock(visit.site, visit.last_contact)}"
    return pages.Home(collect_tag=_PAPER_OUT.get(visit.status.printer, ""), track_note=note)


def leave_draft(visit: Visit) -> Out:
    """Home, with nothing of the person left; how they see and hear stays."""
    return fresh(visit, places.Home(), keep_settings=True), (Wipe(),)


def pick(visit: Visit, at: places.Pick, event: Event) -> Out:
    """02 and 02a."""
    if not isinstance(event, Press):
        return stay(visit)
    match event.act:
        case Act.BY_EVENT:
            return go(visit, places.Pick("event"))
        case Act.BY_DOCUMENT:
            return go(visit, places.Pick("document"))
        case Act.PREVIOUS_ROWS:
            return go(visit, replace(at, rows=max(1, at.rows - 1)))
        case Act.NEXT_ROWS:
            return go(visit, replace(at, rows=min(_row_pages(visit, at), at.rows + 1)))
        case Act.BACK if at.parent:
            return go(visit, places.Pick(at.by))
        case Act.BACK:
            return leave_draft(visit)
        case Act.PICK:
            chosen = next((tile for tile in _tiles(visit, at) if tile.id == event.value), None)
            return _chosen(visit, at, chosen) if chosen else stay(visit)
        case _:
            return stay(visit)


def _chosen(visit: Visit, at: places.Pick, tile: EventTile) -> Out:
    if tile.choices:
        return go(visit, places.Pick(at.by, parent=tile.id))
    if tile.sentences:
        return go(visit, places.Closed(tile=tile.id, back=at))
    names = tuple(entry.service for entry in tile.package) or (tile.service,)
    closed = [name for name in names if (s := visit.service(name)) is None or s.closed]
    if len(closed) == len(names):
        return go(visit, places.Closed(service=names[0], back=at))
    if visit.draft.tile == tile.id and not visit.draft.revises:
        return go(visit, flow.place(visit, flow.stops(visit)[0]))
    ticked = {entry.service for entry in tile.package if entry.ticked} or set(names)
    open_ones = tuple(name for name in names if name not in closed)
    draft = Draft(
        tile=tile.id,
        offered=open_ones,
        services=tuple(name for name in open_ones if name in ticked) or open_ones[:1],
        for_whom=tile.for_whom,
        ask_whom=not tile.for_whom,
    )
    drops = tuple(DropCapture(p.capture) for p in visit.draft.papers.values() if p.capture)
    visit = replace(visit, draft=draft)
    return go(visit, flow.place(visit, flow.stops(visit)[0]), *drops)


def _tiles(visit: Visit, at: places.Pick) -> tuple[EventTile, ...]:
    if at.parent:
        parent = visit.tile(at.parent)
        return tuple(t for name in parent.choices if (t := visit.tile(name))) if parent else ()
    return visit.pack.events if at.by == "event" else visit.pack.documents


def _per_page(visit: Visit) -> int:
    return {"normal": 8, "large": 6, "largest": 4}[visit.settings.text_size]


def _row_pages(visit: Visit, at: places.Pick) -> int:
    return max(1, -(-len(_tiles(visit, at)) // _per_page(visit)))


def pick_page(visit: Visit, at: places.Pick) -> pages.Page:
    each, every = _per_page(visit), _row_pages(visit, at)
    row = min(at.rows, every)
    shown = _tiles(visit, at)[(row - 1) * each : row * each]
    tags = at.by == "document" or bool(at.parent)
    return pages.PickEvent(by=at.by, tiles=tuple(_tile(visit, t, tags) for t in shown), rows_page=row, rows_pages=every)


def _tile(visit: Visit, tile: EventTile, tags: bool) -> pages.Tile:
    title, note = visit.words(tile.title), visit.words(tile.help)
    names = tuple(entry.service for entry in tile.package) or ((tile.service,) if tile.service else ())
    found = [s for name in names if (s := visit.service(name))]
    if found and all(s.closed for s in found):
        return pages.Tile(tile.id, tile.icon, title, note, "Ditutup sementara", "warn")
    if tile.tag:
        return pages.Tile(tile.id, tile.icon, title, note, visit.words(tile.tag) if tags else "", "inf" if tags else "")
    if not tags:
        return pages.Tile(tile.id, tile.icon, title, note)
    behind = found or [s for name in tile.choices for s in _behind(visit, name)]
    if any(s.printable for s in behind):
        return pages.Tile(tile.id, tile.icon, title, note, _HERE, "ok")
    return pages.Tile(tile.id, tile.icon, title, note, _OFFICE if behind else "", "inf" if behind else "")


def _behind(visit: Visit, name: str) -> tuple[Service, ...]:
    tile = visit.tile(name)
    if tile is None:
        return ()
    names = tuple(entry.service for entry in tile.package) or ((tile.service,) if tile.service else ())
    return tuple(s for n in names if (s := visit.service(n)))


def closed(visit: Visit, at: places.Closed, event: Event) -> Out:
    """Only ways back."""
    match event:
        case Press(Act.BACK) if at.slot:
            return go(visit, places.Missing(at.slot))
        case Press(Act.BACK):
            return go(visit, at.back)
        case _:
            return stay(visit)


def closed_page(visit: Visit, at: places.Closed) -> pages.Page:
    if at.slot and (paper := visit.pack.papers.get(at.slot)):
        return pages.Closed(
            pages.Eyebrow(paper.icon, visit.words(paper.title)),
            "Datang lagi dengan suratnya",
            (
                visit.words(paper.help) + ".",
                "Setelah layar ini ditutup, jawaban dan foto dihapus supaya tidak dilihat orang lain. "
                "Mengisi lagi sekitar 10 menit.",
                "Biaya tetap Rp0.",
            ),
        )
    if tile := visit.tile(at.tile):
        return pages.Closed(
            pages.Eyebrow(tile.icon, visit.words(tile.title)),
            visit.words(tile.heading),
            tuple(visit.words(s) for s in tile.sentences),
        )
    service = visit.service(at.service)
    title, icon = (service.title, service.icon) if service else ("Layanan", "list-details")
    why = service.closed if service and service.closed else "Layanan ini belum ada di mesin ini."
    return pages.Closed(
        pages.Eyebrow(icon, title),
        "Ditutup sementara",
        (visit.words(why), f"Tanyakan petugas, atau {visit.pack.office_contact}.", "Biaya tetap Rp0."),
    )
