"""Rows, columns, grids and lines of text, as a style sheet would lay them."""

from __future__ import annotations

import pytest

from kiosk.ui.layout import Layout
from kiosk.ui.nodes import Node, col, grid, over, row, space, spring, stack
from kiosk.ui.paragraph import TextStyle, break_lines
from kiosk.ui.theme import metrics
from kiosk.ui.widgets.text import text

M = metrics(1280, 800)


def place(root: Node, width: float = 400, height: float = 300) -> Layout:
    layout = Layout(M)
    layout.place(root, 0, 0, width, height)
    return layout


def test_a_row_shares_what_is_left() -> None:
    a, b, c = Node(w=100, h=10), Node(grow=1, h=10), Node(grow=2, h=10)
    place(row(a, b, c, gap=10, pad=(0, 15)))
    assert (a.x, a.width) == (15, 100)
    assert (round(b.width), round(c.width)) == (83, 167)
    assert round(c.x + c.width) == 385


def test_a_column_shares_its_height_but_never_below_the_need() -> None:
    a, b = Node(grow=1, h=None, min_h=200), Node(grow=1)
    place(col(a, b))
    assert (a.height, b.y, b.height) == (200, 200, 100)


def test_springs_push_apart_and_between_spreads() -> None:
    a, b = Node(w=50, h=10), Node(w=50, h=10)
    place(row(a, spring(), b))
    assert (a.x, b.x) == (0, 350)
    place(row(a, b, justify="between"))
    assert (a.x, b.x) == (0, 350)


def test_grid_columns_and_equal_rows() -> None:
    cells = [Node() for _ in range(4)]
    place(grid((1, 3), *cells, gap=20, equal_rows=True), 420, 220)
    assert [(round(c.x), round(c.y), round(c.width), round(c.height)) for c in cells] == [
        (0, 0, 100, 100), (120, 0, 300, 100), (0, 120, 100, 100), (120, 120, 300, 100),
    ]  # fmt: skip


def test_a_pinned_box_keeps_to_its_edges() -> None:
    inner = over(Node(w=40, h=20), right=10, bottom=5)
    place(stack(inner))
    assert (inner.x, inner.y) == (350, 275)


def test_what_does_not_fit_is_reported() -> None:
    layout = place(col(space(200), space(200)), 400, 300)
    assert [round(tall) for _, _, tall in layout.overflow] == [100]
    layout = place(row(Node(w=300, h=10), Node(w=200, h=10)))
    assert [round(wide) for _, wide, _ in layout.overflow] == [100]


def test_text_gives_way_in_a_row_and_breaks() -> None:
    words = text("satu dua tiga empat lima enam", 24)
    layout = place(row(words, Node(w=250, h=10)), 400)
    assert words.width == pytest.approx(150, abs=1)
    assert len(words.lines.lines) > 2 and layout.overflow == []


def test_lines_break_at_spaces_and_bold_is_its_own_piece() -> None:
    style = TextStyle(24, 500, "ink", bold_color="nila_700")
    lines = break_lines("Tekan **Panggil petugas** sekarang", style, 24, None)
    assert [(s.text, s.weight, s.color) for s in lines.lines[0][0]] == [
        ("Tekan", 500, "ink"), ("Panggil petugas", 700, "nila_700"), ("sekarang", 500, "ink"),
    ]  # fmt: skip
    narrow = break_lines("Tekan **Panggil petugas** sekarang", style, 24, 120)
    assert [" ".join(s.text for s in line) for line, _ in narrow.lines] == ["Tekan", "Panggil", "petugas", "sekarang"]
    assert all(width <= 120 for _, width in narrow.lines)


def test_a_word_longer_than_the_line_is_cut_and_line_feeds_are_kept() -> None:
    lines = break_lines("A" * 60 + "\nB", TextStyle(), 24, 200)
    assert lines.width <= 200 and len(lines.lines) > 3
    assert lines.lines[-1][0][0].text == "B"


@pytest.mark.parametrize(("size", "cls", "u"), [
    ((1280, 800), "reference", 1.0), ((1366, 768), "reference", 0.96), ((1920, 1080), "reference", 1.35),
    ((1024, 600), "compact", 1.0), ((720, 1280), "portrait", 1.0),
])  # fmt: skip
def test_size_classes(size: tuple[int, int], cls: str, u: float) -> None:
    found = metrics(*size)
    assert (found.cls, round(found.u, 3)) == (cls, u)


def test_the_largest_text_has_a_floor() -> None:
    assert [metrics(1280, 800, "largest").sp(size) for size in (20, 44)] == [39, pytest.approx(72.6)]
    assert metrics(1280, 800, "large").sp(20) == 26
