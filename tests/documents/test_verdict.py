"""The six verdicts over a code's text."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.documents import Clock, TrustStore, check_code
from kiosk.formats import statuslist
from kiosk.formats.seal import IssuerStatus, key_id
from kiosk.formats.statuslist import Status, StatusList
from kiosk.formats.verdicts import Verdict
from tests.documents.test_seal import CLAIMS, ISSUER, SPKI, sealed, sign

DAY = 86_400.0
NOW = 1_795_100_000.0
NATIONAL = "https://layananonline.dukcapil.kemendagri.go.id/Terpusat/Pindai?id=abc123"
FACTS = (
    ("Jenis", "Akta kelahiran"),
    ("Nomor", "7315-LU-24112026-0001"),
    ("Nama", "A. B. M. P."),
    ("NIK", "************0001"),
    ("Tanggal terbit", "24 November 2026"),
    ("Penerbit", "Dinas Dukcapil, kode wilayah 7315"),
)


def lists(status: Status = Status.CURRENT, age: float = 3600.0, since: date | None = None) -> dict[int, StatusList]:
    index = CLAIMS.status_index
    assert index is not None
    changed = {index: since} if since else {}
    token = statuslist.issue(1, {index: status}, changed, int(NOW - age), key_id(SPKI), sign)
    read = statuslist.read(token, [ISSUER])
    assert read is not None
    return {1: read}


TRUST = TrustStore(seal_issuers=(ISSUER,))
CLOCK = Clock(NOW)


def registered(text: str, age: float = 60.0) -> TrustStore:
    return replace(TRUST, register=frozenset({hashlib.sha256(text.encode()).digest()}), register_at=NOW - age)


def test_a_proven_seal_with_a_fresh_list_is_sah() -> None:
    found = check_code(sealed(), TRUST, lists(), CLOCK)
    assert (found.verdict, found.why, found.facts) == (Verdict.SAH, "signature_and_status", FACTS)
    assert found.list_age_days == pytest.approx(1 / 24)
    assert found.look_up == ""


def test_the_lists_of_the_trust_store_are_the_default() -> None:
    assert check_code(sealed(), replace(TRUST, status_lists=lists()), None, CLOCK).verdict is Verdict.SAH
    assert check_code(sealed(), TRUST, None, CLOCK).why == "no_list"


@pytest.mark.parametrize("days", [0.1, 6.9])
@pytest.mark.parametrize("sure", [True, False])
@pytest.mark.parametrize(
    ("status", "verdict"), [(Status.REVOKED, Verdict.DICABUT), (Status.SUPERSEDED, Verdict.DIGANTIKAN)]
)
def test_withdrawn_documents(status: Status, verdict: Verdict, sure: bool, days: float) -> None:
    found = check_code(sealed(), TRUST, lists(status, days * DAY, date(2026, 11, 20)), Clock(NOW, sure))
    assert found.verdict is verdict
    assert found.since == datetime(2026, 11, 20, tzinfo=UTC).timestamp()
    assert found.facts == FACTS


def test_a_withdrawal_stays_true_on_an_old_list() -> None:
    assert check_code(sealed(), TRUST, lists(Status.REVOKED, 90 * DAY), CLOCK).verdict is Verdict.DICABUT


@pytest.mark.parametrize(("days", "verdict"), [(6.99, Verdict.SAH), (7.01, Verdict.BELUM_PASTI)])
def test_a_stale_list(days: float, verdict: Verdict) -> None:
    found = check_code(sealed(), TRUST, lists(age=days * DAY), CLOCK)
    assert found.verdict is verdict
    assert found.list_age_days == pytest.approx(days, abs=0.001)
    assert found.facts == FACTS


@pytest.mark.parametrize("clock", [Clock(NOW, sure=False), Clock(0.0), Clock(NOW - 2 * DAY)])
def test_an_unsure_clock_says_neither_sah_nor_tidak_sah(clock: Clock) -> None:
    assert check_code(sealed(), TRUST, lists(), clock).verdict is Verdict.BELUM_PASTI
    assert check_code(sealed(), TRUST, lists(), clock).why == "clock_unsure"


def test_without_its_list_nothing_is_certain() -> None:
    assert check_code(sealed(), TRUST, {}, CLOCK).verdict is Verdict.BELUM_PASTI
    assert check_code(sealed(), TRUST, {1: replace(lists()[1], packed=b"\x00")}, CLOCK).why == "no_list"
    bare = sealed(replace(CLAIMS, status_index=None, status_list=None))
    assert check_code(bare, TRUST, lists(), CLOCK).why == "no_list"


def test_the_reserved_status_is_not_sah() -> None:
    assert check_code(sealed(), TRUST, lists(Status.RESERVED), CLOCK).verdict is Verdict.BELUM_PASTI


def test_a_signature_that_contradicts() -> None:
    text = sealed()
    spoiled = text[:-1] + ("0" if text[-1] != "0" else "1")
    found = check_code(spoiled, TRUST, lists(), CLOCK)
    assert (found.verdict, found.why, found.facts) == (Verdict.TIDAK_SAH, "contradicts", ())


@pytest.mark.parametrize(
    ("trust", "why"),
    [
        (TrustStore(), "unknown_issuer"),
        (TrustStore(seal_issuers=(replace(ISSUER, status=IssuerStatus.COMPROMISED),)), "compromised_key"),
        (TrustStore(seal_issuers=(replace(ISSUER, not_after=5),)), "outside_validity"),
        (TrustStore(seal_issuers=(replace(ISSUER, hosts=("LAIN.GO.ID",)),)), "other_address"),
    ],
)
def test_what_is_merely_unknown_is_not_false(trust: TrustStore, why: str) -> None:
    found = check_code(sealed(), trust, lists(), CLOCK)
    assert (found.verdict, found.why, found.facts) == (Verdict.BELUM_PASTI, why, ())


def test_the_national_code_is_to_be_looked_up() -> None:
    found = check_code(NATIONAL, TRUST, lists(), CLOCK)
    assert (found.verdict, found.why, found.look_up) == (Verdict.BELUM_PASTI, "national_code", NATIONAL)
    assert found.facts == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://layananonline.dukcapil.kemendagri.go.id.jahat.example/Terpusat/Pindai",
        "https://layananonline.dukcapil.kemendagri.go.id@jahat.example/",
        "https://jahat.example/layananonline.dukcapil.kemendagri.go.id",
        "https://jahat.example\\@layananonline.dukcapil.kemendagri.go.id/",
        "https://layananonline.dukcapil.kemendagri.go.id:8443/",
        "https://user:pass@layananonline.dukcapil.kemendagri.go.id/",
        "javascript:alert(1)//layananonline.dukcapil.kemendagri.go.id",
        "ftp://layananonline.dukcapil.kemendagri.go.id/",
        NATIONAL + " ",
        NATIONAL + "\n",
        NATIONAL + "‮",
        "https://layananonline.dukcapil.kemendagri.go.id/" + "a" * 500,
        "https://[layananonline.dukcapil.kemendagri.go.id/",
        "https://layananonline.dukcapil.kemendagri.go.id:99999999/",
        "",
        "HC1:NCFOXN%TS3DH",
        "SAH",
        "\x00\x01",
    ],
)
def test_hostile_and_other_texts(text: str) -> None:
    found = check_code(text, TRUST, lists(), CLOCK)
    assert (found.verdict, found.why, found.look_up) == (Verdict.BELUM_PASTI, "other_text", "")


def test_a_damaged_seal() -> None:
    found = check_code(sealed()[:-17], TRUST, lists(), CLOCK)
    assert (found.verdict, found.why) == (Verdict.BELUM_PASTI, "damaged")


def test_what_stands_in_the_register() -> None:
    found = check_code(NATIONAL, registered(NATIONAL), None, CLOCK)
    assert (found.verdict, found.why, found.look_up) == (Verdict.TERDAFTAR, "in_register", NATIONAL)
    text = sealed()
    strangers = replace(registered(text), seal_issuers=())
    assert check_code(text, strangers, None, CLOCK).verdict is Verdict.TERDAFTAR
    assert check_code(NATIONAL, registered(NATIONAL, 8 * DAY), None, CLOCK).why == "stale_list"
    assert check_code(NATIONAL, registered(NATIONAL), None, Clock(NOW, sure=False)).why == "clock_unsure"
    assert check_code(NATIONAL + "x", registered(NATIONAL), None, CLOCK).verdict is Verdict.BELUM_PASTI


def test_the_register_never_overrules_a_contradiction() -> None:
    text = sealed()
    spoiled = text[:-1] + ("0" if text[-1] != "0" else "1")
    assert check_code(spoiled, registered(spoiled), lists(), CLOCK).verdict is Verdict.TIDAK_SAH


def test_a_family_cards_number_is_masked() -> None:
    text = sealed(replace(CLAIMS, kind="kk", number="7315990101200001"))
    facts = dict(check_code(text, TRUST, lists(), CLOCK).facts)
    assert facts["Nomor"] == "7315**********01"
    assert facts["Jenis"] == "Kartu keluarga"
