"""Whom this machine believes about documents: roots, intermediates, CRLs, sealing keys, status lists, the register."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from asn1crypto import crl, pem, x509

from kiosk.formats import statuslist
from kiosk.formats.seal import IssuerStatus, SealIssuer
from kiosk.formats.statuslist import StatusList

_MAX_FILE = 8 << 20
_FOREVER = 1 << 40


@dataclass(frozen=True)
class Clock:
    """What time it is, seconds since the epoch, and whether that is certain. A Pi 4 without network is not."""

    now: float
    sure: bool = True


@dataclass(frozen=True)
class TrustStore:
    """Certificates and CRLs are DER. `register` holds sha256 of the code texts of issued documents."""

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    seal_issuers: tuple[SealIssuer, ...] = ()
    status_lists: Mapping[int, StatusList] = field(default_factory=dict[int, StatusList])
    register: frozenset[bytes] = frozenset()
    register_at: float | None = None
    version: int = 0


@dataclass(frozen=True)
class BadTrust:
    """The trust material cannot be used. `why` is for the journal."""

    why: str


def from_json(value: Mapping[str, Any]) -> TrustStore | BadTrust:
    """The trust list as ``GET /v1/trust`` answers it; unknown fields are left alone.

    Its transport must have been proven already (signed response). Status lists are believed only by their own signed
    token; an entry without one is ignored.
    """
    try:
        issuers = tuple(_issuer(entry) for entry in value.get("seal_issuers", ()))
        lists = (
            statuslist.read(base64.b64decode(e["token"]), issuers)
            for e in value.get("status_lists", ())
            if "token" in e
        )
        newest: dict[int, StatusList] = {}
        for one in lists:
            if one is not None and (one.id not in newest or newest[one.id].issued_at < one.issued_at):
                newest[one.id] = one
        digests = base64.b64decode(value.get("register", ""), validate=True)
        return TrustStore(
            roots=_certificates(value.get("roots", ())),
            intermediates=_certificates(value.get("intermediates", ())),
            crls=tuple(_crl(base64.b64decode(text, validate=True)) for text in value.get("crls", ())),
            seal_issuers=issuers,
            status_lists=newest,
            register=frozenset(digests[i : i + 32] for i in range(0, len(digests), 32)),
            register_at=value.get("register_at"),
            version=int(value.get("version", 0)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        return BadTrust(f"trust list: {type(error).__name__}")


def from_directory(directory: Path) -> TrustStore | BadTrust:
    """Roots and intermediates (PEM or DER) and CRLs in a directory; self-signed certificates are roots.

    A file ``trust.json`` in it, as ``/v1/trust`` answers, adds what it holds. Other files are ignored.
    """
    if not directory.is_dir():
        return BadTrust("no such directory")
    store = TrustStore()
    roots: list[bytes] = []
    others: list[bytes] = []
    crls: list[bytes] = []
    for path in sorted(directory.iterdir()):
        if not path.is_file() or path.stat().st_size > _MAX_FILE:
            continue
        data = path.read_bytes()
        if path.name == "trust.json":
            read = _json_file(data)
            if isinstance(read, BadTrust):
                return read
            store = read
            continue
        for kind, der in _objects(data):
            if kind == "crl":
                crls.append(der)
            else:
                (roots if kind == "root" else others).append(der)
    if not roots and not store.roots:
        return BadTrust("no root certificate")
    return TrustStore(
        roots=(*store.roots, *roots),
        intermediates=(*store.intermediates, *others),
        crls=(*store.crls, *crls),
        seal_issuers=store.seal_issuers,
        status_lists=store.status_lists,
        register=store.register,
        register_at=store.register_at,
        version=store.version,
    )


def in_register(trust: TrustStore, text: str) -> bool:
    """Whether a code's exact text stands in the register of issued documents."""
    return hashlib.sha256(text.encode()).digest() in trust.register


def _json_file(data: bytes) -> TrustStore | BadTrust:
    try:
        value = json.loads(data)
    except ValueError:
        return BadTrust("trust.json is not JSON")
    return from_json(value) if isinstance(value, dict) else BadTrust("trust.json is not an object")


def _issuer(entry: Mapping[str, Any]) -> SealIssuer:
    return SealIssuer(
        spki=base64.b64decode(entry["spki"], validate=True),
        not_before=int(entry["not_before"]),
        not_after=int(entry.get("not_after") or _FOREVER),
        status=IssuerStatus(entry.get("status", "current")),
        name=str(entry.get("name", "")),
        hosts=tuple(str(host).upper() for host in entry.get("hosts", ())),
    )


def _certificates(texts: object) -> tuple[bytes, ...]:
    if not isinstance(texts, (list, tuple)):
        raise TypeError("a list of PEM texts is expected")
    found = [der for text in texts for kind, der in _objects(str(text).encode()) if kind != "crl"]
    if len(found) < len(texts):
        raise ValueError("not a certificate")
    return tuple(found)


def _crl(der: bytes) -> bytes:
    crl.CertificateList.load(der, strict=True)["tbs_cert_list"]["this_update"].native  # noqa: B018 — parses lazily
    return der


def _objects(data: bytes) -> list[tuple[str, bytes]]:
    """Every certificate and CRL in a file: ("root" | "other" | "crl", DER)."""
    blocks: list[tuple[str | None, bytes]] = [(None, data)]
    if pem.detect(data):
        try:
            blocks = [(str(name), bytes(der)) for name, _, der in cast("Any", pem.unarmor(data, multiple=True))]
        except ValueError:
            return []
    found: list[tuple[str, bytes]] = []
    for name, der in blocks:
        if name in (None, "CERTIFICATE"):
            try:
                certificate = x509.Certificate.load(der, strict=True)
                own = certificate.self_issued and certificate.self_signed != "no"
                found.append(("root" if own else "other", der))
                continue
            except (ValueError, TypeError, KeyError):
                pass
        if name in (None, "X509 CRL"):
            try:
                found.append(("crl", _crl(der)))
            except (ValueError, TypeError, KeyError):
                continue
    return found
