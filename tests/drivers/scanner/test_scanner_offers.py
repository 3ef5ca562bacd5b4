"""What scanners say they offer, as options, and what is asked of them for it."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from drivers.roles import Fault
from drivers.roles.scanner import (
    A4,
    FOLIO,
    ID_1,
    NotOffered,
    PageSize,
    Resolutions,
    ScanMode,
    ScannerOffers,
    ScanSettings,
    ScanSource,
)
from drivers.scanner import plan
from drivers.scanner.names import MODES, SOURCES, by_meaning
from drivers.scanner.options import LONGEST, Options, Span, parse
from drivers.scanner.wire import Ran
from tests.drivers.scanner.played import Played
from tests.drivers.scanner.seeds import AIRSCAN, BROTHER, EPSON, FUJITSU, OFFERS, PIXMA
from tests.fuzz.mutate import mutated

GLASS, FEEDER, DUPLEX = ScanSource.FLATBED, ScanSource.FEEDER, ScanSource.DUPLEX
COLOUR, GREY, LINEART = ScanMode.COLOUR, ScanMode.GREY, ScanMode.LINEART


def options(text: bytes) -> Options:
    return parse(text.decode())


def test_choices_spans_and_values_are_read() -> None:
    known = options(AIRSCAN)
    assert known.by_name["source"].choices == ("Flatbed", "ADF", "ADF Duplex")
    assert known.by_name["source"].present == "Flatbed"
    assert known.by_name["resolution"].numbers == (100, 200, 300)
    assert known.by_name["x"].span == Span(0, 215.9, 0, "mm")
    assert known.by_name["brightness"].span == Span(-100, 100, 1, "%")
    assert known.get("adf-justification-x") is None
    assert options(PIXMA).by_name["resolution"].numbers == (75, 150, 300, 600, 1200)
    assert options(PIXMA).by_name["button-1"].present == "0"


def test_of_two_options_with_one_name_the_first_counts() -> None:
    assert options(b"    --mode Color [Color]\n    --mode Gray [Gray]\n").by_name["mode"].choices == ("Color",)


def test_areas_that_are_not_in_millimetres_cannot_be_chosen() -> None:
    for unit in (b"pel", b""):
        for side in (b"    -x", b"    -y"):
            lines = [line.replace(b"mm", unit) if line.startswith(side) else line for line in AIRSCAN.split(b"\n")]
            assert plan.offer(parse(b"\n".join(lines).decode()), GLASS).largest is None


def test_a_value_with_brackets_of_its_own_is_one_of_the_choices() -> None:
    mode = options(BROTHER).by_name["mode"]
    assert mode.choices == ("Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color[Fast]", "24bit Color")
    assert mode.present == "24bit Color[Fast]"
    halftone = options(b"    --mode Gray|Gray [Error Diffusion] [Gray [Error Diffusion]]\n").by_name["mode"]
    assert (halftone.choices, halftone.present) == (("Gray", "Gray [Error Diffusion]"), "Gray [Error Diffusion]")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Flatbed", GLASS),
        ("FlatBed", GLASS),
        ("ADF", FEEDER),
        ("ADF Front", FEEDER),
        ("Automatic Document Feeder", FEEDER),
        ("Automatic Document Feeder(centrally aligned)", FEEDER),
        ("Document Feeder", FEEDER),
        ("ADF Duplex", DUPLEX),
        ("Duplex", DUPLEX),
        ("Automatic Document Feeder(left aligned,Duplex)", DUPLEX),
        ("ADF Back", None),
        ("Transparency Unit", None),
        ("TMA Slides", None),
        ("Automatic Slide Feeder", None),
        ("Auto", None),
    ],
)
def test_sources_are_known_by_the_names_in_use(name: str, meant: ScanSource | None) -> None:
    assert by_meaning([name], SOURCES) == ({meant: name} if meant else {})


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (("Color", "Gray", "Lineart"), {COLOUR: "Color", GREY: "Gray", LINEART: "Lineart"}),
        (("48 bits color", "16 bits gray", "Halftone", "Gray[Error Diffusion]", "Infrared"), {}),
        (("24bit Color[Fast]", "24bit Color", "True Gray"), {COLOUR: "24bit Color", GREY: "True Gray"}),
        (("24bit Color[Fast]", "Black & White"), {COLOUR: "24bit Color[Fast]", LINEART: "Black & White"}),
        (("Line Art", "Grayscale", "Color24"), {COLOUR: "Color24", GREY: "Grayscale", LINEART: "Line Art"}),
        (("Binary", "Grey", "Color (24 bit)"), {COLOUR: "Color (24 bit)", GREY: "Grey", LINEART: "Binary"}),
    ],
)
def test_modes_are_known_by_the_names_in_use(names: tuple[str, ...], meant: dict[ScanMode, str]) -> None:
    assert by_meaning(names, MODES) == meant


@pytest.mark.parametrize(
    ("offered", "asked", "taken"),
    [
        (Resolutions((75, 150, 300)), 200, 150),
        (Resolutions((100, 200, 300)), 250, 300),  # two as near: the finer one
        (Resolutions((75, 1200)), 5000, 1200),
        (Resolutions(low=50, high=600, step=1), 200, 200),
        (Resolutions(low=75, high=600, step=25), 210, 200),
        (Resolutions(low=75, high=90, step=25), 84, 90),
        (Resolutions(low=50, high=600), 9999, 600),
        (Resolutions(low=50, high=600), 1, 50),
        (Resolutions(), 200, None),
    ],
)
def test_the_nearest_resolution_is_taken(offered: Resolutions, asked: int, taken: int | None) -> None:
    assert offered.nearest(asked) == taken


@pytest.mark.parametrize(
    ("text", "settings", "arguments"),
    [
        (AIRSCAN, ScanSettings(size=A4), "--resolution 200 -l 0 -t 0 -x 210 -y 297"),
        (AIRSCAN, ScanSettings(), "--resolution 200 -l 0 -t 0 -x 215.9 -y 297.011"),
        (AIRSCAN, ScanSettings(300, size=ID_1, margin=10), "--resolution 300 -l 0 -t 0 -x 95.6 -y 63.98"),
        (AIRSCAN, ScanSettings(size=A4, margin=10), "--resolution 200 -l 0 -t 0 -x 215.9 -y 297.011"),
        (EPSON, ScanSettings(160, size=A4), "--resolution 150 -l 0 -t 0 -x 210 -y 297"),
        (PIXMA, ScanSettings(), "--resolution 150 -l 0 -t 0 -x 216.069 -y 297.603"),
        (b"    --depth 8|16 [16]\n", ScanSettings(), "--depth 8"),
        (b"    --depth 1|8 [1]\n", ScanSettings(mode=LINEART), ""),
    ],
)
def test_resolution_and_area_are_asked_for(text: bytes, settings: ScanSettings, arguments: str) -> None:
    rest = plan.choose_rest(options(text), settings, GLASS)
    assert isinstance(rest, tuple)
    assert " ".join(rest[0]) == arguments


def test_a_feeder_is_told_how_wide_its_paper_is_and_offers_sheets_not_strips() -> None:
    rest = plan.choose_rest(options(FUJITSU), ScanSettings(size=A4), FEEDER)
    assert isinstance(rest, tuple)
    assert " ".join(rest[0][2:]) == "--page-width 210 --page-height 297 -l 0 -t 0 -x 210 -y 297"
    assert plan.offer(options(FUJITSU), FEEDER).largest == PageSize(215.872, 355.6)


def test_a_page_that_does_not_fit_is_refused_and_says_what_would() -> None:
    told = plan.choose_rest(options(AIRSCAN), ScanSettings(size=FOLIO), GLASS)
    assert told == NotOffered("size", ("215.9x297.011 mm",))
    assert plan.choose_rest(options(b"    --resolution 100dpi [100]\n"), ScanSettings(size=A4), GLASS) == NotOffered(
        "size"
    )
    wide = plan.choose_rest(options(AIRSCAN), ScanSettings(size=PageSize(297, 210)), GLASS)
    assert wide == NotOffered("size", ("215.9x297.011 mm",))
    # what is short by less than any print's margin is taken
    almost = AIRSCAN.replace(b"297.011", b"295.5")
    assert isinstance(plan.choose_rest(options(almost), ScanSettings(size=A4), GLASS), tuple)


def test_a_page_too_large_for_the_memory_is_refused_before_the_lamp_moves() -> None:
    large = options(AIRSCAN.replace(b"100|200|300dpi", b"600|1200dpi"))
    assert plan.choose_rest(large, ScanSettings(1200), GLASS) == Fault("too-large")
    assert isinstance(plan.choose_rest(large, ScanSettings(1200, mode=LINEART), GLASS), tuple)


def arguments_of(played: Played) -> str:
    return " ".join(played.asked[-1][2:])


def test_a_scanner_is_asked_again_once_source_and_mode_are_set_and_only_once() -> None:
    played = Played(offers=lambda arguments: Ran(0, _as_set(PIXMA, arguments), ""))
    scanner = played.scanner()
    told = scanner.scan(ScanSettings(mode=LINEART, source=FEEDER, size=FOLIO))
    assert told == NotOffered("size", ("216.069x297.603 mm",))
    assert [" ".join(asked[2:]) for asked in played.asked] == [
        "-A",
        "--source Automatic Document Feeder -A",
        "--source Automatic Document Feeder --mode Lineart -A",
    ]
    scanner.scan(ScanSettings(mode=LINEART, source=FEEDER, size=FOLIO))
    assert len(played.asked) == 3
    assert not played.started


def test_one_side_or_both_may_be_an_option_of_its_own() -> None:
    """epson2: it is only there once the feeder is chosen."""

    def offers(arguments: object) -> Ran:
        text = _as_set(EPSON, arguments)
        if "Automatic Document Feeder" in str(arguments):
            text = text.replace(b"Simplex|Duplex [inactive]", b"Simplex|Duplex [Simplex]")
        return Ran(0, text, "")

    played = Played(offers=offers)
    described = played.scanner().describe()
    assert isinstance(described, ScannerOffers)
    assert [offer.source for offer in described.sources] == [GLASS, FEEDER, DUPLEX]
    assert described.sources[0].modes == (COLOUR, GREY, LINEART)
    assert described.sources[0].resolutions == Resolutions(low=75, high=600, step=25)
    played.scanner().scan(ScanSettings(source=DUPLEX, size=FOLIO))
    assert arguments_of(played).startswith("--source Automatic Document Feeder --adf-mode Duplex --mode Color")
    one_sided = Played(offers=lambda arguments: Ran(0, _as_set(EPSON, arguments), ""))
    assert one_sided.scanner().scan(ScanSettings(source=DUPLEX)) == NotOffered("source", ("feeder", "flatbed"))


@pytest.mark.parametrize(
    ("text", "settings", "told"),
    [
        (AIRSCAN, ScanSettings(mode=LINEART), NotOffered("mode", ("colour", "grey"))),
        (FUJITSU, ScanSettings(source=GLASS), NotOffered("source", ("feeder", "duplex"))),
        (b"    --mode Color [Color]\n", ScanSettings(source=FEEDER), NotOffered("source", ("flatbed",))),
        (b"    --mode Color [Color]\n", ScanSettings(source=DUPLEX), NotOffered("source", ("flatbed",))),
        (b"nonsense\n\xff\x00", ScanSettings(), Fault("capabilities")),
        (b"", ScanSettings(), Fault("capabilities")),
    ],
)
def test_what_a_scanner_lacks_is_refused_and_nothing_is_scanned(
    text: bytes, settings: ScanSettings, told: object
) -> None:
    played = Played(offers=lambda arguments: Ran(0, _as_set(text, arguments), ""))
    assert played.scanner().scan(settings) == told
    assert not played.started


def test_no_mutation_makes_the_parser_or_the_plan_stumble() -> None:
    rng = random.Random(9)
    settings = [ScanSettings(size=A4, source=source, mode=mode) for source in ScanSource for mode in ScanMode]
    for _ in range(600):
        known = parse(mutated(OFFERS, rng).decode("utf-8", "replace"))
        for asked in settings:
            plan.choose_source(known, asked.source, ())
            plan.choose_sides(known, asked.source)
            plan.choose_mode(known, asked.mode)
            plan.choose_rest(known, asked, asked.source)


def test_a_large_answer_takes_no_long_time_and_no_much_room() -> None:
    begun = time.process_time()
    for text in (
        "    --mode " + "a [" * (LONGEST // 3),
        "    --mode " + "|" * LONGEST,
        "".join(f"    --o{number} a|b [a]\n" for number in range(50_000)),
        "    --x " + " [" * 1900 + "]\n",
    ):
        assert len(parse(text * 2).by_name) <= 400
    assert time.process_time() - begun < 2


def _as_set(text: bytes, arguments: object) -> bytes:
    """The offers with what the arguments set as present values."""
    words = list(arguments) if isinstance(arguments, list | tuple) else []
    for option, value in itertools.pairwise(words):
        lines = text.split(b"\n")
        for number, line in enumerate(lines):
            if line.startswith(b"    " + str(option).encode() + b" ") and option.startswith("--"):
                lines[number] = line[: line.rindex(b" [")] + b" [" + str(value).encode() + b"]"
        text = b"\n".join(lines)
    return text
