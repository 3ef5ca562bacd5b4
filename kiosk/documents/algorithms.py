"""Rule 1: is a signature strong and complete enough to be looked at further (ETSI EN 319 122-1, EN 319 142-1)?"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportIndexIssue=false, reportAttributeAccessIssue=false
from __future__ import annotations

from asn1crypto import algos, cms, core, keys, x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from kiosk.documents import der

_DIGESTS = frozenset({"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_MIN_RSA = 2048
#: What may stand beside a signature without being signed (ETSI EN 319 122-1 §5.3 ff.).
_UNSIGNED = frozenset(
    {
        "signature_time_stamp_token",
        "certificate_refs",
        "revocation_refs",
        "certificate_values",
        "revocation_values",
        "cades_c_time_stamp_token",
        "archive_time_stamp",
    }
)


def signature_fault(signature: EmbeddedPdfSignature) -> str:
    """Why a person's signature is refused for its form, or ""."""
    if _subfilter(signature) != "/ETSI.CAdES.detached" or not _is_cms(signature):
        return "not a PAdES signature"
    content = signature.signed_data["encap_content_info"]
    if content["content_type"].native != "data" or content["content"].native is not None:
        return "the signature carries its own content"
    why = _signer_fault(signature.signed_data, signature.signer_cert)
    if why:
        return why
    attributes = _signed_attributes(signature.signer_info)
    if not {"content_type", "message_digest", "signing_certificate_v2"} <= set(attributes):
        return "a signed attribute is missing"
    if attributes["content_type"][0].native != "data":
        return "content type"
    return "" if _unsigned(signature.signer_info) <= _UNSIGNED else "an unknown unsigned attribute"


def stamp_fault(signature: EmbeddedPdfSignature) -> str:
    """Why a document time stamp is refused for its form, or ""."""
    if _subfilter(signature) != "/ETSI.RFC3161" or not _is_cms(signature):
        return "not a document time stamp"
    return token_fault(signature.signed_data, signature.signer_cert)


def _subfilter(signature: EmbeddedPdfSignature) -> object:
    try:
        return signature.sig_object["/SubFilter"]
    except KeyError:
        return None


def _is_cms(signature: EmbeddedPdfSignature) -> bool:
    return cms.ContentInfo.load(signature.pkcs7_content)["content_type"].native == "signed_data"


def token_fault(signed: cms.SignedData, certificate: x509.Certificate) -> str:
    """Why a time stamp token is too weak, or ""."""
    content = signed["encap_content_info"]
    if content["content_type"].native != "tst_info":
        return "not a time stamp token"
    imprint = content["content"].parsed["message_imprint"]["hash_algorithm"]["algorithm"].native
    return "weak digest" if imprint not in _DIGESTS else _signer_fault(signed, certificate)


def _signer_fault(signed: cms.SignedData, certificate: x509.Certificate) -> str:
    if len(signed["signer_infos"]) != 1:
        return "not one signer"
    info = signed["signer_infos"][0]
    if not _versions_agree(signed, info) or not _nothing_odd(info):
        return "an odd signer"
    digest = info["digest_algorithm"]["algorithm"].native
    if digest not in _DIGESTS:
        return "weak digest"
    declared = [one.dump() for one in (info["digest_algorithm"], *signed["digest_algorithms"])]
    if len(declared) != 2 or not set(declared) <= _encodings(digest):
        return "the digests do not agree"
    if not info["signed_attrs"]:
        return "no signed attributes"
    return (
        _algorithm_fault(info["signature_algorithm"], digest)
        or _key_fault(certificate.public_key)
        or _binding_fault(info)
    )


def _versions_agree(signed: cms.SignedData, info: cms.SignerInfo) -> bool:
    """The version numbers of RFC 5652 §5.1 and §5.3, which follow from the rest."""
    by_name = info["sid"].name == "issuer_and_serial_number"
    plain = by_name and signed["encap_content_info"]["content_type"].native == "data"
    return info["version"].native == ("v1" if by_name else "v3") and signed["version"].native == (
        "v1" if plain else "v3"
    )


def _nothing_odd(info: cms.SignerInfo) -> bool:
    """SignerInfo of RFC 5652 §5.3, field by field: a reader that skips what it does not know skips a time stamp too."""
    found = der.tags(info.contents or b"")
    known = [0x02, found[1] if len(found) > 1 and found[1] in (0x30, 0x80) else 0, 0x30, 0xA0, 0x30, 0x04]
    return found in (known, [*known, 0xA1])


def _encodings(digest: str) -> set[bytes]:
    """A digest algorithm with and without its empty parameters (RFC 5754 §2 allows both, and nothing else)."""
    bare = algos.DigestAlgorithmId(digest).dump()
    return {core.Sequence(contents=bare + rest).dump() for rest in (b"", core.Null().dump())}


def _algorithm_fault(algorithm: cms.SignedDigestAlgorithm, digest: str) -> str:
    """The signature's own digest must be strong too; where its name says nothing it is the message's."""
    if algorithm.signature_algo not in ("rsassa_pkcs1v15", "rsassa_pss", "ecdsa"):
        return "unknown signature algorithm"
    try:
        own = algorithm.hash_algo
    except ValueError:
        own = digest
    return "" if own in _DIGESTS else "weak digest"


def _key_fault(key: keys.PublicKeyInfo) -> str:
    if key.algorithm in ("rsa", "rsassa_pss"):
        return "" if key.bit_size >= _MIN_RSA else "weak key"
    if key.algorithm == "ec":
        form, name = key.curve
        return "" if form == "named" and name in _CURVES else "weak key"
    return "unknown kind of key"


def _binding_fault(info: cms.SignerInfo) -> str:
    """The signer's certificate is named by its hash inside what is signed, else another could be put in its place.

    A time stamp may use the older attribute (SHA-1 by definition, RFC 2634): its forgery would need a second preimage.
    """
    attributes = _signed_attributes(info)
    if "signing_certificate_v2" not in attributes:
        return "" if "signing_certificate" in attributes else "the signer's certificate is not bound"
    digest = attributes["signing_certificate_v2"][0]["certs"][0]["hash_algorithm"]["algorithm"].native
    return "" if digest in _DIGESTS else "weak digest"


def _unsigned(info: cms.SignerInfo) -> set[str]:
    return {attribute["type"].native for attribute in info["unsigned_attrs"] or ()}


def _signed_attributes(info: cms.SignerInfo) -> dict[str, cms.SetOf]:
    return {attribute["type"].native: attribute["values"] for attribute in info["signed_attrs"]}
