"""People come back: something was returned, refused, brought to be checked, withdrawn. All by touches at the window."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from drivers.keypad.twin import tap
from kiosk.rehearsal.finger import NotSeen
from kiosk.rehearsal.people import CAST
from kiosk.rehearsal.person import Visitor
from kiosk.rehearsal.stage import Stage
from kiosk.vision import read_codes
from tests.faults.hall import AKTA, Hall
from tests.faults.village import Sent

pytestmark = pytest.mark.timeout(300)

CHANGE = CAST["kk_ubah"]
FOUND_NIK = "7315994512900001"
NATIONAL = "https://layananonline.dukcapil.kemendagri.go.id/cetak/verifikasi/abc123"
ANSWERS = {
    "nik_pemohon": CHANGE.person.nik,
    "kk_pemohon": CHANGE.person.kk,
    "elemen": "pekerjaan",
    "anggota_nama": "SITI RAMLA",
    "semula": "MENGURUS RUMAH TANGGA",
    "menjadi_pekerjaan": "9",
}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with Stage(tmp_path_factory.mktemp("visits")) as stage:
        place = Hall(stage)
        yield place
        place.village.close()


# --- the office's side


def change(hall: Hall, **more: Any) -> Sent:
    """An application for a change of the family card, with the two papers that it wants."""
    facts = {"services": ("kk_ubah",), "slots": ("kk", "bukti_perubahan"), "answers": ANSWERS, **more}
    sent = hall.village.submit(kilobytes=5, **facts)
    hall.village.wait_received(sent)
    return sent


def states(hall: Hall, number: str) -> list[str]:
    """What the kiosk knows of the documents."""
    known = hall.village.store.find(number)
    return [document.state.value for document in known.documents] if known else []


def until_told(hall: Hall, number: str, *wanted: str) -> None:
    """Until the kiosk has heard of these states, and holds the clerk's sealed words where there are some."""

    def heard() -> bool:
        hall.village.nudge()
        known = hall.village.store.find(number)
        spoken = [d.has_note for d in known.documents if d.state in ("returned", "rejected")] if known else [False]
        return states(hall, number) == list(wanted) and all(spoken)

    hall.until(heard)


def at_office(hall: Hall, number: str) -> tuple[list[str], list[list[str]]]:
    """The documents' states at the centre, and each complete revision's files in order."""
    path = hall.stage.directory / "central" / "central.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        (key,) = database.execute("SELECT id FROM registry_application WHERE number = ?", (number,)).fetchone()
        found = database.execute("SELECT state FROM registry_document WHERE application_id = ? ORDER BY id", (key,))
        documents = [row[0] for row in found]
        revisions = database.execute(
            "SELECT id FROM registry_revision WHERE application_id = ? AND received_at IS NOT NULL ORDER BY n", (key,)
        ).fetchall()
        files = [
            [
                row[0]
                for row in database.execute(
                    'SELECT sha256 FROM registry_revisionfile WHERE revision_id = ? ORDER BY "index"', revision
                )
            ]
            for revision in revisions
        ]
    return documents, files


# --- the citizen's side


def type_number(visitor: Visitor, number: str) -> dict[str, Any]:
    """From the waiting page: the ticket is at home, its number is known."""
    visitor.touch("start")
    visitor.wait_for("Home")
    visitor.touch("track")
    visitor.wait_for("ScanTicket")
    visitor.touch("type_number")
    visitor.wait_for("EnterTicketNumber")
    visitor.type(number)
    visitor.touch("next")
    return visitor.wait_for("Track", "Timeline")


def repair(visitor: Visitor, pages: list[dict[str, Any]]) -> None:
    """Press what the page offers, do what is asked again, send; `pages` gets every page on the way."""
    visitor = Visitor(visitor.finger, visitor.world, visitor.person, pages.append)
    visitor.touch("repair")
    visitor.finger.wait(lambda s: s["page"] not in ("Track", "Timeline"))
    sent = visitor.apply(CHANGE.wish)
    visitor.take_away()
    assert "TicketOut" not in {page["page"] for page in pages}, "a correction keeps the ticket it has"
    assert sent["page"] == "Sent"


def shot(pages: list[dict[str, Any]]) -> set[str]:
    return {page["slot"] for page in pages if page["page"] == "Capture"}


