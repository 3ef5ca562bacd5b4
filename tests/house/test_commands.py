"""The command line's contract: answers, errors, exit codes, and that each command is written down."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kiosk.cli import parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
COMMANDS = {
    name: command
    for action in parser()._actions
    if isinstance(action.choices, dict)
    for name, command in action.choices.items()
}
PROMISED = "run journey gallery read-qr check-qr check-pdf find-page devices enrol outbox ticket print journal pack"


def prodesaku(*arguments: str, config: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "PRODESAKU_CONFIG": str(config or "/nonexistent")}
    return subprocess.run(
        [sys.executable, "-m", "kiosk.cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """Standard output, every line of which must be one JSON object."""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(isinstance(one, dict) for one in found)
    return found


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The configuration of a machine with nothing on it yet."""
    config = tmp_path / "kiosk.toml"
    (tmp_path / "state").mkdir()
    config.write_text(
        f'state = "{tmp_path}/state"\nsockets = "{tmp_path}"\ncentral = "http://127.0.0.1:9"\n'
        '[devices]\nreader = "serial:///dev/null"\n'
    )
    return config


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """A white picture, a file that is none, and one that is not there."""
    white, text = tmp_path / "putih.png", tmp_path / "bukan.png"
    Image.fromarray(np.full((300, 200), 255, np.uint8)).save(white)
    text.write_text("bukan gambar")
    return {"good": white, "bad": text, "missing": tmp_path / "tidak-ada.png"}


def test_every_promised_command_is_there() -> None:
    assert set(PROMISED.split()) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([name, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert f"usage: prodesaku {name}" in shown
    assert (COMMANDS[name].description or "") and len(shown.splitlines()) > 3


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = re.search(rf"^### `prodesaku {re.escape(name)}\b.*?(?=^##|\Z)", DOCUMENTED, re.M | re.S)
    assert section, f"docs/commands.md has no heading for {name}"
    for action in COMMANDS[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in ("--help", "--json"):
                assert option in section[0], f"{name} {option} is not in docs/commands.md"
        for choice in action.choices or ():
            assert str(choice) in section[0], f"{name} {choice} is not in docs/commands.md"


def test_nothing_is_documented_that_is_not_there() -> None:
    headings = re.findall(r"^### `prodesaku ([a-z-]+)", DOCUMENTED, re.M)
    assert set(headings) == set(COMMANDS)


@pytest.mark.parametrize(
    ("name", "options", "keys"),
    [
        ("read-qr", [], {"path", "texts", "codes", "ms"}),
        ("check-qr", ["--trust", "{dir}"], {"path", "texts", "codes", "ms", "verdict", "why"}),
        ("find-page", [], {"path", "corners", "finding", "quality", "ms"}),
    ],
)
def test_a_bad_picture_does_not_stop_the_others(
    name: str, options: list[str], keys: set[str], pictures: dict[str, Path], tmp_path: Path
) -> None:
    order = [pictures["missing"], pictures["good"], pictures["bad"]]
    done = prodesaku(name, *(o.format(dir=tmp_path) for o in options), *map(str, order), "--json")
    missing, good, bad = answers(done)
    assert done.returncode == 1
    assert [one["path"] for one in (missing, good, bad)] == [str(path) for path in order]
    assert set(missing) == set(bad) == {"path", "error"}
    assert keys <= set(good) and "error" not in good
    alone = prodesaku(name, *(o.format(dir=tmp_path) for o in options), str(pictures["good"]), "--json")
    assert alone.returncode == 0


def test_a_bad_document_does_not_stop_the_others(tmp_path: Path, trust: Path) -> None:
    paper = tmp_path / "kosong.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    done = prodesaku("check-pdf", "--trust", str(trust), str(tmp_path / "tidak-ada.pdf"), str(paper), "--json")
    missing, checked = answers(done)
    assert done.returncode == 1
    assert set(missing) == {"path", "error"}
    assert set(checked) == {"path", "verdict", "why", "ms"}
    assert checked["verdict"] != "valid"


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """A folder with one invented root."""
    from datetime import datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Akar Contoh")])
    root = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2020, 1, 1) + timedelta(days=36500))
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path / "akar"
    folder.mkdir()
    (folder / "akar.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "keys"),
    [
        (["outbox", "list"], 0, {"waiting", "quarantined", "oldest"}),
        (["journal", "verify"], 0, {"ok", "size", "root", "code"}),
        (["devices", "list"], 0, {"role", "address"}),
        (["devices", "status"], 1, {"error"}),
        (["print", "resolve", "nothing", "printed"], 1, {"act", "error"}),
        (["pack", "show"], 0, {"service", "title", "form"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_answers_are_json_and_nothing_else(arguments: list[str], code: int, keys: set[str], machine: Path) -> None:
    done = prodesaku(*arguments, "--json", config=machine)
    found = answers(done)
    assert found and all(keys == set(one) for one in found), done
    assert done.returncode == code, done


@pytest.mark.parametrize(
    "arguments", [["outbox"], ["devices"], ["journal", "verify"], ["enrol", "ABCDE"]], ids=" ".join
)
def test_without_configuration_it_says_so(arguments: list[str]) -> None:
    done = prodesaku(*arguments, "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "no configuration" in done.stderr and "Traceback" not in done.stderr


def test_check_pdf_opens_no_window_and_no_camera(tmp_path: Path, trust: Path) -> None:
    paper = tmp_path / "kosong.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    script = (
        "import sys; from kiosk.cli import main; "
        f"main(['check-pdf', '--trust', {str(trust)!r}, {str(paper)!r}, '--json']); "
        "print([m for m in ('kivy', 'cv2', 'requests', 'kiosk.ui', 'kiosk.vision', 'drivers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    verdict, loaded = done.stdout.splitlines()
    assert json.loads(verdict)["verdict"] != "valid"
    assert loaded == "[]"
