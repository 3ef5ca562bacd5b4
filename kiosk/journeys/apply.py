"""02b, 03b, 03: for whom, several documents at once, what to bring."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalog.model import Service
from kiosk.journeys import clock, flow, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import PrintRequirements
from kiosk.journeys.events import Event, Press
from kiosk.journeys.visit import Out, Visit, go, stay

_COUNT = ("", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan")


def count_word(n: int) -> str:
    """Satu … Sembilan, then digits."""
    return _COUNT[n] if 0 < n < len(_COUNT) else str(n)


def forward(visit: Visit, stop: flow.Stop) -> Out:
    """To the next step."""
    visit, then = flow.after(visit, stop)
    return go(visit, flow.place(visit, then))


def back(visit: Visit, stop: flow.Stop) -> Out:
    """To the step before; answers stay. From a page opened at 07 it leads there."""
    if visit.draft.returning:
        return go(replace(visit, draft=replace(visit.draft, returning=False)), places.Checking())
    then = flow.before(visit, stop)
    if then is not None:
        return go(visit, flow.place(visit, then))
    if visit.draft.revises:
        return go(visit, places.Tracking())
    return go(visit, _picked_from(visit))


def _picked_from(visit: Visit) -> places.Pick:
    name, pack = visit.draft.tile, visit.pack
    for by, tiles in (("event", pack.events), ("document", pack.documents)):
        for tile in tiles:
            if tile.id == name:
                return places.Pick("event" if by == "event" else "document")
            if name in tile.choices:
                return places.Pick("event" if by == "event" else "document", parent=tile.id)
    return places.Pick()


def step(visit: Visit, at: places.Step, event: Event) -> Out:
    """A touch on 02b, 03b or 03."""
    if not isinstance(event, Press):
        return stay(visit)
    stop = flow.Stop(at.kind)
    if event.act is Act.BACK:
        return go(visit, replace(at, part=1)) if at.part == 2 else back(visit, stop)
    draft = visit.draft
    match at.kind, event.act:
        case "for_whom", Act.PICK if event.value in {o.value for o in visit.pack.for_whom}:
            return go(replace(visit, draft=replace(draft, for_whom=event.value)), replace(at, error=""))
        case "for_whom", Act.NEXT:
            return forward(visit, stop) if draft.for_whom else go(visit, replace(at, error="Pilih satu jawaban dulu."))
        case "package", Act.TOGGLE if event.value in draft.offered:
            ticked = set(draft.services) ^ {event.value}
            if not ticked:
                return go(visit, replace(at, error="Sisakan paling sedikit satu dokumen."))
            chosen = tuple(name for name in draft.offered if name in ticked)
            return go(replace(visit, draft=replace(draft, services=chosen)), replace(at, error=""))
        case "package", Act.NEXT:
            return forward(visit, stop)
        case "detail", Act.MORE:
            return go(visit, replace(at, part=2))
        case "detail", Act.PRINT_REQUIREMENTS if not at.printing:
            said = "Daftar syarat sedang dicetak di printer tiket. Gratis."
            return go(visit, replace(at, printing=said), PrintRequirements(draft.services))
        case "detail", Act.NEXT:
            return forward(visit, stop)
        case _:
            return stay(visit)


def eyebrow(visit: Visit, note: str = "") -> pages.Eyebrow:
    """What the application is about: its first document."""
    chosen = flow.services(visit)
    if not chosen:
        return pages.Eyebrow("file-text", "Permohonan", note)
    return pages.Eyebrow(chosen[0].icon, visit.words(chosen[0].title), note)


def page(visit: Visit, at: places.Step) -> pages.Page:
    match at.kind:
        case "for_whom":
            options = tuple(
                pages.Tile(o.value, o.icon, visit.words(o.label), visit.words(o.help)) for o in visit.pack.for_whom
            )
            return pages.ForWhom(eyebrow(visit), options, visit.draft.for_whom, at.error)
        case "package":
            return _package(visit, at)
        case "detail":
            return _detail(visit, at)


def _package(visit: Visit, at: places.Step) -> pages.Page:
    tile = visit.tile(visit.draft.tile)
    helps = {entry.service: entry.help for entry in tile.package} if tile else {}
    items = tuple(
        pages.PackageItem(
            service=s.id,
            icon=s.icon,
            title=visit.words(s.title),
            help=visit.words(helps.get(s.id, "")),
            tag="Cetak di sini" if s.printable else "Ambil di Dinas",
            tag_kind="ok" if s.printable else "inf",
            ticked=s.id in visit.draft.services,
        )
        for name in visit.draft.offered
        if (s := visit.service(name))
    )
    return pages.Package(
        pages.Eyebrow(tile.icon, visit.words(tile.title)) if tile else eyebrow(visit),
        items,
        longest(visit),
        at.error,
    )


def longest(visit: Visit) -> str:
    """The longest published time of what is asked for."""
    return clock.how_long(max((clock.working_days(s) for s in flow.services(visit)), default=1))


def requirements(visit: Visit) -> tuple[pages.RequirementLine, ...]:
    """What to bring for the chosen services, each line once, also papers that depend on an answer not given yet."""
    lines: dict[str, pages.RequirementLine] = {}
    tile = visit.tile(visit.draft.tile)
    without = {entry.service: entry.without for entry in tile.package} if tile else {}
    for service in flow.services(visit):
        for slot in service.papers:
            paper = visit.pack.papers.get(slot)
            if paper and slot not in without.get(service.id, ()) and not (paper.when and paper.when.years):
                lines[slot] = pages.RequirementLine(paper.icon, visit.words(paper.title), visit.words(paper.help))
        for item in service.bring:
            lines[item.title] = pages.RequirementLine(item.icon, visit.words(item.title), visit.words(item.help))
    for slot in visit.pack.always_papers:
        paper = visit.pack.papers.get(slot)
        if paper and flow.holds(visit, paper.when):
            lines[slot] = pages.RequirementLine(paper.icon, visit.words(paper.title), visit.words(paper.help))
    return tuple(lines.values())


def _detail(visit: Visit, at: places.Step) -> pages.Page:
    chosen = flow.services(visit)
    first: Service | None = chosen[0] if chosen else None
    unique = dict.fromkeys(basis for s in chosen for basis in s.legal_basis)
    return pages.ServiceDetail(
        eyebrow=eyebrow(visit),
        part=at.part,
        requirements=requirements(visit),
        remark=visit.words(first.remark) if first else "",
        time=longest(visit),
        procedure=tuple((visit.words(a), visit.words(b)) for a, b in first.procedure) if first else (),
        product=" ".join(visit.words(s.product) for s in chosen),
        legal_basis=tuple(visit.words(basis) for basis in unique),
        complaints=tuple((c.name, c.address) for c in visit.pack.channels),
        attention=next((visit.words(s.attention) for s in chosen if s.attention), ""),
        printing=at.printing,
    )
