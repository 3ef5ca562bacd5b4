"""When it is certain that the printer behind a queue is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.page.plugged import absent

USB = "usb://EPSON/L3110%20Series?serial=X&interface=1"


def bus(root: Path, *classes: str) -> Path:
    for number, name in enumerate(classes):
        (root / f"1-{number}:1.0").mkdir()
        (root / f"1-{number}:1.0" / "bInterfaceClass").write_text(f"{name}\n")
    return root


@pytest.mark.parametrize(
    ("uri", "classes", "gone"),
    [
        (USB, ("03", "09"), True),
        (USB, ("03", "07"), False),  # a printer, perhaps another one
        (USB, (), False),  # no bus: nothing can be said
        ("socket://192.0.2.1:9100", ("03",), False),
        ("", ("03",), False),
    ],
)
def test_absent(tmp_path: Path, uri: str, classes: tuple[str, ...], gone: bool) -> None:
    assert absent(uri, bus(tmp_path, *classes)) is gone
