"""Command sets against the bytes that their manuals give, and talks with a module, which is the twin's inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.reader.device import SerialCodeReader, open
from drivers.reader.models import MODELS, gm65, honeywell, newland, ssi
from drivers.reader.models.base import Reply, Sofar, Verdict
from drivers.reader.modules import MODULES, Module
from drivers.reader.wire import Access, Address
from drivers.roles import (
    Accepted,
    Missing,
    NoAnswer,
    ReaderIdentity,
    ReaderSettings,
    Refused,
    TriggerMode,
)
from tests.clocks import Clock

FAMILIES = ("gm65", "newland", "honeywell", "ssi", "gm67")


def hexed(data: bytes) -> str:
    return data.hex(" ").upper()


def test_gm65_frames() -> None:
    """Hamlet HBCS2D100W p. 14 and Newland EM3095 p. 19; the checksums of commands as third parties have noted them."""
    assert hexed(gm65.command(gm65.SAVE, 0, b"\0")) == "7E 00 09 01 00 00 00 DE C8"
    assert hexed(gm65.command(gm65.READ, 0x002A, b"\x02")) == "7E 00 07 01 00 2A 02 D8 0F"
    assert hexed(gm65.command(gm65.WRITE, 0x0002, b"\x01"))[:20] == "7E 00 08 01 00 02 01"
    assert hexed(gm65.answer(gm65.DONE, b"\0")) == "02 00 00 01 00 33 31"
    assert hexed(gm65.answer(gm65.BAD_CRC, b"\0")) == "02 00 01 01 00 04 01"
    assert hexed(gm65.answer(gm65.BAD_COMMAND, b"\0")) == "02 00 03 01 00 6A 61"


def test_newland_frames() -> None:
    """Newland NLS-HR52 p. 35 and 234."""
    assert hexed(newland.command("C11*")) == "7E 01 30 30 30 30 40 43 31 31 2A 3B 03"
    add = b"\x02\x010000@DFMADD0699900399999F141\x06;\x03"
    question = MODELS["newland"].identify()
    assert MODELS["newland"].take(add, question) == Reply(len(add), Verdict.LATE)


def test_honeywell_frames() -> None:
    """Honeywell N3680 p. 144 and N431X p. 9-2."""
    assert honeywell.command("232BAD9") == b"\x16M\r232BAD9."
    assert MODELS["honeywell"].trigger().data == b"\x16T\r"


def test_ssi_frames() -> None:
    """The packets of published drivers for SSI engines."""
    assert hexed(ssi.packet(ssi.ACK)) == "04 D0 04 00 FF 28"
    assert hexed(ssi.packet(ssi.NAK, b"\x01")) == "05 D1 04 00 01 FF 25"
    assert hexed(ssi.packet(ssi.REQUEST_REVISION)) == "04 A3 04 00 FF 55"


@pytest.mark.parametrize(
    ("family", "answer", "verdict"),
    [
        ("gm65", gm65.answer(gm65.BAD_COMMAND, b"\0"), Verdict.NO),
        ("gm65", bytes.fromhex("02 00 00 01 57 00 00"), Verdict.BROKEN),
        ("gm65", bytes.fromhex("02 00 09 01 57 00 00"), Verdict.BROKEN),
        ("newland", b"\x02\x010000@QRYPDN\x15;\x03", Verdict.NO),
        ("newland", b"\x02\x010000@QRYPDN\x06;X", Verdict.BROKEN),
        ("honeywell", b"REVINF\x05.", Verdict.NO),
        ("honeywell", b"REVINF\x06X", Verdict.BROKEN),
        ("ssi", ssi.packet(ssi.NAK, b"\x02", ssi.DECODER), Verdict.NO),
        ("ssi", b"\x04\xa4\x00\x00\xff\xff", Verdict.BROKEN),
        ("ssi", ssi.packet(ssi.ACK, b"", ssi.DECODER), Verdict.LATE),
    ],
)
def test_answers_that_are_no_yes(family: str, answer: bytes, verdict: Verdict) -> None:
    found = MODELS[family].take(answer, MODELS[family].identify())
    assert isinstance(found, Reply)
    assert found.verdict is verdict


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("code", [b"PDT1-7315\r", b"HTTPS://X\r", b"0123456789\r", b"\x1d0112\r", b"R\r", b"~\r"])
def test_a_code_is_no_answer(family: str, code: bytes) -> None:
    assert MODELS[family].take(code, MODELS[family].identify()) is Sofar.OTHER


class Line:
    """A port with a module at its other end."""

    def __init__(self, clock: Clock, module: Module) -> None:
        self.clock, self.module = clock, module
        self.coming = bytearray()
        self.timeout: float | None = None
        self.cut = False
        self.silent = False
        self.at_once = 4096

    @property
    def in_waiting(self) -> int:
        return len(self.coming)

    def read(self, size: int = 1, /) -> bytes:
        if self.cut:
            raise OSError(5, "gone")
        if not self.coming:
            self.clock.now += self.timeout or 0.01
        data = bytes(self.coming[: min(size, self.at_once)])
        del self.coming[: len(data)]
        return data

    def write(self, data: bytes, /) -> int | None:
        if self.cut:
            raise OSError(5, "gone")
        answers = self.module.hear(data, self.clock.now)
        if not self.silent:
            self.coming += b"".join(answers)
        return len(data)

    def close(self) -> None:
        self.coming.clear()


def talk(family: str, tmp_path: Path) -> tuple[SerialCodeReader, Line]:
    clock = Clock()
    line = Line(clock, MODULES[family](tmp_path / "flash.json"))
    return SerialCodeReader(Address("/dev/x", model=family), Access(lambda _: line, clock, clock.wait)), line


@pytest.mark.parametrize("family", FAMILIES)
def test_settings_reach_the_module_and_outlive_its_power(family: str, tmp_path: Path) -> None:
    reader, line = talk(family, tmp_path)
    assert reader.configure(ReaderSettings(TriggerMode.COMMAND, beep=False, read_timeout=2.5)) == Accepted()
    again = MODULES[family](tmp_path / "flash.json")
    assert (again.setup.mode, again.setup.beep, again.setup.tenths) == ("command", False, 25)
    assert not line.module.looks(line.clock.now)
    assert reader.trigger() == Accepted()
    assert line.module.looks(line.clock.now + 2.4)
    assert not line.module.looks(line.clock.now + 2.6)


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_none_stays_as_it_was(family: str, tmp_path: Path) -> None:
    reader, line = talk(family, tmp_path)
    line.module.setup.light = 0x80
    assert reader.configure(ReaderSettings(beep=False)) == Accepted()
    setup = line.module.setup
    assert (setup.mode, setup.beep, setup.tenths, setup.light) == ("continuous", False, 50, 0x80)


@pytest.mark.parametrize("family", FAMILIES)
def test_it_says_what_it_is(family: str, tmp_path: Path) -> None:
    said = talk(family, tmp_path)[0].identify()
    assert isinstance(said, ReaderIdentity)
    assert said.model == family
    assert said.text.isprintable()


@pytest.mark.parametrize("family", FAMILIES)
def test_refusal_and_silence_name_the_setting(family: str, tmp_path: Path) -> None:
    reader, line = talk(family, tmp_path)
    line.module.refuses = True
    assert reader.configure(ReaderSettings(beep=True, read_timeout=1)) == Refused("beep")
    line.silent = True
    before = line.clock.now
    assert reader.configure(ReaderSettings(read_timeout=1)) == NoAnswer("read_timeout")
    assert line.clock.now - before < 2


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pulled_cable_is_missing(family: str, tmp_path: Path) -> None:
    reader, line = talk(family, tmp_path)
    assert isinstance(reader.identify(), ReaderIdentity)
    line.cut = True
    assert reader.identify() == Missing()


def test_an_answer_that_is_still_owed_is_not_taken_for_the_next_one(tmp_path: Path) -> None:
    reader, line = talk("gm65", tmp_path)
    line.silent = True
    assert reader.trigger() == NoAnswer("trigger")
    line.silent, line.at_once = False, 1
    line.coming += gm65.answer(gm65.DONE, b"\0")
    assert reader.configure(ReaderSettings(beep=False)) == Accepted()
    assert line.module.setup.light == 0x90


def test_a_module_that_does_not_keep_a_setting_has_refused_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, line = talk("gm65", tmp_path)
    honest = line.module._do  # type: ignore[attr-defined]
    monkeypatch.setattr(
        line.module, "_do", lambda kind, *rest: b"\0" if kind == gm65.WRITE else honest(kind, *rest), raising=True
    )
    assert reader.configure(ReaderSettings(mode=TriggerMode.COMMAND)) == Refused("mode")


def test_a_reader_whose_commands_are_not_known_refuses(tmp_path: Path) -> None:
    clock = Clock()
    line = Line(clock, MODULES["gm65"](tmp_path / "flash.json"))
    reader = SerialCodeReader(Address("/dev/x"), Access(lambda _: line, clock, clock.wait))
    assert reader.identify() == Refused("identity")
    assert reader.trigger() == Refused("trigger")
    assert reader.configure(ReaderSettings(read_timeout=1)) == Refused("read_timeout")
    with pytest.raises(ValueError, match="no such reader"):
        open("serial:///dev/x?model=unheard")


def test_garbage_at_the_twins_side_is_survived_and_bounded(tmp_path: Path) -> None:
    for family, kind in MODULES.items():
        module = kind(tmp_path / f"{family}.json")
        for _ in range(50):
            module.hear(bytes(range(256)) * 8, 1.0)
        assert len(module._heard) <= 4096
