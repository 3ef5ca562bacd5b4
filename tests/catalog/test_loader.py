"""A broken pack is refused with every reason, by file and key; nothing is guessed and nothing raises."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalog import Pack, Refused, bundled, load

Break = Callable[[str], str]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "pack"
    shutil.copytree(bundled("pinrang"), target)
    return target


def flaws(directory: Path) -> list[str]:
    found = load(directory)
    assert isinstance(found, Refused)
    return [str(flaw) for flaw in found.flaws]


def change(directory: Path, file: str, old: str, new: str) -> list[str]:
    path = directory / file
    text = path.read_text("utf-8")
    assert old in text, "the test does not break anything"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return flaws(directory)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("services/akta_lahir.toml", 'short = "Akta"', 'short = "Akta"\nprice = 5000',
         "services/akta_lahir.toml: price: unknown key"),
        ("services/akta_lahir.toml", "sla_hours = 24\n", "", "services/akta_lahir.toml: sla_hours: missing"),
        ("services/akta_lahir.toml", "sla_hours = 24", 'sla_hours = "24"', "sla_hours: int expected, str found"),
        ("services/akta_lahir.toml", "sla_hours = 24", "sla_hours = 0", "sla_hours: a time above 0 expected"),
        ("services/akta_lahir.toml", "printable = true", "printable = 1", "printable: bool expected, int found"),
        ("services/akta_lahir.toml", 'title = "Akta kelahiran"', 'title = " "',
         "services/akta_lahir.toml: title: empty text"),
        ("services/akta_lahir.toml", 'icon = "baby-carriage"', 'icon = "Baby Carriage"',
         "'Baby Carriage' is not the name of an icon"),
        ("services/akta_lahir.toml", '"surat_lahir", "kk", "buku_nikah"', '"surat_lahit"',
         "papers: no paper 'surat_lahit'"),
        ("services/akta_lahir.toml", '"saksi1_nik"', '"saksi9_nik"', "questions: no question 'saksi9_nik'"),
        ("services/akta_lahir.toml", 'question = "tanggal_lahir_anak"', 'question = "nama_anak"',
         "deadline.question: no date question"),
        ("services/akta_lahir.toml", 'id = "akta_lahir"', 'id = "akta"', "'akta' in a file of another name"),
        ("services/kia_baru.toml", 'pickup = "loket Dinas di Pinrang"\n', "",
         "pickup: not printable here, and no place to fetch it"),
        ("services/akta_lahir.toml", "RT/RW tidak", "RT/RW desa tidak", "'desa' stands as it is"),
        ("services/akta_lahir.toml", "tidak diperlukan.", "tidak diperlukan!", "no exclamation marks"),
        ("services/akta_lahir.toml", "tidak diperlukan.", "Rp5.000.", "a price other than Rp0"),
        ("services/akta_lahir.toml", "tidak diperlukan.", "{nama}", "unknown words in braces: {nama}"),
        ("questions.toml", 'source = "paper:kk"', 'source = "paper:ktp"',
         "'paper:ktp' is neither 'ask' nor 'paper:' and a slot"),
        ("questions.toml", 'kind = "name"', 'kind = "names"', "'names' is none of nik, kk, date"),
        ("questions.toml", 'codes = "agama"', 'codes = "agamaa"', "no list 'agamaa' in codes.toml"),
        ("questions.toml", 'values = ["sendiri"]', 'values = ["sendirian"]', "'saksi' has no answer 'sendirian'"),
        ("questions.toml", 'question = "saksi", values', 'question = "saksii", values', "no question 'saksii'"),
        ("questions.toml", 'name = "nama_anak"', 'name = "saksi"', "questions.toml: saksi: stands twice"),
        ("papers.toml", 'slot = "kk"', 'slot = "kkk"', "no paper 'kk'"),
        ("papers.toml", "goes_on = false", 'goes_on = "no"', "goes_on: bool expected, str found"),
        ("events.toml", 'service = "kia_baru"', 'service = "kia"', "no service 'kia'"),
        ("events.toml", '"kk_hilang", "akta_hilang"', '"kk_hilang", "akta_robek"', "no tile 'akta_robek'"),
        ("events.toml", 'for_whom = "anak"', 'for_whom = "kucing"', "no such person 'kucing'"),
        ("survey.toml", 'key = "U8"', 'key = "U9"', "U1 to U9 expected"),
        ("pack.toml", 'code = "7315"', 'code = "731"', "four digits expected"),
        ("pack.toml", "checked_on = 2026-11-02", 'checked_on = "kemarin"', "checked_on: date expected, str found"),
        ("pack.toml", 'always = ["pengambil"', 'always = ["pengambill"', "no question 'pengambill'"),
        ("regions.csv", "73.15.01.1001,Langnga,kelurahan", "73.15.01.1001,Langnga,desa", "the code does not say desa"),
        ("regions.csv", "73.15.01.1001,Langnga,kelurahan", "73.15.01.1001,Langnga,dusun", "'dusun' is none of"),
    ],
)  # fmt: skip
def test_each_flaw_is_named(copy: Path, file: str, old: str, new: str, said: str) -> None:
    found = change(copy, file, old, new)
    assert any(said in flaw for flaw in found), found
    assert all(": " in flaw for flaw in found)


def test_several_flaws_are_told_at_once(copy: Path) -> None:
    change(copy, "services/kk_ubah.toml", "sla_hours = 24\n", "")
    found = change(copy, "services/ktp_hilang.toml", 'short = "KTP"', 'shrt = "KTP"')
    assert len(found) >= 3


@pytest.mark.parametrize(
    "file", ["pack.toml", "events.toml", "questions.toml", "papers.toml", "survey.toml", "regions.csv"]
)
def test_a_missing_file(copy: Path, file: str) -> None:
    (copy / file).unlink()
    assert any(flaw.startswith(f"{file}: ") for flaw in flaws(copy))


def test_a_file_that_is_no_toml(copy: Path) -> None:
    (copy / "papers.toml").write_bytes(b"\xff\xfe[[")
    assert any("papers.toml: : cannot be read" in flaw for flaw in flaws(copy))


def test_an_empty_folder(tmp_path: Path) -> None:
    assert len(flaws(tmp_path)) >= 6


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(["pack.toml", "events.toml", "questions.toml", "papers.toml", "services/akta_lahir.toml"]),
    at=st.floats(0, 1),
    junk=st.sampled_from(["", '"', "=", "[x]\n", "\n\n", "1", "[[", "}", "é"]),
    cut=st.integers(0, 30),
)
def test_any_damage_has_an_answer(copy: Path, file: str, at: float, junk: str, cut: int) -> None:
    path = copy / file
    whole = path.read_text("utf-8")
    where = int(at * len(whole))
    path.write_text(whole[:where] + junk + whole[where + cut :], "utf-8")
    try:
        assert isinstance(load(copy), Pack | Refused)
    finally:
        path.write_text(whole, "utf-8")
