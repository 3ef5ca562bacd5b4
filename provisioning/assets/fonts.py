"""Unpack the web fonts of the design into TTF files that Kivy and Pillow read.

Usage: python fonts.py NODE_MODULES OUT. Needs fontTools and brotli, at build time only. The SIL Open Font License of
each family is copied beside its files, as that licence asks.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILIES = (
    ("plus-jakarta-sans", "latin", "PlusJakartaSans", (500, 600, 700, 800)),
    ("atkinson-hyperlegible-mono", "latin", "AtkinsonHyperlegibleMono", (500, 700)),
    ("noto-sans-buginese", "buginese", "NotoSansBuginese", (400,)),
)


def unpack(modules: Path, out: Path) -> None:
    """Write OUT/<Family>-<weight>.ttf and OUT/<Family>-OFL.txt for every family the design names."""
    out.mkdir(parents=True, exist_ok=True)
    for package, subset, family, weights in FAMILIES:
        folder = modules / "@fontsource" / package
        for weight in weights:
            font = TTFont(folder / "files" / f"{package}-{subset}-{weight}-normal.woff2")
            font.flavor = None
            font.save(out / f"{family}-{weight}.ttf")
        shutil.copyfile(folder / "LICENSE", out / f"{family}-OFL.txt")


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
