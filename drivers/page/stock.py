"""The paper and the toner in the virtual page printer, counted down by the sheet, and how `ippeveprinter` learns of it.

Its own web forms (`/media`, `/supplies`; CUPS 2.4's ippeveprinter.c) are all that changes what it says of trays and
supplies. What the world does not count, it says as it always does: a hundred sheets, three quarters of the toner.
"""

from __future__ import annotations

import contextlib
import http.client
from dataclasses import dataclass
from urllib.parse import urlencode

#: Sheets that a new cartridge lasts.
CARTRIDGE = 1500
#: Fewer are few. ippeveprinter draws the first line at the same number.
FEW_SHEETS, FEW_OF_TONER = 25, CARTRIDGE // 10

#: ippeveprinter's trays that hold anything, by their place in media-source-supported; what it says of the second one.
_TRAYS = {"main": 1, "by-pass-tray": 3}
_A4, _LETTER = "iso_a4_210x297mm", "na_letter_8.5x11in"
_USUAL_SHEETS, _USUAL_TONER, _WASTE, _NOT_KNOWN = 100, 75, 25, -2


@dataclass(frozen=True)
class Stock:
    """Sheets in the tray that A4 lies in, sheets that the toner lasts for (None: nobody counts), and that tray."""

    sheets: int | None
    toner: int | None
    a4_in: str

    @classmethod
    def of(cls, state: dict[str, str]) -> Stock:
        """By the world's `sheets`, `toner_sheets` and `a4_in`; what is no number is not counted."""
        return cls(_count(state.get("sheets", "")), _count(state.get("toner_sheets", "")), state.get("a4_in", ""))

    def used(self) -> dict[str, str]:
        """What of the world changes when a sheet has come out. After the last one nothing is counted any more."""
        changes: dict[str, str] = {}
        for key, thing, count in (("sheets", "paper", self.sheets), ("toner_sheets", "toner", self.toner)):
            if count is not None and count > 1:
                changes[key] = str(count - 1)
            elif count is not None:
                changes |= {key: "", thing: "out"}
        return changes

    def media(self) -> dict[str, str]:
        """The form that says what lies in the trays."""
        form: dict[str, str] = {}
        for tray, place in _TRAYS.items():
            holds_a4 = tray == self.a4_in
            counted = self.sheets if tray == (self.a4_in or "main") else None
            usual = _NOT_KNOWN if tray == "by-pass-tray" else _USUAL_SHEETS
            form[f"size{place}"] = _A4 if holds_a4 else _LETTER
            form[f"type{place}"] = "stationery"
            form[f"level{place}"] = str(usual if counted is None else counted)
        return form

    def supplies(self) -> dict[str, str]:
        """The form that says how much toner is left."""
        percent = _USUAL_TONER if self.toner is None else min(100, self.toner * 100 // CARTRIDGE)
        return {"supply0": str(_WASTE), "supply1": str(percent)}

    def tell(self, port: int) -> None:
        """Fill in both forms at ippeveprinter's `port`. A printer that does not answer learns nothing."""
        for path, form in (("/media", self.media()), ("/supplies", self.supplies())):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
            with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
                line.request("GET", f"{path}?{urlencode(form)}")
                line.getresponse().read()


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
