"""The long campaign: cuts, lost answers, dead processes and a dead link in random order, many times; each arrives once.

`test_wire_cut` and `test_sync_killed` are its short slice in every run of the tests.
"""

import random

import pytest

from tests.faults.village import Village


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(120))
def test_whatever_happens_on_the_way_it_arrives_once(village: Village, seed: int) -> None:
    chance = random.Random(seed)
    sent = village.submit(kilobytes=chance.choice((1, 20, 150)), pictures=chance.randint(0, 4))
    for _ in range(chance.randint(1, 6)):
        match chance.choice(("cut", "answer", "kill", "link", "nudge")):
            case "cut":
                village.stage.wire.cut_after_bytes = chance.randint(1, 60_000)
            case "answer":
                village.stage.wire.cut_before_answer = True
            case "kill":
                village.stage.kill("sync")
            case "link":
                village.stage.world.set("network", link="down")
            case _:
                village.nudge()
    village.stage.world.set("network", link="up")
    village.wait_received(sent, seconds=120)
    assert village.at_centre(sent) == (1, 1, 1)
    assert village.store.quarantined() == ()
