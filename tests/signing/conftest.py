from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from central.signing import Issued, Member, SpecimenRequest, issue_specimen

AKTA = SpecimenRequest(
    service="akta_lahir",
    application="0190f3f0-0000-7000-8000-000000000001",
    holder="ANDI CAHAYA RAMADHANI",
    nik="7315995011260001",
    kk="7315990101200001",
    details={
        "birth_place": "Pinrang",
        "birth_date": "2026-11-10",
        "birth_time": "04.15",
        "sex": "P",
        "child_order": "2 (dua)",
        "mother": "SITI AMINAH",
        "father": "ANDI BASO MAPPANGARA",
    },
    issued_on=date(2026, 11, 24),
)
CARD = SpecimenRequest(
    service="kk_anak_lahir",
    application="0190f3f0-0000-7000-8000-000000000001",
    holder="ANDI BASO MAPPANGARA",
    nik="7315990512900001",
    kk="7315990101200001",
    details={"address": "Dusun Labuang", "rt": "002", "rw": "001", "village": "Kaballangang"},
    members=(
        Member("ANDI BASO MAPPANGARA", "7315990512900001", "L", "Pinrang", date(1990, 12, 5), "Kepala keluarga"),
        Member("SITI AMINAH", "7315995512920002", "P", "Parepare", date(1992, 12, 15), "Istri"),
        Member("ANDI CAHAYA RAMADHANI", "7315995011260001", "P", "Pinrang", date(2026, 11, 10), "Anak"),
    ),
    issued_on=date(2026, 11, 24),
)


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("centre")


@pytest.fixture(scope="session")
def akta(centre: Path) -> Issued:
    return issue_specimen(AKTA, centre, time.time)


@pytest.fixture(scope="session")
def card(centre: Path) -> Issued:
    return issue_specimen(CARD, centre, time.time)