def prove(visitor: Visitor, nik: str) -> dict[str, Any]:
    visitor.touch("print")
    visitor.wait_for("EnterNumber")
    visitor.type(nik)
    visitor.touch("next")
    return visitor.wait_for("PlaceSheet", "PrintStopped", patience=90)


# --- returned


def test_a_photograph_is_returned_repaired_approved_and_printed(hall: Hall) -> None:
    words = "Tanda tangan kepala sekolah tidak terbaca. Foto lagi lebih dekat."
    visitor = hall.fresh(CHANGE)
    visitor.apply(CHANGE.wish)
    visitor.take_away()
    ticket = hall.ticket_text()
    number, slips = ticket.split("-")[2], len(hall.world.outputs("ticket", ".png"))
    clerk = hall.clerk()
    clerk.wait_for(number)
    clerk.give_back(number, 1, "Surat bukti perubahan", "foto_terpotong", words)
    until_told(hall, number, "returned")

    visitor = hall.fresh(CHANGE)
    seen = type_number(visitor, number)
    assert seen["panel"] == "repair"
    for secret in (words, "terpotong", "bukti"):
        assert secret.lower() not in repr(seen).lower(), "a typed number shows the state only"
    assert seen["button"] == "Pindai tiket"
    visitor.touch("repair")
    visitor.wait_for("ScanTicket")

    visitor = hall.fresh(CHANGE)
    seen = hall.track(ticket)
    assert (seen["panel"], seen["message"], seen["panel_chip"]) == ("repair", words, "Foto terpotong")
    pages: list[dict[str, Any]] = []
    repair(visitor, pages)
    assert shot(pages) == {"bukti_perubahan"}
    assert not any(page["page"] in ("Question", "EnterNumber") for page in pages)
    assert len(hall.world.outputs("ticket", ".png")) == slips
    until_told(hall, number, "in_review")
    hall.until(lambda: at_office(hall, number)[0] == ["in_review"])
    first, second = at_office(hall, number)[1]
    assert first[0] == second[0] and first[1] != second[1] and len(second) == 2
    page = clerk.read(number)
    assert "Perbaikan ke-1" in page and CHANGE.person.answers["anggota_nama"] in page

    hall.deliver(number, CHANGE)
    visitor = hall.fresh(CHANGE)
    before = hall.printed()
    hall.track(ticket)
    assert prove(visitor, CHANGE.person.nik)["page"] == "PlaceSheet"
    assert hall.printed() == before + 1


def test_an_answer_is_returned(hall: Hall) -> None:
    sent = change(hall)
    clerk = hall.clerk()
    clerk.give_back(sent.number, 1, "Nama anggota", "data_berbeda", "Di kartu keluarga tertulis lain.")
    until_told(hall, sent.number, "returned")
    visitor = hall.fresh(CHANGE)
    seen = hall.track(hall.ticket_of(sent))
    assert seen["message"] == "Di kartu keluarga tertulis lain." and seen["button"] == "Perbaiki jawaban"
    pages: list[dict[str, Any]] = []
    repair(visitor, pages)
    assert {page["name"] for page in pages if page["page"] == "Question"} == {"anggota_nama"}
    assert shot(pages) == set()
    hall.until(lambda: at_office(hall, sent.number)[0] == ["in_review"])
    first, second = at_office(hall, sent.number)[1]
    assert first == second, "no paper is sent again"
    page = clerk.read(sent.number)
    assert "SITI RAMLAH" in page and "MENGURUS RUMAH TANGGA" in page
    hall.deliver(sent.number, CHANGE)


def test_the_paper_does_not_exist(hall: Hall) -> None:
    sent = change(hall)
    clerk = hall.clerk()
    clerk.give_back(sent.number, 1, "Surat bukti perubahan", "bukan_asli", "")
    until_told(hall, sent.number, "returned")
    visitor = hall.fresh(CHANGE)
    hall.track(hall.ticket_of(sent))
    visitor.touch("repair")
    visitor.wait_for("Capture")
    visitor.touch("no_paper")
    visitor.wait_for("NoPaper")
    visitor.touch("pick", "F-1.06")
    visitor.finger.wait(lambda s: s.get("chosen") == "F-1.06")
    visitor.touch("next")
    visitor.wait_for("CheckAnswers")
    assert visitor.apply(CHANGE.wish)["page"] == "Sent"
    hall.until(lambda: at_office(hall, sent.number)[0] == ["in_review"])
    first, second = at_office(hall, sent.number)[1]
    assert first == second
    assert "F-1.06" in clerk.read(sent.number)


