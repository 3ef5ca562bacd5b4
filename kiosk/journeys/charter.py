"""23 and 21: what the office promises, service by service; and where to complain."""

from __future__ import annotations

from dataclasses import replace

from kiosk import forms
from kiosk.journeys import clock, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.events import Event, Press
from kiosk.journeys.visit import Out, Visit, go, stay


def charter(visit: Visit, at: places.Charter, event: Event) -> Out:
    """A page each service."""
    last = max(0, len(visit.pack.services) - 1)
    match event:
        case Press(Act.PREVIOUS_ROWS):
            return go(visit, replace(at, index=max(0, at.index - 1)))
        case Press(Act.NEXT_ROWS):
            return go(visit, replace(at, index=min(last, at.index + 1)))
        case Press(Act.BACK | Act.DONE):
            return go(visit, places.Home())
        case _:
            return stay(visit)


def charter_page(visit: Visit, at: places.Charter) -> pages.Page:
    pack = visit.pack
    every = tuple(pack.services.values())
    service = every[min(at.index, len(every) - 1)]
    needed = [visit.words(pack.papers[slot].title) for slot in service.papers]
    needed += [visit.words(item.title) for item in service.bring]
    steps = [visit.words(title) for title, _ in service.procedure]
    channels = ", ".join(c.address for c in pack.channels[:2])
    since = forms.say_date(pack.pledge_since.isoformat())
    return pages.Charter(
        eyebrow=pages.Eyebrow(service.icon, visit.words(service.title), f"Layanan {at.index + 1} dari {len(every)}"),
        items=(
            ("clipboard-list", "Persyaratan", _sentence(needed)),
            ("route", "Prosedur", _sentence(steps)),
            (
                "clock",
                "Waktu",
                f"{clock.how_long(clock.working_days(service))}. Dihitung sejak berkas lengkap diterima Dinas.",
            ),
            ("cash", "Biaya", "Rp0. Tidak ada biaya di tahap mana pun."),
            ("file-check", "Produk", visit.words(service.product)),
            ("messages", "Pengaduan", f"{channels}, atau tekan Pengaduan dan saran."),
        ),
        pledge=f"“{visit.words(pack.pledge)}” {pack.pledge_by}, berlaku sejak {since}.",
        rows_page=at.index + 1,
        rows_pages=len(every),
    )


def _sentence(parts: list[str]) -> str:
    """Parts in a row, as one sentence."""
    if not parts:
        return ""
    rest = (p if p[:2].isupper() else p[:1].lower() + p[1:] for p in parts[1:])
    return ", ".join([parts[0], *rest]) + "."


def complaining(visit: Visit, at: places.Complaining, event: Event) -> Out:
    """Nothing is typed here: the village's machine takes no complaint about the village."""
    match event:
        case Press(Act.BACK | Act.DONE):
            return go(visit, places.Home())
        case _:
            return stay(visit)


def complaining_page(visit: Visit, at: places.Complaining) -> pages.Page:
    checked = forms.say_date(visit.pack.checked_on.isoformat())
    return pages.Complaint(
        tuple((c.icon, c.name, c.address) for c in visit.pack.channels), f"Terakhir diperiksa {checked}"
    )
