"""The inside of the virtual page printer: rollers, toner, paper path. `ippeveprinter` runs it for each job.

`python -m drivers.page.engine FILE`, with DIR in PRODESAKU_WORLD and the printer's own address in PRODESAKU_ENGINE.
Reports as CUPS' print commands do, on standard error (`STATE:`, `ATTR:`; ippeveprinter(8)). It obeys
`DIR/page/world.txt` between and during sheets, and like a real printer it waits when paper runs out and prints on by
itself when paper is put in, unless the job was cancelled meanwhile. It does not wait for ever (PATIENCE): then the job
is aborted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drivers.page.ipp import Attribute, Group, NoAnswer, Op, Tag, Wire, words
from drivers.page.stock import FEW_OF_TONER, FEW_SHEETS, Stock
from drivers.virtual.world import DEFAULTS, World

#: Job name by which the twin asks for nothing but the state of the world.
LOOK_AROUND = "look-around"
#: Seconds for a sheet to pass, seconds the printer waits for a person, seconds between looks at the world.
PER_SHEET, PATIENCE, STEP = 0.6, 30.0, 0.05
DPI = 200
#: The paper this printer takes when a job names none, and what "fit to the printable area" does to a page.
A4 = "iso_a4_210x297mm"
LETTER, LETTER_SIZE = "na_letter_8.5x11in", (1700, 2200)
FITTED = 0.96

_REASONS = ("media-empty", "media-needed", "media-low", "media-jam", "cover-open", "toner-empty", "toner-low")


def conditions(state: dict[str, str]) -> frozenset[str]:
    """The printer-state-reasons that a state of the world stands for."""
    stock = Stock.of(state)
    no_paper, no_toner = state["paper"] == "out" or stock.sheets == 0, state["toner"] == "out" or stock.toner == 0
    little_paper = state["paper"] == "low" or (stock.sheets is not None and stock.sheets < FEW_SHEETS)
    little_toner = state["toner"] == "low" or (stock.toner is not None and stock.toner < FEW_OF_TONER)
    return frozenset(
        reason
        for reason, holds in {
            "media-empty": no_paper,
            "media-needed": no_paper,
            "media-low": little_paper and not no_paper,
            "media-jam": state["jam"] == "yes",
            "cover-open": state["cover"] == "open",
            "toner-empty": no_toner,
            "toner-low": little_toner and not no_toner,
        }.items()
        if holds
    )


def shown_file(world: World) -> Path:
    """Where the engine notes what the printer was last told, so that the twin knows when to tell it anew."""
    return world.directory / "page" / "shown.txt"


def told(world: World) -> str:
    """What the printer was told last (shown()); one that was just switched on says as it always does."""
    try:
        return shown_file(world).read_text(encoding="utf-8")
    except FileNotFoundError:
        return shown(DEFAULTS["page"])


def shown(state: dict[str, str]) -> str:
    """What the printer is told of this state of the world, as one line."""
    return f"{','.join(sorted(conditions(state)))} {Stock.of(state)}"


_STOPPING = frozenset({"media-empty", "media-jam", "cover-open", "toner-empty"})
#: Paper that is already under way does not care whether more lies in the tray.
_STOPPING_A_SHEET = _STOPPING - {"media-empty"}


class Engine:
    """One job's way through the printer."""

    def __init__(self, world: World, own_address: str, job_number: int) -> None:
        self._world = world
        self._wire = Wire(own_address)
        self._job_number = job_number
        self._shown: frozenset[str] = frozenset()
        self._told = ""
        self._stock = told(world).partition(" ")[2]

    def look(self) -> frozenset[str]:
        """The state of the world, told to whoever asks the printer."""
        state = self._world.state("page")
        now, line = conditions(state), shown(state)
        if line != self._told:
            if (stock := line.partition(" ")[2]) != self._stock:
                Stock.of(state).tell(self._wire.port)  # which sets some of the reasons by itself
            self._shown, self._stock, self._told = now, stock, line
            self._say("STATE: " + ",".join(reason for reason in _REASONS if reason in now))
            shown_file(self._world).write_text(line, encoding="utf-8")
        return now

    def settle(self) -> None:
        """Leave the printer as the world is when this job has ended."""
        self.look()
        if "media-empty" in self._shown:
            # With media-empty standing, ippeveprinter would hold the next job where no cancelling reaches it, and
            # would not let us in to say that paper is back. media-needed says the same and does not hold.
            self._say("STATE: -media-empty")

    def run(self, file: Path, content_type: str) -> bool:
        """Print; False when the job ended before its last sheet."""
        number = self._world.next_number("page")
        out = self._world.out("page")
        kind = {"application/pdf": ".pdf", "image/urf": ".urf"}.get(content_type, ".pwg")
        received = out / f"{number}{kind}"
        shutil.copyfile(file, received)
        (self._world.directory / "page" / "asked.txt").write_text(os.environ.get("IPP_MEDIA_COL", ""), encoding="utf-8")
        with tempfile.TemporaryDirectory(prefix="sheets-", dir=file.parent) as place:
            sheets = _rasterise(received, Path(place))
            if kind == ".pdf":
                _lay_out(sheets, _media(), os.environ.get("IPP_PRINT_SCALING", "auto"))
            self._say(f"ATTR: job-impressions={len(sheets)}")
            for index, sheet in enumerate(sheets, start=1):
                if not self._wait_until_clear(_STOPPING) or not self._feed():
                    return False
                name = f"{number}.png" if index == 1 else f"{number}-{index}.png"
                shutil.move(sheet, out / name)
                self._world.set("page", **Stock.of(self._world.state("page")).used())
                self._say(f"ATTR: job-impressions-completed={index}")
        return bool(sheets)

    def _wait_until_clear(self, stopping: frozenset[str]) -> bool:
        if not self.look() & stopping:
            return not self._cancelled()
        patience = float(self._world.get("page", "patience", str(PATIENCE)))
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._cancelled():
                return False
            if not self.look() & stopping:
                return True
            time.sleep(STEP)
        return False

    def _feed(self) -> bool:
        """One sheet from tray to tray; False when it stuck on its way (that sheet is waste)."""
        end = time.monotonic() + float(self._world.get("page", "seconds", str(PER_SHEET)))
        while time.monotonic() < end:
            if self.look() & _STOPPING_A_SHEET:
                self._wait_until_clear(_STOPPING_A_SHEET)
                return False
            time.sleep(STEP)
        return True

    def _cancelled(self) -> bool:
        try:
            answer = self._wire.ask(
                Op.GET_JOB_ATTRIBUTES,
                [
                    Attribute(Group.OPERATION, Tag.INTEGER, "job-id", self._job_number),
                    # and no collection: see drivers.page.printer
                    Attribute(Group.OPERATION, Tag.KEYWORD, "requested-attributes", "job-state-reasons"),
                ],
            )
        except NoAnswer:
            return True  # the printer around this engine is gone
        why = words(answer.one(Group.JOB), "job-state-reasons")
        return "processing-to-stop-point" in why or "job-canceled-by-user" in why

    def _say(self, line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def _media() -> str:
    """The paper that the job names, by itself or by its size and tray."""
    if "x-dimension=21000 y-dimension=29700" in os.environ.get("IPP_MEDIA_COL", ""):
        return A4
    return os.environ.get("IPP_MEDIA", LETTER)


def _rasterise(received: Path, place: Path) -> list[Path]:
    if received.suffix == ".pdf":
        command = ["pdftoppm", "-r", str(DPI), "-png", str(received), str(place / "sheet")]
        subprocess.run(command, check=False, timeout=60, stdout=subprocess.DEVNULL)
    else:
        from drivers.page.pwg import pages_of

        for index, page in enumerate(pages_of(received.read_bytes()), start=1):
            # 35 million dots; a smaller file is not worth seconds of a small machine
            page.save(place / f"sheet-{index:03d}.png", compress_level=1)
    return sorted(place.glob("sheet*.png"))


def _lay_out(sheets: list[Path], media: str, scaling: str) -> None:
    """What printers do to a page whose job does not forbid it: their own paper, and shrunk to fit."""
    if media != LETTER and scaling == "none":
        return
    from PIL import Image

    for path in sheets:
        with Image.open(path) as page:
            paper = LETTER_SIZE if media == LETTER else page.size
            factor = 1.0 if scaling == "none" else FITTED * min(paper[0] / page.width, paper[1] / page.height)
            fitted = page.resize((round(page.width * factor), round(page.height * factor)))
            sheet = Image.new(page.mode, paper, "white")
            sheet.paste(fitted, ((paper[0] - fitted.width) // 2, (paper[1] - fitted.height) // 2))
        sheet.save(path)


def main(argv: list[str]) -> int:
    """0 when every sheet came out, 1 when the job is aborted."""
    world = World(Path(os.environ["PRODESAKU_WORLD"]))
    engine = Engine(world, os.environ["PRODESAKU_ENGINE"], int(os.environ.get("IPP_JOB_ID", "0")))
    try:
        if os.environ.get("IPP_JOB_NAME") == LOOK_AROUND:
            return 0
        return 0 if engine.run(Path(argv[0]), os.environ.get("CONTENT_TYPE", "application/pdf")) else 1
    finally:
        engine.settle()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
