"""Honest files at every level and time: what the profile says of them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from central.signing.signatures import Level
from kiosk.documents import ANY_ISSUER, TrustStore
from tests.attacks.forge import increment
from tests.documents.pki import DAY, Pki, judge, make_pki, page


@pytest.mark.parametrize(
    ("level", "basis"), [("B", "point_in_time"), ("T", "point_in_time"), ("LT", "point_in_time"), ("LTA", "lta")]
)
def test_honest_files_of_every_level_are_valid(pki: Pki, moment: datetime, level: Level, basis: str) -> None:
    pdf = pki.sign(page(), moment, level)
    verdict = judge(pdf, pki.trust(moment), moment + timedelta(hours=3))
    assert (verdict.verdict, verdict.why, verdict.basis) == ("valid", "", basis)
    assert verdict.signer == "Penandatangan uji"
    assert verdict.signed_at == moment.timestamp()
    assert verdict.pages == 1
    assert verdict.sha256 == hashlib.sha256(pdf).hexdigest()
    assert verdict.rev0_sha256 == hashlib.sha256(page()).hexdigest()


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072"])
def test_rsa_signers_are_valid(pki: Pki, moment: datetime, kind: str) -> None:
    other = pki.with_signer(kind, moment - DAY)
    assert judge(other.sign(page(), moment), other.trust(moment), moment + DAY).verdict == "valid"


def test_another_root_makes_it_unverifiable(pki: Pki, moment: datetime) -> None:
    stranger = make_pki(moment - 30 * DAY)
    assert judge(stranger.sign(page(), moment), pki.trust(moment), moment + DAY).verdict == "unverifiable"


def test_without_any_root_nothing_is_valid(pki: Pki, moment: datetime) -> None:
    verdict = judge(pki.sign(page(), moment), TrustStore(), moment + DAY)
    assert (verdict.verdict, verdict.why) == ("unverifiable", "no roots")


def test_an_unsigned_file_is_unverifiable(pki: Pki, moment: datetime) -> None:
    verdict = judge(page(), pki.trust(moment), moment)
    assert (verdict.verdict, verdict.why) == ("unverifiable", "not signed")


@pytest.mark.parametrize(
    ("days", "lists_at", "verdict"),
    [
        (13, 0, "valid"),  # offline for two weeks
        (20, 0, "valid"),  # beyond the CRLs' own next update
        (45, 0, "unverifiable"),  # too old to say anything
        (45, 44, "valid"),
        (-5, 0, "valid"),  # the clock lags behind the lists
        (-60, 0, "unverifiable"),
    ],
)
def test_the_age_of_the_lists(pki: Pki, moment: datetime, days: int, lists_at: int, verdict: str) -> None:
    pdf = pki.sign(page(), moment)
    assert judge(pdf, pki.trust(moment + lists_at * DAY), moment + days * DAY).verdict == verdict


def test_a_clock_in_1970_never_says_valid(pki: Pki, moment: datetime) -> None:
    pdf = pki.sign(page(), moment)
    assert judge(pdf, pki.trust(moment), datetime(1970, 1, 2, tzinfo=UTC)).verdict == "unverifiable"


@pytest.mark.parametrize(
    ("level", "lag", "verdict"), [("LTA", 7, "valid"), ("LTA", 40, "unverifiable"), ("B", 1, "unverifiable")]
)
def test_signed_in_this_clocks_future(pki: Pki, moment: datetime, level: Level, lag: int, verdict: str) -> None:
    """A trusted time stamp shows that the clock is slow; a claimed time shows nothing."""
    pdf = pki.sign(page(), moment, level)
    assert judge(pdf, pki.trust(moment - 45 * DAY), moment - lag * DAY).verdict == verdict


@pytest.mark.parametrize(("level", "verdict"), [("LTA", "valid"), ("T", "unverifiable"), ("B", "unverifiable")])
def test_three_years_later_only_the_archive_stamp_carries_it(moment: datetime, level: Level, verdict: str) -> None:
    pki = make_pki(moment - 30 * DAY, signer_days=100)
    later = moment + 3 * 365 * DAY
    assert judge(pki.sign(page(), moment, level), pki.trust(later - DAY), later).verdict == verdict


@pytest.mark.parametrize(
    ("level", "revoked_after_days", "verdict", "why"),
    [
        ("LTA", 10, "valid", ""),
        ("LTA", -1, "invalid", "REVOKED"),
        ("T", 10, "valid", ""),
        ("T", -1, "invalid", "REVOKED"),
        ("B", -1, "invalid", "REVOKED"),
        ("B", 10, "unverifiable", "REVOKED_NO_POE"),
    ],
)
def test_a_revoked_signer(
    pki: Pki, moment: datetime, level: Level, revoked_after_days: int, verdict: str, why: str
) -> None:
    serial = pki.signer.certificate.serial_number
    trust = pki.trust(moment + 15 * DAY, [(serial, moment + revoked_after_days * DAY)])
    found = judge(pki.sign(page(), moment, level), trust, moment + 20 * DAY)
    assert (found.verdict, found.why) == (verdict, why)


def test_an_expired_and_revoked_signer_is_not_saved_by_its_archive_stamp(moment: datetime) -> None:
    pki = make_pki(moment - 30 * DAY, signer_days=100)
    later = moment + 3 * 365 * DAY
    trust = pki.trust(later - DAY, [(pki.signer.certificate.serial_number, moment - DAY)])
    found = judge(pki.sign(page(), moment), trust, later)
    assert (found.verdict, found.why) == ("invalid", "REVOKED")


def test_without_lists_a_bare_signature_is_unverifiable(pki: Pki, moment: datetime) -> None:
    trust = TrustStore((pki.root.der,), (pki.issuing.der,))
    assert judge(pki.sign(page(), moment, "B"), trust, moment + DAY).verdict == "unverifiable"


def test_a_page_size_that_stands_elsewhere_is_found(pki: Pki, moment: datetime) -> None:
    def outline(writer: IncrementalPdfFileWriter) -> None:
        sheet = writer.root["/Pages"]["/Kids"][0]
        sheet["/MediaBox"] = writer.add_object(generic.ArrayObject(sheet["/MediaBox"]))
        writer.update_container(sheet)

    pdf = pki.sign(increment(page(), outline), moment)
    assert judge(pdf, pki.trust(moment), moment + DAY).valid


def test_a_letter_sheet_is_not_printed_but_may_be_judged(pki: Pki, moment: datetime) -> None:
    letter = page().replace(b"[0 0 595.2756 841.8898]", b"[0 0 612.0000 792.0000]")
    assert letter != page()
    pdf = pki.sign(letter, moment)
    assert judge(pdf, pki.trust(moment), moment + DAY).why == "not A4"
    assert judge(pdf, pki.trust(moment), moment + DAY, ANY_ISSUER).verdict == "valid"
