"""The certificates that a signature or a time stamp carries with it. The signature does not cover them, so each must be
proven by its issuer: a damaged one may decide nothing, but it shows that somebody touched the file."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature

Origin = Literal["known", "unknown", "damaged"]


def origin(signed: cms.SignedData, trusted: Iterable[bytes]) -> Origin:
    """Of all enclosed certificates the worst: `damaged` when its issuer's key is at hand and did not sign it, `unknown`
    when no such key is at hand. `trusted` are certificates in DER."""
    enclosed = [x509.load_der_x509_certificate(choice.chosen.dump()) for choice in signed["certificates"] or ()]
    pool = [*enclosed, *(x509.load_der_x509_certificate(der) for der in trusted)]
    ours = {(one.issuer, one.serial_number): one for one in pool[len(enclosed) :]}
    found = {origin_of(certificate, pool) for certificate in enclosed}
    if any(ours.get((one.issuer, one.serial_number), one) != one for one in enclosed):
        return "damaged"
    return "damaged" if "damaged" in found else "unknown" if "unknown" in found else "known"


def origin_of(certificate: x509.Certificate, pool: Sequence[x509.Certificate]) -> Origin:
    """Of one certificate, where `pool` holds the issuers at hand."""
    issuers = [other for other in pool if other.subject == certificate.issuer]
    if any(_signed_by(certificate, issuer) for issuer in issuers):
        return "known"
    named = _extension(certificate, x509.AuthorityKeyIdentifier)
    keys = [_extension(issuer, x509.SubjectKeyIdentifier) for issuer in issuers]
    # an authority may have had another key under the same name
    same = [key for key in keys if named is None or key is None or key.digest == named.key_identifier]
    return "damaged" if same else "unknown"


_Extension = TypeVar("_Extension", bound=x509.ExtensionType)


def _extension(certificate: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None


def _signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
