"""What may happen to virtual devices, by name; and small scripts that make it happen at set times.

A script is text: `at 2.5s paper-out; at 9s refill`. Statements end with a semicolon or a line end, `#` begins a
comment. `ticket:` before a statement says whom this statement and all after it mean, up to the next such word; `all:`
undoes it. Without one a verb is done to every role that knows it. Instead of a verb a role's `key=value` may stand
there. Times are seconds since the script was started, with or without `s`; they need not be in order.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.virtual.world import DEFAULTS, World

_CABLE = {"unplug": {"cable": "out"}, "plug": {"cable": "in"}}
_COVER = {"cover-open": {"cover": "open"}, "cover-shut": {"cover": "closed"}}
_JAM = {"jam": {"jam": "yes"}, "unjam": {"jam": "no"}}

#: Role -> verb -> the keys of its world that change.
VERBS: dict[str, dict[str, dict[str, str]]] = {
    "ticket": {
        **_CABLE,
        **_COVER,
        "paper-out": {"paper": "out"},
        "paper-low": {"paper": "near_end"},
        "refill": {"paper": "ok"},
        "mute": {"mute": "yes"},
        "speak": {"mute": "no"},
        "stammer": {"reply": "half"},
        "dawdle": {"reply": "late"},
        "babble": {"reply": "garbage"},
        "speak-clearly": {"reply": "ok"},
        "unasked-only": {"realtime": "off", "asb": "on"},
        "when-asked": {"realtime": "on", "asb": "off"},
        "knife-stuck": {"cutter": "stuck"},
        "knife-free": {"cutter": "ok"},
        "knife-unfed": {"knife": "unfed"},
        "knife-fed": {"knife": "feeds"},
        "heat": {"heat": "hot"},
        "cool": {"heat": "ok"},
        "small-head": {"hot_at": "40"},
        "large-head": {"hot_at": "0"},
        "slow": {"speed": "30"},
        "fast": {"speed": "150"},
        "power-off": {"power": "off"},
        "power-on": {"power": "on"},
    },
    "page": {
        **_CABLE,
        **_COVER,
        **_JAM,
        "paper-out": {"paper": "out"},
        "paper-low": {"paper": "low"},
        "refill": {"paper": "ok"},
        "toner-out": {"toner": "out"},
        "toner-low": {"toner": "low"},
        "new-toner": {"toner": "ok"},
        "a4-in-tray": {"a4_in": "main"},
        "a4-by-hand": {"a4_in": "by-pass-tray"},
        "power-off": {"mains": "off"},
        "power-on": {"mains": "on"},
        "other-port": {"port": "2"},
        "first-port": {"port": "1"},
        "kill-cups": {"server": "off"},
        "start-cups": {"server": "on"},
    },
    "camera": {
        **_CABLE,
        "blur": {"lens": "bad"},
        "dark": {"lens": "dark"},
        "glare": {"lens": "glare"},
        "cut-off": {"lens": "cut_off"},
        "clear": {"lens": "good"},
        "lift": {"paper": ""},
        "cap": {"black": "yes"},
        "uncap": {"black": "no"},
        "freeze": {"freeze": "yes"},
        "thaw": {"freeze": "no"},
        "stall": {"stall": "yes"},
        "flow": {"stall": "no"},
        "lamp-off": {"lamp": "off"},
        "lamp-on": {"lamp": "cold"},
        "hand-in": {"hand": "yes"},
        "hand-out": {"hand": "no"},
    },
    "scanner": {
        **_CABLE,
        **_COVER,
        **_JAM,
        "empty": {"page": ""},
        "on-glass": {"place": "glass"},
        "in-feeder": {"place": "feeder"},
        "stack": {"place": "feeder", "sheets": "20"},
        "occupy": {"busy": "yes"},
        "release": {"busy": "no"},
        "chill": {"lamp": "cold"},
        "babble": {"garbage": "yes"},
        "speak": {"garbage": "no"},
    },
    "reader": {
        **_CABLE,
        "mute": {"reply": "none"},
        "stammer": {"reply": "half"},
        "dawdle": {"reply": "late"},
        "babble": {"reply": "garbage"},
        "speak": {"reply": "ok"},
        "other-socket": {"port": "2"},
        "first-socket": {"port": "1"},
    },
    "keypad": {
        **_CABLE,
        "jack-in": {"jack": "in"},
        "jack-out": {"jack": "out"},
        "press-yes": {"key": "yes"},
        "press-no": {"key": "no"},
        "press-back": {"key": "back"},
        "let-go": {"key": ""},
    },
    "network": {"cut": {"link": "down"}, "mend": {"link": "up"}},
}

_STATEMENT = re.compile(r"(?:([a-z_]+)\s*:\s*)?at\s+(\S+)\s+(\S.*)")
_WORD_ONLY = re.compile(r"([a-z_]+)\s*:")
_KEY = re.compile(r"[a-z_]+")


class ScriptError(ValueError):
    """A script, or a single act, that says nothing that can be done. The text names the line and what was expected."""


@dataclass(frozen=True)
class Step:
    """At `at` seconds these keys of a role's world change."""

    at: float
    role: str
    values: tuple[tuple[str, str], ...]


