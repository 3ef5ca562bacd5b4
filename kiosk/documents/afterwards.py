"""What may follow the last archive time stamp: proof of that stamp, and nothing that says something new.

No signature covers such a revision. It cannot change the page (the difference analysis and the comparison of pictures
see to that); here it is also kept from changing what is said about the file. Metadata may change its dates only, and
every certificate and CRL that was added must be a sound one.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from kiosk.documents import der, enclosed

_Loaded = TypeVar("_Loaded")

_DATES = re.compile(r"(ModifyDate|MetadataDate|CreateDate|InstanceID|VersionID|Producer)$")
_CATALOG_MAY = frozenset({"/DSS", "/Extensions", "/Metadata", "/Version"})
_INFO_MAY = frozenset({"/ModDate", "/Producer"})


def fault(reader: PdfFileReader, last_signed: int, trusted: Sequence[bytes]) -> str:
    """Why the revisions after number `last_signed` are refused, or "". `trusted`: our certificates, DER."""
    if reader.xrefs.total_revisions - 1 <= last_signed:
        return ""
    before, now = reader.get_historical_root(last_signed), reader.root
    if not _same_but(before, now, _CATALOG_MAY) or not _only_more(before, now, "/Extensions"):
        return "the catalogue changed after the last time stamp"
    if not _same_metadata(before, now):
        return "metadata changed after the last time stamp"
    if not _same_info(reader, last_signed):
        return "metadata changed after the last time stamp"
    return _proof_fault(now, trusted)


def _same_but(before: generic.DictionaryObject, now: generic.DictionaryObject, may: frozenset[str]) -> bool:
    keys = (set(before) | set(now)) - may
    return all(key in before and key in now and before.raw_get(key) == now.raw_get(key) for key in keys)


def _only_more(before: generic.DictionaryObject, now: generic.DictionaryObject, key: str) -> bool:
    if key not in before:
        return True
    if key not in now:
        return False
    old, new = before[key], now[key]
    return all(name in new and new[name] == old[name] for name in old)


def _same_metadata(before: generic.DictionaryObject, now: generic.DictionaryObject) -> bool:
    if "/Metadata" not in now:
        return "/Metadata" not in before
    return "/Metadata" in before and _statements(before["/Metadata"].data) == _statements(now["/Metadata"].data)


def _statements(xmp: bytes) -> object:
    """Everything that an XMP packet says, but for its dates."""
    if b"<!DOCTYPE" in xmp or b"<!ENTITY" in xmp:
        raise ValueError("metadata with entities")
    root = ElementTree.fromstring(xmp)  # noqa: S314 — no entities, and in a process with bounds

    def said(element: ElementTree.Element) -> object:
        attributes = sorted((name, text) for name, text in element.attrib.items() if not _DATES.search(name))
        children = [said(child) for child in element if not _DATES.search(child.tag)]
        return element.tag, (element.text or "").strip(), attributes, children

    return said(root)


def _same_info(reader: PdfFileReader, last_signed: int) -> bool:
    before, now = reader.trailer.flatten(last_signed), reader.trailer.flatten()
    if "/ID" in before and ("/ID" not in now or before["/ID"][0] != now["/ID"][0]):
        return False
    if "/Info" not in now:
        return "/Info" not in before
    if "/Info" not in before:
        return False
    resolver = reader.get_historical_resolver(last_signed)
    reference = before.raw_get("/Info")
    if not isinstance(reference, generic.IndirectObject):
        return False
    old, new = resolver(reference.reference), now["/Info"]
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        return False
    return _same_but(old, new, _INFO_MAY)


def _proof_fault(root: generic.DictionaryObject, trusted: Sequence[bytes]) -> str:
    if "/DSS" not in root:
        return ""
    store = root["/DSS"]
    if set(store) - {"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"}:
        return "an odd security store"
    certificates = [_load(data, x509.load_der_x509_certificate) for data in _streams(store, "/Certs")]
    lists = [_load(data, x509.load_der_x509_crl) for data in _streams(store, "/CRLs")]
    pool = [*certificates, *(x509.load_der_x509_certificate(one) for one in trusted)]
    if any(enclosed.origin_of(one, pool) == "damaged" for one in certificates):
        return "a damaged proof"
    return "" if all(_signed(one, pool) for one in lists) else "a damaged proof"


def _streams(store: generic.DictionaryObject, key: str) -> Iterator[bytes]:
    entries = store[key] if key in store else generic.ArrayObject()
    for index in range(len(entries)):
        entry = entries[index]
        if not isinstance(entry, generic.StreamObject):
            raise ValueError("an odd security store")
        yield entry.data


def _load(data: bytes, loader: Callable[[bytes], _Loaded]) -> _Loaded:
    if der.nested_length(data) != len(data):
        raise ValueError("a damaged proof")
    return loader(data)


def _signed(one: x509.CertificateRevocationList, pool: Sequence[x509.Certificate]) -> bool:
    """Whether an issuer at hand signed the list; a list of an issuer who is not at hand proves nothing and is left."""
    issuers = [other for other in pool if other.subject == one.issuer]
    return not issuers or any(one.is_signature_valid(_public(other)) for other in issuers)


def _public(certificate: x509.Certificate) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    key = certificate.public_key()
    if not isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)):
        raise ValueError("an odd key")
    return key
