"""From what is asked and what is offered to `scanimage`'s arguments. Pure.

Options hang on one another: another source has other modes, another mode other resolutions. So a scanner is asked what
it offers, told the source, asked again, told the mode, asked again; and that is the order of the arguments too (pixma:
"Set source before mode and resolution").
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from drivers.roles import Fault
from drivers.roles.scanner import (
    NotOffered,
    PageSize,
    Resolutions,
    ScanMode,
    ScanSettings,
    ScanSource,
    SourceOffer,
)
from drivers.scanner.names import BOTH_SIDES, MODES, ONE_SIDE, SIDES, SOURCES, by_meaning
from drivers.scanner.options import Options
from drivers.scanner.pnm import LARGEST, TOO_LARGE

#: Millimetres that paper may be larger than the glass: what nobody prints on.
SHORT_BY = 2.0
#: Millimetres of a feeder's longest sheet, US legal; feeders that take strips offer metres.
LONGEST_SHEET = 355.6
_CHANNELS = {ScanMode.COLOUR: 3.0, ScanMode.GREY: 1.0, ScanMode.LINEART: 1 / 8}
_ROUNDED = re.compile(r"rounded value of resolution from [\d.]{1,12} to (\d{1,6})(?:\.\d{1,12})?$", re.MULTILINE)


@dataclass(frozen=True)
class Choice:
    """An option's value as arguments, and whether it is what the scanner has set already."""

    arguments: tuple[str, ...]
    already: bool


NOTHING = Choice((), True)  # there is no such option


def sources(options: Options) -> dict[ScanSource, str]:
    """The sources with the back-end's names, the present one first."""
    option = options.get("source")
    if option is None:
        return {}
    found = by_meaning(option.choices, SOURCES)
    if ScanSource.FEEDER in found and ScanSource.DUPLEX not in found and _both_sides(options, even_inactive=True):
        found[ScanSource.DUPLEX] = found[ScanSource.FEEDER]
    return dict(sorted(found.items(), key=lambda item: item[1] != option.present))


def choose_source(
    options: Options, wanted: ScanSource | None, preferred: Sequence[ScanSource]
) -> tuple[ScanSource | None, Choice] | NotOffered:
    """The source and how it is chosen. Without a wanted one, the first preferred that there is, or the present one.

    A scanner whose sources cannot be chosen has a glass; those that have only a feeder say so.
    """
    option, found = options.get("source"), sources(options)
    if option is None:
        if wanted in (None, ScanSource.FLATBED):
            return wanted, NOTHING
        return NotOffered("source", (ScanSource.FLATBED.value,))
    if wanted is None:
        wanted = next((source for source in preferred if source in found), None)
        if wanted is None:
            return None, NOTHING
    if wanted not in found:
        return NotOffered("source", tuple(source.value for source in found))
    return wanted, Choice(("--source", found[wanted]), found[wanted] == option.present)


def choose_sides(options: Options, source: ScanSource | None) -> Choice | NotOffered:
    """How one side or both are chosen where that is an option of its own; `options` are those with the source set."""
    named = options.get("source")
    if named is None or source not in (ScanSource.FEEDER, ScanSource.DUPLEX):
        return NOTHING
    if ScanSource.DUPLEX in by_meaning(named.choices, SOURCES):
        return NOTHING
    if not _both_sides(options):
        there = tuple(other.value for other in sources(options) if other is not ScanSource.DUPLEX)
        return NOTHING if source is ScanSource.FEEDER else NotOffered("source", there)
    sides = BOTH_SIDES if source is ScanSource.DUPLEX else ONE_SIDE
    option = options.get(SIDES)
    return Choice(("--" + SIDES, sides), option is not None and option.present == sides)


