"""Every sample page as a picture, drawn offscreen by a process of its own.

``python -m kiosk.ui.gallery OUT WIDTH HEIGHT [name-prefix …]`` is that process; :func:`gallery` starts it, one after
the other for every size, text size and theme.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

REFERENCE = (1280, 800)
COMPACT = (1024, 600)
SIZES = (REFERENCE, COMPACT, (1366, 768), (1920, 1080))


@dataclass(frozen=True)
class Look:
    """A size, a text size, a theme and a language; ``name`` is the folder."""

    width: int
    height: int
    text_size: str = "normal"
    contrast: bool = False
    language: str = "id"

    @property
    def name(self) -> str:
        """Such as 1280x800-large-contrast-en."""
        parts = [f"{self.width}x{self.height}"]
        parts += [self.text_size] if self.text_size != "normal" else []
        parts += ["contrast"] if self.contrast else []
        parts += [self.language] if self.language != "id" else []
        return "-".join(parts)


def looks(sizes: Sequence[tuple[int, int]] = SIZES) -> list[Look]:
    """What a full gallery shows: every size; at the first two also larger text, contrast and English."""
    out = [Look(w, h) for w, h in sizes]
    for w, h in sizes[:2]:
        out += [Look(w, h, "large"), Look(w, h, "largest"), Look(w, h, contrast=True), Look(w, h, language="en")]
    return out


def gallery(out: Path, sizes: Sequence[tuple[int, int]] = SIZES, names: Sequence[str] = ()) -> list[Path]:
    """Write the pictures below ``out``, one folder a look; returns them. RuntimeError when a process fails."""
    made: list[Path] = []
    for look in looks(sizes):
        made += draw(out / look.name, look, names)
    return made


def draw(folder: Path, look: Look, names: Sequence[str] = ()) -> list[Path]:
    """One look, in a fresh process."""
    folder.mkdir(parents=True, exist_ok=True)
    options = [look.text_size, "contrast" if look.contrast else "light", look.language]
    command = [
        sys.executable,
        "-m",
        "kiosk.ui.gallery",
        str(folder),
        str(look.width),
        str(look.height),
        *options,
        *names,
    ]
    root = str(Path(__file__).parents[2])
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=env)
    if done.returncode:
        raise RuntimeError(f"the gallery's process failed: {done.stderr[-2000:]}")
    return sorted(folder.glob("*.png"))


def _main(args: list[str]) -> int:
    folder, width, height, text_size, theme, language, *names = args
    from kiosk.ui.start import prepare

    prepare(int(width), int(height), offscreen=True)
    from kivy.clock import Clock
    from PIL import Image

    from kiosk.journeys.pages import Settings
    from kiosk.ui.app import KioskApp
    from kiosk.ui.fonts import ASSETS
    from kiosk.ui.samples import samples

    settings = Settings(language, text_size, theme == "contrast")  # pyright: ignore[reportArgumentType]
    wanted = [s for s in samples(settings) if not names or any(s.name.startswith(n) for n in names)]
    paper = ASSETS / "art" / "capture-example.png"
    with Image.open(paper) as image:
        frame = image.convert("RGB").resize((1280, 820)).crop((0, 50, 1280, 770))
    page = ASSETS / "art" / "paper-letter.png"
    app = KioskApp(wanted[0].view, lambda _: None, lambda _: page.read_bytes(), motion=False)

    def all_of_them() -> None:
        for sample in wanted:
            app.show(sample.view)
            app.frame(*frame.size, frame.tobytes())
            for _ in range(4):
                Clock.tick()
            app.shot(Path(folder) / f"{sample.name}.png")
            if app.stage.overflow:
                lacking = ", ".join(
                    f"{(n.text or n.name or n.kind)[:30]!r} {w:.0f}x{h:.0f}" for n, w, h in app.stage.overflow
                )
                sys.stderr.write(f"{sample.name}: {lacking}\n")
        app.close()

    app.on_ready = all_of_them
    app.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))
