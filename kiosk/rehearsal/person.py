"""An invented citizen who reads the screen and touches it. Knows the answers to every question, owns the papers.

Nothing here calls a journey: each act is a touch at the middle of a visible target, chosen by what is on the screen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from drivers.virtual import World
from drivers.virtual.papers import paper
from kiosk.rehearsal.finger import Finger, NotSeen

Seen = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What somebody comes for. `pick` names the tiles on the way, one a page; of events or, with `by`, of documents."""

    pick: tuple[str, ...]
    by: str = "event"
    for_whom: str = ""
    keep: tuple[str, ...] = ()  # services of a package to keep ticked; empty keeps all


@dataclass(frozen=True)
class Person:
    """An invented resident (kecamatan code 99 does not exist) with the papers and the answers at hand."""

    nik: str
    kk: str
    answers: Mapping[str, str]
    papers: Mapping[str, str]
    phone: str = "081299990012"
    default_paper: str = "bukti_perubahan"


class Visitor:
    """A person at one kiosk. `on_page` is told of every new page, for pictures and progress."""

    def __init__(
        self, finger: Finger, world: World, person: Person, on_page: Callable[[Seen], None] | None = None
    ) -> None:
        self.finger = finger
        self.world = world
        self.person = person
        self._on_page = on_page
        self._last = ""

    def look(self) -> Seen:
        """Look, and tell of a page that is new."""
        seen = self.finger.look()
        told = ("page", "name", "slot", "kind", "key", "overlay", "why", "state", "part")
        mark = repr([seen.get(field) for field in told] + [bool(seen.get("countdown"))])
        if seen["page"] == "Question":  # the date's three parts are one page
            mark = repr((seen["page"], seen["name"], seen["overlay"]))
        if mark != self._last:
            self._last = mark
            if self._on_page:
                self._on_page(seen)
        return seen

    def touch(self, act: str, value: str | None = None) -> None:
        """Touch one visible target."""
        self.finger.touch(act, value)

    def wait_for(self, *pages: str, patience: float = 60.0) -> Seen:
        """Wait, watching, until one of these pages is there. Raises NotSeen."""
        deadline = time.monotonic() + patience
        while (seen := self.look())["page"] not in pages:
            if time.monotonic() > deadline:
                raise NotSeen(f"waited for {' or '.join(pages)}, still on {seen['page']}")
            time.sleep(0.05)
        return seen

    # --- applying

    def apply(self, wish: Wish, *, stop: tuple[str, ...] = ("Sent",), patience: float = 240.0) -> Seen:
        """From wherever the visit is to one of `stop`, answering all on the way. Raises NotSeen when stuck."""
        deadline = time.monotonic() + patience
        while (seen := self.look())["page"] not in stop:
            if time.monotonic() > deadline:
                raise NotSeen(f"the application did not get past {seen['page']}")
            self.answer(seen, wish)
        return seen

    def answer(self, seen: Seen, wish: Wish) -> None:
        """Do the one thing that a person would do on this page."""
        if seen["overlay"] == "IdleWarning":
            return self.touch("stay")
        acts: dict[str, Callable[[Seen, Wish], None]] = {
            "Waiting": lambda s, w: self.touch("start"),
            "Home": lambda s, w: self.touch("apply"),
            "PickEvent": self._pick,
            "ForWhom": self._for_whom,
            "Package": self._package,
            "ServiceDetail": lambda s, w: self.touch("next"),
            "EnterNumber": self._number,
            "Question": self._question,
            "Capture": self._capture,
            "CaptureReview": lambda s, w: self.touch("keep"),
            "CheckAnswers": self._check,
            "Notice": lambda s, w: self.touch("back"),
            "TicketOut": self._ticket,
        }
        act = acts.get(seen["page"])
        if act is None:
            time.sleep(0.05)  # a page that passes by itself
            return None
        return act(seen, wish)

    def _pick(self, seen: Seen, wish: Wish) -> None:
        if seen["by"] != wish.by:
            return self.touch("by_document" if wish.by == "document" else "by_event")
        tiles = {tile["value"] for tile in seen["tiles"]}
        wanted = next((tile for tile in wish.pick if tile in tiles), None)
        if wanted is None and self.finger.can("next_rows"):
            return self.touch("next_rows")
        return self.touch("pick", wanted or wish.pick[0])

    def _for_whom(self, seen: Seen, wish: Wish) -> None:
        wanted = wish.for_whom or seen["options"][0]["value"]
        if seen["chosen"] != wanted:
            self.touch("pick", wanted)
            self.finger.wait(lambda s: s.get("chosen") == wanted or s["page"] != "ForWhom")
        if self.finger.look()["page"] == "ForWhom":
            self.touch("next")

    def _package(self, seen: Seen, wish: Wish) -> None:
        for item in seen["items"]:
            if wish.keep and item["ticked"] != (item["service"] in wish.keep):
                self.touch("toggle", item["service"])
        self.touch("next")

    def _number(self, seen: Seen, wish: Wish) -> None:
        number = {"nik": self.person.nik, "collector_nik": self.person.nik, "kk": self.person.kk}.get(
            seen["kind"], self.person.phone
        )
        if seen["digits"] and not number.startswith(seen["digits"]):
            self.touch("clear")
            seen = self.finger.wait(lambda s: not s.get("digits"))
        self.type(number[len(seen["digits"]) :])
        self.finger.wait(lambda s: s.get("digits") == number or s["page"] != "EnterNumber")
        self.touch("next")
        kind = seen["kind"]
        self.finger.wait(lambda s: s["page"] != "EnterNumber" or s["kind"] != kind or bool(s["error"]))

    def type(self, text: str) -> None:
        """Touch one key after another."""
        keys = {t.value: t for t in self.finger.targets() if t.act == "type" and t.enabled}
        for character in text:
            if character not in keys:
                raise NotSeen(f"no key {character!r}; there are {sorted(keys)}")
            self.finger.touch_at(*keys[character].middle)

    def _question(self, seen: Seen, wish: Wish) -> None:
        name = seen["name"]
        wanted = self.person.answers.get(name)
        if wanted is None:
            raise NotSeen(f"the person has no answer to {name!r}")
        kind = seen["kind"]
        if kind == "choice":
            if seen["chosen"] != wanted:
                while self.finger.can("pick", wanted) is None and self.finger.can("next_rows"):
                    self.touch("next_rows")
                self.touch("pick", wanted)
        elif kind == "date":
            self._date(seen, wanted)
        elif seen["text"] != wanted:
            if seen["text"]:
                self.touch("clear")
            self.type(wanted)
        self.finger.wait(lambda s: s.get("name") != name or bool(s.get("can_go_on")))
        if self.finger.look().get("name") == name:
            self.touch("next")
        self.finger.wait(lambda s: s["page"] != "Question" or s["name"] != name or bool(s["error"]))
        if (after := self.finger.look()).get("name") == name and after.get("error"):
            raise NotSeen(f"{name}: {after['error']}")

    def _date(self, seen: Seen, wanted: str) -> None:
        """`wanted` is an ISO date; the page asks for day, month by name, year."""
        year, month, day = wanted.split("-")
        if not seen["day"]:
            self.type(day)
            seen = self.finger.wait(lambda s: s.get("part") != "day")
        if not seen["month"]:
            if seen["part"] != "month":
                self.touch("edit", "month")
            self.touch("pick", str(int(month)))
            seen = self.finger.wait(lambda s: bool(s.get("month")))
        if seen["year"] != year:
            if seen["part"] != "year":
                self.touch("edit", "year")
            self.type(year)

    def lay(self, name: str) -> None:
        """Put a paper under the camera."""
        self.world.set("camera", paper=str(paper(name)))

    def take_away(self) -> None:
        """Clear the tray."""
        self.world.set("camera", paper="")

    def _capture(self, seen: Seen, wish: Wish) -> None:
        slot = seen["slot"]
        self.lay(self.person.papers.get(slot, self.person.default_paper))
        # the machine counts down and takes the picture by itself; where it says that it could not, a person waits a
        # moment and then presses
        deadline = time.monotonic() + 60
        complained = 0.0
        while (seen := self.look())["page"] == "Capture" and seen["slot"] == slot:
            now = time.monotonic()
            if now > deadline:
                raise NotSeen(f"{slot}: {seen['error'] or seen['strip']}")
            complained = (complained or now) if seen["error"] else 0.0
            if complained and now - complained > 4 and self.finger.can("shoot"):
                complained = 0.0
                self.touch("shoot")
            time.sleep(0.05)

    def _check(self, seen: Seen, wish: Wish) -> None:
        if not seen["declared"]:
            self.touch("declare")
            self.finger.wait(lambda s: s.get("declared") is True or s["page"] != "CheckAnswers")
        self.touch("send")
        self.finger.wait(lambda s: s["page"] != "CheckAnswers" or bool(s["error"]))

    def _ticket(self, seen: Seen, wish: Wish) -> None:
        if seen["state"] == "printed":
            self.touch("ticket_out")
        elif seen["state"] == "failed":
            self.touch("ticket_not_out")
        else:
            time.sleep(0.05)
