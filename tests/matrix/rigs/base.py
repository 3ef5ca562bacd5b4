"""What rigs have in common: a true driver, a device of memory in front of it, and time that passes only by waiting.

A rig is brought into a state, a fault strikes it there, and then one act is done. What the driver said of it is
compared with what physically came out.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.clocks import Clock

#: When a fault strikes: before anything was opened, between acts, at a question, and within an act.
STATES = ("never opened", "idle", "asked", "act begins", "middle of the act", "act just ended")

DONE, NOT, UNKNOWN = "done", "not done", "not known"


@dataclass(frozen=True)
class Outcome:
    """`told`: DONE, NOT or UNKNOWN, as the driver said. `truth`: wholes that came out. `status`: the status' name."""

    told: str
    truth: int
    status: str


class Rig:
    """One role's driver and device. A role's rig says how to make, ask, act and count."""

    role = ""
    #: Faults that its device can have.
    faults: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.clock = Clock(1000.0)
        self.back_at = 0.0  # the device is away until then
        self.generation = 0  # of the connection: what was opened before a change is dead
        self.mute = False
        self.noise = self.half = False
        self.delay = 0.0
        self.trouble = ""  # paper out, jam, cover open
        self.state = STATES[0]
        self._armed: tuple[str, str] | None = None
        self.make()

    # --- what a role's rig says

    def make(self) -> None:
        """A fresh driver, as after a start of the service."""
        raise NotImplementedError

    def ask(self) -> str:
        """The status' name."""
        raise NotImplementedError

    def act(self) -> str:
        """One act: DONE, NOT or UNKNOWN."""
        raise NotImplementedError

    @property
    def came_out(self) -> int:
        """Wholes that came out so far, for the person at the machine."""
        raise NotImplementedError

    def power_lost(self) -> None:
        """What the device held in memory is gone."""

    # --- the device's side

    @property
    def away(self) -> bool:
        return self.clock.now < self.back_at

    def reached(self, moment: str) -> None:
        """The device has come to `moment`; a fault that was meant for it strikes."""
        if self._armed is not None and self._armed[0] == moment:
            fault, self._armed = self._armed[1], None
            self.strike(fault)

    def strike(self, fault: str) -> None:
        if fault == "unplug":
            self.generation, self.back_at = self.generation + 1, float("inf")
        elif fault == "replug elsewhere":
            self.generation, self.back_at = self.generation + 1, self.clock.now + 2
        elif fault == "power cycle":
            self.generation, self.back_at = self.generation + 1, self.clock.now + 5
            self.power_lost()
        elif fault == "not found after a long power-off":
            self.generation, self.back_at = self.generation + 1, self.clock.now + 8 * 3600
            self.power_lost()
        elif fault == "no reply":
            self.mute = True
        elif fault == "late reply":
            self.delay = 1.5
        elif fault == "half a reply":
            self.half = True
        elif fault == "garbage on the line":
            self.noise = True
        else:
            self.trouble = fault

    # --- the common interface

    def enter(self, state: str) -> None:
        self.state = state
        if state != STATES[0]:
            self.ask()
            assert self.act() == DONE

    def apply(self, fault: str) -> None:
        if self.state in STATES[:2]:
            self.strike(fault)
        else:
            self._armed = (self.state, fault)

    def finish(self) -> Outcome:
        before = self.came_out
        if self.state == "asked":
            self.ask()
        told = self.act()
        if self._armed is not None:  # a driver that stopped short of that moment
            self.strike(self._armed[1])
            self._armed = None
        status = self.ask()
        self.clock.wait(30)
        return Outcome(told, self.came_out - before, status)

    def mend(self) -> None:
        """Somebody sees to it."""
        self.mute = self.noise = self.half = False
        self.delay, self.trouble, self.back_at = 0.0, "", min(self.back_at, self.clock.now)
        self.clock.wait(10)
        self.pass_time()

    def pass_time(self) -> None:
        """The device goes on by itself for as long as the clock says; for those that do."""

    def usable_after(self, within: float = 60.0) -> bool:
        """Whether the next act works, within so many simulated seconds of tries."""
        end = self.clock.now + within
        while self.clock.now < end:
            before = self.came_out
            if self.act() == DONE and self.came_out == before + 1:
                return True
            self.clock.wait(5)
        return False
