"""Screens of following, collecting, checking and surveys: nothing clipped, targets large, each touch one Press."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from kiosk.formats.verdicts import Verdict
from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.journeys.pages import Settings, View
from kiosk.ui import screens
from kiosk.ui.compose import Scene, compose, setting
from kiosk.ui.context import Ctx
from kiosk.ui.fonts import ASSETS
from kiosk.ui.layout import Layout
from kiosk.ui.nodes import Node
from kiosk.ui.samples import AFTER_SENDING, SITE, Sample, samples
from kiosk.ui.samples_check import VERDICTS
from kiosk.ui.samples_end import OVERLAYS
from kiosk.ui.screens.scan import ticket_words
from kiosk.ui.words import tr

NAMES = [name for name, *_ in (*AFTER_SENDING, *OVERLAYS)]
SIZES = [(1280, 800), (1024, 600), (1366, 768), (1920, 1080)]
#: What the bars hold on every page; the acts table names them once.
EVERYWHERE = {(Act.LISTEN, ""), (Act.DISPLAY, ""), (Act.LANGUAGE, "bug"), (Act.CALL_OPERATOR, "")}


def sample(name: str, settings: Settings | None = None) -> Sample:
    return next(s for s in samples(settings) if s.name == name)


def placed(view: View, size: tuple[int, int], local: Mapping[str, str] | None = None) -> tuple[Scene, Layout]:
    scene, _ = compose(view, *size, local or {})
    layout = Layout(setting(view, *size)[1])
    for root in scene.roots:
        layout.place(root, 0, 0, layout.metrics.width, layout.metrics.height)
    return scene, layout


def touchable(scene: Scene) -> list[Node]:
    roots = [scene.overlay] if scene.overlay is not None else [scene.content, scene.chrome]
    return [node for root in roots for node in root.walk() if node.touch is not None]


def wording(scene: Scene) -> str:
    return " | ".join(node.text for root in scene.roots for node in root.walk() if node.text)


def parts(view: View, size: tuple[int, int]) -> list[dict[str, str]]:
    """What the screen must keep to show each part of a page that goes in parts; one empty mapping for most pages."""
    found: list[dict[str, str]] = [{}]
    while len(found) < 12:
        scene, _ = compose(view, *size, found[-1])
        steps = [
            dict([n.touch.local]) for n in touchable(scene) if n.touch and n.touch.local and "part:" in n.touch.local[0]
        ]
        if not steps or next(iter(steps[0].values())) == "0":
            return found
        found.append(steps[0])
    raise AssertionError(f"the parts of {type(view.page).__name__} lead nowhere")


def fits(name: str, size: tuple[int, int], settings: Settings) -> None:
    view = sample(name, settings).view
    for local in parts(view, size):
        scene, layout = placed(view, size, local)
        assert [(node.text or node.name or node.kind, wide, tall) for node, wide, tall in layout.overflow] == []
        for node in touchable(scene):
            assert node.x >= -1 and node.y >= -1
            assert node.x + node.width <= layout.metrics.width + 1
            assert node.y + node.height <= layout.metrics.height + 1


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped(name: str, size: tuple[int, int]) -> None:
    fits(name, size, Settings())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped_in_high_contrast(name: str) -> None:
    fits(name, (1280, 800), Settings(contrast=True))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped_at_large_text(name: str) -> None:
    fits(name, (1280, 800), Settings(text_size="large"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_clipped_in_english(name: str) -> None:
    fits(name, (1280, 800), Settings(language="en"))


def test_a_kelurahan_s_words_fit_too() -> None:
    for name in NAMES:
        view = replace(sample(name).view, site=replace(SITE, kind="kelurahan"))
        scene, layout = placed(view, (1280, 800))
        assert not layout.overflow, name
        assert "{" not in wording(scene), name
    view = replace(sample("10b-kertas-habis").view, site=replace(SITE, kind="kelurahan"))
    assert "kelurahan lain" in wording(placed(view, (1280, 800))[0])


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_targets_are_large_and_apart(name: str, size: tuple[int, int]) -> None:
    scene, _ = placed(sample(name).view, size)
    content = [node for node in touchable(scene) if node.touch and node.touch.act not in {a for a, _ in EVERYWHERE}]
    for node in content:
        assert node.touch is not None
        # Compact screens draw bars of 68 units; everything else keeps 12 mm of the reference panel.
        least = 68 if size == (1024, 600) else 72
        assert node.height >= least, node.touch.label
        assert node.width >= 72, node.touch.label
    for k, one in enumerate(content):
        for other in content[k + 1 :]:
            across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
            down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
            least = 6 if one.touch and one.touch.key else 8
            labels = (one.touch and one.touch.label, other.touch and other.touch.label)
            assert max(across, down) >= least, labels


EXPECTED: dict[str, set[tuple[Act, str]]] = {
    "09a-pindai-tiket": {(Act.TYPE_NUMBER, ""), (Act.BACK, "")},
    "09a-ketik-nomor": {
        (Act.SCAN_CODE, ""), (Act.ERASE, ""), (Act.CLEAR, ""), (Act.BACK, ""), (Act.NEXT, ""),
        *((Act.TYPE, char) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    },
    "09-lacak": {
        (Act.PICK, "d1"), (Act.PICK, "d2"), (Act.PICK, "d3"), (Act.PRINT, "d1"), (Act.SCAN_OTHER, ""), (Act.BACK, ""),
    },
    "09-lacak-belum-ada": {(Act.PICK, "d1"), (Act.PICK, "d2"), (Act.SCAN_OTHER, ""), (Act.BACK, "")},
    "09-garis-waktu-siap": {(Act.PRINT, "d1"), (Act.BACK, "")},
    "09-garis-waktu-diperiksa": {(Act.BACK, "")},
    "09-garis-waktu-di-dinas": {(Act.BACK, "")},
    "09b-lacak-perbaikan": {(Act.REPAIR, "d2"), (Act.BACK, "")},
    "09c-lacak-ditolak": {
        (Act.APPLY_AGAIN, "again"), (Act.PICK, "objection"), (Act.PICK, "ask"), (Act.PRINT_REASON, "d1"),
        (Act.BACK, ""),
    },
    "10-mencetak": {(Act.BACK, "")},
    "10b-kertas-habis": {(Act.PRINT_AGAIN, "d1"), (Act.DONE, "")},
    "10b-kertas-tersangkut": {(Act.DONE, "")},
    "11-letakkan-lembar": {(Act.SHOOT, ""), (Act.SKIP, "")},
    "11-periksa-hasil-cetak": {(Act.RECEIVED, ""), (Act.LOOKS_BAD, "")},
    "11-hasil-belum-terbaca": {(Act.RECEIVED, ""), (Act.LOOKS_BAD, ""), (Act.AGAIN, "")},
    "11-hasil-berbeda": {(Act.AGAIN, ""), (Act.LOOKS_BAD, "")},
    "12-tunjukkan-dokumen": {(Act.SHOOT, ""), (Act.BACK, "")},
    "12-cek-sah": {(Act.AGAIN, ""), (Act.BACK, "")},
    "13-cek-tidak-sah": {(Act.AGAIN, ""), (Act.COMPLAINT, ""), (Act.BACK, "")},
    "14-survei": {
        *((Act.PICK, number) for number in "1234"), (Act.NEXT, ""), (Act.SKIP, ""), (Act.DONE, ""), (Act.BACK, ""),
    },
    "14b-survei-tentang-anda": {
        (Act.NEXT, ""), (Act.SKIP, ""), (Act.BACK, ""), (Act.PICK, "sex=p"), (Act.PICK, "sex=l"),
        *((Act.PICK, f"age={age}") for age in ("0", "20", "30", "40", "50", "60")),
        *((Act.PICK, f"education={level}") for level in ("none", "sd", "smp", "sma", "d", "s")),
        *((Act.PICK, f"job={job}") for job in ("farm", "own", "staff", "state", "pupil", "other")),
    },
    "14c-terima-kasih": {(Act.COMPLAINT, ""), (Act.DONE, "")},
    "14c-selesai": {(Act.SURVEY, ""), (Act.DONE, "")},
    "21-pengaduan-dan-saran": {(Act.BACK, "")},
    "23-maklumat-pelayanan": {(Act.PREVIOUS_ROWS, ""), (Act.NEXT_ROWS, ""), (Act.BACK, "")},
}  # fmt: skip
OVER: dict[str, set[tuple[Act, str]]] = {
    "15-batas-waktu": {(Act.STAY, ""), (Act.LEAVE, "")},
    "24-petugas-dipanggil": {(Act.CANCEL_CALL, ""), (Act.CLOSE, "")},
    "24-panggil-petugas": {(Act.CANCEL_CALL, ""), (Act.CLOSE, ""), (Act.CALL_OPERATOR, "")},
    "25-tampilan": {
        *((Act.TEXT_SIZE, size) for size in ("normal", "large", "largest")), (Act.CONTRAST, ""), (Act.LESS_MOTION, ""),
        (Act.CLOSE, ""),
    },
}  # fmt: skip


def offered(name: str, size: tuple[int, int] = (1280, 800)) -> set[tuple[Act, str]]:
    scene, _ = placed(sample(name).view, size)
    return {(node.touch.act, node.touch.value) for node in touchable(scene) if node.touch and node.touch.act}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_offers_exactly_the_acts_that_it_listens_to(name: str) -> None:
    assert offered(name) - EVERYWHERE == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(OVER))
def test_an_overlay_takes_all_touches(name: str) -> None:
    assert offered(name) == OVER[name]


def test_a_touch_in_the_middle_of_each_target_sends_its_press_and_no_other() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.press_collect"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=110,
        check=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert {line["page"] for line in lines} == set(NAMES)
    wrong = [
        line
        for line in lines
        if line["sent"] != ([[line["act"], line["value"]]] if line["enabled"] and line["act"] else [])
    ]
    assert wrong == []
    assert sum(len(line["sent"]) for line in lines) > 250


def test_nobody_may_hurry_a_print_and_nothing_prints_again_by_itself() -> None:
    scene, _ = placed(sample("10-mencetak").view, (1280, 800))
    back = next(node.touch for node in touchable(scene) if node.touch and node.touch.act is Act.BACK)
    assert not back.enabled
    waiting = replace(sample("10b-kertas-habis").view.page, ready=False)  # type: ignore[arg-type]
    scene, _ = placed(replace(sample("10b-kertas-habis").view, page=waiting), (1280, 800))
    again = next(node.touch for node in touchable(scene) if node.touch and node.touch.act is Act.PRINT_AGAIN)
    assert not again.enabled


def test_survey_and_complaint_leave_the_operator_out() -> None:
    for name in ("14-survei", "14b-survei-tentang-anda", "14c-terima-kasih", "21-pengaduan-dan-saran"):
        assert (Act.CALL_OPERATOR, "") not in offered(name), name
    assert (Act.CALL_OPERATOR, "") in offered("12-cek-sah")


def badge(verdict: str) -> tuple[str, str]:
    """The color of a verdict's face and the first word on it."""
    page = next(page for page in VERDICTS.values() if page.verdict == verdict)
    scene, _ = placed(replace(sample("12-cek-sah").view, page=page), (1280, 800))
    face = next(
        node
        for node in scene.content.walk()
        if node.look and node.width == 500 and node.height > 400 and node.look.fill
    )
    return (face.look.fill if face.look else ""), wording(scene)


