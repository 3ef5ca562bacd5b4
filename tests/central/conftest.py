"""A back office of its own for each test, copied from one that was made once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from central import clock, place

_MADE = Path(tempfile.mkdtemp(prefix="central-")) / "made"
_SETTING_UP = place.create(_MADE)
_SETTING_UP.set_options(training=True)
place.use(_SETTING_UP)
os.environ["DJANGO_SETTINGS_MODULE"] = "central.settings"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from tests.central.village import Kiosk, Ticket  # noqa: E402

PASSWORD = "kata-sandi-uji"
TUESDAY = 1_795_490_000.0  # 24 November 2026, 11.13 WITA


class Watch:
    """A clock that a test turns by hand."""

    def __init__(self, at: float) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A migrated place with its training CA and one clerk."""
    from central import trust

    clock.turn(Watch(TUESDAY))
    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user("dinas", password=PASSWORD)
    trust.current_trust()
    connections.close_all()
    yield _MADE
    shutil.rmtree(_MADE.parent, ignore_errors=True)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The centre's clock."""
    hands = Watch(TUESDAY)
    clock.turn(hands)
    yield hands
    clock.turn()


@pytest.fixture
def office(made: Path, tmp_path: Path, watch: Watch) -> Iterator[place.Place]:
    """A fresh back office."""
    here = place.Place(shutil.copytree(made, tmp_path / "central"))
    connections.close_all()
    place.use(here)
    connections.settings["default"]["NAME"] = str(here.database)
    connections["default"].settings_dict["NAME"] = str(here.database)
    yield here
    connections.close_all()


@pytest.fixture
def kiosk(office: place.Place) -> Kiosk:
    """The kiosk of Desa Kaballangang."""
    machine = Kiosk()
    machine.enrol()
    return machine


@pytest.fixture
def ticket() -> Ticket:
    return Ticket()
