"""NIK, KK, phone, akta: each exact sentence, and what is only unusual."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import forms
from kiosk.forms import Ok, Problem, Warn

TODAY = date(2026, 11, 24)
KNOWN = frozenset({"731501", "731506"})
WOMAN = "7315994512900001"


def nik(text: str, **more: object) -> forms.Result:
    return forms.nik(text, today=TODAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Isi NIK dulu. NIK ada 16 angka."),
        ("731506510892", "Baru 12 angka. NIK ada 16 angka."),
        ("7315 0651 0892", "Baru 12 angka. NIK ada 16 angka."),
        ("73150651089200012", "Ada 17 angka. NIK hanya 16 angka."),
        ("7315060012900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315063212900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315064012900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315067212900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315060100900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315060113900001", "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("7315060112900000", "Empat angka terakhir NIK tidak boleh 0000. Periksa lagi."),
        ("0" * 16, "Angka tanggal lahir dalam NIK tidak cocok. Periksa angka ke-7 sampai ke-12."),
        ("٧٣١٥٠٦٠١١٢٩٠٠٠٠١", "NIK hanya berisi angka."),
    ],
)
def test_a_nik_that_cannot_be(text: str, sentence: str) -> None:
    assert nik(text) == Problem(sentence)


@pytest.mark.parametrize("day", ["01", "31", "41", "71"])
def test_the_edges_of_the_day(day: str) -> None:
    assert isinstance(nik(f"731506{day}01900001"), Ok)


def test_separators_are_dropped() -> None:
    assert nik("7315.06-45 1290 0001") == Ok("7315064512900001")


def test_a_region_that_we_do_not_know_is_a_note() -> None:
    answer = nik(WOMAN, known=KNOWN)
    assert isinstance(answer, Warn) and not answer.ask and answer.value == WOMAN


def test_another_regency_is_nothing_to_remark() -> None:
    assert nik("7601014512900001", known=KNOWN) == Ok("7601014512900001")


def test_a_family_cards_number_in_the_nik_field() -> None:
    sentence = "Ini tampaknya nomor KK. Lihat angka di samping nama Anda."
    assert nik("7315062003150004", adult=True) == Warn("7315062003150004", sentence, ask=True)
    assert nik("7315062003900004", kk="7315062003900004") == Problem(sentence)
    assert nik("7315062003150004") == Ok("7315062003150004")


def test_29_february_exists_in_one_century() -> None:
    assert isinstance(nik("7315062902000001"), Ok)
    assert isinstance(nik("7315063002900001"), Warn)


def test_kk() -> None:
    assert forms.kk("731506") == Problem("Baru 6 angka. Nomor KK ada 16 angka.")
    assert forms.kk("7315062003150004") == Ok("7315062003150004")
    assert isinstance(forms.kk(WOMAN, nik=WOMAN), Problem)
    woman = forms.kk(WOMAN)
    assert isinstance(woman, Warn) and woman.ask
    assert isinstance(forms.kk("0" * 16), Problem)


def test_masks() -> None:
    assert forms.mask_nik("7315994512900001") == "7315 •••• •••• ••01"
    assert forms.mask_phone("08123456712") == "08•• •••• •12"
    assert forms.mask_nik("123") == "•••"


def test_phone() -> None:
    assert forms.phone("+62 812-3456-712") == Ok("08123456712")
    assert isinstance(forms.phone("0215551234"), Problem)
    assert isinstance(forms.phone("08123"), Problem)


def test_akta_is_a_soft_check() -> None:
    assert forms.akta("7315-lu-25112026-0001") == Ok("7315-LU-25112026-0001")
    assert isinstance(forms.akta("477/123/IST/1987"), Warn)
    assert isinstance(forms.akta(" "), Problem)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    for rule in (lambda t: nik(t, adult=True, known=KNOWN), forms.kk, forms.phone, forms.akta):
        answer = rule(text)
        assert isinstance(answer, Ok | Warn | Problem)
        if not isinstance(answer, Problem) and rule is not forms.akta:
            assert answer.value.isascii() and answer.value.isdecimal()


@given(st.text(max_size=30))
def test_a_mask_shows_at_most_six_characters(text: str) -> None:
    covered = forms.mask_nik(text.replace(" ", "").replace("•", ""))
    assert sum(c not in " •" for c in covered) <= 6
