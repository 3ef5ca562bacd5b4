"""Every kind of slip on every head of the driver's table: as wide as the head, in the same millimetres, readable."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drivers.ticket.heads import Head, head_of
from kiosk.tickets.measures import NARROW, WIDE, measures_of, paper_of
from kiosk.tickets.paper import Style
from kiosk.vision import read_codes
from tests.tickets.papers import CODES, HEAD_IDS, HEADS, KINDS, bars, grey

#: A module of three dots at 203 dpi is the smallest that was measured to read; two were not read.
LEAST_MODULE_MM = 3 / 203 * 25.4
#: A bar that is black over so many mm of paper heats a head too much (80 dots at 203 dpi).
HIGHEST_BAR_MM = 80 / 203 * 25.4
#: Heads for the same paper, 203 dpi first.
PAIRS = [(head_of(576), head_of(512)), (head_of(384), head_of(360))]

on_every_head = pytest.mark.parametrize("head", HEADS, ids=HEAD_IDS)
of_every_kind = pytest.mark.parametrize("kind", KINDS)


@cache
def drawn(kind: str, head: Head) -> Image.Image:
    return KINDS[kind](head)


def mm(dots: float, head: Head) -> float:
    return dots / head.dpi * 25.4


@on_every_head
@of_every_kind
def test_a_slip_is_as_wide_as_the_head_and_its_driver_takes_it(kind: str, head: Head) -> None:
    picture = drawn(kind, head)
    assert picture.width == head.dots
    head.check(picture)


@on_every_head
@of_every_kind
def test_nothing_runs_into_the_margins_or_off_the_end(kind: str, head: Head) -> None:
    paper = grey(drawn(kind, head))
    spare = paper_of(head).margin - 3
    assert paper[:12].min() == paper[-20:].min() == 255
    if kind != "trial":
        assert paper[:, :spare].min() == 255
        assert paper[:, -spare:].min() == 255


@on_every_head
@of_every_kind
def test_no_bar_is_so_high_that_it_hurts_the_head(kind: str, head: Head) -> None:
    assert max(mm(last + 1 - first, head) for first, last in bars(drawn(kind, head))) <= HIGHEST_BAR_MM


@on_every_head
@pytest.mark.parametrize("kind", CODES)
def test_the_code_is_read_back_by_our_own_reader(kind: str, head: Head) -> None:
    (code,) = read_codes(grey(drawn(kind, head)))
    assert code.text == CODES[kind]


@on_every_head
@pytest.mark.parametrize("kind", CODES)
def test_the_code_s_modules_are_whole_dots_and_large(kind: str, head: Head) -> None:
    paper = grey(drawn(kind, head))
    (code,) = read_codes(paper)
    left, top = (round(at) for at in code.corners[0])
    module = round(code.px_per_module or 0)
    assert mm(module, head) >= 2.5 * LEAST_MODULE_MM
    side, quiet = 37 * module, 4 * module
    cells = paper[top : top + side, left : left + side].reshape(37, module, 37, module)
    assert all(len(np.unique(cells[row, :, column, :])) == 1 for row in range(37) for column in range(37))
    around = paper[top - quiet : top + side + quiet, left - quiet : left + side + quiet].copy()
    assert around.shape == (side + 2 * quiet, side + 2 * quiet)
    around[quiet:-quiet, quiet:-quiet] = 255
    assert around.min() == 255


@pytest.mark.parametrize(("usual", "other"), PAIRS, ids=["80 mm", "58 mm"])
@pytest.mark.parametrize("size", [18, 20, 24, 36])
def test_letters_have_the_same_millimetres_at_203_and_at_180_dpi(usual: Head, other: Head, size: int) -> None:
    def extent(head: Head) -> tuple[float, float]:
        paper = paper_of(head)
        paper.left("HIAYA Rp0", Style(size, 2 * size, 800))
        black = grey(paper.picture()) < 128
        high, wide = np.flatnonzero(black.any(axis=1)), np.flatnonzero(black.any(axis=0))
        return mm(high[-1] + 1 - high[0], head), mm(wide[-1] + 1 - wide[0], head)

    dot = mm(1, other)
    for one, another in zip(extent(usual), extent(other), strict=True):
        assert another == pytest.approx(one, abs=dot)


@pytest.mark.parametrize(("usual", "other"), PAIRS, ids=["80 mm", "58 mm"])
@pytest.mark.parametrize("kind", ["ticket", "readiness", "trial"])
def test_slips_of_the_same_words_have_the_same_length_of_paper(kind: str, usual: Head, other: Head) -> None:
    lengths = [mm(drawn(kind, head).height, head) for head in (usual, other)]
    # a line more or less, and the code's whole dots, are all that may differ
    assert lengths[1] == pytest.approx(lengths[0], abs=6)


def test_the_fee_s_bar_is_as_high_on_every_head_of_a_paper() -> None:
    for usual, other in PAIRS:
        heights = [max(mm(b + 1 - a, head) for a, b in bars(drawn("ticket", head))) for head in (usual, other)]
        assert heights[1] == pytest.approx(heights[0], abs=mm(1, other))


def test_the_paper_decides_the_measures_not_the_dots() -> None:
    assert [measures_of(head) for head in HEADS] == [WIDE, NARROW, WIDE, NARROW]
    assert measures_of(Head(420, 300)) is NARROW


@on_every_head
def test_the_trial_slip_burns_the_first_and_the_last_dot_and_its_ruler_is_true(head: Head) -> None:
    black = grey(drawn("trial", head)) < 128
    (line,) = [rows for rows in bars(drawn("trial", head)) if black[rows[0]].all()]
    assert line[1] - line[0] == 2
    upright = black[line[0] - 15 : line[0]]
    assert upright[:, :2].all() and upright[:, -2:].all()
    # the ruler is the last thing on the paper; its last rows are the strokes of every 10 mm
    strokes = np.flatnonzero(black[np.flatnonzero(black.any(axis=1))[-1]])
    assert mm(strokes[-1] - 1 - strokes[0], head) == pytest.approx(40, abs=mm(1, head))
    assert len(strokes) == 5 * 2


def test_the_documentation_s_table_of_heads_is_current() -> None:
    written = (Path(__file__).resolve().parents[2] / "docs" / "devices.md").read_text(encoding="utf-8")
    for head in HEADS:
        (code,) = read_codes(grey(drawn("ticket", head)))
        module = round(code.px_per_module or 0)
        paper = 80 if measures_of(head) is WIDE else 58
        width, size = mm(head.dots, head), mm(module, head)
        row = f"| {head.dots} | {head.dpi} | {paper} mm | {width:.1f} mm | {module} dots, {size:.2f} mm |"
        assert row in written, row
