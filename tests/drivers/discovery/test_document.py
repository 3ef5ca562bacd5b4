"""docs/devices.md shows the table as it is."""

from pathlib import Path

import pytest

from drivers.discovery.models import MODELS
from drivers.discovery.table import between, table

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "devices.md"


def test_the_document_shows_the_table_as_it_is() -> None:
    assert between(DOCUMENT.read_text(encoding="utf-8")) == table(), "python -m drivers.discovery table"


def test_each_model_is_a_line() -> None:
    assert len(table().splitlines()) == len(MODELS) + 2


@pytest.mark.parametrize("text", ["", "<!-- models: begin -->\nrows", "rows <!-- models: end -->"])
def test_a_document_without_markers_is_said_so(text: str) -> None:
    with pytest.raises(ValueError, match="markers"):
        between(text)
