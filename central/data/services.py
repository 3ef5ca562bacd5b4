"""Services of the office: titles, what comes out, and how long it may take. All of it is the regency's to set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
Output = Literal["page", "pickup", "appointment"]


@dataclass(frozen=True)
class Service:
    """`days` are working days from the day after receipt."""

    id: str
    title: str
    short: str
    output: Output
    days: int


@dataclass(frozen=True)
class Office:
    """The office itself: its name, where cards are picked up, when its day ends, and when it is closed."""

    name: str
    place: str
    closes_hour: int
    zone: str
    holidays: frozenset[date]

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(_ZONES[self.zone])

    def works_on(self, day: date) -> bool:
        """Monday to Friday, holidays apart."""
        return day.weekday() < 5 and day not in self.holidays


@cache
def _file() -> dict[str, dict[str, object]]:
    return tomllib.loads(Path(__file__).with_name("services.toml").read_text(encoding="utf-8"))


@cache
def services() -> dict[str, Service]:
    """Every service by id."""
    return {key: Service(key, **entry) for key, entry in _file()["service"].items()}  # type: ignore[arg-type]


@cache
def office() -> Office:
    """The regency's office."""
    given = dict(_file()["office"])
    days = frozenset(date.fromisoformat(text) for text in given.pop("holidays"))  # type: ignore[union-attr]
    return Office(holidays=days, **given)  # type: ignore[arg-type]


def service(key: str) -> Service:
    """The service with this id; one that the table does not know is shown by its id and handled as a page."""
    return services().get(key) or Service(key, key.replace("_", " ").capitalize(), key, "page", 5)


def promise(received_at: float, ids: list[str]) -> float:
    """Until when everything asked for is promised: closing time of the last working day, epoch seconds."""
    here = office()
    day = datetime.fromtimestamp(received_at, here.tz).date()
    left = max((service(key).days for key in ids), default=1)
    while left > 0:
        day += timedelta(days=1)
        left -= here.works_on(day)
    return datetime.combine(day, time(here.closes_hour), here.tz).timestamp()
