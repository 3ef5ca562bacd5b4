"""Screens of applying: nothing clipped, targets large and apart, icons there, colours apart."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from kiosk.journeys.acts import Act
from kiosk.journeys.pages import Settings, View
from kiosk.ui import screens
from kiosk.ui.compose import PART, Scene, compose, setting
from kiosk.ui.fonts import ASSETS
from kiosk.ui.layout import Layout
from kiosk.ui.nodes import Node
from kiosk.ui.samples import PAGES, samples
from kiosk.ui.theme import CONTRAST, LIGHT, Rgba, Theme

NAMES = [name for name, _ in PAGES]
SIZES = [(1280, 800), (1024, 600), (1366, 768), (1920, 1080)]
UI = Path(screens.__file__).parents[1]


def view(name: str, settings: Settings | None = None) -> View:
    return next(s.view for s in samples(settings) if s.name == name)


def placed(of: View, size: tuple[int, int], part: int = 0) -> tuple[Scene, Layout]:
    scene, _ = compose(of, *size, {PART: str(part)})
    layout = Layout(setting(of, *size)[1])
    for root in scene.roots:
        layout.place(root, 0, 0, layout.metrics.width, layout.metrics.height)
    return scene, layout


def nodes(scene: Scene) -> list[Node]:
    return [node for root in scene.roots for node in root.walk()]


def touchable(scene: Scene) -> list[Node]:
    return [node for node in nodes(scene) if node.touch is not None]


def lacking(layout: Layout) -> list[tuple[str, int, int]]:
    return [(n.text or n.name or n.kind, round(wide), round(tall)) for n, wide, tall in layout.overflow]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped(name: str, size: tuple[int, int]) -> None:
    _, layout = placed(view(name), size)
    assert lacking(layout) == []


@pytest.mark.parametrize("settings", [
    Settings(contrast=True), Settings(language="en"), Settings(text_size="large"), Settings(text_size="largest"),
], ids=["contrast", "english", "large", "largest"])  # fmt: skip
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped_as_the_person_wants_it(name: str, settings: Settings) -> None:
    _, layout = placed(view(name, settings), (1280, 800))
    assert lacking(layout) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_shown_whole_in_the_window(name: str) -> None:
    scene, layout = placed(view(name), (1280, 800))
    for node in nodes(scene):
        if node.kind == "text":
            assert node.x >= -1 and node.x + node.width <= layout.metrics.width + 1, node.text
            assert node.y >= -1 and node.y + node.height <= layout.metrics.height + 1, node.text


def reach(node: Node) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what answers to a touch."""
    assert node.touch is not None
    top, right, bottom, left = node.touch.slop
    return node.x - left, node.y - top, node.x + node.width + right, node.y + node.height + bottom


@pytest.mark.parametrize(("size", "least", "least_key"), [((1280, 800), 72, 82), ((1024, 600), 56, 64)])
@pytest.mark.parametrize("name", NAMES)
def test_targets_are_large(name: str, size: tuple[int, int], least: float, least_key: float) -> None:
    """12 mm and 14 mm for keys: a unit of the 10.1 inch 1280 x 800 panel is 0.17 mm, of the 1024 x 600 one 0.22 mm."""
    scene, _ = placed(view(name), size)
    for node in touchable(scene):
        left, top, right, bottom = reach(node)
        need = least_key if node.touch and node.touch.key else least
        assert bottom - top >= need - 0.5, (node.touch, bottom - top)
        assert right - left >= min(need, 68) - 0.5, (node.touch, right - left)


@pytest.mark.parametrize(("size", "gap"), [((1280, 800), 12), ((1024, 600), 8)])
@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("00")])
def test_targets_are_apart(name: str, size: tuple[int, int], gap: float) -> None:
    """No finger reaches two: at least 2 mm of what answers to neither."""
    scene, _ = placed(view(name), size)
    for one, other in combinations(touchable(scene), 2):
        a, b = reach(one), reach(other)
        apart = max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3])
        assert apart >= gap - 0.6, (one.touch, other.touch, apart)


def test_every_page_and_overlay_has_a_drawing() -> None:
    assert screens.missing() == []


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_in_the_assets(name: str) -> None:
    scene, _ = placed(view(name), (1280, 800))
    for node in nodes(scene):
        if node.name.startswith("icon:"):
            assert (ASSETS / "icons" / f"{node.name[5:]}.png").is_file(), node.name
        if node.name.startswith("art:"):
            assert (ASSETS / "art" / f"{node.name[4:]}.png").is_file(), node.name


@pytest.mark.parametrize("name", [n for n in NAMES if n[:2] not in ("00", "07")])
def test_help_is_on_every_page(name: str) -> None:
    for text_size in ("normal", "large", "largest"):
        scene, _ = placed(view(name, Settings(text_size=text_size)), (1280, 800))
        assert any(n.touch and n.touch.act is Act.CALL_OPERATOR for n in touchable(scene)), text_size


def test_a_page_in_parts_shows_every_target_in_one_of_them() -> None:
    of = view("05-pertanyaan", Settings(text_size="largest"))
    shown: set[str] = set()
    for part in range(6):
        scene, _ = placed(of, (1280, 800), part)
        window = next(n for n in nodes(scene) if n.name == "part")
        for node in touchable(scene):
            inside = window.y - 1 <= node.y and node.y + node.height <= window.y + window.height + 1
            if node.touch and node.touch.act is Act.PICK and inside:
                shown.add(node.touch.value)
    assert shown == {"rs", "puskesmas", "polindes", "rumah", "lain", "tidak_tahu"}


def test_no_stock_widget_is_ever_made() -> None:
    stock = (
        "Button", "ToggleButton", "Popup", "Spinner", "TextInput", "ScrollView", "TabbedPanel", "Slider", "VKeyboard",
        "Label", "CheckBox", "ModalView", "DropDown", "ScreenManager", "ProgressBar", "Switch",
    )  # fmt: skip
    for file in UI.rglob("*.py"):
        for line in file.read_text().splitlines():
            assert not any(f"{name}(" in line.replace(f"_{name}(", "") for name in stock), (file.name, line)
            assert "kivy.uix" not in line or "kivy.uix.widget" in line, (file.name, line)


def luminance(color: Rgba) -> float:
    parts = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in color[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme: Theme, one: str, other: str) -> float:
    a, b = sorted((luminance(theme[one]), luminance(theme[other])), reverse=True)
    return (a + 0.05) / (b + 0.05)


_TEXT = [
    ("ink", "bg"), ("ink", "card"), ("ink2", "bg"), ("ink2", "card"), ("nila_800", "nila_50"), ("nila_800", "nila_100"),
    ("nila_700", "bg"), ("on_nila", "nila_700"), ("on_nila_soft", "nila_700"), ("on_emas", "emas_500"),
    ("emas_800", "emas_100"), ("daun_700", "daun_100"), ("on_daun", "daun_700"), ("merah_700", "merah_100"),
    ("on_merah", "merah_700"), ("manggis_700", "card"), ("off_text", "off_bg"), ("on_strip", "strip"),
]  # fmt: skip
_EDGES = [("edge", "bg"), ("edge", "card"), ("nila_400", "bg"), ("nila_400", "card"), ("manggis_700", "card")]


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_words_and_edges_stand_out(theme: Theme) -> None:
    assert [(pair, round(contrast(theme, *pair), 1)) for pair in _TEXT if contrast(theme, *pair) < 7] == []
    assert [(pair, round(contrast(theme, *pair), 1)) for pair in _EDGES if contrast(theme, *pair) < 3] == []
