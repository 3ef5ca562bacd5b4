"""What people, papers and machines do wrong: each gets its sentence, and one can go on or come back."""

import resource
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.vision import read_codes
from tests.faults.hall import AKTA, CARD, Hall, blank

pytestmark = pytest.mark.timeout(300)

OTHER_NIK = "7315994101900003"


def test_a_nik_that_cannot_be(hall: Hall) -> None:
    visitor = hall.fresh()
    visitor.apply(AKTA.wish, stop=("EnterNumber",))
    visitor.type("7315993515900001")  # the 35th of a month
    visitor.touch("next")
    seen = visitor.finger.wait(lambda s: bool(s.get("error")))
    assert "Periksa angka ke-7 sampai ke-12" in seen["error"]
    assert visitor.apply(AKTA.wish, stop=("Question",))["page"] == "Question"


def test_a_picture_of_nothing(hall: Hall, tmp_path: Path) -> None:
    visitor = hall.fresh()
    visitor.apply(AKTA.wish, stop=("Capture",))
    hall.world.set("camera", paper=str(blank(tmp_path / "nothing.png")))
    visitor.finger.wait(lambda s: s["page"] == "Capture" and not s["countdown"])
    visitor.touch("shoot")
    seen = visitor.finger.wait(lambda s: bool(s.get("error")) or s["page"] == "CaptureReview", patience=60)
    if seen["page"] == "CaptureReview":
        assert not seen["readable"]
        visitor.touch("again")
    assert visitor.apply(AKTA.wish, stop=("CheckAnswers",))["page"] == "CheckAnswers"


@pytest.mark.parametrize(
    "text",
    [
        "PDT1-7301-KBL7F3K9X-AGE-SECRET-KEY-1" + "Q" * 58,
        "PDT1-7315-KBL7F3K9X-AGE-SECRET-KEY-1",
        "'; DROP TABLE applications; --",
        "https://layananonline.dukcapil.kemendagri.go.id/x?" + "a" * 3900,
        "\u202e\u0000\x1b[2J" + "\U0001f4a9" * 500,
        "{{7*7}}[b][color=ff0000]x[/color][/b]%s%n",
    ],
    ids=["other regency", "cut off", "sql", "long url", "controls", "markup"],
)
def test_a_hostile_code(hall: Hall, text: str) -> None:
    visitor = hall.fresh()
    visitor.touch("start")
    visitor.wait_for("Home")
    visitor.touch("collect")
    visitor.wait_for("ScanTicket")
    hall.world.show_code(text.replace("\n", " "))
    seen = visitor.finger.wait(lambda s: bool(s.get("error")))
    assert seen["page"] == "ScanTicket" and len(seen["error"]) < 140
    assert text[:12] not in seen["error"]
    visitor.touch("back")
    assert visitor.wait_for("Home")


def test_somebody_elses_nik_then_locked(hall: Hall) -> None:
    ticket = hall.delivered()
    visitor = hall.fresh()
    before = hall.printed()
    hall.track(ticket)
    visitor.touch("print")
    for left in (2, 1):
        visitor.wait_for("EnterNumber")
        visitor.finger.wait(lambda s: s.get("digits") == "")
        visitor.type(OTHER_NIK)
        visitor.touch("next")
        seen = visitor.finger.wait(lambda s, n=left: f"{n} kali" in s.get("error", ""), patience=30)
        assert seen["page"] == "EnterNumber"
    visitor.finger.wait(lambda s: s.get("digits") == "")
    visitor.type(OTHER_NIK)
    visitor.touch("next")
    visitor.finger.wait(lambda s: s["page"] not in ("EnterNumber", "Printing"))
    assert hall.printed() == before
    visitor = hall.fresh()
    visitor.touch("start")
    visitor.wait_for("Home")
    visitor.touch("collect")
    visitor.wait_for("ScanTicket")
    hall.world.show_code(ticket)
    assert "15 menit" in visitor.finger.wait(lambda s: bool(s.get("error")))["error"]


def test_no_paper_prints_nothing_by_itself_and_one_sheet_when_asked(hall: Hall) -> None:
    ticket = hall.delivered()
    visitor = hall.fresh()
    before = hall.printed()
    hall.track(ticket)
    hall.world.set("page", paper="out")
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(AKTA.person.nik)
    visitor.touch("next")
    seen = visitor.wait_for("PrintStopped", patience=90)
    assert seen["why"] == "no_paper" and seen["can_retry"]
    hall.world.set("page", paper="ok")
    visitor.finger.wait(lambda s: s.get("ready") is True)
    assert hall.printed() == before, "it printed by itself"
    visitor.touch("print_again")
    visitor.wait_for("PlaceSheet", patience=90)
    assert hall.printed() == before + 1


def test_ticket_printer_without_paper_gives_the_ticket_on_a4(hall: Hall) -> None:
    visitor = hall.fresh(CARD)
    visitor.apply(CARD.wish, stop=("CheckAnswers",))
    hall.world.set("ticket", paper="out")
    before = hall.printed()
    assert visitor.apply(CARD.wish)["page"] == "Sent"
    assert hall.printed() == before + 1
    sheet = hall.world.last("page", ".png")
    assert sheet is not None
    (code,) = read_codes(np.asarray(Image.open(sheet).convert("L")))
    assert code.text.startswith("PDT1-7315-")


def test_disk_full_keeps_every_answer(hall: Hall) -> None:
    visitor = hall.fresh(CARD)
    visitor.apply(CARD.wish, stop=("CheckAnswers",))
    pid = hall.stage.pids["kiosk"]
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (2048, hard))  # no file may grow beyond this: a full card
    visitor.touch("declare")
    visitor.finger.wait(lambda s: s.get("declared") is True)
    visitor.touch("send")
    seen = visitor.finger.wait(lambda s: s["page"] == "Sorry" or bool(s.get("error")))
    assert "belum ada yang hilang" in " ".join((*seen.get("sentences", ()), seen.get("error", "")))
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))
    visitor.touch("again" if seen["page"] == "Sorry" else "send")
    seen = visitor.apply(CARD.wish)
    assert seen["page"] == "Sent"


def test_a_sealed_document_that_was_altered_on_the_card_is_not_printed(hall: Hall) -> None:
    ticket = hall.delivered()
    visitor = hall.fresh()
    hall.track(ticket)
    spool = hall.stage.config.spool
    newest = max((p for p in spool.rglob("*") if p.is_file() and "packets" not in p.parts), key=_changed)
    data = bytearray(newest.read_bytes())
    data[-40] ^= 1
    newest.write_bytes(data)
    before = hall.printed()
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(AKTA.person.nik)
    visitor.touch("next")
    seen = visitor.wait_for("PrintStopped", patience=60)
    assert seen["why"] in ("signature", "not_opened") and not seen["can_retry"]
    assert hall.printed() == before


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def test_a_file_that_is_no_pdf(tmp_path: Path, hall: Hall) -> None:
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.7\nbukan apa-apa")
    done: subprocess.CompletedProcess[str] = hall.prodesaku(
        "check-pdf", str(file), "--trust", str(hall.stage.config.identity), "--json"
    )
    assert done.returncode == 0 and '"invalid"' in done.stdout, done.stdout + done.stderr