def test_each_of_the_six_verdicts_has_its_own_face_and_only_a_valid_paper_is_green() -> None:
    faces = {verdict: badge(verdict.value) for verdict in Verdict}
    assert [verdict for verdict, (color, _) in faces.items() if color == "daun_700"] == [Verdict.SAH]
    assert faces[Verdict.BELUM_PASTI][0] == "ink2"
    assert "palsu" not in faces[Verdict.TIDAK_SAH][1].replace("dugaan pemalsuan", "")
    assert "Bukan berarti palsu" in faces[Verdict.BELUM_PASTI][1]


def test_an_unknown_verdict_is_never_drawn_as_valid() -> None:
    page = replace(VERDICTS["12"], verdict="something_new")
    scene, _ = placed(replace(sample("12-cek-sah").view, page=page), (1280, 800))
    fills = {node.look.fill for node in scene.content.walk() if node.look}
    assert "daun_700" not in fills


def test_the_price_is_said_where_documents_are_followed_and_printed() -> None:
    for name in ("09-lacak", "09-garis-waktu-siap", "09c-lacak-ditolak", "10-mencetak", "23-maklumat-pelayanan"):
        for size in SIZES[:2]:
            said = wording(placed(sample(name).view, size)[0])
            assert "Rp0" in said or "gratis" in said, (name, size)


