"""The whole product, by the command that shows it: apply, decide, sign, print, read back, hand over."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.rehearsal.conftest import Played, play

pytestmark = pytest.mark.timeout(400)


def prodesaku(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run([sys.executable, "-m", "kiosk.cli", *arguments], capture_output=True, text=True, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_birth_certificate_from_the_waiting_screen_to_the_hand(akta: Played) -> None:
    assert akta.code == 0, akta.said
    assert akta.report["failed"] == ""
    names = [step["name"] for step in akta.report["steps"]]
    assert names[0] == "start" and {"submitted", "ticket", "approved", "printed", "read_back", "survey"} <= set(names)
    assert all(step["ms"] >= 0 for step in akta.report["steps"])
    assert len(set(akta.report["pids"].values())) == 3


def test_verified_handed_over_and_printed_are_the_same_bytes(akta: Played) -> None:
    digest = hashlib.sha256((akta.out / "document.pdf").read_bytes()).hexdigest()
    assert akta.report["document"] == {"verified": digest, "handed_over": digest, "at_printer": digest}


def test_sheet_was_read_back_and_is_sah(akta: Played) -> None:
    assert akta.report["read_back"] == {"texts_match": True, "verdict": "sah"}


def test_leavings_are_there(akta: Played) -> None:
    screens = sorted(path.name for path in akta.out.glob("[0-9][0-9]-*.png"))
    assert len(screens) >= 20
    for path in (*akta.out.glob("[0-9][0-9]-*.png"),):
        assert Image.open(path).size == (1280, 800)
    assert (akta.out / "ticket.bin").read_bytes().startswith(b"\x1b@")
    assert Image.open(akta.out / "ticket.png").width in (576, 384)


def test_camera_saw_the_sheet_through_a_lens(akta: Played) -> None:
    camera, sheet = Image.open(akta.out / "camera.png"), Image.open(akta.out / "sheet.png")
    assert camera.size != sheet.size
    small = np.asarray(camera.convert("L").resize((200, 150)), dtype=float)
    flat = np.asarray(sheet.convert("L").resize((200, 150)), dtype=float)
    assert np.abs(small - flat).mean() > 10


def test_pdfsig_and_check_pdf_call_it_valid(akta: Played) -> None:
    document = akta.out / "document.pdf"
    said = subprocess.run(["pdfsig", str(document)], capture_output=True, text=True, timeout=60).stdout
    assert "Signature is Valid" in said
    code, (answer,) = prodesaku("check-pdf", str(document), "--trust", str(trust(akta)), "--json")
    assert code == 0 and answer["verdict"] == "valid", answer


@pytest.mark.parametrize("how", ["flipped", "appended"])
def test_a_changed_file_is_invalid(akta: Played, tmp_path: Path, how: str) -> None:
    data = bytearray((akta.out / "document.pdf").read_bytes())
    if how == "flipped":
        data[data.find(b"stream") + 40] ^= 1
    else:
        data += b"\n"
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    code, (answer,) = prodesaku("check-pdf", str(changed), "--trust", str(trust(akta)), "--json")
    assert code == 0 and answer["verdict"] == "invalid", answer


def trust(played: Played) -> Path:
    return played.out / "state" / "kiosk" / "identity"


def test_change_of_the_family_card_with_the_network_cut_until_it_was_submitted(tmp_path: Path) -> None:
    played = play(tmp_path, "kk_ubah", "--offline-until", "submitted")
    assert played.code == 0, played.said
    assert played.report["read_back"] == {"texts_match": True, "verdict": "sah"}


def test_lost_card_ends_at_the_office(tmp_path: Path) -> None:
    played = play(tmp_path, "ktp_hilang", "--size", "1024x600")
    assert played.code == 0, played.said
    assert played.report["documents"] == [{"service": "ktp_hilang", "state": "ready_for_pickup"}]
    assert not (tmp_path / "document.pdf").exists()


def test_package_of_a_birth_in_one_visit(tmp_path: Path) -> None:
    played = play(tmp_path, "paket_lahir")
    assert played.code == 0, played.said
    printed = [d for d in played.report["documents"] if d["state"] == "printed"]
    assert [d["service"] for d in printed] == ["akta_lahir", "kk_anak_lahir"]
    assert all(d["texts_match"] and d["verdict"] == "sah" for d in printed)
