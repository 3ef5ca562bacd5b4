"""Who signed, under whose trust, and since when that is proven: the library's AdES validation, offline.

First the long-term validation of ETSI EN 319 102-1 (``ades_lta_validation``). Where a file gives it too little, two
honest fall-backs: a file with an archive time stamp whose signer's certificate has expired since is judged at the
stamp's own time; a file without any time stamp is judged at this moment, and says so.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportIndexIssue=false
from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from asn1crypto import cms, crl, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, FreshnessReqType
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from kiosk.documents import enclosed
from kiosk.documents.structure import Signatures
from kiosk.documents.trust import TrustStore

#: How old revocation data may be. A village may be offline for weeks.
MAX_REVOCATION_AGE = timedelta(days=31)
#: How far this machine's clock may lag behind proven times and still be taken for a clock that is merely slow.
MAX_CLOCK_LAG = timedelta(days=31)
#: How far it may lag behind a time that a signer merely claims.
_FUTURE = timedelta(hours=1)

_REVOKED: frozenset[AdESSubIndic] = frozenset(
    {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE, AdESFailure.REVOKED}
)
_LIBRARY_ERRORS = (SignatureValidationError, ValidationError, PathError)


@dataclass(frozen=True)
class Proof:
    """What the chain says."""

    verdict: Literal["valid", "invalid", "unverifiable"]
    why: str
    signed_at: datetime | None = None
    basis: Literal["", "lta", "point_in_time"] = ""


def prove(signatures: Signatures, trust: TrustStore, now: datetime) -> Proof:
    """Judge the signature's chain at `now`. Integrity of every signature must have been computed before."""
    if not trust.roots:
        return Proof("unverifiable", "no roots")
    material = _Material(trust)
    why = _enclosed_fault(signatures, trust)
    if why is not None:
        return why
    proof = asyncio.run(_prove(signatures, trust, material, now))
    if proof.verdict != "valid" or proof.signed_at is None:
        return proof
    # a CRL outlives the library's reading of it: it may name a certificate that has expired since
    if material.revoked_by(signatures.person.signer_cert, proof.signed_at):
        return Proof("invalid", "REVOKED", proof.signed_at)
    lag = proof.signed_at - now
    if lag > (MAX_CLOCK_LAG if _token_time(signatures.person) else _FUTURE):
        return Proof("unverifiable", "signed in the future", proof.signed_at)
    return proof


def _enclosed_fault(signatures: Signatures, trust: TrustStore) -> Proof | None:
    known = (*trust.roots, *trust.intermediates)
    origins = {enclosed.origin(one.signed_data, known) for one in (signatures.person, *signatures.stamps)}
    if "damaged" in origins | _token_origins(signatures.person, trust):
        return Proof("invalid", "a damaged certificate in the signature")
    return Proof("unverifiable", "a certificate of unknown origin") if "unknown" in origins else None


def _token_origins(person: EmbeddedPdfSignature, trust: TrustStore) -> set[enclosed.Origin]:
    """Of the stamps on the signature itself. A stamp that nobody here trusts is of no use, but no fault either."""
    return {enclosed.origin(token, (*trust.roots, *trust.intermediates)) for token in _tokens(person)}


class _Material:
    """The trust store, parsed."""

    def __init__(self, trust: TrustStore) -> None:
        self.roots = [x509.Certificate.load(der) for der in trust.roots]
        # the issuer of a root's own CRL is looked for among these, so the roots stand here too
        self.certificates = [*self.roots, *(x509.Certificate.load(der) for der in trust.intermediates)]
        self.crls = [crl.CertificateList.load(der) for der in trust.crls]
        self.policy = CertRevTrustPolicy(
            REQUIRE_REVINFO, MAX_REVOCATION_AGE, FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
        )

    def spec(self) -> PdfSignatureValidationSpec:
        trust_manager = SimpleTrustManager.build(trust_roots=self.roots)
        known = LocalKnowledge(known_certs=self.certificates, known_crls=[CRLContainer(one) for one in self.crls])
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=CertValidationPolicySpec(trust_manager, self.policy),
                revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
                local_knowledge=known,
            )
        )

    def context(self, at: datetime, crls: list[crl.CertificateList]) -> ValidationContext:
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.certificates,
            crls=crls,
            allow_fetching=False,
            moment=at,
            revinfo_policy=self.policy,
        )

    def revoked_by(self, certificate: x509.Certificate, at: datetime) -> bool:
        """Whether a CRL of the store says that the certificate was revoked at this time."""
        for one in self.crls:
            body = one["tbs_cert_list"]
            if body["issuer"] != certificate.issuer:
                continue
            for entry in body["revoked_certificates"] or ():
                same = entry["user_certificate"].native == certificate.serial_number
                if same and entry["revocation_date"].native <= at:
                    return True
        return False


