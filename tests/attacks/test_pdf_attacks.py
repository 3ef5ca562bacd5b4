"""Nothing that an attacker does to a signed file, or puts into one, is called valid."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from central.signing.signatures import Level
from kiosk.documents import PdfVerdict
from tests.attacks import forge
from tests.documents.pki import DAY, Pki, make_pki, now, page
from tests.documents.pki import judge as pki_judge

LEVELS: list[Level] = ["B", "T", "LTA"]


@pytest.fixture(scope="module")
def moment() -> datetime:
    return now().replace(second=0)


@pytest.fixture(scope="module")
def pki(moment: datetime) -> Pki:
    return make_pki(moment - 30 * DAY)


@pytest.fixture(scope="module")
def signed(pki: Pki, moment: datetime) -> dict[Level, bytes]:
    return {level: pki.sign(page(), moment, level) for level in LEVELS}


def judge(pdf: bytes, pki: Pki, moment: datetime) -> PdfVerdict:
    return pki_judge(pdf, pki.trust(moment), moment + timedelta(hours=1))


@pytest.mark.parametrize("level", LEVELS)
def test_a_flipped_bit_anywhere(signed: dict[Level, bytes], pki: Pki, moment: datetime, level: Level) -> None:
    pdf = signed[level]
    assert judge(pdf, pki, moment).valid
    rng = random.Random(20261124)
    for _ in range(120):
        place, bit = rng.randrange(len(pdf)), rng.randrange(8)
        spoiled = bytearray(pdf)
        spoiled[place] ^= 1 << bit
        assert not judge(bytes(spoiled), pki, moment).valid, (place, bit)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("tail", [b"\x00", b" ", b"x", b"\n%", b"\n\n", b"\n1 0 obj\n<<>>\nendobj\n", b"\n%%EOF\n"])
def test_bytes_appended(signed: dict[Level, bytes], pki: Pki, moment: datetime, level: Level, tail: bytes) -> None:
    if level != "LTA" and len(tail) > 2:
        tail = tail[::-1]
    assert judge(signed[level] + tail, pki, moment).verdict == "invalid"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_truncated(signed: dict[Level, bytes], pki: Pki, moment: datetime, level: Level, keep: float) -> None:
    pdf = signed[level]
    assert not judge(pdf[: int(len(pdf) * keep)], pki, moment).valid


@pytest.mark.parametrize("front", [b"\n", b"junk\n", b"%PDF-1.7\n"])
def test_bytes_before(signed: dict[Level, bytes], pki: Pki, moment: datetime, front: bytes) -> None:
    assert not judge(front + signed["LTA"], pki, moment).valid


LATER = [
    forge.annotate,
    forge.paint,
    forge.paint_invisibly,
    forge.replace_content,
    forge.shadow_replace,
    forge.swap_pages,
    forge.javascript_on_opening,
    forge.launch_on_opening,
    forge.act_on_page,
    forge.embed_file,
    forge.layers,
    forge.external_stream,
]


@pytest.mark.parametrize("level", ["B", "LTA"])
@pytest.mark.parametrize("change", LATER)
def test_a_later_revision(
    signed: dict[Level, bytes], pki: Pki, moment: datetime, level: Level, change: Callable[[forge.Writer], None]
) -> None:
    attacked = forge.increment(signed[level], change)
    assert attacked.startswith(signed[level])
    assert judge(attacked, pki, moment).verdict == "invalid"


@pytest.mark.parametrize(
    "change",
    [
        forge.javascript_on_opening,
        forge.launch_on_opening,
        forge.act_on_page,
        forge.embed_file,
        forge.xfa_form,
        forge.layers,
        forge.external_stream,
    ],
)
def test_active_content_under_a_good_signature(
    pki: Pki, moment: datetime, change: Callable[[forge.Writer], None]
) -> None:
    """Even the office's own signature does not make a file that acts printable."""
    pdf = pki.sign(forge.increment(page(), change), moment)
    verdict = judge(pdf, pki, moment)
    assert verdict.verdict == "invalid"
    assert verdict.why in ("active content", "external stream", "optional content")


