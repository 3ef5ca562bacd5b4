from collections.abc import Iterator

import pytest

from kiosk.rehearsal.stage import Stage
from tests.faults.hall import Hall
from tests.faults.village import Village


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with Stage(tmp_path_factory.mktemp("village"), processes=("sync",), twins=False, pilot=False) as stage:
        place = Village(stage)
        yield place
        place.close()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with Stage(tmp_path_factory.mktemp("hall")) as stage:
        place = Hall(stage)
        yield place
        place.village.close()
