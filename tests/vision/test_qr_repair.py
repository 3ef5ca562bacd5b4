"""Our own QR reading, part by part: the standard's plan against another writer, repair against damage, bent paper."""

from __future__ import annotations

import numpy as np
import pytest
import segno

from kiosk.vision.qr import reader, reedsolomon, repair, symbol
from kiosk.vision.types import Code
from tests.vision.hard_codes import blank, photo


def modules_of(version: int, error: str, seed: int) -> np.ndarray:
    payload = np.random.default_rng(seed).bytes(4)
    code = segno.make(payload, version=version, error=error, micro=False, boost_error=False)
    return np.array([list(row) for row in code.matrix], np.uint8)


@pytest.mark.parametrize("error", ["l", "m", "q", "h"])
@pytest.mark.parametrize("version", [1, 2, 6, 7, 13, 14, 22, 32, 40])
def test_the_plan_is_the_standards(version: int, error: str) -> None:
    modules = modules_of(version, error, version)
    plan = symbol.layout(version)
    assert (modules[plan.fixed] == plan.dark[plan.fixed]).all()
    seen = [modules[places[:, 0], places[:, 1]] * 2.0 - 1 for places in symbol.format_places(version)]
    scores = symbol.format_words() @ np.stack(seen).T
    assert scores.max() == 15
    word = int(scores.sum(axis=1).argmax())
    level, number = symbol.LEVELS[word >> 3], word & 7
    assert level == error.upper()
    if version >= 7:
        for places in symbol.version_places(version):
            assert ((modules[places[:, 0], places[:, 1]] > 0) == (symbol.version_words()[version - 7] > 0)).all()
    bits = (modules ^ symbol.mask(version, number))[plan.places[:, 0], plan.places[:, 1]]
    words = np.packbits(bits[: len(bits) // 8 * 8])
    for block in symbol.blocks(version, level):
        check = len(block.codewords) - block.data
        found = reedsolomon.repair(words[block.codewords], check)
        assert found is not None
        assert found.errors == 0


def a_block(seed: int) -> tuple[np.ndarray, int]:
    """A true block of a version 5-Q symbol, and its check words."""
    modules = modules_of(5, "q", seed)
    plan = symbol.layout(5)
    places = symbol.format_places(5)[0]
    word = int((symbol.format_words() @ (modules[places[:, 0], places[:, 1]] * 2.0 - 1)).argmax())
    bits = (modules ^ symbol.mask(5, word & 7))[plan.places[:, 0], plan.places[:, 1]]
    block = symbol.blocks(5, "Q")[0]
    return np.packbits(bits[: len(bits) // 8 * 8])[block.codewords], len(block.codewords) - block.data


@pytest.mark.parametrize("erased", [0, 1, 4, 9, 14, 18])
def test_errors_and_erasures_are_repaired_up_to_the_bound(erased: int) -> None:
    rng = np.random.default_rng(erased)
    for seed in range(12):
        block, check = a_block(seed)
        errors = (check - erased) // 2
        places = rng.permutation(len(block))[: erased + errors]
        spoilt = block.copy()
        spoilt[places] ^= rng.integers(1, 256, len(places)).astype(np.uint8)
        found = reedsolomon.repair(spoilt, check, places[:erased].tolist())
        assert found is not None
        assert (found.words == block).all()
        assert found.errors == errors


def test_beyond_the_bound_nothing_is_made_up() -> None:
    rng = np.random.default_rng(5)
    for _ in range(300):
        assert reedsolomon.repair(rng.integers(0, 256, 33).astype(np.uint8), 18) is None
    assert reedsolomon.repair(np.zeros(33, np.uint8), 18, list(range(19))) is None


def test_luck_grows_with_what_is_erased() -> None:
    chances = [reedsolomon.luck(33, 18, erased, (18 - erased) // 2) for erased in (0, 6, 12, 18)]
    assert chances == sorted(chances)
    assert chances[0] < -13
    assert chances[-1] == 0  # every word "repairs" a block whose check words are all erased


@pytest.mark.parametrize(("kind", "seeds"), [("curved", (2, 15)), ("crumpled", (1, 3)), ("bright_spot", (2,))])
def test_bent_paper_and_lamps(kind: str, seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        spoilt = photo(kind, seed)
        (code,) = [one for one in reader.read(spoilt.picture, lambda: False) if isinstance(one, Code)]
        assert code.raw == spoilt.payloads[0]


def test_nothing_is_read_where_no_code_is() -> None:
    for seed in range(3):
        assert list(reader.read(blank(seed), lambda: False)) == []


def test_no_look_is_begun_without_time() -> None:
    asked: list[int] = []

    def out_of_time() -> bool:
        asked.append(1)
        return True

    assert list(reader.read(photo("nominal", 0).picture, out_of_time)) == []
    assert len(asked) == 1


@pytest.mark.parametrize(("error", "most"), [("l", 2), ("m", 4)])
def test_the_smallest_symbols_keep_check_words_back(error: str, most: int) -> None:
    plan = symbol.layout(1)
    modules = modules_of(1, error, 3)
    sure = np.where(modules > 0, np.float32(1), np.float32(-1))
    for errors in (most, most + 1):
        spoilt = sure.copy()
        for place in plan.places[: errors * 8 : 8]:
            spoilt[place[0], place[1]] *= -1
        found = repair.repaired(spoilt, plan)
        assert (found is not None) == (errors == most)


@pytest.mark.parametrize("hidden", ["top left", "top right", "bottom left"])
def test_a_symbol_with_one_finder_hidden_is_read_by_the_other_two(hidden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    size, scale, quiet = 37, 6, 8
    picture = np.where(np.pad(modules_of(5, "q", 8), quiet) > 0, 30, 225).astype(np.uint8)
    row = quiet + (size - 7 if hidden == "bottom left" else 0)
    column = quiet + (size - 7 if hidden == "top right" else 0)
    picture[row - 1 : row + 8, column - 1 : column + 8] = 225
    picture = picture.repeat(scale, axis=0).repeat(scale, axis=1)

    def read() -> list[bytes]:
        return [one.raw for one in reader.read(picture, lambda: False) if isinstance(one, Code)]

    assert read() == [np.random.default_rng(8).bytes(4)]
    monkeypatch.setattr(reader, "_PAIRS_AFTER", ())
    assert read() == []
