"""Print and read back: `python -m tests.bench.bench_print_read [PART…] [--scenes N] [--seed N]`.

What our tickets and seals read like after a printer and a camera, simulated (tests.bench.printing_physics and
print_camera): zxing-cpp, pyzbar and ours on the same frames of the same run. Shares in percent with 95 % bootstrap
intervals; `first` is one frame, `second` one second of video at 15 frames a second, of which a slow decoder misses
some. Parts:

- curve: by pixels a module, laser, no lamp mirrored; beside it what zxing-cpp read in a print simulation before ours;
- ours: every symbol that we print, by distance in cm, no lamp mirrored; lamp: the same near by, each under a lamp;
- tickets, seals: ECC and printed size; seals also by the document camera's still on the tray;
- flatbed: every symbol at 300 dpi;
- gaps: a white band across the whole sheet; streaks along the feed; faint thermal print.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace

import cv2
import numpy as np

from tests.bench import print_symbols as symbols
from tests.bench.print_camera import FULL_HD, HAND, HD, LYING, STILL, TRAY_MM, Camera, Film, Surroundings, flatbed
from tests.bench.print_figures import DECODERS, Shares, said, watch
from tests.bench.print_symbols import Symbol
from tests.bench.printing_physics import FAINT, Heat, Toner

BINS = (2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
KNOWN = {2.5: 9, 3.0: 49, 3.5: 82, 4.0: 97, 5.0: 100}
"""What zxing-cpp read of laser prints in an earlier simulation, percent, by the lower end of the bin."""
DISTANCES = (10, 15, 20, 30, 40)
DRY, LAMP = replace(HAND, glare=0.0), replace(HAND, glare=1.0)
_TEXTS = 6  # different payloads


def told(**columns: object) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(columns) + "\n")
    sys.stdout.flush()


def fresh() -> dict[str, Shares]:
    """Nothing counted yet."""
    return {name: Shares() for name in DECODERS}


def shares(counted: dict[str, Shares], video: bool) -> dict[str, object]:
    """The columns of a row."""
    columns: dict[str, object] = {"scenes": len(counted["ours"].first)}
    columns |= {f"{name} first": said(one.first) for name, one in counted.items()}
    if video:
        columns |= {f"{name} second": said(one.second) for name, one in counted.items()}
    wrong = {name: one.wrong for name, one in counted.items() if one.wrong}
    return columns | ({"wrong": wrong} if wrong else {})


def curve(scenes: int, seed: int) -> None:
    """By pixels a module. Twelve times as many scenes as elsewhere, spread over two to six pixels."""
    found = {low: fresh() for low in BINS}
    for number in range(scenes * 12):
        rng = np.random.default_rng([seed, 1, number])
        listed = list(symbols.seals(number % _TEXTS).values())
        one = listed[rng.integers(len(listed))]
        distance = FULL_HD.focal * one.module_mm / rng.uniform(2, 6)
        film = Film(one.printed(rng), FULL_HD, distance, rng, DRY)
        low = max((low for low in BINS if low <= film.px_per_module), default=None)
        if low is not None:
            watch(film, one.payload, found[low])
    for low, counted in found.items():
        told(part="curve", px_from=low, **shares(counted, True), zxing_known=KNOWN.get(low))
    for name in DECODERS:
        took = [ms for counted in found.values() for ms in counted[name].took]
        told(part="curve", decoder=name, median_ms=_percentile(took, 50), p95_ms=_percentile(took, 95))


def _percentile(took: list[float], part: int) -> float:
    return round(float(np.percentile(took, part)), 1)


def by_distance(scenes: int, seed: int) -> None:
    """Every symbol that we print; the smallest of each printer also before a smaller camera. No lamp."""
    for name, one in symbols.ours(0).items():
        for distance in DISTANCES:
            _row("ours", name, lambda text, name=name: symbols.ours(text)[name], FULL_HD, distance, scenes, seed, DRY)
        for distance in (10, 15, 20, 30) if one.name in ("ticket 384@203", "seal") else ():
            _row("ours", name, lambda text, name=name: symbols.ours(text)[name], HD, distance, scenes, seed, DRY)


def under_a_lamp(scenes: int, seed: int) -> None:
    """Every symbol at a good distance, a lamp mirrored in or beside it each time; the seal also at other levels."""
    for name in symbols.ours(0):
        distance = 13 if name == "seal" else 20
        _row("lamp", name, lambda text, name=name: symbols.ours(text)[name], FULL_HD, distance, scenes, seed, LAMP)
    for level, dots in (("m", 12), ("l", 12), ("h", 8)):
        make = lambda text, key=(level, dots): symbols.seals(text)[key]  # noqa: E731
        _row("lamp", f"seal {level} {dots} dots", make, FULL_HD, 13, scenes, seed, LAMP)


def _row(
    part: str,
    name: str,
    make: Callable[[int], Symbol],
    camera: Camera,
    distance: int,
    scenes: int,
    seed: int,
    around: Surroundings,
) -> None:
    """One symbol, one camera, one distance in cm: first frame and one second."""
    counted = fresh()
    sizes: list[float] = []
    one = make(0)
    for number in range(scenes):
        one = make(number % _TEXTS)
        film = _film(one, distance, seed, number, around, camera)
        sizes.append(film.px_per_module)
        watch(film, one.payload, counted)
    about = {"symbol": name, "code": one.designator, "module_mm": round(one.module_mm, 3), "frame": camera.height}
    told(part=part, **about, cm=distance, px=_median(sizes), **shares(counted, True))


def _film(
    one: Symbol,
    distance: int,
    seed: int,
    number: int,
    around: Surroundings,
    camera: Camera = FULL_HD,
    toner: Toner | None = None,
    heat: Heat | None = None,
) -> Film:
    """Scene `number` at so many cm, 0 being the tray: the same hand and light for every symbol, to compare."""
    printed = one.printed(np.random.default_rng([seed, 2, number]), toner, heat)
    rng = np.random.default_rng([seed, 3, distance, number])
    if distance == 0:
        # a sheet never lies quite flat
        return Film(printed, STILL, TRAY_MM - rng.uniform(0, 6), rng, replace(LYING, glare=around.glare))
    return Film(printed, camera, distance * 10, rng, around)


def _median(sizes: list[float]) -> float:
    return round(float(np.median(sizes)), 1)


def grid(
    part: str, make: Callable[[int], dict[tuple[str, float], Symbol]], distances: Iterable[int], scenes: int, seed: int
) -> None:
    """ECC and printed size, one frame each. Distance 0 is the sheet on the tray under the document camera."""
    for level, dots in make(0):
        for distance in distances:
            counted = fresh()
            sizes: list[float] = []
            for number in range(scenes):
                one = make(number % _TEXTS)[level, dots]
                film = _film(one, distance, seed, number, DRY)
                sizes.append(film.px_per_module)
                watch(film, one.payload, counted, video=False)
            about = {"code": one.designator, "dots": dots, "mm": round(one.side_mm, 1)}
            where = f"{distance} cm" if distance else "tray"
            told(part=part, **about, at=where, px=_median(sizes), **shares(counted, False))


def on_glass(scenes: int, seed: int) -> None:
    """Every symbol on a flatbed of 300 dpi."""
    for index, name in enumerate(symbols.ours(0)):
        read = {decoder: list[bool]() for decoder in DECODERS}
        for number in range(scenes):
            rng = np.random.default_rng([seed, 4, index, number])
            one = symbols.ours(number % _TEXTS)[name]
            picture = flatbed(one.printed(rng), rng)
            for decoder, decode in DECODERS.items():
                read[decoder].append(one.payload in decode(picture))
        told(part="flatbed", symbol=name, scenes=scenes, **{decoder: said(hits) for decoder, hits in read.items()})


def worn(scenes: int, seed: int) -> None:
    """Gaps, streaks, faint heat: near enough and without a lamp, so that only the print is to blame."""
    for level in "lmqh":
        for gap in (0.2, 0.4, 0.8, 1.5, 3.0):
            _worn_row("seals", level, 10, Toner(streaks=0, gap=gap), None, f"gap {gap} mm", scenes, seed)
        _worn_row("seals", level, 10, Toner(streaks=40), None, "40 streaks in 100 mm", scenes, seed)
        for label, heat in (("faint", FAINT), ("4 % of the elements dead", Heat(dead=4.0))):
            _worn_row("tickets", level, 8, None, heat, label, scenes, seed)


def _worn_row(
    kind: str, level: str, dots: float, toner: Toner | None, heat: Heat | None, what: str, scenes: int, seed: int
) -> None:
    counted = fresh()
    make, distance = (symbols.seals, 13) if kind == "seals" else (symbols.tickets, 20)
    one = make(0)[level, dots]
    for number in range(scenes):
        one = make(number % _TEXTS)[level, dots]
        place = float(np.random.default_rng([seed, 4, number]).uniform(0, 1))
        state = None if toner is None else replace(toner, gap_at=place)
        watch(_film(one, distance, seed, number, DRY, FULL_HD, state, heat), one.payload, counted, video=False)
    told(part="worn", code=f"{kind[:-1]} {one.designator}", what=what, **shares(counted, False))


PARTS: dict[str, Callable[[int, int], None]] = {
    "curve": curve,
    "ours": by_distance,
    "lamp": under_a_lamp,
    "tickets": lambda scenes, seed: grid("tickets", symbols.tickets, (10, 20, 40), scenes, seed),
    "seals": lambda scenes, seed: grid("seals", symbols.seals, (0, 15, 20), scenes, seed),
    "flatbed": on_glass,
    "worn": worn,
}


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all when none is named")
    parser.add_argument("--scenes", type=int, default=3, help="for each figure")
    parser.add_argument("--seed", type=int, default=2026, help="that of the figures in docs/symbol-sizes.md: 2026")
    given = parser.parse_args(argv)
    cv2.setNumThreads(1)
    for part in given.parts or PARTS:
        PARTS[part](given.scenes, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
