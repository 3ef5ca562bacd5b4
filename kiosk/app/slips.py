"""Turns what the visit knows into what stands on the ticket printer's papers."""

from __future__ import annotations

from datetime import datetime

from kiosk.app.desk import HeldTicket
from kiosk.catalog.model import Pack
from kiosk.catalog.site import Site
from kiosk.tickets.content import Channel, Place, ReasonSlip, RequirementSlip, SlipContent
from kiosk.tickets.content import Service as Line

__all__ = ["SlipContent", "channels", "place", "reason", "requirements", "ticket"]

PICKUP_NOTE = "ambil di Dinas"


def place(site: Site) -> Place:
    """Where the paper is printed, in the site's own words."""
    village = site.words(f"{{Desa|Kelurahan}} {site.village}")
    return Place(village, f"Kec. {site.district}", f"Kabupaten {site.regency}")


def channels(pack: Pack) -> tuple[Channel, ...]:
    """The first two ways to complain; messages before voice lines, as the pack orders them."""
    return tuple(Channel(f"{c.name} {c.address}") for c in pack.channels[:2])


def ticket(held: HeldTicket, site: Site, pack: Pack, journal_code: str) -> SlipContent:
    """The ticket. Until the centre has the application no day is promised."""
    services = [pack.services[service] for service in held.services if service in pack.services]
    return SlipContent(
        place=place(site),
        services=tuple(Line(s.short, "" if s.printable else PICKUP_NOTE) for s in services),
        number=held.number,
        payload=held.payload,
        stored_at=datetime.fromtimestamp(held.stored_at, site.tz),
        zone=site.zone,
        online=held.online,
        photos=held.photos,
        channels=channels(pack),
        journal_code=journal_code,
    )


def requirements(services: tuple[str, ...], site: Site, pack: Pack) -> RequirementSlip:
    """What to bring for these services, each paper once."""
    chosen = [pack.services[service] for service in services if service in pack.services]
    lines: dict[str, tuple[str, str]] = {}
    for service in chosen:
        for slot in service.papers:
            paper = pack.papers[slot]
            lines.setdefault(slot, (site.words(paper.title), site.words(paper.help)))
        for line in service.bring:
            lines.setdefault(line.title, (site.words(line.title), site.words(line.help)))
    hours = max((service.sla_hours for service in chosen), default=0)
    return RequirementSlip(
        place=place(site),
        service=", ".join(service.short for service in chosen),
        requirements=tuple(lines.values()),
        time=f"{hours // 24} hari kerja" if hours >= 24 else f"{hours} jam kerja" if hours else "",
        remark=site.words(chosen[0].remark) if chosen else "",
        channels=channels(pack),
    )


def reason(number: str, service: str, state: str, text: str, site: Site, pack: Pack) -> ReasonSlip:
    """Why a document came back or was refused; only for who scanned the ticket."""
    refused = state == "rejected"
    return ReasonSlip(
        place=place(site),
        number=number,
        service=pack.services[service].short if service in pack.services else service,
        state="Ditolak, masih ada jalan" if refused else "Perlu perbaikan",
        reason=text,
        ways=("Ajukan lagi", "Ajukan keberatan", "Tanya Dinas") if refused else ("Perbaiki di mesin ini",),
        channels=channels(pack),
    )
