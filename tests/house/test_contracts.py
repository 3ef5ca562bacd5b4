"""The house's rules, checked by the tools that state them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "command",
    [("lint-imports", "--no-cache"), ("ruff", "check", "."), ("ruff", "format", "--check", "."), ("pyright",)],
    ids=lambda command: " ".join(command),
)
def test_tool_is_content(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_only_drivers_open_cameras() -> None:
    # import-linter sees modules, not attributes: cv2 is for everybody, VideoCapture for drivers
    for path in sources("kiosk", "central", "provisioning"):
        assert "VideoCapture" not in path.read_text(encoding="utf-8"), path


def test_nothing_stands_as_a_stub() -> None:
    for path in sources("kiosk", "drivers", "central", "provisioning"):
        found = re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError(?!\s*$)", path.read_text(encoding="utf-8"), re.M)
        assert found is None or "interface" in path.name or path.name == "syncclient.py", (path, found)


def test_lock_is_pinned_by_hash_and_names_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "index-url" not in text and "://" not in text
    pins = re.findall(r"^[a-zA-Z0-9_.-]+==", text, re.M)
    assert len(pins) > 50
    for block in re.split(r"\n(?=[a-zA-Z])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_debian_list_is_one_package_a_line() -> None:
    lines = (ROOT / "provisioning" / "debian-packages.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert packages
    for line in packages:
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+( test)?", line), line


def test_files_stay_small() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources("kiosk", "drivers", "central") if (n := _lines(p)) > 420}
    assert not {k: v for k, v in long.items() if "migrations" not in k}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
