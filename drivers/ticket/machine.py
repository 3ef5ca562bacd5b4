"""How the virtual thermal printer is: the world's text file, and what only the machine knows.

| key of `ticket/world.txt` | what it does |
|---|---|
| cutter=ok, stuck | the knife sticks when it is next used (known only then); it cuts when it is `ok` again |
| heat=ok, hot | the head stands still until it is cool, and goes on by itself |
| hot_at=mm | so many mm of all-black paper make the head hot (heat.py), 40 say; it cools with time. 0: never |
| speed=mm/s | the head's, 150 without it; what comes faster fills the buffer, and the sender waits |
| knife=feeds, unfed | whether GS V 65 and 66 feed the last row to the knife, KNIFE_MM above the head, as they should |
| power=on, off | nobody answers, and what was in the buffer is lost |
| realtime=on, off | whether it answers what it is asked; off, it speaks unasked only, if at all |
| reply=ok, half, late, garbage | what becomes of its words; see replies.py |
| asb=off, on | the factory's setting: says unasked how it is (GS a), after every reset and change, until told not to |
| roll=mm | so much is on the roll; near its end below NEAR_END_MM, out at 0; another figure, another roll |

`ticket/roll.txt` holds what is left of the roll, in mm, and `ticket/drawer.txt` how often the drawer was opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.ticket.heat import Warmth
from drivers.virtual.world import World

NEAR_END_MM = 2000.0
#: Wincor's TH230 has 17, Fenix' KS55 8.4.
KNIFE_MM = 12.0
SPEED = 150.0
_CUTTER, _HOT = 0x08, 0x40


class Machine:
    """The state, asked by the head and by the line."""

    def __init__(self, world: World, dpi: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._world = world
        self._row_mm = 25.4 / dpi
        self._roll = ""
        self._used = 0.0
        self.knife_tried = False
        self.drawer = 0
        self._warmth = Warmth(clock)
        self.unasked = self._factory_asb()

    def reset(self) -> None:
        """ESC @: as it was when it was switched on."""
        self.unasked = self._factory_asb()

    def _factory_asb(self) -> bool:
        return self._world.get("ticket", "asb") == "on"

    def row(self, black: float) -> None:
        """One row of paper went past the head, of which this share was burnt."""
        self._used += self._row_mm
        self._warmth.burn(self._row_mm * black)

    @property
    def rows_per_second(self) -> float:
        """How fast the paper runs."""
        return float(self._world.get("ticket", "speed") or SPEED) / self._row_mm

    @property
    def knife_rows(self) -> int:
        """From the head to the knife."""
        return round(KNIFE_MM / self._row_mm)

    def feeds_to_knife(self) -> bool:
        """Whether a cut that should feed does."""
        return self._world.get("ticket", "knife") != "unfed"

    def manner(self) -> str:
        """What becomes of its words."""
        return self._world.get("ticket", "reply", "ok")

    def state(self) -> dict[str, str]:
        """The world's keys; `paper` is what the roll has come to."""
        state = self._world.state("ticket")
        roll = state.get("roll", "")
        if roll != self._roll:
            self._roll = roll
            self._used = 0.0
        if roll and state["paper"] == "ok":
            left = max(0.0, float(roll) - self._used)
            (self._world.directory / "ticket" / "roll.txt").write_text(f"{left:.0f}", encoding="utf-8")
            if left < NEAR_END_MM:
                state["paper"] = "near_end" if left else "out"
        return state

    def errors(self, state: dict[str, str]) -> int:
        """The bits of DLE EOT 3 and of a frame's second byte."""
        knife = self.knife_tried and state.get("cutter") == "stuck"
        hot = state.get("heat") == "hot" or self._warmth.too_hot(float(state.get("hot_at") or 0))
        return (_CUTTER if knife else 0) | (_HOT if hot else 0)

    def online(self) -> bool:
        """Whether the head may move."""
        state = self.state()
        return state["paper"] != "out" and state["cover"] != "open" and not self.errors(state)

    def loses(self) -> bool:
        """Whether what does not fit into the buffer is lost; while the head is hot the sender waits."""
        state = self.state()
        return state["paper"] == "out" or state["cover"] == "open" or bool(self.errors(state) & _CUTTER)

    def answer(self, question: int) -> bytes:
        """The byte that answers DLE EOT `question` (Epson ESC/POS reference); nothing for one that does not exist."""
        state = self.state()
        errors = self.errors(state)
        out, cover, near_end = state["paper"] == "out", state["cover"] == "open", state["paper"] == "near_end"
        if self._silent(state) or question not in (1, 2, 3, 4):
            return b""
        bits = {
            1: 0x08 if out or cover or errors else 0,
            2: (0x04 if cover else 0) | (0x20 if out else 0) | (0x40 if errors else 0),
            3: errors,
            4: (0x6C if out else 0) | (0x0C if near_end else 0),
        }
        return bytes([0x12 | bits[question]])

    def in_order(self) -> bytes:
        """The byte that answers GS r 1; nothing where it is silent."""
        state = self.state()
        if self._silent(state):
            return b""
        return bytes([0x03 if state["paper"] == "near_end" else 0x00])

    def _silent(self, state: dict[str, str]) -> bool:
        return state.get("mute") == "yes" or state.get("realtime") == "off"

    def obey(self, command: bytes) -> None:
        """DLE DC4 1: the drawer; `ticket/drawer.txt` counts. DLE DC4 2: the mains."""
        if command[2] == 2:
            self._world.set("ticket", power="off")
            return
        self.drawer += 1
        (self._world.directory / "ticket" / "drawer.txt").write_text(str(self.drawer), encoding="utf-8")

    def frame(self) -> bytes:
        """Its four bytes of automatic status back."""
        state = self.state()
        errors = self.errors(state)
        out, cover, near_end = state["paper"] == "out", state["cover"] == "open", state["paper"] == "near_end"
        first = 0x10 | (0x08 if out or cover or errors else 0) | (0x20 if cover else 0)
        return bytes([first, errors, (0x0F if out else 0) | (0x03 if near_end else 0), 0x0F])

    def says_unasked(self) -> bool:
        """Whether frames are sent."""
        return self.unasked and self._world.get("ticket", "mute") != "yes"
