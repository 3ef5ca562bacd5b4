"""Valid inputs of the scanner's parsers, from which a fuzzer begins.

OFFERS is what `scanimage --all-options` prints, shortened: for sane-airscan as it is, for the others put together from
their manual pages (`sane-pixma(5)`, `sane-epson2(5)`, `sane-fujitsu(5)`) and Brother's option names.
"""

from __future__ import annotations

from collections.abc import Callable

from drivers.scanner.options import parse
from drivers.scanner.pnm import whole_page

SANE = b"# SANE data follows\n"
PNM: tuple[bytes, ...] = (
    b"P6\n2 3\n255\n" + bytes(range(18)),
    b"P6\n" + SANE + b"4 2\n255\n" + bytes(24),
    b"P5\n" + SANE + b"5 2\n255\n" + bytes(range(10)),
    b"P4\n" + SANE + b"10 2\n" + b"\xff\xc0\x00\x00",
)

AIRSCAN = b"""
All options specific to device `airscan:e0:V':
  Standard:
    --resolution 100|200|300dpi [300]
        Sets the resolution of the scanned image.
    --mode Color|Gray [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF|ADF Duplex [Flatbed]
        Selects the scan source (such as a document-feeder).
  Geometry:
    -l 0..215.9mm [0]
        Top-left x position of scan area.
    -t 0..297.011mm [0]
    -x 0..215.9mm [215.9]
    -y 0..297.011mm [297.011]
  Enhancement:
    --brightness -100..100% (in steps of 1) [0]
    --analog-gamma 0.0999908..4 [1]
    --negative[=(yes|no)] [no]
    --adf-justification-x <string> [inactive]
"""
PIXMA = b"""
All options specific to device `pixma:V':
  Scan mode:
    --resolution auto||75|150|300|600|1200dpi [75]
    --mode auto|Color|Gray|48 bits color|16 bits gray|Lineart [Color]
    --source Flatbed|Automatic Document Feeder|ADF Duplex [Flatbed]
        Selects the scan source. Set source before mode and resolution.
  Geometry:
    -l auto|0..216.069mm [0]
    -x auto|0..216.069mm [216.069]
    -y auto|0..297.603mm [297.603]
  Buttons:
    --button-update
    --button-1 <int> [0] [read-only]
"""
BROTHER = b"""
All options specific to device `brother4:net1;dev0':
  Mode:
    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color[Fast]|24bit Color [24bit Color[Fast]]
    --resolution 100|150|200|300|400|600|1200|2400|4800|9600dpi [200]
    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [FlatBed]
    --brightness -50..50% (in steps of 1) [inactive]
  Geometry:
    -l 0..215.9mm (in steps of 0.0999908) [0]
    -t 0..355.6mm (in steps of 0.0999908) [0]
    -x 0..215.9mm (in steps of 0.0999908) [215.88]
    -y 0..355.6mm (in steps of 0.0999908) [355.567]
"""
EPSON = b"""
All options specific to device `epson2:V':
  Scan Mode:
    --mode Lineart|Gray|Color [Lineart]
    --depth 8|12|14|16bit [inactive]
    --halftoning None|Halftone A (Hard Tone)|Dither A (4x4 Bayer) [Halftone A (Hard Tone)]
    --resolution 75..600dpi (in steps of 25) [75]
  Geometry:
    -l 0..215.9mm [0]
    -x 0..215.9mm [215.9]
    -y 0..297.18mm [297.18]
  Optional equipment:
    --source Flatbed|Automatic Document Feeder [Flatbed]
    --adf-mode Simplex|Duplex [inactive]
"""
FUJITSU = b"""
All options specific to device `fujitsu:V':
  Standard:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [600]
  Geometry:
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
    --page-height 0..3200mm (in steps of 0.0211639) [279.364]
    -l 0..215.872mm (in steps of 0.0211639) [0]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..3200mm (in steps of 0.0211639) [279.364]
  Sensors:
    --page-loaded[=(yes|no)] [no] [hardware]
"""
OFFERS = (AIRSCAN, PIXMA, BROTHER, EPSON, FUJITSU)


def offers(data: bytes) -> object:
    """What the driver does with an answer; something true when an option was understood."""
    return len(parse(data.decode("utf-8", "replace")).by_name)


SEEDS: tuple[tuple[Callable[[bytes], object], tuple[bytes, ...]], ...] = ((whole_page, PNM), (offers, OFFERS))
