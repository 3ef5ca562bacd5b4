"""The udev rules: those of the table, in udev's syntax, steering what they should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from drivers.discovery import __main__ as command
from drivers.discovery.models import CANDIDATES, MODELS, Wire
from drivers.discovery.rules import OWNER, rules

ROOT = Path(__file__).resolve().parents[3]
RULES = ROOT / "systemd" / "60-prodesaku.rules"

_VALUE = r'"(?P<value>[^"\\]*)"'
_MATCHES = r"(ACTION|KERNEL|SUBSYSTEM|SUBSYSTEMS|ATTR\{\w+\}|ATTRS\{\w+\}|ENV\{\w+\})(==|!=)"
_SETS = r"(OWNER|GROUP|MODE|ENV\{\w+\}|GOTO|LABEL|IMPORT\{builtin\})=|SYMLINK\+="
_PART = re.compile(f"({_MATCHES}|{_SETS}){_VALUE}")
_SUBSTITUTION = re.compile(r"\$(id|env\{\w+\})|\$")


def faults(text: str) -> list[str]:
    """Lines that are no rule as udev(7) describes them, of the keys that this product uses; jumps without a label."""
    found: list[str] = []
    jumps: list[str] = []
    labels: list[str] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        parts = [_PART.fullmatch(part) for part in line.split(", ")]
        values = [part["value"] for part in parts if part]
        bare = [match for value in values for match in _SUBSTITUTION.finditer(value) if match[0] == "$"]
        if not all(parts) or bare or len(line) > 1000:
            found.append(line)
        jumps += re.findall(r'GOTO="(\w+)"', line)
        labels += re.findall(r'LABEL="(\w+)"', line)
    return found + [f"no label {each}" for each in jumps if labels.count(each) != 1]


def test_the_committed_file_is_that_of_the_table() -> None:
    assert RULES.read_text(encoding="utf-8") == rules(), (
        "python -m drivers.discovery rules > systemd/60-prodesaku.rules"
    )


def test_each_line_is_a_rule() -> None:
    assert faults(RULES.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'KERNEL="lp0" MODE="0660"',
        'SYMLINK="prodesaku/x"',
        'KERNEL=="lp0",MODE="0660"',
        'KERNEL=="lp0", MODE=0660',
        'SYMLINK+="prodesaku/$nothing"',
        'GOTO="nowhere"',
        'RUN+="/bin/sh"',
    ],
)
def test_the_check_finds_what_is_no_rule(line: str) -> None:
    assert faults(line)


def test_udev_itself_finds_no_fault() -> None:
    tool = shutil.which("udevadm")
    if (
        tool is None
        or "verify" not in subprocess.run([tool, "--help"], capture_output=True, text=True, timeout=20).stdout
    ):
        pytest.skip("udevadm verify is there from systemd 254")
    done = subprocess.run(
        [tool, "verify", "--resolve-names=never", str(RULES)], capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nodes_belong_to_the_service_and_its_user_exists() -> None:
    users = (ROOT / "systemd" / "prodesaku.sysusers").read_text(encoding="utf-8")
    unit = (ROOT / "systemd" / "prodesaku-devices.service").read_text(encoding="utf-8")
    assert f"u {OWNER} " in users
    assert f"User={OWNER}\n" in unit
    text = rules()
    for each in MODELS:
        (row,) = [
            line for line in text.splitlines() if f'=="{each.vendor}", ATTRS{{idProduct}}=="{each.product}"' in line
        ]
        assert f'OWNER="{OWNER}", GROUP="{OWNER}", MODE="0660"' in row
        assert f'ENV{{PRODESAKU_ROLE}}="{each.role}"' in row
        assert ('ENV{LIBINPUT_IGNORE_DEVICE}="1"' in row) == (each.wire == Wire.KEYS)


def test_no_modem_is_looked_for_behind_a_serial_port_of_the_table() -> None:
    ignored = [line for line in rules().splitlines() if 'ENV{ID_MM_DEVICE_IGNORE}="1"' in line]
    # ModemManager looks at the device, not at its port
    assert all(line.startswith('SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{') for line in ignored)
    assert len(ignored) == sum(each.wire == Wire.TTY for each in MODELS)


def test_only_what_is_sure_of_its_role_has_the_roles_link() -> None:
    links = re.findall(r'SYMLINK\+="prodesaku/(\w+)"', rules())
    assert set(links) == {str(each.role) for each in MODELS if each.role not in CANDIDATES}
    assert not set(links) & set(CANDIDATES)


def test_the_command_prints_rules_and_a_line_for_each_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["rules"]) == 0
    assert capsys.readouterr().out == rules()
    command.main(["list"])
    for line in capsys.readouterr().out.splitlines():  # none on a machine without USB
        assert {"role", "address", "name", "port"} <= set(json.loads(line))
