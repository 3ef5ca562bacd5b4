"""What printers say of toner and drums, and what is made of it."""

from __future__ import annotations

from drivers.page.ipp import Value
from drivers.page.printer import Printer
from drivers.page.supplies import supplies_of
from drivers.roles import Supply


def test_levels_below_nothing_are_not_known() -> None:
    said: dict[str, list[Value]] = {
        "marker-names": ["Black Toner", "Drum", "Cyan Toner", "Belt"],
        "marker-colors": ["#000000", "none", "#00FFFF"],
        "marker-levels": [7, -3, -2],
    }
    assert supplies_of(said) == (
        Supply("Black Toner", "#000000", 7),
        Supply("Drum", "none", None),
        Supply("Cyan Toner", "#00FFFF", None),
        Supply("Belt", "", None),
    )


def test_supplies_counted_in_other_units_become_percent() -> None:
    said: dict[str, list[Value]] = {
        "printer-supply": [
            b"index=1;type=toner;unit=impressions;maxcapacity=2000;level=500;colorantname=black;",
            b"index=2;type=opc;unit=percent;maxcapacity=-2;level=40;colorantname=none;",
            b"type=toner;level=-2;maxcapacity=100",
            b"level=much;;=",
        ]
    }
    assert supplies_of(said) == (
        Supply("toner", "black", 25),
        Supply("opc", "", 40),
        Supply("toner", "", None),
        Supply("", "", None),
    )


def test_a_printer_that_is_away_has_none_to_tell_of() -> None:
    assert Printer("ipp://127.0.0.1:9/ipp/print").supplies() == ()
