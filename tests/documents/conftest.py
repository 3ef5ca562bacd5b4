from __future__ import annotations

from datetime import datetime

import pytest

from tests.documents.pki import DAY, Pki, make_pki, now


@pytest.fixture(scope="session")
def moment() -> datetime:
    """When the files of this session are signed: a minute ago."""
    return now().replace(second=0)


@pytest.fixture(scope="session")
def pki(moment: datetime) -> Pki:
    return make_pki(moment - 30 * DAY)
