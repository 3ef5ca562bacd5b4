"""Whole pages are taken, halves and giants are not, and nothing makes the parser stumble."""

from __future__ import annotations

import random

import numpy as np
import pytest

from drivers.roles import Fault
from drivers.scanner.pnm import BROKEN, EMPTY, HALF, TOO_LARGE, whole_page
from tests.drivers.scanner.seeds import PNM, SANE


def test_the_three_kinds_come_in_blue_green_red() -> None:
    colour, _, grey, bitmap = (whole_page(data) for data in PNM)
    assert isinstance(colour, np.ndarray)
    assert isinstance(grey, np.ndarray)
    assert isinstance(bitmap, np.ndarray)
    assert colour.shape == (3, 2, 3)
    assert list(colour[0, 0]) == [2, 1, 0]
    assert list(grey[1, 4]) == [9, 9, 9]
    assert bitmap.shape == (2, 10, 3)
    assert bitmap[0].max() == 0  # a set bit is black
    assert bitmap[1].min() == 255


@pytest.mark.parametrize("data", PNM)
def test_a_picture_that_lacks_anything_is_no_page(data: bytes) -> None:
    assert isinstance(whole_page(data), np.ndarray)
    for end in range(len(data)):
        assert isinstance(whole_page(data[:end]), Fault)
    assert whole_page(data[:-1]) == HALF
    assert whole_page(data + b"x") == BROKEN


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", EMPTY),
        (b"rubbish", BROKEN),
        (b"P6\n0 3\n255\n", EMPTY),
        (b"P6\n2 3\n65535\n" + bytes(36), BROKEN),
        (b"P6\n2 3\n", BROKEN),
        (b"P6\n" + SANE + b"999999 999999\n255\n", TOO_LARGE),
        (b"P6\n19999 19999\n255\n", TOO_LARGE),
    ],
)
def test_what_is_no_page_says_why(data: bytes, why: Fault) -> None:
    assert whole_page(data) == why


def test_no_mutation_makes_it_stumble() -> None:
    chance = random.Random(20)
    for _ in range(3000):
        data = bytearray(chance.choice(PNM))
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert isinstance(whole_page(bytes(data)), np.ndarray | Fault)
