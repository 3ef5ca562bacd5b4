"""PAdES signatures: B-LTA for what is issued, lower levels for comparison and tests."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

from asn1crypto import algos, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, PdfSigningSession, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from central.signing.certificates import Identity, Key

Level = Literal["B", "T", "LT", "LTA"]

# the library tells of every certificate it looks at; the office's own log is not the place for that
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.ERROR)


#: The proof of signer and time stamp goes in before the archive time stamp, so that the stamp covers every byte.
_PROOF_BEFORE_STAMP = DSSContentSettings(
    include_vri=False, next_ts_settings=TimestampDSSContentSettings(include_vri=False, skip_if_unneeded=True)
)


@dataclass(frozen=True)
class Chain:
    """What a signature is made under: the roots (DER), the certificates between, and the CRLs of today."""

    roots: Sequence[bytes]
    intermediates: Sequence[bytes]
    crls: Sequence[bytes]


def raw_sign(key: Key, data: bytes, digest: hashes.HashAlgorithm | None = None) -> bytes:
    """A signature as CMS wants it: DER for P-256, PKCS #1 v1.5 for RSA; SHA-256 unless said otherwise."""
    digest = digest or hashes.SHA256()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(digest))
    return key.sign(data, padding.PKCS1v15(), digest)


def signature_algorithm(key: Key) -> algos.SignedDigestAlgorithm:
    """The CMS name of :func:`raw_sign`'s algorithm."""
    kind = "sha256_ecdsa" if isinstance(key, ec.EllipticCurvePrivateKey) else "sha256_rsa"
    return algos.SignedDigestAlgorithm({"algorithm": kind})


def sign(
    pdf: bytes,
    signer: Identity,
    stamper: TimeStamper,
    chain: Chain,
    at: datetime,
    level: Level = "LTA",
    field: str = "TandaTangan",
) -> bytes:
    """Add an approval signature. `at` is the moment that the signature claims and at which the chain is checked.

    Not a certification: some readers call a certified file with an archive time stamp modified.
    Raises pyHanko's SigningError when the chain is not good for signing.
    """
    store = SimpleCertificateStore()
    store.register_multiple([x509.Certificate.load(der) for der in (*chain.intermediates, *chain.roots)])
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in chain.roots],
        other_certs=[x509.Certificate.load(der) for der in chain.intermediates],
        crls=list(chain.crls),
        allow_fetching=False,
        revocation_mode="hard-fail",
        moment=at,
    )
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=level in ("LT", "LTA"),
        use_pades_lta=level == "LTA",
        dss_settings=_PROOF_BEFORE_STAMP,
        validation_context=context if level in ("LT", "LTA") else None,
    )
    machine = _SignerAt(
        metadata,
        SimpleSigner(
            x509.Certificate.load(signer.der), keys.PrivateKeyInfo.load(signer.key_der), store, embed_roots=False
        ),
        timestamper=None if level == "B" else stamper,
    )
    machine.at = at
    out = asyncio.run(machine.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf))))
    return out.getvalue()


class _SignerAt(PdfSigner):
    """Writes the given moment as the claimed signing time, not this machine's clock."""

    at: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session
