"""The units start modules that exist and keep each process to what the house allows it."""

import importlib.util
import re
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "systemd"
NAMES = ("kiosk", "devices", "sync")


def lines(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (UNITS / f"prodesaku-{name}.service").read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_starts_a_module_that_can_be_run(name: str) -> None:
    (command,) = lines(name)["ExecStart"]
    module = command.rpartition(" ")[2]
    assert importlib.util.find_spec(f"{module}.__main__"), module


@pytest.mark.parametrize("name", NAMES)
def test_is_shut_in(name: str) -> None:
    unit = lines(name)
    for key in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "RestrictSUIDSGID", "LockPersonality"):
        assert unit[key] == ["yes"], key
    assert unit["ProtectSystem"] == ["strict"] and unit["LimitCORE"] == ["0"]
    assert unit["CapabilityBoundingSet"] == [""]


def test_the_screen_has_no_network_and_the_devices_only_this_machine() -> None:
    assert lines("kiosk")["RestrictAddressFamilies"] == ["AF_UNIX"]
    assert lines("kiosk")["IPAddressDeny"] == ["any"]
    assert lines("devices")["IPAddressDeny"] == ["any"] and lines("devices")["IPAddressAllow"] == ["localhost"]
    assert lines("sync")["PrivateDevices"] == ["yes"]


def test_the_device_process_cannot_see_the_store() -> None:
    unit = lines("devices")
    assert unit["InaccessiblePaths"] == ["-/var/lib/prodesaku"]
    assert "prodesaku-store" not in " ".join(unit["SupplementaryGroups"] + unit["Group"])


def test_every_user_and_group_of_ours_is_made() -> None:
    made = set(re.findall(r"^[ug] (\S+)", (UNITS / "prodesaku.sysusers").read_text(encoding="utf-8"), re.M))
    for name in NAMES:
        unit = lines(name)
        wanted = {*unit["User"], *unit["Group"], *" ".join(unit["SupplementaryGroups"]).split()}
        assert {one for one in wanted if one.startswith("prodesaku")} <= made
