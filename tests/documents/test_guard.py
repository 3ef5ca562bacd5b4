"""The guard's process: bounded, offline, and never *valid* when anything goes wrong."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import cbor2
import pytest

from kiosk.documents import Codes, NoCodes, check_pdf, codes_of, guard
from kiosk.documents.commands import check_pdf_file, check_qr_texts
from kiosk.documents.rules import MAX_BYTES
from kiosk.documents.trust import Clock, TrustStore
from tests.documents.pki import DAY, Pki, page
from tests.documents.test_seal import sealed
from tests.documents.test_verdict import NATIONAL, NOW, TRUST, lists


def test_its_verdict_is_that_of_the_profile(pki: Pki, moment: datetime) -> None:
    verdict = check_pdf(pki.sign(page(), moment), pki.trust(moment), (moment + DAY).timestamp())
    assert (verdict.verdict, verdict.basis) == ("valid", "lta")


def test_its_clock_is_the_given_one(pki: Pki, moment: datetime) -> None:
    later = moment + 3 * 365 * DAY
    assert check_pdf(pki.sign(page(), moment), pki.trust(later - DAY), later.timestamp()).valid
    assert check_pdf(pki.sign(page(), moment), pki.trust(moment), later.timestamp()).verdict == "unverifiable"


@pytest.mark.parametrize("bound", ["CPU_SECONDS", "WALL_SECONDS"])
def test_an_exhausted_bound_is_not_verified(
    pki: Pki, moment: datetime, monkeypatch: pytest.MonkeyPatch, bound: str, tmp_path: Path
) -> None:
    if bound == "WALL_SECONDS":
        monkeypatch.setattr(guard, "WALL_SECONDS", 0.01)
    else:
        script = "ulimit -t 1; while :; do :; done"
        monkeypatch.setattr(sys, "executable", _wrapper(tmp_path, script))
    verdict = check_pdf(pki.sign(page(), moment), pki.trust(moment), moment.timestamp())
    assert verdict.verdict == "invalid"
    assert verdict.why.startswith("not verified")


@pytest.mark.parametrize(
    "script", ["exit 3", "kill -9 $$", "echo '[]'", "echo '{'", "true", 'echo \'{"error": "MemoryError"}\'']
)
def test_a_guard_that_fails_is_not_verified(
    pki: Pki, moment: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str
) -> None:
    monkeypatch.setattr(sys, "executable", _wrapper(tmp_path, script))
    pdf = pki.sign(page(), moment)
    assert check_pdf(pdf, pki.trust(moment), moment.timestamp()).verdict == "invalid"
    assert isinstance(codes_of(pdf), NoCodes)


def _wrapper(directory: Path, script: str) -> str:
    path = directory / "python"
    path.write_text(f"#!/bin/bash\ncat >/dev/null\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_memory_is_bounded() -> None:
    code = "from kiosk.documents import guard; guard._bound(); bytearray(guard.MEMORY_BYTES)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/guard-was-here', 'w')",
    ],
)
def test_the_judge_may_not_reach_out(deed: str) -> None:
    code = f"import sys; from kiosk.documents import guard; sys.addaudithook(guard._refuse); {deed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "PermissionError" in done.stderr


def test_a_request_it_does_not_understand_ends_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.documents.guard"],
        input=cbor2.dumps({"do": "check"}),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"valid" not in done.stdout


def test_files_beyond_the_limit_are_not_even_sent() -> None:
    assert check_pdf(bytes(MAX_BYTES + 1), TrustStore(), 0).why == "too large"
    assert isinstance(codes_of(bytes(MAX_BYTES + 1)), NoCodes)


def test_a_page_without_a_code() -> None:
    assert codes_of(page()) == NoCodes("no_code")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello"])
def test_what_cannot_be_drawn(data: bytes) -> None:
    assert isinstance(codes_of(data), NoCodes)


def test_check_pdf_answers_in_the_promised_shape(tmp_path: Path, pki: Pki, moment: datetime) -> None:
    (tmp_path / "akar.pem").write_text(pki.root.pem)
    (tmp_path / "ca.pem").write_text(pki.issuing.pem)
    for number, der in enumerate(pki.crls(moment)):
        (tmp_path / f"{number}.crl").write_bytes(der)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pki.sign(page(), moment))
    bad.write_bytes(good.read_bytes() + b"x")
    answer = check_pdf_file(good, tmp_path)
    assert {**answer, "ms": 0} == {
        "path": str(good),
        "verdict": "valid",
        "why": "signature proven by an archive time stamp",
        "ms": 0,
    }
    assert answer["ms"] > 0
    assert check_pdf_file(bad, tmp_path)["verdict"] == "invalid"
    missing = check_pdf_file(tmp_path / "none.pdf", tmp_path)
    assert set(missing) == {"path", "error"}
    assert "error" in check_pdf_file(good, tmp_path / "none")
    assert "error" in check_pdf_file(tmp_path, tmp_path)


def test_check_qr_answers_for_several_codes() -> None:
    trust = TrustStore(seal_issuers=TRUST.seal_issuers, status_lists=lists())
    clock = Clock(NOW)
    text = sealed()
    spoiled = text[:-1] + ("0" if text[-1] != "0" else "1")
    assert check_qr_texts([], trust, clock) == {"verdict": "belum_pasti", "why": "no_code"}
    assert check_qr_texts([NATIONAL, text], trust, clock)["verdict"] == "sah"
    assert check_qr_texts([text, spoiled], trust, clock)["verdict"] == "tidak_sah"
    assert isinstance(codes_of(page()), (Codes, NoCodes))
