"""The real command, as its own process: starts from nothing, serves, survives a restart, and meets a real kiosk."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.identity.slip import Slip, parse_slip
from kiosk.sync.enrol import EnrolFailed, Enrolled, enrol

COMMAND = [sys.executable, "-m", "central.cli"]
ROOT = Path(__file__).parents[2]


@contextmanager
def serving(directory: Path, *more: str) -> Iterator[dict[str, Any]]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--dir", str(directory), "--port", "0", *more], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        assert process.wait(20) == 0
        process.stdout.close()


@pytest.mark.timeout(120)
def test_it_starts_from_nothing_and_again(tmp_path: Path) -> None:
    directory = tmp_path / "pusat"
    with serving(directory, "--training", "--enrol", "73.15.06.2006") as told:
        assert told["clerk"] == "dinas" and len(told["password"]) >= 12
        page = urllib.request.urlopen(f"{told['url']}/dinas/masuk", timeout=10).read().decode()
        assert "Masuk petugas Dinas" in page
        style = urllib.request.urlopen(f"{told['url']}/static/dinas/dinas.css", timeout=10)
        assert style.headers["Content-Type"].startswith("text/css")
        first = enrol(told["url"], told["enrol_code"], tmp_path / "kios")
        assert isinstance(first, Enrolled)
        assert (first.site["village"], first.site["code"]) == ("Kaballangang", "73.15.06.2006")
        again = enrol(told["url"], told["enrol_code"], tmp_path / "lain")
        assert again == EnrolFailed("spent")
    for path in (directory, *directory.rglob("*")):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path
    with serving(directory) as told:
        assert told["password"] is None, "an account that exists keeps its password"
    made = subprocess.run(
        [*COMMAND, "enrol-code", "--dir", str(directory), "--site", "73.15.06.1001"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert isinstance(parse_slip(made.stdout.strip()), Slip)
    unknown = subprocess.run(
        [*COMMAND, "enrol-code", "--dir", str(directory), "--site", "99.99.99.9999"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert (unknown.returncode, unknown.stdout) == (2, "")


def test_a_kiosk_reads_the_slip() -> None:
    from central.enrolment import slip_text
    from kiosk.formats import p256
    from kiosk.identity.slip import make_slip

    spki = p256.spki(p256.new_key().public_key())
    text = slip_text("https://pusat.example.go.id", "7K3M9Q2XWD", spki)
    assert text == make_slip("https://pusat.example.go.id", "7K3M9Q2XWD", spki)
    assert isinstance(parse_slip(text), Slip)
