"""`python -m tests.matrix`: write docs/fault-matrix.md anew."""

from __future__ import annotations

from pathlib import Path

from tests.matrix.cells import table

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fault-matrix.md"

if __name__ == "__main__":
    DOCUMENT.write_text(table(), encoding="utf-8")