def choose_mode(options: Options, wanted: ScanMode) -> Choice | NotOffered:
    """How the mode is chosen; where it cannot be, the page will tell what it is."""
    option = options.get("mode")
    if option is None:
        return NOTHING
    found = by_meaning(option.choices, MODES)
    if wanted not in found:
        return NotOffered("mode", tuple(mode.value for mode in found))
    return Choice(("--mode", found[wanted]), found[wanted] == option.present)


def choose_rest(
    options: Options, settings: ScanSettings, source: ScanSource | None
) -> tuple[tuple[str, ...], int | None] | NotOffered | Fault:
    """Depth, resolution and area as arguments, and the resolution; `options` are those with source and mode set."""
    arguments: list[str] = []
    depth = options.get("depth")
    if depth is not None and settings.mode is not ScanMode.LINEART and depth.present != "8" and 8 in depth.numbers:
        arguments += ["--depth", "8"]
    dpi = resolutions(options).nearest(settings.dpi)
    if dpi is not None:
        arguments += ["--resolution", str(dpi)]
    largest, size = _largest(options, source), settings.size
    if size is not None:
        if largest is None:
            return NotOffered("size")
        if size.width > largest.width + SHORT_BY or size.height > largest.height + SHORT_BY:
            return NotOffered("size", (f"{largest.width:g}x{largest.height:g} mm",))
        if source is not ScanSource.FLATBED:
            arguments += _paper(options, size)
        margin = max(0.0, settings.margin)
        largest = PageSize(min(size.width + margin, largest.width), min(size.height + margin, largest.height))
    if largest is not None:
        arguments += ["-l", "0", "-t", "0", "-x", f"{largest.width:g}", "-y", f"{largest.height:g}"]
        dots = largest.width * largest.height * ((dpi or 0) / 25.4) ** 2
        if dots * _CHANNELS[settings.mode] > LARGEST:
            return TOO_LARGE
    return tuple(arguments), dpi


def resolutions(options: Options) -> Resolutions:
    """The resolutions that can be chosen."""
    option = options.get("resolution")
    if option is None:
        return Resolutions()
    if option.span is None:
        return Resolutions(tuple(sorted(set(option.numbers))))
    low, high = max(1, math.ceil(option.span.low)), math.floor(option.span.high)
    return Resolutions(low=low, high=high, step=max(1, math.floor(option.span.step))) if high >= low else Resolutions()


def offer(options: Options, source: ScanSource | None) -> SourceOffer:
    """What can be had from `source`; `options` are those with it set."""
    option = options.get("mode")
    modes = by_meaning(option.choices, MODES) if option is not None else {}
    return SourceOffer(source, tuple(modes), resolutions(options), _largest(options, source))


def true_dpi(words: str, dpi: int | None) -> int | None:
    """The resolution that was scanned with: `scanimage` says in `words` when a back-end took another one."""
    said = _ROUNDED.search(words)
    return dpi if said is None else int(said[1])


def _both_sides(options: Options, even_inactive: bool = False) -> bool:
    option = options.by_name.get(SIDES) if even_inactive else options.get(SIDES)
    return option is not None and BOTH_SIDES in option.choices


def _largest(options: Options, source: ScanSource | None) -> PageSize | None:
    across, down = options.get("x"), options.get("y")
    if across is None or down is None or across.span is None or down.span is None:
        return None
    if across.span.unit != "mm" or down.span.unit != "mm" or min(across.span.high, down.span.high) <= 0:
        return None
    flat = source in (None, ScanSource.FLATBED)
    return PageSize(across.span.high, down.span.high if flat else min(down.span.high, LONGEST_SHEET))


def _paper(options: Options, size: PageSize) -> list[str]:
    # feeders that centre their paper must know how wide it is: sane-fujitsu(5), sane-canon_dr(5)
    arguments: list[str] = []
    for name, millimetres in (("page-width", size.width), ("page-height", size.height)):
        option = options.get(name)
        if option is not None and option.span is not None and option.span.unit == "mm":
            arguments += [f"--{name}", f"{min(millimetres, option.span.high):g}"]
    return arguments