def test_two_documents_are_returned_at_once(hall: Hall) -> None:
    sent = change(hall, services=("akta_lahir", "kk_anak_lahir"), slots=("surat_lahir", "buku_nikah", "kk"))
    clerk = hall.clerk()
    clerk.give_back(sent.number, 1, "Surat keterangan lahir", "foto_buram", "Surat lahir buram.")
    clerk.give_back(sent.number, 2, "Kartu keluarga", "foto_buram", "KK buram.")
    until_told(hall, sent.number, "returned", "returned")
    slots: list[set[str]] = []
    for left in ("Dua", "Satu"):
        visitor = hall.fresh(AKTA, link="down")
        seen = hall.track(hall.ticket_of(sent))
        assert seen["heading"] == f"{left} dokumen perlu diperbaiki"
        pages: list[dict[str, Any]] = []
        repair(visitor, pages)
        slots.append(shot(pages))
    assert slots == [{"surat_lahir"}, {"kk"}]
    assert at_office(hall, sent.number)[0] == ["returned", "returned"]
    hall.world.set("network", link="up")
    until_told(hall, sent.number, "in_review", "in_review")
    hall.until(lambda: at_office(hall, sent.number)[0] == ["in_review", "in_review"])
    first, second, third = at_office(hall, sent.number)[1]
    assert [a == b for a, b in zip(first, second, strict=True)] == [False, True, True]
    assert [a == b for a, b in zip(second, third, strict=True)] == [True, True, False]
    assert hall.village.store.quarantined() == ()


def test_a_refusal_says_why_and_what_is_left(hall: Hall) -> None:
    words = "Perubahan agama memerlukan surat dari pemuka agama. Anda boleh mengajukan lagi dengan surat itu."
    sent = change(hall)
    hall.clerk().reject(sent.number, 1, "tidak_memenuhi", words)
    until_told(hall, sent.number, "rejected")
    visitor = hall.fresh(CHANGE)
    seen = type_number(visitor, sent.number)
    assert words not in repr(seen) and "tidak terpenuhi" not in repr(seen).lower()
    assert visitor.finger.can("print_reason") is None

    visitor = hall.fresh(CHANGE)
    seen = hall.track(hall.ticket_of(sent))
    assert (seen["panel"], seen["message"], seen["panel_chip"]) == ("refused", words, "Syarat tidak terpenuhi")
    assert [way["value"] for way in seen["ways"]] == ["apply_again", "objection", "ask"]
    slips = len(hall.world.outputs("ticket", ".png"))
    visitor.touch("print_reason")
    hall.until(lambda: len(hall.world.outputs("ticket", ".png")) == slips + 1)
    visitor.touch("pick", "objection")
    visitor.finger.wait(lambda s: s["page"] == "Timeline" and s["info"] != seen["info"])
    visitor.touch("back")
    visitor.finger.wait(lambda s: s["page"] == "Timeline" and s["info"] == seen["info"])
    visitor.touch("apply_again")
    visitor.wait_for("ForWhom")


# --- authenticity


@pytest.fixture(scope="module")
def collected(hall: Hall) -> tuple[str, Path]:
    """A ticket, and the sheet that came out for it."""
    ticket = hall.delivered()
    visitor = hall.fresh(AKTA)
    hall.track(ticket)
    assert prove(visitor, AKTA.person.nik)["page"] == "PlaceSheet"
    sheet = hall.world.last("page", ".png")
    assert sheet is not None
    return ticket, sheet


def check(hall: Hall, *, paper: Path | None = None, code: str = "") -> dict[str, Any]:
    """From the waiting page to a verdict."""
    visitor = hall.fresh(AKTA)
    visitor.touch("start")
    visitor.wait_for("Home")
    visitor.touch("check")
    visitor.wait_for("CheckPrompt")
    if paper:
        hall.world.set("camera", paper=str(paper))
        seen = visitor.wait_for("VerdictPage", patience=40)
        visitor.take_away()
        return seen
    return hall.scan(code, "VerdictPage")


def test_the_sheet_under_the_camera_is_sah_and_names_nobody(hall: Hall, collected: tuple[str, Path]) -> None:
    seen = check(hall, paper=collected[1])
    assert seen["verdict"] == "sah" and seen["facts"]
    shown = repr(seen)
    for mark in (*AKTA.person.answers["nama_anak"].split(), AKTA.person.nik, AKTA.person.nik[:12]):
        assert mark not in shown.upper()


