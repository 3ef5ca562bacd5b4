"""`prodesaku journey`: one citizen applies, the office decides, the citizen collects; everything real but the hardware.

What it leaves in the directory: numbered screens, ticket.bin and ticket.png, document.pdf (the bytes that reached the
printer), sheet.png (as printed), camera.png (the sheet as the virtual camera saw it) and report.json.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kiosk.app.trusted import Trusted
from kiosk.documents.commands import check_qr_texts
from kiosk.rehearsal.clerk import Clerk
from kiosk.rehearsal.finger import Finger, NotSeen
from kiosk.rehearsal.people import CAST, Part
from kiosk.rehearsal.person import Seen, Visitor
from kiosk.rehearsal.stage import Size, Stage
from kiosk.store.store import Store
from kiosk.store.values import Application, Document, StoreFailure
from kiosk.vision import read_codes
from kiosk.vision.commands import read_qr

Say = Callable[[str], None]


class StepFailed(RuntimeError):
    """A step did not end as it must; the message says which and why."""


@dataclass
class Report:
    """What report.json says."""

    service: str
    steps: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    pids: dict[str, int] = field(default_factory=dict[str, int])
    document: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    read_back: dict[str, Any] = field(default_factory=dict[str, Any])
    documents: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    failed: str = ""

    def write(self, path: Path) -> None:
        """Write it, whole, as JSON."""
        path.write_text(json.dumps(self.__dict__, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


class Play:
    """One journey on one stage."""

    def __init__(self, stage: Stage, part: Part, out: Path, *, offline_until: str | None, say: Say) -> None:
        self.stage = stage
        self.part = part
        self.out = out
        self.report = Report(part.service)
        self._say = say
        self._offline_until = offline_until
        self._shots = 0
        self._finger: Finger | None = None

    @property
    def finger(self) -> Finger:
        """The one finger on the window."""
        if self._finger is None:
            self._finger = Finger(self.stage.pilot_socket)
        return self._finger

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A named, timed step. When it is the one that offline lasts until, the network comes back after it."""
        begun = time.monotonic()
        try:
            yield
        except (NotSeen, StepFailed, OSError) as error:
            self.report.failed = f"{name}: {error}"
            raise StepFailed(self.report.failed) from error
        finally:
            ms = round((time.monotonic() - begun) * 1000)
            self.report.steps.append({"name": name, "ms": ms})
        self._say(f"{name:<14} {ms / 1000:6.1f} s")
        if name == self._offline_until:
            self.stage.world.set("network", link="up")

    def shot(self, seen: Seen) -> None:
        """Keep a picture of a new page."""
        self._shots += 1
        name = "".join("-" + c.lower() if c.isupper() else c for c in seen["page"]).strip("-")
        detail = str(seen.get("name") or seen.get("slot") or seen.get("key") or seen.get("why") or "")
        overlay = seen["overlay"] or ""
        label = "-".join(part for part in (name, detail, overlay) if part).replace("/", "-").replace("_", "-")
        self.finger.shot(self.out / f"{self._shots:02d}-{label}.png")

    def visitor(self) -> Visitor:
        """The citizen, in front of the kiosk."""
        return Visitor(self.finger, self.stage.world, self.part.person, self.shot)

    # --- the acts

    def apply(self) -> None:
        """From the waiting screen to the ticket in the hand."""
        visitor = self.visitor()
        with self.step("start"):
            visitor.wait_for("Waiting", patience=90)
            self.report.pids = self.stage.pids
        with self.step("choose"):
            visitor.apply(self.part.wish, stop=("EnterNumber", "Question"))
        with self.step("identify"):
            visitor.apply(self.part.wish, stop=("Question", "Capture"))
        with self.step("answer"):
            visitor.apply(self.part.wish, stop=("Capture", "CheckAnswers"))
        with self.step("papers"):
            visitor.apply(self.part.wish, stop=("CheckAnswers",))
            visitor.take_away()
        with self.step("submitted"):
            visitor.apply(self.part.wish, stop=("TicketOut", "Sorry"))
        with self.step("ticket"):
            sent = visitor.apply(self.part.wish, stop=("Sent", "Sorry"))
            if sent["page"] != "Sent":
                raise StepFailed(str(sent["heading"]))
            self._keep_ticket()
        with self.step("done"):
            visitor.touch("done")
            visitor.wait_for("Waiting", "Home")

    def _keep_ticket(self) -> None:
        world = self.stage.world
        for suffix in (".bin", ".png"):
            made = world.last("ticket", suffix)
            if made is None:
                raise StepFailed("no ticket came out")
            shutil.copyfile(made, self.out / f"ticket{suffix}")

    @property
    def ticket_text(self) -> str:
        """What the QR on the printed slip says."""
        picture = np.asarray(Image.open(self.out / "ticket.png").convert("L"))
        codes = read_codes(picture, budget=1.0)
        if len(codes) != 1:
            raise StepFailed(f"{len(codes)} codes on the ticket")
        return codes[0].text

    def decide(self) -> None:
        """The office receives, checks, and signs or says where to fetch."""
        number = self.ticket_text.split("-")[2]
        clerk = Clerk(self.stage.clerk)
        with self.step("received"):
            clerk.wait_for(number)
        with self.step("approved"):
            for position, way in enumerate(self.part.decisions.values(), 1):
                clerk.approve(number, position, way)

    def collect(self) -> None:
        """The citizen comes back with the ticket."""
        visitor = self.visitor()
        with self.step("scanned"):
            self._wait_delivered()
            self.stage.world.show_code(self.ticket_text)
            visitor.wait_for("Track", "Timeline")
        for index, service in enumerate(self.part.printed):
            self._collect_one(visitor, service, first=index == 0)
        if not self.part.printed:
            with self.step("ready_for_pickup"):
                seen = visitor.look()
                if seen["page"] == "Timeline" and seen["panel"] != "office":
                    raise StepFailed(f"the page says {seen['panel']}")
                self.report.documents.append({"service": self.part.service, "state": "ready_for_pickup"})

    def _wait_delivered(self) -> None:
        """Until the kiosk holds what the office sent (its own store says so)."""
        deadline = time.monotonic() + 60
        number = self.ticket_text.split("-")[2]
        settled = {"delivered", "ready_for_pickup", "appointment", "rejected"}
        while time.monotonic() < deadline:
            known = self._known(number)
            states = {document.state.value for document in known.documents} if known else set[str]()
            if states and states <= settled:
                return
            time.sleep(0.1)
        raise StepFailed("the documents did not come down")

    def _collect_one(self, visitor: Visitor, service: str, *, first: bool) -> None:
        with self.step("prove" if first else f"prove_{service}"):
            if not first:
                self.stage.world.show_code(self.ticket_text)
            seen = visitor.wait_for("Track", "Timeline")
            document = next(d for d in self._documents() if d.service == service).document
            if seen["page"] == "Track" and visitor.finger.can("print", document) is None:
                visitor.touch("pick", document)
                visitor.wait_for("Timeline")
            visitor.touch("print", document)
            visitor.wait_for("EnterNumber")
            visitor.type(self.part.person.nik)
            visitor.touch("next")
        with self.step("printed" if first else f"printed_{service}"):
            seen = visitor.wait_for("PlaceSheet", "PrintStopped", "EnterNumber", patience=90)
            if seen["page"] != "PlaceSheet":
                raise StepFailed(str(seen["heading"]))
        with self.step("read_back" if first else f"read_back_{service}"):
            printed, sheet = self.stage.world.last("page", ".pdf"), self.stage.world.last("page", ".png")
            if printed is None or sheet is None:
                raise StepFailed("no sheet came out")
            self.stage.world.set("camera", paper=str(sheet))
            seen = visitor.wait_for("ReadBack", patience=60)
            self._keep_sheet(printed, sheet, document, service, seen, first)
        with self.step("handed_over" if first else f"handed_over_{service}"):
            visitor.take_away()
            visitor.touch("received")
            visitor.wait_for("Thanks", "SurveyQuestion", "Track", "Timeline", "Home", "Waiting")
        if first and not self.part.printed[1:]:
            with self.step("survey"):
                self._survey(visitor)

    def _known(self, number: str) -> Application | None:
        """What the kiosk's store knows of the application."""
        store = Store.open(self.stage.config.store)
        if isinstance(store, StoreFailure):
            raise StepFailed(f"the store: {store.why}")
        with closing(store):
            return store.find(number)

    def _documents(self) -> tuple[Document, ...]:
        known = self._known(self.ticket_text.split("-")[2])
        return known.documents if known else ()

    def _last_print(self, document: str) -> dict[str, str | None]:
        """What the kiosk's ledger and journal say was verified, and was handed to the printer."""
        store = Store.open(self.stage.config.store)
        if isinstance(store, StoreFailure):
            raise StepFailed(f"the store: {store.why}")
        with closing(store):
            acts = store.prints(document)
            handed = {e["act"]: e["sha256"] for e in store.entries() if e["k"] == "print_handed"}
        last = acts[-1] if acts else None
        return {
            "verified": last.sha256 if last else None,
            "handed_over": handed.get(last.act) if last else None,
        }

    def _keep_sheet(self, pdf: Path, sheet: Path, document: str, service: str, seen: Seen, first: bool) -> None:
        suffix = "" if first else f"-{service}"
        shutil.copyfile(pdf, self.out / f"document{suffix}.pdf")
        shutil.copyfile(sheet, self.out / f"sheet{suffix}.png")
        camera = self.out / f"camera{suffix}.png"
        with urllib.request.urlopen(self.stage.config.devices["camera_still"], timeout=20) as answer:
            Image.open(io.BytesIO(_one_jpeg(answer))).save(camera, compress_level=1)
        hashes = {
            **self._last_print(document),
            "at_printer": hashlib.sha256(pdf.read_bytes()).hexdigest(),
        }
        read = read_qr(camera)
        trusted = Trusted(self.stage.config.identity)
        checked = check_qr_texts(read.get("texts", ()), trusted.documents(), trusted.clock())
        read_back = {"texts_match": seen["result"] == "match", "verdict": checked["verdict"]}
        if first:
            self.report.document, self.report.read_back = hashes, read_back
        self.report.documents.append({"service": service, "state": "printed", **hashes, **read_back})
        if len(set(hashes.values())) != 1:
            raise StepFailed("what was verified, handed over and printed is not the same file")
        if read_back != {"texts_match": True, "verdict": "sah"}:
            raise StepFailed(f"the sheet reads {seen['result']}, {read_back['verdict'] or 'no verdict'}")

    def _survey(self, visitor: Visitor) -> None:
        seen = visitor.wait_for("Thanks", "SurveyQuestion")
        if seen["page"] == "Thanks":
            visitor.touch("survey")
        for _ in range(9):
            seen = visitor.wait_for("SurveyQuestion", "SurveyAbout")
            if seen["page"] != "SurveyQuestion":
                break
            key = seen["key"]
            visitor.touch("pick", "4")
            visitor.finger.wait(lambda s, k=key: s.get("chosen") == 4 or s.get("key") != k)
            if visitor.look().get("key") == key:
                visitor.touch("next")
            visitor.finger.wait(lambda s, k=key: s.get("key") != k)
        seen = visitor.wait_for("SurveyAbout")
        name, _, options = seen["groups"][0]
        visitor.touch("pick", f"{name}={options[0][0]}")
        visitor.touch("next")
        visitor.wait_for("Thanks")
        visitor.touch("done")
        visitor.wait_for("Waiting", "Home")


