"""A specimen from request to file: signed well, sealed well, and it looks like what it is."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from asn1crypto import x509
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from central.signing import Issued, issue_specimen, make_trust, set_status
from central.signing.ca import open_ca
from kiosk.documents import (
    Clock,
    Codes,
    SheetMatch,
    TrustStore,
    check_code,
    check_pdf,
    codes_of,
    compare_sheet,
    from_json,
)
from kiosk.formats.seal import Seal, decode
from kiosk.formats.statuslist import Status
from kiosk.formats.verdicts import Verdict
from tests.documents.pki import now
from tests.signing.conftest import AKTA, CARD


def trust_of(centre: Path) -> TrustStore:
    trust = from_json(make_trust(centre))
    assert isinstance(trust, TrustStore)
    return trust


def test_the_kiosk_calls_it_valid(centre: Path, akta: Issued, card: Issued) -> None:
    for issued in (akta, card):
        verdict = check_pdf(issued.pdf, trust_of(centre), time.time())
        assert (verdict.verdict, verdict.why, verdict.basis, verdict.pages) == ("valid", "", "lta", 1)
        assert verdict.signer == "Kepala Dinas (PELATIHAN / TRAINING)"
        assert verdict.sha256 == issued.sha256 == hashlib.sha256(issued.pdf).hexdigest()


def test_pyhanko_calls_it_valid(centre: Path, akta: Issued) -> None:
    authority = open_ca(centre, now())
    chain = authority.chain(now())
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in chain.roots],
        other_certs=[x509.Certificate.load(der) for der in chain.intermediates],
        crls=list(chain.crls),
        allow_fetching=False,
        revocation_mode="hard-fail",
    )
    reader = PdfFileReader(io.BytesIO(akta.pdf), strict=True)
    status = validate_pdf_signature(reader.embedded_regular_signatures[0], context)
    assert status.bottom_line, status.pretty_print_details()
    assert len(reader.embedded_timestamp_signatures) == 1


def test_poppler_calls_it_valid_under_the_training_root(centre: Path, akta: Issued, tmp_path: Path) -> None:
    path, store = tmp_path / "akta.pdf", tmp_path / "nss"
    path.write_bytes(akta.pdf)
    store.mkdir()
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True, timeout=30)
    for name, trust in (("root", "CT,C,C"), ("issuing", ",,")):
        command = ["certutil", "-A", "-d", f"sql:{store}", "-n", name, "-t", trust, "-i"]
        subprocess.run([*command, str(centre / "ca" / f"{name}.pem")], check=True, timeout=30)
    done = subprocess.run(["pdfsig", "-nssdir", str(store), str(path)], capture_output=True, text=True, timeout=60)
    person = done.stdout.split("Signature #2")[0]
    assert "Signature Validation: Signature is Valid." in person
    assert "Certificate Validation: Certificate is Trusted." in person
    assert "Signature Type: ETSI.CAdES.detached" in person


def test_the_first_revision_is_whole_and_sealed(akta: Issued) -> None:
    end = akta.pdf.index(b"%%EOF") + len(b"%%EOF")
    rev0 = akta.pdf[: end + (akta.pdf[end : end + 1] == b"\n")]
    read = decode(akta.seal)
    assert isinstance(read, Seal)
    assert read.claims.rev0_sha256 == hashlib.sha256(rev0).digest()
    assert (read.claims.number, read.claims.kind, read.claims.nik_last4) == (akta.number, "akta_lahir", "0001")
    assert (read.claims.status_index, read.claims.status_list) == (akta.status_index, akta.status_list)
    assert b"/Linearized" not in akta.pdf


def test_the_seal_is_read_from_both_renderings_and_proves_the_sheet(centre: Path, akta: Issued, card: Issued) -> None:
    codes = codes_of(akta.pdf)
    assert codes == Codes((akta.seal,))
    assert compare_sheet([akta.seal], codes) is SheetMatch.MATCH
    assert compare_sheet([card.seal], codes) is SheetMatch.DIFFERS
    assert compare_sheet([card.seal, akta.seal], codes) is SheetMatch.CANNOT_COMPARE
    assert compare_sheet([], codes) is SheetMatch.CANNOT_COMPARE
    assert check_code(akta.seal, trust_of(centre), None, Clock(time.time())).verdict is Verdict.SAH


@pytest.mark.parametrize("dpi", [300, 600])
def test_modules_are_whole_dots_in_the_lower_right_corner(akta: Issued, dpi: int) -> None:
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-"]
    done = subprocess.run(command, input=akta.pdf, capture_output=True, timeout=60, check=True)
    image = np.asarray(Image.open(io.BytesIO(done.stdout)))
    found = zxingcpp.read_barcodes(image)
    assert [code.text for code in found] == [akta.seal]
    place, dots = found[0].position, dpi // 60
    assert place.top_left.x > image.shape[1] * 0.7
    assert place.top_left.y > image.shape[0] * 0.75
    millimetres = (place.top_right.x - place.top_left.x) / dpi * 25.4
    assert 26 < millimetres < 30
    corner = image[place.top_left.y : place.bottom_left.y, place.top_left.x : place.top_right.x]
    # purely black or white: an edge between two dots would be grey
    assert np.isin(corner, (0, 255)).mean() > 0.999
    runs = np.diff(np.flatnonzero(np.diff(corner[3].astype(int), prepend=999, append=999)))
    assert set(runs[1:-1] % dots) == {0}


def test_poppler_and_pdfium_draw_without_complaint(akta: Issued) -> None:
    done = subprocess.run(["pdftoppm", "-r", "50", "-png", "-"], input=akta.pdf, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert Image.open(io.BytesIO(done.stdout)).size == (414, 585)


def test_it_says_specimen_across_the_page(akta: Issued, card: Issued) -> None:
    for issued in (akta, card):
        text = pypdfium2.PdfDocument(issued.pdf)[0].get_textpage().get_text_bounded()
        assert "SPESIMEN PELATIHAN" in text
        assert re.search(r"SPESIMEN(?! PELATIHAN)", text)
        assert "Bukan dokumen kependudukan" in text


def test_numbers(centre: Path, akta: Issued) -> None:
    assert re.fullmatch(r"7315-LU-24112026-\d{4}", akta.number)
    late = replace(AKTA, application="terlambat", details={**AKTA.details, "birth_date": "2026-09-01"})
    assert issue_specimen(late, centre).number.startswith("7315-LT-24112026-")
    assert issue_specimen(replace(CARD, application="a"), centre).number == CARD.kk
    assert issue_specimen(replace(AKTA, application="b", number="AL.500/1"), centre).number == "AL.500/1"
    death = replace(AKTA, service="akta_mati", application="c", details={"death_date": "2026-11-20"})
    assert re.fullmatch(r"7315-KM-24112026-\d{4}", issue_specimen(death, centre).number)
    letter = replace(AKTA, service="pindah_keluar", application="d")
    assert re.fullmatch(r"SKPWNI/7315/24112026/\d{4}", issue_specimen(letter, centre).number)


def test_two_documents_never_share_a_number_or_a_place(tmp_path: Path) -> None:
    found = [issue_specimen(replace(AKTA, application=str(n)), tmp_path) for n in range(4)]
    assert [one.number[-4:] for one in found] == ["0001", "0002", "0003", "0004"]
    assert len({one.status_index for one in found}) == 4
    assert max(one.status_index for one in found) > 100  # a running number would tell what was issued when


def test_a_new_document_supersedes_the_former(tmp_path: Path) -> None:
    clock = Clock(time.time())
    first = issue_specimen(AKTA, tmp_path)
    assert check_code(first.seal, trust_of(tmp_path), None, clock).verdict is Verdict.SAH
    second = issue_specimen(AKTA, tmp_path)
    other = issue_specimen(CARD, tmp_path)
    trust = trust_of(tmp_path)
    found = check_code(first.seal, trust, None, clock)
    assert found.verdict is Verdict.DIGANTIKAN
    assert found.since is not None
    assert check_code(second.seal, trust, None, clock).verdict is Verdict.SAH
    assert check_code(other.seal, trust, None, clock).verdict is Verdict.SAH


def test_a_withdrawn_document(tmp_path: Path) -> None:
    issued = issue_specimen(AKTA, tmp_path)
    clock = Clock(time.time())
    assert set_status(tmp_path, issued.sha256, Status.REVOKED)
    assert check_code(issued.seal, trust_of(tmp_path), None, clock).verdict is Verdict.DICABUT
    assert set_status(tmp_path, issued.sha256, Status.CURRENT)
    assert check_code(issued.seal, trust_of(tmp_path), None, clock).verdict is Verdict.SAH
    assert not set_status(tmp_path, "0" * 64, Status.REVOKED)


def test_a_genuine_seal_behind_another_address_is_not_sah(tmp_path: Path) -> None:
    issued = issue_specimen(AKTA, tmp_path)
    copied = issued.seal.replace("HTTPS://DUKCAPIL.PINRANGKAB.GO.ID/", "HTTPS://PALSU.EXAMPLE/")
    found = check_code(copied, trust_of(tmp_path), None, Clock(time.time()))
    assert (found.verdict, found.why) == (Verdict.BELUM_PASTI, "other_address")


def test_the_register_keeps_no_names(centre: Path, akta: Issued, card: Issued) -> None:
    for path in (centre / "ca").iterdir():
        data = path.read_bytes()
        for secret in (AKTA.holder, AKTA.nik, CARD.kk, "SITI AMINAH"):
            assert secret.encode() not in data, path.name


def test_keys_are_for_their_owner_alone(centre: Path, akta: Issued) -> None:
    keys = list((centre / "ca").glob("*.key"))
    assert len(keys) == 5
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert (centre / "ca").stat().st_mode & 0o077 == 0


def test_names_say_training(centre: Path, akta: Issued) -> None:
    authority = open_ca(centre, now())
    for identity in (authority.root, authority.issuing, authority.signer, authority.tsa):
        assert "PELATIHAN / TRAINING" in identity.certificate.subject.rfc4514_string()


def test_lists_are_renewed(tmp_path: Path) -> None:
    start = time.time()
    first = make_trust(tmp_path, lambda: start)
    assert make_trust(tmp_path, lambda: start + 3600)["crls"] == first["crls"]
    later = make_trust(tmp_path, lambda: start + 13 * 3600)
    assert later["crls"] != first["crls"]
    assert later["roots"] == first["roots"]
    assert later["status_lists"][0]["issued_at"] == int(start + 13 * 3600)


def test_a_large_family_goes_on_to_a_second_sheet(tmp_path: Path) -> None:
    many = replace(CARD, members=CARD.members * 8)
    issued = issue_specimen(many, tmp_path)
    verdict = check_pdf(issued.pdf, trust_of(tmp_path), time.time())
    assert (verdict.verdict, verdict.pages > 1) == ("valid", True)
    assert codes_of(issued.pdf) == Codes((issued.seal,))


def test_typesetter_syntax_in_a_name_is_only_text(tmp_path: Path) -> None:
    odd = replace(AKTA, holder='#panic("x") *A* $x$ \\ "B" <c>')
    text = pypdfium2.PdfDocument(issue_specimen(odd, tmp_path).pdf)[0].get_textpage().get_text_bounded()
    assert '#panic("x") *A* $x$' in text


def test_the_day_is_that_of_the_office(tmp_path: Path) -> None:
    """23:30 UTC is the next morning in Pinrang."""
    evening = 1_795_476_600.0
    issued = issue_specimen(replace(AKTA, issued_on=None), tmp_path, lambda: evening)
    read = decode(issued.seal)
    assert isinstance(read, Seal)
    assert read.claims.issue_day == date(2026, 11, 24)
