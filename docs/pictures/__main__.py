"""`make pictures`: the README's pictures, out of a played journey and the gallery.

`python docs/pictures` plays `prodesaku journey`, draws two samples, scales everything down and writes palette PNGs
beside this file. A folder of an earlier journey may be given instead: `python docs/pictures DIR`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
WIDTH = 800
LARGEST = 120_000  # bytes

# name here -> the last picture of a journey whose name ends like this
JOURNEY = {
    "home": "-home",
    "question": "-question-tanggal-lahir-anak",
    "capture": "-capture-surat-lahir",
    "check-answers": "-check-answers",
    "timeline": "-timeline",
    "read-back": "-read-back",
}
GALLERY = {"verdict": "12-cek-sah"}


def main(arguments: list[str]) -> int:
    """0 when every picture was written."""
    with tempfile.TemporaryDirectory() as scratch:
        played = Path(arguments[0]) if arguments else Path(scratch) / "journey"
        drawn = Path(scratch) / "gallery"
        if not arguments:
            command = [sys.executable, "-m", "kiosk.cli", "journey", "apply-and-collect", "--out", str(played)]
            subprocess.run(command, check=True)
        from kiosk.ui.gallery import REFERENCE, Look, draw

        draw(drawn, Look(*REFERENCE), tuple(GALLERY.values()))
        for name, end in JOURNEY.items():
            found = sorted(path for path in played.glob("[0-9]*.png") if path.stem.endswith(end))
            write(name, found[-1])
        for name, start in GALLERY.items():
            write(name, next(iter(drawn.glob(f"{start}*.png"))))
        write("ticket", played / "ticket.png", width=360)
    return 0


def write(name: str, source: Path, width: int = WIDTH) -> None:
    """One picture, scaled down, with as many colours as fit into `LARGEST` bytes."""
    with Image.open(source) as image:
        small = image.convert("RGB")
        small.thumbnail((width, 4 * width), Image.Resampling.LANCZOS)
    target = HERE / f"{name}.png"
    for colours in (256, 128, 64, 32):
        small.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < LARGEST:
            return
    raise SystemExit(f"{target} stays larger than {LARGEST} bytes")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
