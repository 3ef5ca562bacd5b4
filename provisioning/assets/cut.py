"""Cut the icon sheets into files, draw the shadows, and squeeze every picture.

Usage: python cut.py SHOTS ICON_NAMES LARGE_NAMES OUT. Needs Pillow alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

# Elevation of ui.md §5: offset down, blur, colour, opacity, and the radius of the surface that throws it (u).
SHADOWS = {
    "e1": (2, 6, (0x1B, 0x26, 0x57), 0.10, 20),
    "e2": (6, 20, (0x1B, 0x26, 0x57), 0.14, 22),
    "e3": (18, 56, (0x13, 0x1B, 0x42), 0.28, 32),
}


def white(picture: Image.Image) -> Image.Image:
    """An icon as white with opacity, two channels: half the size of RGBA, and the same to OpenGL."""
    alpha = picture.getchannel("A")
    return Image.merge("LA", (Image.new("L", picture.size, 255), alpha))


def icons(sheet: Path, names: list[str], wanted: set[str], size: int, cell: int, out: Path, suffix: str) -> None:
    """Cut the wanted names out of a sheet of 16 a row and write them as OUT/<name><suffix>.png."""
    picture = Image.open(sheet).convert("RGBA")
    edge = (cell - size) // 2
    for index, name in enumerate(names):
        if name not in wanted:
            continue
        left, top = index % 16 * cell + edge, index // 16 * cell + edge
        white(picture.crop((left, top, left + size, top + size))).save(out / f"{name}{suffix}.png", optimize=True)


def shadow(down: int, blur: int, colour: tuple[int, int, int], opacity: float, radius: int) -> tuple[Image.Image, int]:
    """A stretchable shadow and its border: outside the surface `blur + down`, inside as far as the blur reaches."""
    reach = blur + down
    border = reach + radius + blur
    side = 2 * border + 2
    box = Image.new("L", (side * 4, side * 4), 0)
    ImageDraw.Draw(box).rounded_rectangle(
        (reach * 4, (reach + down) * 4, (side - reach) * 4 - 1, (side - reach + down) * 4 - 1), radius * 4, fill=255
    )
    soft = box.resize((side, side), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(blur / 2))
    # Under the surface itself nothing is needed, and a translucent surface would show it.
    alpha = soft.point([round(value * opacity) for value in range(256)])
    picture = Image.new("RGBA", (side, side), (*colour, 0))
    picture.putalpha(alpha)
    return picture, border


def squeeze(picture: Image.Image) -> Image.Image:
    """A palette where the picture is opaque: flat drawings lose nothing that can be seen."""
    if picture.mode == "RGBA" and not ImageChops.invert(picture.getchannel("A")).getbbox():
        return picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return picture


def main(shots: Path, names_file: Path, large_file: Path, out: Path) -> None:
    """Fill OUT/icons and OUT/art from the screenshots."""
    names = names_file.read_text().split()
    large = set(large_file.read_text().split())
    for folder in ("icons", "art"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    icons(shots / "sheet-icons.png", names, set(names), 112, 128, out / "icons", "")
    icons(shots / "sheet-large.png", names, large, 224, 240, out / "icons", "@2x")
    for shot in sorted(shots.glob("*.png")):
        if shot.stem.startswith("sheet-") and shot.stem != "sheet-example":
            continue
        picture = Image.open(shot).convert("RGBA")
        if shot.stem.startswith("motif-black"):
            picture.convert("L").point([0] * 129 + [255] * 127, "1").save(out / "art" / shot.name, optimize=True)
        elif shot.stem == "lontara":
            white(picture).save(out / "art" / shot.name, optimize=True)
        elif shot.stem.startswith("scene"):
            # The sky is a gradient: a palette would band it.
            picture.convert("RGB").save(out / "art" / shot.name, optimize=True)
        else:
            squeeze(picture).save(out / "art" / shot.name, optimize=True)
    # A paper whose picture was not sharp: what a repair is about.
    plain = Image.open(out / "art" / "doc-plain.png").convert("RGBA").resize((132, 180), Image.Resampling.LANCZOS)
    plain.filter(ImageFilter.GaussianBlur(4.4)).save(out / "art" / "doc-blurred.png", optimize=True)
    lines: list[str] = []
    for name, shape in SHADOWS.items():
        picture, border = shadow(*shape)
        picture.save(out / "art" / f"shadow-{name}.png", optimize=True)
        lines.append(f"{name} border={border} outside={shape[1] + shape[0]} radius={shape[4]}")
    (out / "art" / "shadows.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