def test_by_number_alone_no_reason_is_shown_and_the_ticket_is_asked_for() -> None:
    known = sample("09c-lacak-ditolak").view.page
    assert isinstance(known, pages.Timeline)
    page = replace(
        known, message="", ways=(), panel_heading="Pindai tiket untuk melihat alasannya", button="Pindai tiket"
    )
    scene, layout = placed(replace(sample("09c-lacak-ditolak").view, page=page), (1280, 800))
    acts = {node.touch.act for node in touchable(scene) if node.touch}
    assert Act.SCAN_OTHER in acts
    assert not acts & {Act.PRINT_REASON, Act.APPLY_AGAIN}
    assert not layout.overflow


def test_a_page_that_goes_in_parts_reaches_every_part_at_large_text() -> None:
    view = sample("09-lacak", Settings(text_size="large")).view
    seen: set[Act | None] = set()
    shown = parts(view, (1280, 800))
    assert len(shown) > 1
    for local in shown:
        scene, _ = compose(view, 1280, 800, local)
        seen |= {node.touch.act for node in touchable(scene) if node.touch}
    assert {Act.PICK, Act.PRINT, Act.SCAN_OTHER, Act.BACK} <= seen


def test_the_idle_dialog_leaves_nothing_of_the_page_to_read() -> None:
    scene, _ = placed(sample("15-batas-waktu").view, (1280, 800))
    assert scene.hidden


