"""What `?model=` stands for, and what becomes of a printer that is known to answer nothing."""

from __future__ import annotations

import pytest

from drivers.roles import NoPaper, SlipOutcome, Unknown
from drivers.ticket.device import open
from drivers.ticket.driver import CLEAR_BUFFERS, MUTE_WITHIN, Driver
from drivers.ticket.heads import HEADS
from drivers.ticket.models import MODELS, Knife, model_at, usual
from tests.drivers.ticket.test_ticket_driver import Answering


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_an_address(name: str) -> None:
    model = model_at(f"usb:///dev/usb/lp0?model={name}")
    assert model == MODELS[name]
    for address in ("tcp://127.0.0.1:9?", "cups://127.0.0.1:9/slip?", "serial:///dev/null?baud=9600&"):
        printer = open(f"{address}model={name}&dots={model.head.dots}")
        assert (printer.dots, printer.dpi) == (model.head.dots, model.head.dpi)


def test_without_a_model_the_head_says_what_is_usual() -> None:
    assert model_at("tcp://127.0.0.1:9") == usual(576)
    for dots in HEADS:
        assert model_at(f"tcp://127.0.0.1:9?dots={dots}") == usual(dots)
    assert {dots: usual(dots).knife for dots in HEADS} == {
        576: Knife.FEEDS,
        512: Knife.FEEDS,
        384: Knife.UNFED,
        360: Knife.UNFED,
    }


@pytest.mark.parametrize(
    ("query", "why"),
    [("model=tm-t99", "models are tm-t20"), ("model=tm-t88&dots=576", "512 dots"), ("dots=500", "dots wide")],
)
def test_what_nobody_makes_is_no_address(query: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        open(f"tcp://127.0.0.1:9?{query}")


def test_a_printer_that_is_known_to_be_mute_is_asked_nothing_and_still_prints() -> None:
    wire = Answering({2: b"\x12", 4: b"\x12"})
    driver = Driver(lambda: wire, lambda: wire.now, answers=False)
    assert isinstance(driver.status(), Unknown)
    assert driver.send([b"slip"]) is SlipOutcome.UNKNOWN
    assert MUTE_WITHIN <= wire.now < MUTE_WITHIN + 2
    assert wire.asked == []
    assert wire.sent.startswith(b"slip")
    assert wire.sent.endswith(CLEAR_BUFFERS)


def test_the_port_of_a_mute_printer_is_believed() -> None:
    wire = Answering({})
    wire.port = 0x38
    driver = Driver(lambda: wire, lambda: wire.now, answers=False)
    assert driver.status() == NoPaper()
    assert driver.send([b"slip"]) is SlipOutcome.NO_PAPER
    assert wire.sent == b""