def _one_jpeg(answer: Any) -> bytes:
    """The first picture of a still, or of an MJPEG stream."""
    data = b""
    while True:
        piece = answer.read(1 << 16)
        data += piece
        begin = data.find(b"\xff\xd8")
        end = data.find(b"\xff\xd9", begin + 2)
        if begin >= 0 and end >= 0:
            return data[begin : end + 2]
        if not piece:
            raise OSError("the camera sent no picture")


def apply_and_collect(
    service: str, out: Path, *, offline_until: str | None = None, size: str = "1280x800", say: Say | None = None
) -> int:
    """Play the journey; returns 0 when every step ended as it must."""
    part = CAST.get(service)
    tell = say or (lambda text: print(text, file=sys.stderr, flush=True))
    if part is None:
        tell(f"prodesaku: no rehearsal for {service}; there are {', '.join(CAST)}")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    width, _, height = size.partition("x")
    state = out / "state"
    shutil.rmtree(state, ignore_errors=True)
    with Stage(state, size=Size(int(width), int(height))) as stage:
        if offline_until:
            stage.world.set("network", link="down")
        play = Play(stage, part, out, offline_until=offline_until, say=tell)
        try:
            play.apply()
            play.decide()
            play.collect()
        except (StepFailed, NotSeen) as failure:
            play.report.failed = str(failure)
            tell(f"failed at {failure}")
        finally:
            play.report.write(out / "report.json")
    return 1 if play.report.failed else 0
