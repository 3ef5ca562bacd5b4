"""Several pictures of one symbol read where none is alone, and never two symbols as one."""

from __future__ import annotations

import numpy as np
import segno

from kiosk.vision import read_codes
from kiosk.vision.qr import repair, symbol
from kiosk.vision.qr.memory import KEPT, SECONDS, Memory
from tests.vision.hard_codes import film

VERSION = 5
PLAN = symbol.layout(VERSION)


def colours(payload: bytes) -> np.ndarray:
    made = segno.make(payload, version=VERSION, error="m", mask=3, micro=False, boost_error=False)
    return np.where(np.array([list(row) for row in made.matrix]) > 0, np.float32(1), np.float32(-1))


def look(true: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A third of the modules hidden, in squares, and a tenth of the rest wrong without being sure."""
    seen = true * np.where(rng.random(true.shape) < 0.1, np.float32(-0.3), np.float32(0.9))
    for _ in range(6):
        y, x = rng.integers(0, 27, 2)
        seen[y : y + 10, x : x + 10] = 0.02
    seen[PLAN.function] = true[PLAN.function]
    return np.asarray(seen, np.float32)


def test_what_is_hidden_on_each_is_seen_on_all_together() -> None:
    now = [0.0]
    memory = Memory(lambda: now[0])
    rng = np.random.default_rng(1)
    true = colours(b"SURAT KETERANGAN 1")
    results = []
    for _ in range(KEPT):
        now[0] += 0.07
        seen = look(true, rng)
        assert repair.repaired(seen, PLAN) is None
        together = memory.together(seen, ~PLAN.function)
        results.append(together is not None and repair.repaired(together, PLAN))
    assert results[0] is False, "one look alone is nothing to put together"
    assert results[-1]
    assert (results[-1].modules == (true > 0)).all()


def test_another_symbol_is_not_mixed_in_and_old_looks_are_forgotten() -> None:
    now = [0.0]
    memory = Memory(lambda: now[0])
    data = ~PLAN.function
    one, two = colours(bytes(range(84))), colours(bytes(range(100, 184)))  # full: what pads a short one is alike
    assert memory.together(one, data) is None
    assert memory.together(two, data) is None
    assert memory.together(one, data) is not None
    now[0] += SECONDS + 0.1
    assert memory.together(one, data) is None
    memory.forget()
    assert memory.together(one, data) is None


def test_a_reflection_that_wanders_over_the_code() -> None:
    payload, pictures = film(2, 4)
    now = [0.0]
    memory = Memory(lambda: now[0])
    found: set[bytes] = set()
    for picture in pictures:
        now[0] += 0.07
        found |= {code.raw for code in read_codes(picture, budget=5, memory=memory)}
    assert found == {payload}
