"""The symbols that our tickets and documents carry, as our own code makes them, and others to weigh them against."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import segno
from segno import consts

from central.signing import stamp
from drivers.ticket.heads import HEADS
from kiosk.formats import seal
from kiosk.tickets import a4, readiness
from kiosk.tickets.measures import UNITS_PER_INCH, WIDE, measures_of, paper_of
from kiosk.tickets.paper import Paper
from tests.bench import printing_physics as physics
from tests.bench.printing_physics import INCH, Heat, Matrix, Print, Random, Toner

Printer = Literal["laser", "thermal"]
_KEY = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


@dataclass(frozen=True)
class Symbol:
    """A symbol and the printer that prints it. `dots`: printer dots a module, `dpi`: of that printer."""

    name: str
    payload: bytes
    matrix: Matrix
    designator: str
    printer: Printer
    dots: float
    dpi: int

    @property
    def module_mm(self) -> float:
        """Side of a module."""
        return self.dots * INCH / self.dpi

    @property
    def side_mm(self) -> float:
        """Side of the symbol without its quiet zone."""
        return len(self.matrix) * self.module_mm

    def printed(self, rng: Random, toner: Toner | None = None, heat: Heat | None = None) -> Print:
        """A copy from a printer in a state of its own choice: six in ten are in order, the others worn a little."""
        if self.printer == "thermal":
            worn = Heat(rng.uniform(0.85, 1.1), rng.uniform(0.6, 1.25), rng.uniform(0.4, 0.8), rng.uniform(0.03, 0.1))
            return physics.thermal(self.matrix, self.dots, heat or worn, rng, self.dpi)
        used = Toner(gain=rng.uniform(0.0, 0.05), streaks=0.0 if rng.random() < 0.6 else 5.0)
        return physics.laser(self.matrix, self.dots, toner or used, rng, self.dpi)


def ticket_text(seed: int) -> str:
    """As kiosk.tickets.payload.make_payload writes it, with a key that is none."""
    return "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1" + "".join(random.Random(seed).choices(_KEY, k=58))


def seal_text(seed: int) -> str:
    """A seal of a birth record with everything in it, its signature drawn by lot."""
    chance = random.Random(seed)
    claims = seal.Claims(
        issuer="7315",
        issued_at=1_795_000_000,
        kind="akta_lahir",
        number="7315-LU-24112026-0001",
        issue_day=date(2026, 11, 24),
        rev0_sha256=chance.randbytes(32),
        holder="ANDI BASO MAPPANGARA PATIROI",
        nik_last4="0001",
        office="Dinas Kependudukan dan Pencatatan Sipil",
        status_index=262_143,
        status_list=1,
    )
    host = "dukcapil.contoh.go.id"
    return seal.encode(seal.fit(claims, host), b"\x17\x2a\x05\x91", lambda _: chance.randbytes(64), host)


def slip_text(seed: int) -> str:
    """As central.enrolment.slip_text writes it; that module wants a running Django."""
    chance = random.Random(seed)
    code = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=10))
    return f"PDE1|https://prodesaku.contoh.go.id|{code}|{chance.randbytes(32).hex()}"


def ticket_code(text: str, ecc: str = "m", version: int | None = None) -> segno.QRCode:
    """As kiosk.tickets.paper.Paper.qr makes it."""
    return segno.make(text, error=ecc, version=version, mode="alphanumeric", boost_error=False, micro=False)


def seal_code(text: str, ecc: str) -> segno.QRCode:
    """As kiosk.formats.seal.qr makes it, at another level."""
    head, mark, digits = text.partition("#")
    parts = [(head, consts.MODE_ALPHANUMERIC), (mark, consts.MODE_BYTE), (digits, consts.MODE_NUMERIC)]
    return segno.make_qr(parts, error=ecc, boost_error=False)  # type: ignore[arg-type]


def symbol(name: str, text: str, code: segno.QRCode, printer: Printer, dots: float, dpi: int) -> Symbol:
    """A symbol of a code."""
    matrix = np.array([[bool(cell) for cell in row] for row in code.matrix])
    return Symbol(name, text.encode(), matrix, code.designator, printer, dots, dpi)


@lru_cache(maxsize=16)
def ours(seed: int) -> dict[str, Symbol]:
    """Every symbol that we print, by name; sizes are asked of the code that draws them, not written down again."""
    text, sealed, slip = ticket_text(seed), seal_text(seed), slip_text(seed)
    found: dict[str, Symbol] = {}
    for head in HEADS.values():
        dots = paper_of(head).qr(text, measures_of(head).module)
        name = f"ticket {head.dots}@{head.dpi}"
        found[name] = symbol(name, text, ticket_code(text, version=5), "thermal", dots, head.dpi)
    for label, scale in (("large", 2.0), ("small", 1.0)):
        paper = Paper(round(72 / INCH * UNITS_PER_INCH * scale), WIDE.margin, WIDE.top, scale)
        dots = paper.qr(text, WIDE.module) * 600 / a4.DPI
        found[f"ticket A4 {label}"] = symbol(
            f"ticket A4 {label}", text, ticket_code(text, version=5), "laser", dots, 600
        )
    chart = ticket_code(readiness.CHART, version=5)
    dots = round(readiness.MODULE_MM / INCH * 600)
    found["trial page"] = symbol("trial page", readiness.CHART, chart, "laser", dots, 600)
    dots = round(stamp.MODULE / 72 * 600, 6)
    found["seal"] = symbol("seal", sealed, seal.qr(sealed), "laser", dots, 600)
    # the browser prints 300 CSS pixels, 1/96 inch each, with four modules of border on each side
    code = segno.make(slip, error="m", micro=False)
    dots = 300 / 96 * 600 / (len(code.matrix) + 8)
    found["enrolment slip"] = symbol("enrolment slip", slip, code, "laser", dots, 600)
    return found


@lru_cache(maxsize=16)
def tickets(seed: int) -> dict[tuple[str, float], Symbol]:
    """A ticket's text at each level and so many dots of 203 dpi, (level, dots)."""
    text = ticket_text(seed)
    codes = {level: ticket_code(text, level) for level in "lmqh"}
    return {
        (level, dots): symbol(f"ticket {code.designator}", text, code, "thermal", dots, 203)
        for level, code in codes.items()
        for dots in (2, 2.5, 3, 4, 6, 8)
    }


@lru_cache(maxsize=16)
def seals(seed: int) -> dict[tuple[str, float], Symbol]:
    """A seal's text at each level and so many dots of 600 dpi that are whole ones of 300 dpi too."""
    text = seal_text(seed)
    codes = {level: seal_code(text, level) for level in "lmqh"}
    return {
        (level, dots): symbol(f"seal {code.designator}", text, code, "laser", dots, 600)
        for level, code in codes.items()
        for dots in (8, 10, 12)
    }