def test_a_national_code_cannot_be_checked_here(hall: Hall) -> None:
    seen = check(hall, code=NATIONAL)
    assert (seen["verdict"], seen["look_up"]) == ("belum_pasti", NATIONAL)
    assert "HP" in repr(seen["facts"])


@pytest.mark.parametrize("place", [-5, -60])
def test_a_seal_with_one_digit_changed_contradicts(hall: Hall, collected: tuple[str, Path], place: int) -> None:
    (code,) = read_codes(np.asarray(Image.open(collected[1]).convert("L")))
    text = code.text
    changed = text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    assert changed != text and len(changed) == len(text)
    seen = check(hall, code=changed)
    assert seen["verdict"] == "tidak_sah", seen
    assert not seen["facts"]


def test_withdrawn_at_the_office_is_known_at_the_kiosk_and_not_printed(hall: Hall, collected: tuple[str, Path]) -> None:
    ticket, sheet = collected
    trust = hall.stage.config.identity / "trust.json"
    for status, verdict, why in (("gantikan", "digantikan", "superseded"), ("cabut", "dicabut", "revoked")):
        before = trust.read_bytes()
        reason = "Nama ayah keliru, sudah diterbitkan yang baru"
        hall.clerk().withdraw(ticket.split("-")[2], 1, status, reason)

        def told(before: bytes = before) -> bool:
            hall.village.nudge()
            return trust.read_bytes() != before

        hall.until(told)
        seen = check(hall, paper=sheet)
        assert seen["verdict"] == verdict
        assert reason not in repr(seen) and any("sejak" in label for label, _ in seen["facts"])
        visitor = hall.fresh(AKTA)
        printed = hall.printed()
        hall.track(ticket)
        stopped = prove(visitor, AKTA.person.nik)
        assert (stopped["page"], stopped["why"], stopped["can_retry"]) == ("PrintStopped", why, False)
        assert hall.printed() == printed


# --- nobody knows the NIK


def test_somebody_without_a_nik_collects_with_the_one_the_office_found(hall: Hall) -> None:
    person = replace(
        CHANGE.person,
        answers={
            **CHANGE.person.answers,
            "nama_pemohon": "SITI RAMLAH",
            "tanggal_lahir_pemohon": "1992-03-12",
            "nama_ibu_pemohon": "BESSE CONTOH",
            "nama_ayah_pemohon": "LA CONTOH",
        },
    )
    part = replace(CHANGE, person=person)
    visitor = hall.fresh(part)
    visitor.apply(part.wish, stop=("EnterNumber",))
    visitor.touch("dont_know")
    visitor.finger.wait(lambda s: s["page"] == "Question")
    visitor.apply(part.wish)
    visitor.take_away()
    ticket = hall.ticket_text()
    number, clerk = ticket.split("-")[2], hall.clerk()
    clerk.wait_for(number)
    clerk.approve(number, 1, "specimen", nik=FOUND_NIK)
    until_told(hall, number, "delivered")
    visitor = hall.fresh(part)
    before = hall.printed()
    hall.track(ticket)
    assert prove(visitor, FOUND_NIK)["page"] == "PlaceSheet"
    assert hall.printed() == before + 1


# --- without touching the glass


def test_three_keys_are_enough_to_find_the_way_and_to_come_back(hall: Hall) -> None:
    visitor = hall.fresh()

    def focus() -> str:
        return next((target.act for target in visitor.finger.targets() if target.focused), "")

    def go(key: str, act: str) -> None:
        for _ in range(20):
            if (before := focus()) == act:
                return
            tap(hall.world, key)
            hall.until(lambda was=before: focus() != was, 10)
        raise AssertionError(f"the keys do not reach {act}")

    def press(page: str) -> None:
        for _ in range(5):  # a key that is pressed while the page is coming in does nothing
            tap(hall.world, "yes")
            with suppress(NotSeen):
                visitor.finger.wait(lambda s: s["page"] == page, patience=2)
                return
        raise AssertionError(f"the key does not lead to {page}")

    go("no", "start")
    press("Home")
    assert focus() == "apply"
    press("PickEvent")
    go("back", "back")
    press("Home")
    visitor.touch("apply")
    assert visitor.wait_for("PickEvent") and not focus(), "a finger on the glass takes the ring away"
