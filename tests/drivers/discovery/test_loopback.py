"""Printers that speak IPP over USB get the address under which they are found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drivers.discovery import loopback
from drivers.discovery.find import Found, Identity
from drivers.discovery.loopback import Served, addressed, served
from drivers.discovery.models import Role
from drivers.page.device import open
from drivers.page.ipp import Attribute, Group, Tag
from drivers.roles import Missing, Ready
from drivers.virtual.start import Twin, start
from tests.drivers.page.seeds import answer
from tests.drivers.page.test_page_found import number
from tests.drivers.page.test_page_port import Say, http, port


def page(name: str, at: str, role: Role = Role.PAGE) -> Found:
    return Found(role, "", name, Identity("04b8", "1188", "X"), at)


def says(*attributes: Attribute) -> Say:
    return http(200, answer(*attributes))


EPSON, CANON = Served("EPSON L3250 Series", "ipp://127.0.0.1:60000/a"), Served("Canon G3030", "ipp://127.0.0.1:60001/b")


def test_the_address_has_the_uuid_and_another_printer_is_not_taken_for_it(tmp_path: Path) -> None:
    with start(tmp_path, [Twin("page", "drivers.page.twin", ())]) as virtual:
        at = number(virtual.endpoints["page"])
        (there,) = served([at])
        assert "Prodesaku" in there.name
        assert there.address.startswith(f"ipp://127.0.0.1:{at}/ipp/print?uuid=")
        assert "queue=" not in there.address
        assert isinstance(open(there.address).status(), Ready)
    stranger = Attribute(Group.PRINTER, Tag.URI, "printer-uuid", "urn:uuid:00000000-1e1e-396b-5521-5dd14d9b57a8")
    with port(says(Attribute(Group.PRINTER, Tag.ENUM, "printer-state", 3), stranger)) as elsewhere:
        moved = there.address.replace(f":{at}/", f":{number(elsewhere.uri)}/")
        assert open(moved + f"&ports={number(elsewhere.uri)}").status() == Missing()


def test_one_that_takes_no_pdf_is_reached_through_the_queue() -> None:
    raster = Attribute(Group.PRINTER, Tag.MIME, "document-format-supported", ("image/urf",))
    with port(says(raster)) as there:
        assert [each.address for each in served([number(there.uri)])] == [f"{there.uri}?queue=prodesaku"]


def test_who_is_no_printer_is_left_out() -> None:
    with port(http(404)) as web, port(http(200, b"<html>")) as page_of_it, port(says()) as empty:
        assert served([number(each.uri) for each in (web, page_of_it, empty)]) == []


def test_each_gets_the_address_of_its_own_model() -> None:
    devices = [page("Canon G3030 series", "1-1"), page("EPSON L3250", "1-2"), page("Scale", "1-3", Role.SERIAL)]
    assert [each.address for each in addressed(devices, [EPSON, CANON])] == [CANON.address, EPSON.address, ""]


def test_the_only_one_needs_no_name() -> None:
    assert addressed([page("", "1-1")], [EPSON])[0].address == EPSON.address


def test_two_that_cannot_be_told_apart_stay_without() -> None:
    twice = [page("EPSON L3250", "1-1"), page("EPSON L3250", "1-2")]
    again = Served(EPSON.name, CANON.address)
    assert [each.address for each in addressed(twice, [EPSON, again])] == ["", ""]


def test_nobody_is_asked_while_no_such_printer_is_plugged_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from drivers.discovery.__main__ import main

    asked: list[int] = []
    monkeypatch.setattr(loopback, "served", lambda: asked.append(1) or [EPSON])
    monkeypatch.setattr(loopback, "discover", lambda **_: (page("Scale", "1-3", Role.SERIAL),))
    assert main(["list"]) == 0
    assert not asked
    monkeypatch.setattr(loopback, "discover", lambda **_: (page("EPSON L3250", "1-1"),))
    capsys.readouterr()
    assert main(["list"]) == 0
    assert json.loads(capsys.readouterr().out)["address"] == EPSON.address