def meaning(role: str, act: str) -> dict[str, dict[str, str]]:
    """Role -> changes for one verb or `key=value`; an empty `role` means every role that knows the verb.

    Raises ScriptError.
    """
    if role and role not in DEFAULTS and role not in VERBS:
        raise ScriptError(f"no such role: {role} (expected {', '.join(VERBS)})")
    key, equals, value = act.partition("=")
    if equals:
        if not role or not _KEY.fullmatch(key.strip()):
            raise ScriptError(f"{act}: expected a role before key=value, as in ticket: at 2s paper=out")
        return {role: {key.strip(): value.strip()}}
    found = {name: verbs[act] for name, verbs in VERBS.items() if act in verbs and role in ("", name)}
    if not found:
        known = VERBS.get(role) or {verb for verbs in VERBS.values() for verb in verbs}
        raise ScriptError(f"no such verb: {act} (expected {', '.join(sorted(known))}, or key=value)")
    return found


def parse(text: str) -> tuple[Step, ...]:
    """A script's steps in the order in which they happen. Raises ScriptError with the number of the line."""
    steps: list[Step] = []
    role = ""
    for number, line in enumerate(text.splitlines(), 1):
        for statement in filter(None, (part.strip() for part in line.partition("#")[0].split(";"))):
            try:
                if only := _WORD_ONLY.fullmatch(statement):
                    role = _role(only[1])
                    continue
                said = _STATEMENT.fullmatch(statement)
                if said is None:
                    raise ScriptError(f"expected `at SECONDS verb`, as in `at 2.5s paper-out`, not: {statement}")
                role = role if said[1] is None else _role(said[1])
                at = _seconds(said[2])
                for name, values in meaning(role, said[3].strip()).items():
                    steps.append(Step(at, name, tuple(values.items())))
            except ScriptError as wrong:
                raise ScriptError(f"line {number}: {wrong}") from wrong
    return tuple(sorted(steps, key=lambda step: step.at))


def _role(word: str) -> str:
    if word == "all":
        return ""
    if word not in VERBS:
        raise ScriptError(f"no such role: {word} (expected {', '.join(VERBS)}, or all)")
    return word


def _seconds(word: str) -> float:
    try:
        seconds = float(word.removesuffix("s"))
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ScriptError(f"expected seconds, as in 2.5s, not: {word}")
    return seconds


def play(
    steps: Sequence[Step],
    world: World,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Make the steps happen to `world`, each at its time after now.

    `wait` waits for so many seconds, and ends the play when it answers True (as `threading.Event.wait` does).
    """
    begun = clock()
    for step in steps:
        while (left := begun + step.at - clock()) > 0:
            if wait(left) is True:
                return
        world.set(step.role, **dict(step.values))
