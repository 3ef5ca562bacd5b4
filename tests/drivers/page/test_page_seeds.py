"""Broken bytes are no answer, and nothing worse."""

from __future__ import annotations

import random

import pytest

from drivers.page import states
from drivers.page.ipp import Group, NoAnswer, decode
from tests.drivers.page.seeds import ANSWERS


@pytest.mark.parametrize("seed", ANSWERS)
def test_a_well_formed_answer_is_one(seed: bytes) -> None:
    assert decode(seed).ok


@pytest.mark.parametrize("seed", ANSWERS)
def test_half_an_answer_is_none(seed: bytes) -> None:
    for end in range(len(seed)):
        with pytest.raises(NoAnswer):
            decode(seed[:end])


@pytest.mark.parametrize("seed", ANSWERS)
def test_broken_bytes_are_no_answer_and_nothing_worse(seed: bytes) -> None:
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(seed)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            printer = decode(bytes(data)).one(Group.PRINTER)
        except NoAnswer:
            continue
        states.status_of(printer)
