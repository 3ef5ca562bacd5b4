"""The QR seal of a document that our own back office stamps: ``HTTPS://HOST/V#<digits>``.

The digits are a CWT (RFC 8392) in a COSE_Sign1 with ES256. They stand in the URL's fragment, so any telephone opens the
page and nothing personal reaches a server's log, while a kiosk verifies the seal without any network. The seal carries
sha256 of the PDF as it was before it was stamped, so it belongs to one file.

Claims: ``{1: issuer (kode wilayah), 6: issued at, -65537: {1 kind, 2 number, 3 day, 4 sha256, 5 holder, 6 last four of
NIK, 7 office, 13 status index, 14 status list}}``. A NIK is never hashed into it: some 10^9 candidates per district are
tried in minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import cbor2
import segno
from segno import consts

from kiosk.formats import base10, cose
from kiosk.formats.cose import Signer, key_id
from kiosk.formats.shape import is_map

__all__ = [
    "Claims",
    "IssuerStatus",
    "NotASeal",
    "Seal",
    "SealIssuer",
    "SealProof",
    "Signer",
    "decode",
    "encode",
    "fit",
    "key_id",
    "qr",
    "verify",
]

#: The largest QR version that fits the corner of the sheet: 69 modules, 29.2 mm at 10 dots of 600 dpi.
MAX_VERSION = 13
#: COSE bytes. A 13-Q holds about 210; anything far beyond is no seal of ours.
MAX_BYTES = 512
_MAX_TEXT = 1600
_PRIVATE = -65537
_EPOCH = date(1970, 1, 1)
_TEXT = re.compile(r"HTTPS://([0-9A-Z.-]{1,60}(?::[0-9]{1,5})?)/V#([0-9]{17,1400})", re.ASCII)

#: What kind of document, as a small number. Only ever add at the end: printed paper cannot be renumbered.
KINDS: tuple[str, ...] = (
    "lain",
    "akta_lahir",
    "akta_mati",
    "akta_kawin",
    "akta_cerai",
    "kk",
    "biodata",
    "skpwni",
    "lahir_mati",
    "pengakuan",
    "pengesahan",
    "pengangkatan",
    "akta_ubah",
)


@dataclass(frozen=True)
class Claims:
    """What a seal says. `kind` is one of :data:`KINDS`; `issued_at` seconds since the epoch; `rev0_sha256` 32 bytes."""

    issuer: str
    issued_at: int
    kind: str
    number: str
    issue_day: date
    rev0_sha256: bytes
    holder: str = ""
    nik_last4: str = ""
    office: str = ""
    status_index: int | None = None
    status_list: int | None = None


@dataclass(frozen=True)
class Seal:
    """A well-formed seal. Its signature has not been looked at: use :func:`verify`."""

    host: str
    claims: Claims
    message: cose.Sign1


@dataclass(frozen=True)
class NotASeal:
    """The text is not a seal. `looks_like_one`: it has a seal's outer shape, so it is damaged or was tampered with."""

    looks_like_one: bool
    why: str


class IssuerStatus(StrEnum):
    """How far a sealing key is trusted."""

    CURRENT = "current"
    RETIRED = "retired"  # still good for what was issued while it was valid
    COMPROMISED = "compromised"  # nothing it signed proves anything


@dataclass(frozen=True)
class SealIssuer:
    """One key of the trust list. Times are seconds since the epoch; old keys stay for ever.

    `hosts` are the addresses (in capitals) under which its seals open; empty: any. A forger who copies a genuine seal
    behind another address would otherwise send telephones to a page of his own.
    """

    spki: bytes
    not_before: int
    not_after: int
    status: IssuerStatus = IssuerStatus.CURRENT
    name: str = ""
    hosts: tuple[str, ...] = ()

    @property
    def kid(self) -> bytes:
        """The four bytes by which seals name this key."""
        return key_id(self.spki)


class SealProof(StrEnum):
    """What the trust list says of a seal."""

    GENUINE = "genuine"
    UNKNOWN_ISSUER = "unknown_issuer"  # no key of this name: nothing can be said
    CONTRADICTS = "contradicts"  # the named key did not sign this
    OTHER_HOST = "other_host"  # the key signed the claims, but the code leads to an address that is not the issuer's
    OUTSIDE_VALIDITY = "outside_validity"  # the key signed it, but for a day on which it was not valid
    COMPROMISED = "compromised"  # the key signed it, but others may have it


def encode(claims: Claims, kid: bytes, sign: Signer, host: str) -> str:
    """The seal's text. `host` is written in capitals (QR's alphanumeric set).

    Raises ValueError for claims or a host that could not be read back.
    """
    payload = cbor2.dumps(_claims_map(claims), canonical=True)
    text = f"HTTPS://{host.upper()}/V#{base10.to_digits(cose.sign1(payload, kid, sign))}"
    read = decode(text)
    if not isinstance(read, Seal) or read.claims != claims:
        raise ValueError("these claims cannot be sealed")
    return text


