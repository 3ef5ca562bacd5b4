"""What may follow the last archive time stamp."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.signers.pdf_signer import DSSContentSettings

from central.signing import signatures
from central.signing.signatures import Level
from kiosk.documents import der
from tests.attacks import forge
from tests.documents.pki import Pki, judge, make_pki, page


@pytest.fixture
def proof_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """As most tools do it: the stamp's own proof goes into a last revision that nothing covers."""
    monkeypatch.setattr(signatures, "_PROOF_BEFORE_STAMP", DSSContentSettings())


@pytest.mark.usefixtures("proof_after")
@pytest.mark.parametrize(("level", "basis"), [("LT", "point_in_time"), ("LTA", "lta")])
def test_proof_may_follow(pki: Pki, moment: datetime, level: Level, basis: str) -> None:
    verdict = judge(pki.sign(page(), moment, level), pki.trust(moment), moment + timedelta(hours=1))
    assert (verdict.verdict, verdict.why, verdict.basis) == ("valid", "", basis)


def retitle(writer: forge.Writer) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Akta lain")
    writer.update_container(info)


def add_to_catalogue(writer: forge.Writer) -> None:
    writer.root["/Lang"] = generic.TextStringObject("xx")
    writer.update_root()


def odd_store(writer: forge.Writer) -> None:
    store = generic.DictionaryObject({pdf_name("/More"): generic.NumberObject(1)})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()


@pytest.mark.parametrize("change", [retitle, add_to_catalogue, odd_store])
def test_nothing_new_may_follow(pki: Pki, moment: datetime, change: Callable[[forge.Writer], None]) -> None:
    pdf = forge.increment(pki.sign(page(), moment), change)
    assert judge(pdf, pki.trust(moment), moment + timedelta(hours=1)).verdict == "invalid"


@pytest.mark.usefixtures("proof_after")
def test_a_proof_that_nobody_signed(pki: Pki, moment: datetime) -> None:
    """A certificate in the uncovered revision whose bytes were changed."""
    pdf = pki.sign(page(), moment, "LT")
    place = pdf.rindex(pki.issuing.der) + len(pki.issuing.der) - 20
    spoiled = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    verdict = judge(spoiled, pki.trust(moment), moment + timedelta(hours=1))
    assert (verdict.verdict, verdict.why) == ("invalid", "a damaged proof")


def test_a_strangers_names_on_our_root(pki: Pki, moment: datetime) -> None:
    stranger = make_pki(moment - timedelta(days=30))
    assert (
        judge(stranger.sign(page(), moment), pki.trust(moment), moment + timedelta(hours=1)).verdict == "unverifiable"
    )


@pytest.mark.parametrize(
    ("data", "length"),
    [
        ("0500", 2),
        ("30030201ff", 5),
        ("3003020100ffff", 5),
        ("3004020100", None),  # too short
        ("3080020100" + "0000", None),  # indefinite
        ("308103020100", None),  # a longer length than needed
        ("30820003020100", None),
        ("30050201000000", None),  # padding inside
        ("3002020100", None),  # a child longer than its parent
        ("1f8100", None),
        ("30", None),
        ("", None),
        ("30" * 200, None),
    ],
)
def test_well_nested_der(data: str, length: int | None) -> None:
    assert der.nested_length(bytes.fromhex(data)) == length


def test_deep_nesting_is_refused() -> None:
    value = b"\x05\x00"
    for _ in range(60):
        value = bytes([0x30, len(value)]) + value
    assert der.nested_length(value) is None
