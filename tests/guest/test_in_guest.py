"""Each test of `inside/`, run in the guest: real USB, input and video devices of a Debian 13 kernel."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.guest.machine import Away, Machine

INSIDE = Path(__file__).resolve().parent / "inside"
Ran = Callable[[str], dict[str, Any]]

pytestmark = [pytest.mark.long, pytest.mark.timeout(2400)]


def written() -> list[tuple[str, str]]:
    """File and function of every test inside."""
    return [
        (path.name, node.name)
        for path in sorted(INSIDE.glob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@pytest.fixture(scope="session")
def ran(machine: Machine) -> Ran:
    """Runs a file inside, once; whatever became of it."""

    @cache
    def once(file: str) -> dict[str, Any]:
        try:
            return machine.run(f"tests/guest/inside/{file}")
        except Away as why:
            return {"done": 99, "cases": [], "said": f"{file}: {why}"}

    return once


@pytest.mark.parametrize(("file", "test"), written())
def test_inside(file: str, test: str, ran: Ran) -> None:
    result = ran(file)
    ends = [case["end"] for case in result["cases"] if case["name"].split("[")[0] == test]
    assert ends, result["said"]
    for end, why in ends:
        assert end == "passed", why or end  # the guest has all that they need: to skip there is to fail
