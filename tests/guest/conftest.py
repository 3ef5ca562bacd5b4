"""The guest, booted once for a session, and the tests inside it, which only the guest itself collects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.guest.machine import Machine

collect_ignore = [] if os.environ.get("PRODESAKU_GUEST") else ["inside"]


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A running guest; built first when it is not there, skipped where it can be neither."""
    from tests.guest.build import CannotBuild, build
    from tests.guest.machine import Machine

    try:
        folder = build()
    except CannotBuild as why:
        pytest.skip(f"no guest: {why}")
    with Machine(folder, tmp_path_factory.mktemp("guest")) as booted:
        yield booted
