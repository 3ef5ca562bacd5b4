"""The table and what installed packages add to it.

A package adds models by an entry point of the group `prodesaku.devices`: a Model, some of them, or a function that
takes nothing and gives either. One that is broken costs its own models only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from drivers.discovery.models import MODELS, Model

GROUP = "prodesaku.devices"


@dataclass(frozen=True)
class Broken:
    """An entry point that was left out: its name and the kind of failure."""

    name: str
    why: str


@dataclass(frozen=True)
class Catalog:
    """All models that are known; `broken` is what could not be asked."""

    models: tuple[Model, ...]
    broken: tuple[Broken, ...] = ()

    def find(self, vendor: str, product: str) -> Model | None:
        """The model with these numbers."""
        return next((each for each in self.models if (each.vendor, each.product) == (vendor, product)), None)


def catalog(points: Iterable[EntryPoint] | None = None) -> Catalog:
    """The table first, then what `points` add (those that are installed); numbers that are taken stay as they are."""
    models = {(each.vendor, each.product): each for each in MODELS}
    broken: list[Broken] = []
    for point in entry_points(group=GROUP) if points is None else points:
        try:
            added = _models(point.load())
        except Exception as failure:  # somebody else's code: whatever it does, the kiosk starts
            broken.append(Broken(point.name, type(failure).__name__))
            continue
        for each in added:
            models.setdefault((each.vendor, each.product), each)
    return Catalog(tuple(models.values()), tuple(broken))


def _models(given: Any) -> list[Model]:
    if callable(given):
        given = given()
    several: list[Any] = [given] if isinstance(given, Model) else list(given)
    if not all(isinstance(each, Model) for each in several):
        raise TypeError("an entry point gives models")
    return several
