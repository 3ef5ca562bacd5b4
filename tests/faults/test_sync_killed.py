"""kill -9 of the sync agent at any moment of an upload: the same result as without."""

import random
import time

import pytest

from tests.faults.village import Village

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("seed", range(6))
def test_killed_in_the_middle(village: Village, seed: int) -> None:
    chance = random.Random(seed)
    sent = village.submit(kilobytes=120)
    village.nudge()
    for _ in range(3):
        time.sleep(chance.uniform(0.0, 0.4))  # the moment of the blow, not a wait for anything
        village.stage.kill("sync")
    village.wait_received(sent)
    assert village.at_centre(sent) == (1, 1, 1)


def test_centre_killed_and_back(village: Village) -> None:
    sent = village.submit(kilobytes=120)
    village.nudge()
    village.stage.stop_central()
    village.stage.start_central()
    village.wait_received(sent)
    assert village.at_centre(sent) == (1, 1, 1)
