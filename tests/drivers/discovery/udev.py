"""As much of udev as the rules of this product use: which links and properties a node gets, by a fake sysfs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

_PART = re.compile(r'([A-Z]+)(?:\{(\w+)\})?(==|!=|\+=|=)"([^"]*)"')


@dataclass
class Node:
    """A node of a class: its folder in sysfs, and the properties it has before our rules."""

    folder: Path
    subsystem: str
    env: dict[str, str] = field(default_factory=dict[str, str])
    links: set[str] = field(default_factory=set[str])

    def run(self, rules: str) -> Node:
        """Go through the rules as udevd does for a node that was added."""
        wanted = ""
        for line in rules.splitlines():
            parts = _PART.findall(line) if line and not line.startswith("#") else []
            if wanted and ("LABEL", "", "=", wanted) not in parts:
                continue
            wanted = self._rule(parts)
        return self

    def _rule(self, parts: list[tuple[str, str, str, str]]) -> str:
        """Apply one rule; the label to jump to, or ""."""
        above = [each for each in parts if each[0] in ("SUBSYSTEMS", "ATTRS")]
        own = [each for each in parts if each[2] in ("==", "!=") and each not in above]
        parent = next((each for each in self.folder.parents if all(_above(each, part) for part in above)), None)
        if not all(self._match(part) for part in own) or (above and parent is None):
            return ""
        for key, name, sign, value in parts:
            if sign not in ("=", "+=") or key in ("OWNER", "GROUP", "MODE", "LABEL"):
                continue
            said = re.sub(r"\$env\{(\w+)\}", lambda each: self.env.get(each[1], ""), value)
            if key == "ENV":
                self.env[name] = said
            elif key == "SYMLINK":
                self.links.add("/dev/" + said.replace("$id", parent.name if parent else ""))
            elif (key, name, value) == ("IMPORT", "builtin", "usb_id"):
                device = next(each for each in self.folder.parents if (each / "idVendor").exists())
                serial = _attribute(device, "serial")
                self.env |= {"ID_SERIAL_SHORT": re.sub(r"[^\w#+.:=@-]", "_", serial)} if serial else {}
            else:
                assert key == "GOTO", key
                return value
        return ""

    def _match(self, part: tuple[str, str, str, str]) -> bool:
        key, name, sign, pattern = part
        if key == "ATTR":
            value = _attribute(self.folder, name)
        elif key == "ENV":
            value = self.env.get(name, "")
        else:
            value = {"KERNEL": self.folder.name, "SUBSYSTEM": self.subsystem, "ACTION": "add"}[key]
        return _fits(value, pattern) == (sign == "==")


def _above(folder: Path, part: tuple[str, str, str, str]) -> bool:
    key, name, _, pattern = part
    if key == "SUBSYSTEMS":
        usb = (folder / "idVendor").exists() or (folder / "bInterfaceClass").exists()
        return _fits("usb" if usb else "", pattern)
    return _fits(_attribute(folder, name), pattern)


def _attribute(folder: Path, name: str) -> str:
    path = folder / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _fits(value: str, pattern: str) -> bool:
    return any(fnmatchcase(value, each) for each in pattern.split("|"))
