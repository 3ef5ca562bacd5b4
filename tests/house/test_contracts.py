"""The house's rules, checked by the tools that state them."""

import ast
import configparser
import re
import subprocess
import sys
import tomllib
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
        assert not re.search(r"VideoCapture|/dev/video|v4l2", path.read_text(encoding="utf-8")), path


def test_every_room_stands_in_the_contracts() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    stated = {name for section in contracts.values() for name in section.get("source_modules", "").split()}
    rooms = {f"kiosk.{path.name}" for path in (ROOT / "kiosk").iterdir() if (path / "__init__.py").exists()}
    rooms |= {f"kiosk.{path.stem}" for path in (ROOT / "kiosk").glob("*.py") if path.stem != "__init__"}
    everywhere = {"kiosk.cli", "kiosk.rehearsal"}  # what these may know is everything; who knows them is stated
    assert rooms - everywhere <= stated, rooms - everywhere - stated
    assert {"drivers", "central", "provisioning"} <= stated


def test_only_sync_speaks_to_the_network() -> None:
    # requests is a contract of import-linter; these are the standard library's ways out, which it does not see
    ways = {"urllib.request", "urllib3", "http.client", "http.server", "socketserver", "ftplib", "smtplib", "httpx"}
    for path in sources("kiosk"):
        room = path.relative_to(ROOT / "kiosk").parts[0]
        if room in ("sync", "rehearsal"):  # the rehearsal plays the clerk, who uses a browser
            continue
        found = {name for name in imported(path) if any(name == way or name.startswith(f"{way}.") for way in ways)}
        assert not found, (path, found)


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


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


def test_the_package_carries_every_file_used_at_run_time() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]["*"]
    for room in ("kiosk", "drivers", "central"):
        for path in (ROOT / room).rglob("*"):
            if path.is_dir() or "__pycache__" in path.parts or path.suffix == ".py" or path.name == "README.md":
                continue
            assert any(path.match(pattern) for pattern in patterns), path


def test_files_stay_small() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources("kiosk", "drivers", "central") if (n := _lines(p)) > 420}
    assert not {k: v for k, v in long.items() if "migrations" not in k}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
