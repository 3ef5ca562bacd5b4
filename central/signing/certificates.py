"""Certificates and CRLs of a small training PKI, made with plain X.509 building blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Identity:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The certificate, DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> str:
        """The certificate, PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_der(self) -> bytes:
        """The private key, PKCS #8 DER, not encrypted."""
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def new_key(kind: str = "p256") -> Key:
    """A fresh key: ``p256``, or ``rsa`` and a size such as ``rsa2048``."""
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


def spki(key: Key) -> bytes:
    """SubjectPublicKeyInfo, DER."""
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def name(common_name: str, unit: str) -> x509.Name:
    """A distinguished name in Indonesia."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "PELATIHAN / TRAINING"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def authority(subject: x509.Name, issuer: Identity | None, since: datetime, days: int, key: Key) -> Identity:
    """A CA certificate; self-signed (a root) when `issuer` is None."""
    builder = _builder(subject, issuer, since, days, key)
    builder = builder.add_extension(x509.BasicConstraints(True, None if issuer is None else 0), critical=True)
    builder = builder.add_extension(_usage(ca=True), critical=True)
    return _signed(builder, issuer, key)


def leaf(subject: x509.Name, issuer: Identity, since: datetime, days: int, key: Key, tsa: bool = False) -> Identity:
    """An end certificate: a document signer, or a time-stamping authority."""
    builder = _builder(subject, issuer, since, days, key)
    builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
    builder = builder.add_extension(_usage(ca=False), critical=True)
    if tsa:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return _signed(builder, issuer, key)


def revocation_list(
    issuer: Identity, number: int, at: datetime, hours: int, revoked: Iterable[tuple[int, datetime]] = ()
) -> bytes:
    """A CRL, DER. `revoked` holds serial numbers and when they were revoked."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(hours=hours))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for serial, when in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _builder(
    subject: x509.Name, issuer: Identity | None, since: datetime, days: int, key: Key
) -> x509.CertificateBuilder:
    above = key if issuer is None else issuer.key
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False)
    )


def _signed(builder: x509.CertificateBuilder, issuer: Identity | None, key: Key) -> Identity:
    return Identity(builder.sign(key if issuer is None else issuer.key, hashes.SHA256()), key)


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