@pytest.mark.parametrize("level", ["B", "LTA"])
def test_a_second_signature(signed: dict[Level, bytes], pki: Pki, moment: datetime, level: Level) -> None:
    stranger = make_pki(moment - 30 * DAY)
    twice = stranger.sign(signed[level], moment, "B", field="Kedua")
    assert judge(twice, pki, moment).why == "more than one signature"
    own = pki.sign(signed[level], moment, "B", field="Kedua")
    assert judge(own, pki, moment).verdict == "invalid"


def test_a_stranger_with_the_same_names(pki: Pki, moment: datetime) -> None:
    twin = make_pki(moment - 30 * DAY)
    assert twin.signer.certificate.subject == pki.signer.certificate.subject
    assert not judge(twin.sign(page(), moment), pki, moment).valid


@pytest.mark.parametrize(
    "change",
    [
        lambda r: [r[0], r[1], r[2], r[3] - 40],  # ends before the end
        lambda r: [r[0], r[1] - 40, r[2], r[3]],  # a gap before the contents
        lambda r: [r[0], r[1], r[2] - 40, r[3] + 40],  # overlaps the contents
        lambda r: [r[0], r[1], r[2] + 40, r[3] - 40],  # a gap after the contents
        lambda r: [20, r[1] - 20, r[2], r[3]],  # begins later
        lambda r: [0, 0, 0, r[2] + r[3]],
        lambda r: [r[0], r[1]],
    ],
)
def test_a_byte_range_that_hides_something(
    signed: dict[Level, bytes], pki: Pki, moment: datetime, change: Callable[[list[int]], list[int]]
) -> None:
    assert judge(forge.byte_range(signed["B"], change), pki, moment).verdict == "invalid"


def test_a_byte_range_with_an_honest_signature_over_less(pki: Pki, moment: datetime) -> None:
    """The signature verifies over its byte range, but the range leaves a part of the file out."""
    pdf = pki.sign(page(), moment, "B")
    attacked = pdf.replace(b"/Contents <", b"/Contents  <")
    assert judge(attacked, pki, moment).verdict == "invalid"


def test_enveloped_by_another_file(signed: dict[Level, bytes], pki: Pki, moment: datetime) -> None:
    other = make_pki(moment - 30 * DAY).sign(page(), moment, "B")
    assert not judge(forge.envelope(signed["LTA"], other), pki, moment).valid
    assert not judge(forge.envelope(signed["LTA"], page()), pki, moment).valid


def test_a_signature_moved_to_another_file(signed: dict[Level, bytes], pki: Pki, moment: datetime) -> None:
    """The contents of a genuine signature under another page."""
    other = make_pki(moment - 30 * DAY).sign(page().replace(b"595.2756", b"595.2755"), moment, "B")
    start, end = other.index(b"/Contents <") + 11, other.index(b">", other.index(b"/Contents <") + 11)
    genuine = signed["B"]
    from_here = genuine.index(b"/Contents <") + 11
    contents = genuine[from_here : genuine.index(b">", from_here)]
    contents = contents[: end - start].ljust(end - start, b"0")
    assert not judge(other[:start] + contents + other[end:], pki, moment).valid


def sign_weakly(pki: Pki, digest: str = "sha256", subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES) -> bytes:
    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(pki.issuing.der))
    signer = SimpleSigner(x509.Certificate.load(pki.signer.der), keys.PrivateKeyInfo.load(pki.signer.key_der), store)
    metadata = PdfSignatureMetadata(field_name="Lemah", md_algorithm=digest, subfilter=subfilter)
    return PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(page()))).getvalue()


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_weak_digests(pki: Pki, moment: datetime, digest: str) -> None:
    other = pki.with_signer("rsa2048", moment - DAY)
    assert judge(sign_weakly(other, digest), pki, moment).why == "weak digest"


def test_a_weak_key(pki: Pki, moment: datetime) -> None:
    other = pki.with_signer("rsa1024", moment - DAY)
    assert judge(sign_weakly(other), pki, moment).why == "weak key"


def test_the_older_signature_format(pki: Pki, moment: datetime) -> None:
    old = sign_weakly(pki, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    assert judge(old, pki, moment).why == "not a PAdES signature"
    assert judge(sign_weakly(pki), pki, moment).valid


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello", b"%PDF-1.7\nstartxref\n0\n%%EOF\n", b"\x00" * 5000])
def test_what_is_no_pdf_at_all(pki: Pki, moment: datetime, data: bytes) -> None:
    assert judge(data, pki, moment).verdict == "invalid"
