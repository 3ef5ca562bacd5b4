"""The pack of Pinrang keeps what the law, the design and the village need of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kiosk.catalog import Pack, Refused, Site, bundled, lint, load
from kiosk.catalog.load import bundled as folder


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = load(bundled("pinrang"))
    assert not isinstance(found, Refused), [str(flaw) for flaw in found.flaws]
    return found


def test_nothing_is_wrong_with_it(pack: Pack) -> None:
    assert lint(pack) == ()


def test_the_services_of_the_first_release(pack: Pack) -> None:
    assert set(pack.services) == {"akta_lahir", "kk_anak_lahir", "kia_baru", "kk_ubah", "ktp_hilang"}
    forms = {s.id: s.form for s in pack.services.values()}
    assert (
        forms["akta_lahir"] == "F-2.01" and forms["kk_ubah"] == "F-1.02 dan F-1.06" and forms["ktp_hilang"] == "F-1.02"
    )
    assert {s.id for s in pack.services.values() if not s.printable} == {"kia_baru", "ktp_hilang"}
    assert "Disdukcapil" in pack.services["ktp_hilang"].pickup


def test_eight_events_and_eight_documents(pack: Pack) -> None:
    assert [t.title for t in pack.events] == [
        "Bayi lahir",
        "Menikah",
        "Bercerai",
        "Meninggal",
        "Pindah",
        "Hilang atau rusak",
        "Data salah",
        "Umur 17 tahun",
    ]
    assert [t.title for t in pack.documents] == [
        "Kartu keluarga",
        "Akta kelahiran",
        "Akta kematian",
        "Surat pindah",
        "KTP elektronik",
        "KIA (kartu anak)",
        "Ubah data diri",
        "Layanan lain",
    ]


def test_a_birth_brings_three_documents(pack: Pack) -> None:
    birth = next(t for t in pack.events if t.id == "bayi_lahir")
    assert [e.service for e in birth.package] == ["akta_lahir", "kk_anak_lahir", "kia_baru"]
    assert all(e.ticked for e in birth.package)


def test_the_substitutes_of_the_law(pack: Pack) -> None:
    forms = {slot: {s.form for s in paper.substitutes if s.form} for slot, paper in pack.papers.items()}
    assert forms["surat_lahir"] == {"F-2.03"} and forms["buku_nikah"] == {"F-2.04"}
    assert all(any(s.goes_on for s in p.substitutes) for p in pack.papers.values())


def test_the_region_has_109_villages(pack: Pack) -> None:
    levels = [r.level for r in pack.regions]
    assert (levels.count("kecamatan"), levels.count("desa"), levels.count("kelurahan")) == (12, 69, 40)
    assert len(pack.districts) == 12 and "731506" in pack.districts


def test_everything_is_free(pack: Pack) -> None:
    texts = "".join(path.read_text("utf-8") for path in folder("pinrang").rglob("*.toml"))
    assert "Rp0" in texts and texts.count("Rp") == texts.count("Rp0")


def test_dead_channels_are_not_offered(pack: Pack) -> None:
    said = " ".join(f"{c.name} {c.address}" for c in pack.channels)
    assert "Saber" not in said and "193" not in said.replace("0193", "") and pack.checked_on.year >= 2026
    assert pack.channels[0].address.startswith("WA") and "SMS" in pack.channels[1].address


def test_both_words_of_a_site(pack: Pack) -> None:
    desa = Site("desa", "A", "B", "C", "73.15.06.2006", "AAA")
    kelurahan = Site("kelurahan", "A", "B", "C", "73.15.06.1006", "AAA")
    text = pack.papers["surat_lahir"].help
    assert "Kepala Desa" in desa.words(text) and "Lurah" in kelurahan.words(text)


def test_the_survey_is_permenpan_14_of_2017(pack: Pack) -> None:
    assert [i.key for i in pack.survey] == [f"U{n}" for n in range(1, 10)]
    assert pack.survey[3].faces == ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")
    assert pack.survey[7].skip == "Belum pernah mengadu" and [len(g.options) for g in pack.about] == [2, 6, 6, 6]


def test_code_lists_are_complete() -> None:
    codes = tomllib.loads((Path(bundled("pinrang")) / "codes.toml").read_text("utf-8"))
    jobs = [o["value"] for o in codes["pekerjaan"]]
    assert set(jobs) == {str(n) for n in range(1, 89)} | {"99"} and jobs[:3] == ["9", "2", "3"]
    assert [o["value"] for o in codes["agama"]] == [str(n) for n in range(1, 8)]
    assert [o["value"] for o in codes["pendidikan"]] == [str(n) for n in range(1, 11)]