def fit(claims: Claims, host: str) -> Claims:
    """The same claims with office and holder's name shortened as far as a version 13-Q code needs.

    Raises ValueError when they are too long even without.
    """
    for trial in _shorter(claims):
        text = encode(trial, bytes(4), lambda _: b"\x55" * 64, host)
        if qr(text).version <= MAX_VERSION:  # type: ignore[operator]
            return trial
    raise ValueError("the number is too long for a seal")


def decode(text: str) -> Seal | NotASeal:
    """Read a seal strictly: capitals, ASCII digits, canonical CBOR, no field but the known ones."""
    if len(text) > _MAX_TEXT:
        return NotASeal(False, "too long")
    shape = _TEXT.fullmatch(text)
    if shape is None:
        return NotASeal(False, "another text")
    raw = base10.from_digits(shape[2])
    message = None if raw is None else cose.parse_sign1(raw, MAX_BYTES)
    if message is None:
        return NotASeal(True, "digits are no COSE_Sign1")
    claims = _read_claims(cose.canonical(message.payload))
    if claims is None:
        return NotASeal(True, "claims are not those of a seal")
    return Seal(shape[1], claims, message)


def verify(seal: Seal, issuers: Iterable[SealIssuer]) -> SealProof:
    """Prove the seal's signature with the trust list. Every key whose name matches is tried."""
    named = [issuer for issuer in issuers if issuer.kid == seal.message.kid]
    if not named:
        return SealProof.UNKNOWN_ISSUER
    signers = [issuer for issuer in named if cose.holds(seal.message, issuer.spki)]
    if not signers:
        return SealProof.CONTRADICTS
    if any(issuer.status is IssuerStatus.COMPROMISED for issuer in signers):
        return SealProof.COMPROMISED
    if not any(not issuer.hosts or seal.host in issuer.hosts for issuer in signers):
        return SealProof.OTHER_HOST
    at = seal.claims.issued_at
    if any(issuer.not_before <= at <= issuer.not_after for issuer in signers):
        return SealProof.GENUINE
    return SealProof.OUTSIDE_VALIDITY


def qr(text: str) -> segno.QRCode:
    """The code of a seal's text at error correction Q, in three explicit segments.

    `#` is not in QR's alphanumeric set: one string would become one byte segment and nine versions more.
    """
    head, mark, digits = text.partition("#")
    return segno.make_qr(
        [(head, consts.MODE_ALPHANUMERIC), (mark, consts.MODE_BYTE), (digits, consts.MODE_NUMERIC)],  # type: ignore[arg-type]
        error="q",
        boost_error=False,
    )


def _shorter(claims: Claims) -> Iterable[Claims]:
    yield claims
    claims = replace(claims, office="")
    yield claims
    words = claims.holder.split()
    while len(words) > 1:
        words[-1:] = []
        yield replace(claims, holder=" ".join(words))
    for size in range(len(claims.holder.split(" ")[0]) - 1, -1, -1):
        yield replace(claims, holder=claims.holder[:size])


def _claims_map(claims: Claims) -> dict[int, Any]:
    document: dict[int, Any] = {
        1: KINDS.index(claims.kind),
        2: claims.number,
        3: (claims.issue_day - _EPOCH).days,
        4: claims.rev0_sha256,
    }
    optional = {5: claims.holder, 6: claims.nik_last4, 7: claims.office}
    document |= {key: value for key, value in optional.items() if value}
    status = {13: claims.status_index, 14: claims.status_list}
    document |= {key: value for key, value in status.items() if value is not None}
    return {1: claims.issuer, 6: claims.issued_at, _PRIVATE: document}


def _read_claims(value: object) -> Claims | None:
    if not is_map(value) or set(value) != {1, 6, _PRIVATE}:
        return None
    document: Any = value[_PRIVATE]
    if not is_map(document) or not {1, 2, 3, 4} <= set(document) <= {1, 2, 3, 4, 5, 6, 7, 13, 14}:
        return None
    texts: list[Any] = [value[1], document[2], *(document[key] for key in (5, 6, 7) if key in document)]
    numbers: list[Any] = [value[6], document[1], document[3], *(document[key] for key in (13, 14) if key in document)]
    if not all(isinstance(text, str) and 0 < len(text) <= 120 and text.isprintable() for text in texts):
        return None
    if not all(type(number) is int and 0 <= number < 1 << 33 for number in numbers):
        return None
    if (13 in document) != (14 in document) or not 0 < document[3] < 100_000 or document[1] >= len(KINDS):
        return None
    sha256: Any = document[4]
    last4: Any = document.get(6, "0000")
    if not isinstance(sha256, bytes) or len(sha256) != 32 or re.fullmatch("[0-9]{4}", last4, re.ASCII) is None:
        return None
    return Claims(
        issuer=value[1],
        issued_at=value[6],
        kind=KINDS[int(document[1])],
        number=document[2],
        issue_day=_EPOCH + timedelta(days=document[3]),
        rev0_sha256=sha256,
        holder=document.get(5, ""),
        nik_last4=document.get(6, ""),
        office=document.get(7, ""),
        status_index=document.get(13),
        status_list=document.get(14),
    )
