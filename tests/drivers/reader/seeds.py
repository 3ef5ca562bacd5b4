"""Valid bytes of code readers, for fuzzing.

Parser entry points, all pure: `drivers.reader.frames.Frames(framing, commands).feed(data, now)` (codes; with `commands`
from `drivers.reader.models.MODELS` and after `ask(question)` also answers, taken with `answer()`);
`commands.take(data, question)` for each command set, `question` from `commands.identify()`, `commands.trigger()` or the
first of `commands.configure(…)`, `data` not empty; `drivers.reader.learn.learn(known, [data])`. `Frames` keeps at most
`frames.LONGEST` bytes between calls.
The twins' side: `drivers.reader.modules.MODULES[name](flash).hear(data, now)`.
Text entry point: `drivers.reader.wire.parse(url)` raises ValueError only.
"""

from __future__ import annotations

from drivers.reader.models import gm65, ssi

#: Lines with codes.
CODES: tuple[bytes, ...] = (
    b"PDT1-7315-KBL7F3K9X\r",
    b"HTTPS://CONTOH.ID/V#0123456789\r\nNEXT\n",
    b"]Q1caf\xe9 \x1d\x00\xff#\t",
)
#: Lines with answers, some between codes, by command set.
ANSWERS: dict[str, tuple[bytes, ...]] = {
    "gm65": (
        bytes.fromhex("02 00 00 01 00 33 31"),
        bytes.fromhex("02 00 03 01 00 6A 61"),
        b"CODE\r" + gm65.answer(gm65.DONE, b"\xd2") + b"NEXT\r",
    ),
    "newland": (
        b"\x02\x010000@QRYPDNNLS-CONTOH\x06;\x03",
        b"CODE\r\x02\x010000@SCNMOD3\x06;\x03NEXT\r",
        b"\x02\x010000@GRBENA9\x15;\x03",
    ),
    "honeywell": (
        b"REVINFProduct Name: CONTOH\r\nBoot Revision: 1\r\n\x06.",
        b"CODE\rBEPBEP1\x06.NEXT\r",
        b"PAPHHF\x05.",
    ),
    "ssi": (
        ssi.packet(ssi.REPLY_REVISION, b"CONTOH-SSI 1", ssi.DECODER),
        b"CODE\r" + ssi.packet(ssi.ACK, b"", ssi.DECODER) + b"NEXT\r",
        ssi.packet(ssi.NAK, b"\x06", ssi.DECODER),
    ),
}

SEEDS: tuple[bytes, ...] = CODES + tuple(answer for answers in ANSWERS.values() for answer in answers)

URLS: tuple[str, ...] = (
    "serial:///dev/prodesaku/reader?baud=9600&model=gm65&prefix=%5DQ1&suffix=%23&end=%0D%0A&repeat=2.5",
    "serial:///dev/serial/by-id/usb-CONTOH-if00",
)
