"""Warmth by what is burnt and cooling by time, on a clock of the test's."""

from __future__ import annotations

import math

import pytest

from drivers.ticket.heat import COOLS_IN, GOES_ON_AT, Warmth


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_black_warms_and_time_cools() -> None:
    clock = Clock()
    head = Warmth(clock)
    for _ in range(80):
        head.burn(0.125)
    assert head.level == pytest.approx(10)
    clock.now = COOLS_IN
    assert head.level == pytest.approx(10 / math.e)
    clock.now = 20 * COOLS_IN
    assert head.level < 1e-6


def test_a_head_that_stopped_goes_on_only_when_it_has_cooled_well() -> None:
    clock = Clock()
    head = Warmth(clock)
    head.burn(39)
    assert not head.too_hot(40)
    head.burn(1)
    assert head.too_hot(40)
    clock.now = COOLS_IN * math.log(1 / GOES_ON_AT) * 0.9
    assert head.level < 40
    assert head.too_hot(40)
    clock.now *= 1.2
    assert not head.too_hot(40)
    head.burn(40 * (1 - GOES_ON_AT) - 1)
    assert not head.too_hot(40)


def test_slowly_burnt_it_never_gets_hot() -> None:
    clock = Clock()
    head = Warmth(clock)
    for _ in range(1000):
        head.burn(1)
        clock.now += 0.2
        assert not head.too_hot(40)


def test_without_a_limit_it_is_never_hot() -> None:
    head = Warmth(Clock())
    head.burn(1e6)
    assert not head.too_hot(0)
