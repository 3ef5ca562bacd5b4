"""The table of models: whole, without doubles, and open to installed packages that may be broken."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint
from urllib.parse import parse_qs, urlsplit

import pytest

from drivers.discovery.catalog import GROUP, Broken, catalog
from drivers.discovery.models import MODELS, Model, Role, Wire
from drivers.reader import wire as reader_wire
from drivers.reader.models import MODELS as COMMANDS
from drivers.ticket.models import model_at

MINE = Model(Role.TICKET, Wire.LP, "dead", "beef", "Mine", "usb://{node}?dots=384", "its manual")
SEVERAL = [replace(MINE, product="0001"), replace(MINE, product="0002")]
TAKEN = replace(MODELS[0], name="Somebody else's name for it")
NOT_MODELS = ["dead:beef"]


def made() -> list[Model]:
    return SEVERAL


def fails() -> list[Model]:
    raise RuntimeError("some words of the package")


def point(what: str) -> EntryPoint:
    return EntryPoint(what, f"{__name__}:{what}", GROUP)


def test_no_numbers_stand_in_two_rows() -> None:
    assert len({(each.vendor, each.product) for each in MODELS}) == len(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda each: f"{each.vendor}:{each.product}")
def test_each_address_is_one_that_its_driver_takes(model: Model) -> None:
    address = model.at("/dev/prodesaku/it")
    if model.role == Role.TICKET:
        assert urlsplit(address).scheme == "usb"
        assert parse_qs(urlsplit(address).query).keys() <= {"dots", "model"}
        assert model_at(address)
    elif model.wire == Wire.TTY:
        parsed = reader_wire.parse(address)
        assert parsed.port == "/dev/prodesaku/it"
        assert parsed.model in ("", *COMMANDS)
    else:
        assert (model.role, address) == (Role.READER, "/dev/prodesaku/it")


@pytest.mark.parametrize(
    "change",
    [
        {"vendor": "DEAD"},
        {"product": "12"},
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "a | b"},
        {"address": "usb:///dev/usb/lp0"},
        {"address": "usb://{node} and more"},
        {"address": None},
        {"wire": Wire.KEYS},
        {"role": "toaster"},
    ],
    ids=str,
)
def test_a_bad_row_is_none(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"model|address|role"):
        replace(MINE, **change)


def test_a_package_adds_one_model_or_several_or_a_function() -> None:
    for what, count in (("MINE", 1), ("SEVERAL", 2), ("made", 2)):
        known = catalog([point(what)])
        assert len(known.models) == len(MODELS) + count
        assert known.broken == ()
    assert catalog([point("MINE")]).find("dead", "beef") is MINE
    assert catalog([]).find("dead", "beef") is None


def test_a_package_does_not_change_a_row() -> None:
    assert catalog([point("TAKEN")]).models == MODELS


def test_a_broken_package_is_named_and_costs_itself_only() -> None:
    known = catalog([point("fails"), point("NOT_MODELS"), point("nowhere"), point("MINE")])
    assert known.broken == (
        Broken("fails", "RuntimeError"),
        Broken("NOT_MODELS", "TypeError"),
        Broken("nowhere", "AttributeError"),
    )
    assert known.find("dead", "beef") is MINE
