"""The line is cut in the middle: the application arrives, once, and nobody has to do anything about it."""

import pytest

from tests.faults.village import Village

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("after", [1, 700, 2_500, 9_000, 20_000, 40_000])
def test_cut_after_n_bytes_of_the_client(village: Village, after: int) -> None:
    village.stage.wire.cut_after_bytes = after
    sent = village.submit()
    village.wait_received(sent)
    assert village.stage.wire.cut_after_bytes is None, "the wire was never cut"
    assert village.at_centre(sent) == (1, 1, 1)
    assert village.store.quarantined() == ()


@pytest.mark.parametrize("answer", range(1, 7))
def test_cut_after_the_server_committed_and_before_it_answered(village: Village, answer: int) -> None:
    sent = village.submit(kilobytes=30)
    for _ in range(answer):  # the first answer is lost, then the next one on a fresh connection, and so on
        village.stage.wire.cut_before_answer = True
        village.nudge()
    village.wait_received(sent)
    assert village.at_centre(sent) == (1, 1, 1)


def test_link_down_while_three_are_submitted(village: Village) -> None:
    village.stage.world.set("network", link="down")
    many = [village.submit(kilobytes=5) for _ in range(3)]
    village.nudge()
    assert all(village.known(sent).received_at is None for sent in many)
    village.stage.world.set("network", link="up")
    for sent in many:
        village.wait_received(sent)
        assert village.at_centre(sent) == (1, 1, 1)
