"""The strict PAdES profile: what a signed PDF must be before this machine prints it or calls it good.

Libraries let too much through: of 23 public attack and anomaly files pyHanko's default accepts three and poppler's
pdfsig calls eighteen valid. So beside the library's validation stand our own rules: one approval signature, strong
algorithms, honest byte ranges, an honest end, nothing after the signature but proof, nothing active, and the pages
drawn from the signed revision the same as the pages drawn from the whole file.

Everything is judged offline, with the given roots and CRLs, at the given time.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO

from asn1crypto import crl
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import generic_cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from kiosk.documents import afterwards, algorithms, chain, render, structure
from kiosk.documents.answers import PdfVerdict
from kiosk.documents.rules import FOR_PRINTING, MAX_BYTES, Profile
from kiosk.documents.structure import Signatures
from kiosk.documents.trust import TrustStore

NOT_SIGNED = "not signed"


def check_in_process(data: bytes, trust: TrustStore, now: float, profile: Profile = FOR_PRINTING) -> PdfVerdict:
    """Judge a PDF in this very process. Only the guard calls this: a hostile file reaches a Python parser here.

    Raises whatever the parsers raise; the guard takes every exception for *not verified*.
    """
    sha256, rev0 = hashlib.sha256(data).hexdigest(), hashlib.sha256(structure.first_revision(data)).hexdigest()
    if len(data) > MAX_BYTES:
        return PdfVerdict("invalid", "too large", sha256=sha256)
    if not structure.ends_well(data):
        return PdfVerdict("invalid", "the file does not begin and end as a PDF does", sha256=sha256)
    reader = PdfFileReader(BytesIO(data), strict=True)
    if reader.encrypted:
        return PdfVerdict("invalid", "encrypted", sha256=sha256)
    signatures = _signatures(reader)
    if isinstance(signatures, str):
        verdict = "unverifiable" if signatures == NOT_SIGNED else "invalid"
        return PdfVerdict(verdict, signatures, sha256=sha256, rev0_sha256=rev0)
    pages, why = structure.page_fault(reader, profile.a4, profile.max_pages)
    why = (
        why
        or structure.fault(reader, 1 + len(signatures.stamps), profile.optional_content)
        or _form_fault(signatures)
        or _coverage_fault(data, signatures)
        or afterwards.fault(reader, _last_signed(signatures), (*trust.roots, *trust.intermediates))
    )
    name = signatures.person.signer_cert.subject.native.get("common_name", "")
    signer = name if isinstance(name, str) else ""
    if why:
        return PdfVerdict("invalid", why, signer, None, pages, sha256, rev0)
    moment = _moment(trust, now)
    if isinstance(moment, str):
        return PdfVerdict("unverifiable", moment, signer, None, pages, sha256, rev0)
    proof = chain.prove(signatures, trust, moment)
    signed_at = proof.signed_at.timestamp() if proof.signed_at else None
    return PdfVerdict(proof.verdict, proof.why, signer, signed_at, pages, sha256, rev0, proof.basis)


def _signatures(reader: PdfFileReader) -> Signatures | str:
    found = list(reader.embedded_signatures)
    persons = [one for one in found if one.sig_object_type == "/Sig"]
    stamps = [one for one in found if one.sig_object_type == "/DocTimeStamp"]
    if not persons:
        return NOT_SIGNED
    if len(persons) > 1 or len(persons) + len(stamps) != len(found):
        return "more than one signature"
    if any(stamp.signed_revision < persons[0].signed_revision for stamp in stamps):
        return "a time stamp before the signature"
    return Signatures(persons[0], tuple(sorted(stamps, key=lambda stamp: stamp.signed_revision)))


def _last_signed(signatures: Signatures) -> int:
    return max(one.signed_revision for one in (signatures.person, *signatures.stamps))


def _form_fault(signatures: Signatures) -> str:
    why = algorithms.signature_fault(signatures.person)
    for token in generic_cms.extract_tst_data_iter(signatures.person.signer_info, signed=False):
        certificate = generic_cms.extract_certs_for_validation(token).signer_cert
        why = why or algorithms.token_fault(token, certificate)
    for stamp in signatures.stamps:
        why = why or algorithms.stamp_fault(stamp)
    return why


def _coverage_fault(data: bytes, signatures: Signatures) -> str:
    """Rule 2: each signature covers its whole revision, and nothing but proof follows."""
    for signature in (signatures.person, *signatures.stamps):
        part = structure.signed_part(data, signature)
        if part is None:
            return "byte range"
        signature.compute_integrity_info()
        if signature.coverage is None or signature.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            return "coverage"
        if not _only_proof_after(signature):
            return "changed after signing"
        if signature is signatures.person and len(part) < len(data) and not render.same_pages(part, data):
            return "the pages look different after signing"
    return ""


def _only_proof_after(signature: EmbeddedPdfSignature) -> bool:
    result = signature.diff_result
    allowed = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    return isinstance(result, DiffResult) and result.modification_level in allowed


def _moment(trust: TrustStore, now: float) -> datetime | str:
    """The time to judge at: this machine's, or the newest CRL's when the clock lags a little behind it."""
    moment = datetime.fromtimestamp(now, UTC)
    newest = max(_issued(trust.crls), default=moment)
    if newest <= moment:
        return moment
    return (
        newest + timedelta(seconds=1) if newest - moment <= chain.MAX_CLOCK_LAG else "the clock is far behind the CRLs"
    )


def _issued(crls: Iterable[bytes]) -> Iterable[datetime]:
    return (crl.CertificateList.load(der)["tbs_cert_list"]["this_update"].native for der in crls)
