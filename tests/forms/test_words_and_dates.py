"""Names, dates, times, counts, choices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import forms
from kiosk.forms import Ok, Problem, Warn

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Isi nama dulu."),
        ("BUNGA", "Nama di akta baru paling sedikit dua kata."),
        ("ANDI F4TIMAH", "Nama hanya memakai huruf A sampai Z, tanpa angka."),
        ("SITI NUR’AINI", "Nama di akta hanya memakai huruf. Hapus tanda ’ atau -."),
        ("A" * 59 + " BB", "Nama paling panjang 60 huruf, termasuk spasi."),
    ],
)
def test_a_new_name_keeps_permendagri_73_of_2022(text: str, sentence: str) -> None:
    assert forms.name(text, words=2) == Problem(sentence)


def test_a_name_is_kept_in_capitals() -> None:
    assert forms.name("  andi  fatimah azzahra ", words=2) == Ok("ANDI FATIMAH AZZAHRA")


def test_an_old_name_stays_as_it_is() -> None:
    assert forms.name("NUR’AINI") == Ok("NUR’AINI")
    assert forms.name("BUNGA") == Ok("BUNGA")


@pytest.mark.parametrize("text", ["DR ANDI FATIMAH", "ANDI F AZZAHRA"])
def test_titles_and_initials_are_asked_about(text: str) -> None:
    answer = forms.name(text, words=2)
    assert isinstance(answer, Warn) and answer.ask


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("", "11", "2026"), "Isi hari, bulan, dan tahun."),
        (("17", "", "2026"), "Isi hari, bulan, dan tahun."),
        (("17", "13", "2026"), "Pilih bulan dulu."),
        (("17", "11", "26"), "Tahun ada 4 angka."),
        (("31", "2", "2026"), "Tanggal 31 Februari 2026 tidak ada. Periksa lagi."),
        (("25", "11", "2026"), "Tanggal ini belum terjadi. Periksa lagi."),
        (("1", "1", "1811"), "Tahun 1811 tidak mungkin. Periksa lagi."),
    ],
)
def test_a_date_that_cannot_be(parts: tuple[str, str, str], sentence: str) -> None:
    assert forms.day_of(*parts, today=TODAY, past=True) == Problem(sentence)


def test_a_date_is_read_back() -> None:
    assert forms.day_of("17", "11", "2026", today=TODAY, past=True) == Ok("2026-11-17")
    assert forms.say_date("2026-11-17") == "17 November 2026"
    assert forms.say_weekday("2026-11-17") == "Selasa"
    assert forms.say_date("besok") == "besok"


def test_times() -> None:
    assert forms.time_of("0420") == Ok("04:20")
    assert forms.say_time("04:20") == "04.20"
    assert forms.time_of("2460") == Problem("Jam paling besar 23.59. Periksa lagi.")
    assert forms.time_of("42") == Problem("Jam ada 4 angka, misalnya 0420.")


def test_choices_and_counts() -> None:
    assert forms.choice("", {"1"}) == Problem("Pilih satu jawaban dulu.")
    assert forms.choice("1", {"1"}) == Ok("1")
    assert forms.number("007", minimum=1, maximum=20) == Ok("7")
    assert forms.number("21", minimum=1, maximum=20) == Problem("Angkanya antara 1 dan 20. Periksa lagi.")
    assert forms.number("0", minimum=1) == Problem("Angkanya paling kecil 1. Periksa lagi.")


def test_free_text() -> None:
    assert forms.text(" jalan  poros 12") == Ok("JALAN POROS 12")
    assert isinstance(forms.text("a\u202eb"), Problem)
    assert isinstance(forms.text("a" * 121), Problem)


@given(st.text(max_size=80), st.integers(1, 3))
def test_any_text_has_an_answer(text: str, words: int) -> None:
    answer = forms.name(text, words=words)
    if not isinstance(answer, Problem):
        again = forms.name(answer.value, words=words)
        assert not isinstance(again, Problem) and again.value == answer.value
    assert isinstance(forms.text(text), Ok | Problem)
    assert isinstance(forms.number(text), Ok | Problem)
    assert isinstance(forms.time_of(text), Ok | Problem)


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_any_parts_have_an_answer(day: str, month: str, year: str) -> None:
    assert isinstance(forms.day_of(day, month, year, today=TODAY), Ok | Problem)
