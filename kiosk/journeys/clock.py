"""Moments as this village says them. Wall time in, words out; the zone is the site's."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, datetime, timedelta

from kiosk.catalog.model import Service
from kiosk.catalog.site import Site
from kiosk.forms import DAYS, MONTHS

_LAST_MOMENT = 253_370_000_000.0  # within the year 9998: what a broken clock may say and datetime still bears


def local(site: Site, wall: float) -> datetime:
    """The site's civil time; times out of all reason become the nearest that can be written."""
    if not math.isfinite(wall):
        wall = 0.0
    return datetime.fromtimestamp(min(max(wall, 0.0), _LAST_MOMENT), site.tz)


def clock(site: Site, wall: float) -> str:
    """09.41"""
    return local(site, wall).strftime("%H.%M")


def short_day(site: Site, wall: float) -> str:
    """24 Nov"""
    at = local(site, wall)
    return f"{at.day} {MONTHS[at.month - 1][:3]}"


def short(site: Site, wall: float) -> str:
    """Selasa 24 Nov, 10.02"""
    at = local(site, wall)
    return f"{DAYS[at.weekday()]} {short_day(site, wall)}, {clock(site, wall)}"


def full_date(site: Site, wall: float) -> str:
    """24 November 2026"""
    at = local(site, wall)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def legal(site: Site, wall: float) -> str:
    """24 November 2026, 09.41 WITA: where a legal moment is meant."""
    return f"{full_date(site, wall)}, {clock(site, wall)} {site.zone}"


def day_month(site: Site, wall: float, *, weekday: bool = False) -> str:
    """24 November, or Selasa, 24 November"""
    at = local(site, wall)
    said = f"{at.day} {MONTHS[at.month - 1]}"
    return f"{DAYS[at.weekday()]}, {said}" if weekday else said


def working_days(service: Service) -> int:
    """The published time in whole working days, at least one."""
    return max(1, math.ceil(service.sla_hours / 24))


def how_long(days: int) -> str:
    """2 hari kerja"""
    return f"{days} hari kerja"


def promised(site: Site, wall: float, days: int, holidays: Collection[date]) -> float:
    """The moment `days` working days after `wall`: Saturdays, Sundays and holidays do not count."""
    at = local(site, wall)
    left = min(days, 3650)
    while left > 0:
        at += timedelta(days=1)
        if at.weekday() < 5 and at.date() not in holidays:
            left -= 1
    return at.timestamp()