async def _prove(signatures: Signatures, trust: TrustStore, material: _Material, now: datetime) -> Proof:
    person = signatures.person
    timing = ValidationTimingInfo(validation_time=now, best_signature_time=now, point_in_time_validation=False)
    result = await ades_lta_validation(person, material.spec(), timing_info=timing)
    status = result.api_status
    if status is not None and not (status.intact and status.valid):
        return Proof("invalid", "the signature does not hold")
    if not await _tokens_hold(person, material.context(now, material.crls)):
        return Proof("invalid", "the signature's time stamp does not hold")
    stamp = signatures.stamps[0] if signatures.stamps else None
    token = result.signature_timestamp_status
    stamped_at = _token_time(person) if token is not None and token.ades_subindic == AdESPassed.OK else None
    if stamped_at is not None and _token_origins(person, trust) != {"known"}:
        return Proof("unverifiable", "a certificate of unknown origin")
    proven_at = stamped_at or now
    indication = result.ades_subindic
    if indication == AdESPassed.OK:
        if stamp is not None and result.oldest_evidence_record_timestamp is None:
            return Proof("unverifiable", "the archive time stamp is not trusted", proven_at)
        signed_at = stamped_at or person.self_reported_timestamp or now
        return Proof("valid", "", signed_at, "lta" if stamp is not None else "point_in_time")
    if isinstance(indication, AdESFailure) and indication not in _REVOKED:
        return Proof("invalid", _named(indication), proven_at)
    if material.revoked_by(person.signer_cert, now) or indication in _REVOKED:
        return _revoked(person, material, stamped_at)
    if stamp is not None:
        return await _at_stamp(person, stamp, material, now)
    if stamped_at is not None:
        return Proof("unverifiable", _named(indication), proven_at)
    return await _at_this_moment(person, material, now)


async def _at_stamp(
    person: EmbeddedPdfSignature, stamp: EmbeddedPdfSignature, material: _Material, now: datetime
) -> Proof:
    """Trust the archive time stamp now, then judge the signature as it stood at the stamp's time."""
    embedded = _embedded_crls(person)
    try:
        stamped = await async_validate_pdf_timestamp(stamp, material.context(now, [*material.crls, *embedded]))
    except _LIBRARY_ERRORS as error:
        return Proof("unverifiable", f"archive time stamp: {type(error).__name__}")
    if not (stamped.intact and stamped.valid):
        return Proof("invalid", "the archive time stamp does not hold")
    if not stamped.trusted:
        return Proof("unverifiable", "the archive time stamp is not trusted")
    at = stamped.timestamp
    of_that_time = [one for one in [*embedded, *material.crls] if one["tbs_cert_list"]["this_update"].native <= at]
    return await _at(person, material.context(at, of_that_time), at, "lta")


async def _at_this_moment(person: EmbeddedPdfSignature, material: _Material, now: datetime) -> Proof:
    """No time stamp at all: the chain is good today, which is all that can be said."""
    claimed = person.self_reported_timestamp or now
    return await _at(person, material.context(now, material.crls), claimed, "point_in_time")


async def _at(
    person: EmbeddedPdfSignature,
    context: ValidationContext,
    signed_at: datetime,
    basis: Literal["lta", "point_in_time"],
) -> Proof:
    try:
        status = await async_validate_pdf_signature(person, context)
    except _LIBRARY_ERRORS as error:
        return Proof("unverifiable", type(error).__name__, signed_at)
    if not (status.intact and status.valid):
        return Proof("invalid", "the signature does not hold")
    if status.bottom_line:
        return Proof("valid", "", signed_at, basis)
    why = _named(status.trust_problem_indic) if status.trust_problem_indic else "not trusted"
    return Proof("unverifiable", why, signed_at)


def _revoked(person: EmbeddedPdfSignature, material: _Material, stamped_at: datetime | None) -> Proof:
    """Revoked before the signature is known (or claims) to have existed: invalid. Else nobody can tell."""
    when = stamped_at or person.self_reported_timestamp
    if when is None or material.revoked_by(person.signer_cert, when):
        return Proof("invalid", "REVOKED", when)
    return Proof("unverifiable", "REVOKED_NO_POE", when)


async def _tokens_hold(person: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    """Whether every time stamp on the signature is intact and over this very signature, whoever made it.

    The library merely ignores one that is not; but an honest file holds none.
    """
    imprint = message_imprint_checker(person.signer_info)
    checks = [await validate_tst_signed_data(token, context, imprint) for token in _tokens(person)]
    return all(check["intact"] and check["valid"] for check in checks)


def _named(indication: AdESSubIndic) -> str:
    return str(getattr(indication, "name", indication))


def _tokens(person: EmbeddedPdfSignature) -> list[cms.SignedData]:
    return list(extract_tst_data_iter(person.signer_info, signed=False))


def _token_time(person: EmbeddedPdfSignature) -> datetime | None:
    """The time in the signature's own time stamp; the validation proves the stamp."""
    times = [token["encap_content_info"]["content"].parsed["gen_time"].native for token in _tokens(person)]
    return min(times, default=None)


def _embedded_crls(person: EmbeddedPdfSignature) -> list[crl.CertificateList]:
    try:
        store = DocumentSecurityStore.read_dss(person.reader)
    except (ValidationInfoReadingError, PdfReadError, KeyError):
        return []
    return [crl.CertificateList.load(reference.get_object().data) for reference in store.crls]