def test_a_typed_number_gets_its_hyphens() -> None:
    assert ticket_words("", 3) == ""
    assert ticket_words("KB", 3) == "KB"
    assert ticket_words("KBL7F3", 3) == "KBL-7F3"
    assert ticket_words("kbl-7f3k9-x", 3) == "KBL-7F3K9-X"


def test_every_picture_and_icon_of_these_screens_is_there() -> None:
    wanted = {
        node.name for name in NAMES for root in placed(sample(name).view, (1280, 800))[0].roots for node in root.walk()
    }
    for name in wanted:
        kind, _, file = name.partition(":")
        if kind == "icon":
            assert (ASSETS / "icons" / f"{file}.png").is_file(), file
        elif kind == "art":
            assert (ASSETS / "art" / f"{file}.png").is_file(), file


def test_all_pages_of_this_part_of_the_journey_are_drawn() -> None:
    drawn = {type(page) for _, page in AFTER_SENDING} | {type(over) for _, _, over in OVERLAYS}
    assert set(get_args(pages.Overlay)) <= drawn
    assert not {cls.__name__ for cls in drawn} & set(screens.missing())


def test_every_label_of_these_screens_has_its_english_words() -> None:
    asked: set[str] = set()

    class Asking(Ctx):
        def t(self, text: str) -> str:
            asked.add(text)
            return super().t(text)

    for name in NAMES:
        view = sample(name, Settings(language="en")).view
        theme, measure = setting(view, 1280, 800)
        c = Asking(view, theme, measure)
        if view.overlay is None:
            screens.draw_page(c)
        else:
            screens.draw_overlay(c)
    same = {"Normal"}
    assert {text for text in asked if tr("en", text) == text} - same == set()
