"""One whole journey, played once by the real command, for all that is asserted about it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Played:
    code: int
    out: Path
    report: dict[str, Any]
    said: str


def play(out: Path, service: str, *more: str) -> Played:
    command = [sys.executable, "-m", "kiosk.cli", "journey", "apply-and-collect", "--service", service]
    done = subprocess.run(
        [*command, "--out", str(out), *more], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL
    )
    report = out / "report.json"
    return Played(
        done.returncode, out, json.loads(report.read_text()) if report.exists() else {}, done.stderr + done.stdout
    )


@pytest.fixture(scope="session")
def akta(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("akta"), "akta_lahir")
