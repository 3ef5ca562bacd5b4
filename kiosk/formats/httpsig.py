"""Requests and responses between kiosk and centre, signed after RFC 9421. Pure functions: no key store, no clock.

One fixed profile, so that there is nothing to negotiate and nothing to downgrade:

* algorithm `ecdsa-p256-sha256`, signature 64 raw bytes, one signature per message (label `kiosk` or `central`);
* `Content-Digest: sha-256=:…:` (RFC 9530) in every message, also with an empty body;
* a request covers `@method`, `@target-uri`, `content-digest` and each header of :data:`REQUEST_HEADERS` that it has;
* a response covers `@status`, `content-digest`, each header of :data:`RESPONSE_HEADERS` that it has and, of the request
  it answers, method, target, digest and signature: an answer fits one question only;
* parameters, in this order: `created`, `keyid`, `nonce` (left out when empty), `alg`, `tag`.

Whoever verifies computes what must be covered and accepts nothing else, in no other spelling. The nonce is judged by
the caller: the centre hands it out (header `Kiosk-Nonce`), so that freshness does not depend on the kiosk's clock.

    centre:  match verify_request("PUT", url, headers, body, key_of=devices.get):
                 case Bad(why=why): 401
                 case Ok(keyid=device, nonce=nonce): …
             asked = Request("PUT", url, request_headers)
             headers |= sign_response(server_key, kid, 200, headers, body, request=asked, created=now)
    kiosk:   headers |= sign_request(device_key, device, "PUT", url, headers, body, nonce=nonce, created=now)
             verify_response(200, answer_headers, answer_body, request=Request("PUT", url, headers), key_of=keys.get)
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.formats import p256
from kiosk.formats.sigbase import Message, signature_base

REQUEST_TAG = "prodesaku-kiosk-v1"
RESPONSE_TAG = "prodesaku-central-v1"
REQUEST_LABEL = "kiosk"
RESPONSE_LABEL = "central"

#: Header in which the centre hands out the nonce for the next request (with 401 type `nonce`, and whenever it likes).
NONCE_HEADER = "Kiosk-Nonce"

#: Covered in this order when present in a request.
REQUEST_HEADERS = (
    "content-type",
    "idempotency-key",
    "range",
    "if-none-match",
    "upload-length",
    "upload-offset",
    "upload-metadata",
    "upload-checksum",
)
#: Covered in this order when present in a response.
RESPONSE_HEADERS = (
    "content-type",
    "content-range",
    "etag",
    "location",
    "kiosk-nonce",
    "upload-length",
    "upload-offset",
    "upload-expires",
    "retry-after",
)

_WORD = r"[A-Za-z0-9._:-]{1,64}"
_PARAMS = re.compile(
    r'\((?P<covered>[\x20-\x7e]*)\);created=(?P<created>0|[1-9][0-9]{0,11});keyid="(?P<keyid>'
    + _WORD
    + r')"(?:;nonce="(?P<nonce>[A-Za-z0-9_-]{1,128})")?;alg="ecdsa-p256-sha256";tag="(?P<tag>[a-z0-9-]+)"'
)
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


class Why(StrEnum):
    """Why a message is not accepted."""

    MISSING = "missing"  # no signature, or no digest
    MALFORMED = "malformed"  # not in the profile's one spelling
    WRONG_DIGEST = "wrong_digest"  # the body is not the one that was signed
    WRONG_COVERAGE = "wrong_coverage"  # covers less, more or other than the profile demands
    UNKNOWN_KEY = "unknown_key"
    WRONG_SIGNATURE = "wrong_signature"


@dataclass(frozen=True)
class Ok:
    """The message is what the holder of `keyid` signed at `created` (epoch seconds by that party's clock)."""

    keyid: str
    created: int
    nonce: str
    signature: bytes


@dataclass(frozen=True)
class Bad:
    """The message proves nothing. `keyid` is the claimed one, where it could be read."""

    why: Why
    keyid: str = ""


@dataclass(frozen=True)
class Request:
    """The question that a response answers, with its headers as sent (signature included, where it had one)."""

    method: str
    target_uri: str
    headers: Mapping[str, str]

    def message(self) -> Message:
        """As a message for the signature base."""
        return Message(self.headers, method=self.method, target_uri=self.target_uri)


KeyOf = Callable[[str], p256.PublicKey | None]


def content_digest(body: bytes) -> str:
    """The value of Content-Digest (RFC 9530), sha-256."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign_request(
    key: p256.PrivateKey,
    keyid: str,
    method: str,
    target_uri: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    nonce: str,
    created: int,
) -> dict[str, str]:
    """Content-Digest, Signature-Input and Signature for this request; the caller adds them to `headers`.

    `nonce` may be empty (the first contact); `created` is epoch seconds. Raises ValueError for a header, keyid or nonce
    that cannot be signed (a bug of the caller).
    """
    digest = {"Content-Digest": content_digest(body)}
    message = Message({**_without(headers), **digest}, method=method, target_uri=target_uri)
    return digest | _sign(key, keyid, message, _covered_request(message), REQUEST_LABEL, REQUEST_TAG, nonce, created)


def verify_request(method: str, target_uri: str, headers: Mapping[str, str], body: bytes, *, key_of: KeyOf) -> Ok | Bad:
    """Whether a known device signed exactly this request. `target_uri` is the absolute URL the device asked for.

    `key_of` gives the public key of a keyid, or None. The caller judges `nonce` and `created` of the answer.
    """
    message = Message(headers, method=method, target_uri=target_uri)
    return _verify(message, body, _covered_request(message), REQUEST_LABEL, REQUEST_TAG, key_of)


def sign_response(
    key: p256.PrivateKey,
    keyid: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    request: Request,
    created: int,
) -> dict[str, str]:
    """Content-Digest, Signature-Input and Signature for the answer to `request`; the caller adds them to `headers`.

    `body` is what goes over the wire (empty for HEAD, 204 and 304). Raises ValueError as :func:`sign_request` does.
    """
    digest = {"Content-Digest": content_digest(body)}
    message = Message({**_without(headers), **digest}, status=status, request=request.message())
    return digest | _sign(key, keyid, message, _covered_response(message), RESPONSE_LABEL, RESPONSE_TAG, "", created)


def verify_response(
    status: int, headers: Mapping[str, str], body: bytes, *, request: Request, key_of: KeyOf
) -> Ok | Bad:
    """Whether a known server key signed exactly this answer to exactly `request`."""
    message = Message(headers, status=status, request=request.message())
    return _verify(message, body, _covered_response(message), RESPONSE_LABEL, RESPONSE_TAG, key_of)


def _without(headers: Mapping[str, str]) -> dict[str, str]:
    own = ("content-digest", "signature", "signature-input")
    return {name: value for name, value in headers.items() if name.lower() not in own}


def _covered_request(message: Message) -> tuple[str, ...]:
    return ('"@method"', '"@target-uri"', '"content-digest"', *_present(message, REQUEST_HEADERS))


def _covered_response(message: Message) -> tuple[str, ...]:
    request = message.request
    bound = ['"@method";req', '"@target-uri";req']
    if request is not None and request.header("content-digest"):
        bound.append('"content-digest";req')
    if request is not None and request.header("signature"):
        bound.append(f'"signature";req;key="{REQUEST_LABEL}"')
    return ('"@status"', '"content-digest"', *_present(message, RESPONSE_HEADERS), *bound)


def _present(message: Message, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f'"{name}"' for name in names if message.header(name))


def _sign(
    key: p256.PrivateKey,
    keyid: str,
    message: Message,
    covered: tuple[str, ...],
    label: str,
    tag: str,
    nonce: str,
    created: int,
) -> dict[str, str]:
    with_nonce = f';nonce="{nonce}"' if nonce else ""
    params = f'({" ".join(covered)});created={created};keyid="{keyid}"{with_nonce};alg="ecdsa-p256-sha256";tag="{tag}"'
    base = signature_base(message, covered, params)
    if base is None or not _PARAMS.fullmatch(params):
        raise ValueError("a header, the key id or the nonce cannot be signed")
    signature = base64.b64encode(p256.sign(key, base)).decode()
    return {"Signature-Input": f"{label}={params}", "Signature": f"{label}=:{signature}:"}


def _verify(message: Message, body: bytes, covered: tuple[str, ...], label: str, tag: str, key_of: KeyOf) -> Ok | Bad:
    given, signed, digest = (message.header(name) for name in ("signature-input", "signature", "content-digest"))
    if not given or not signed or not digest:
        return Bad(Why.MISSING)
    params = given.removeprefix(f"{label}=")
    match = _PARAMS.fullmatch(params) if params != given else None
    signature = _signature(signed, label)
    if match is None or match["tag"] != tag or signature is None or not _DIGEST.fullmatch(digest):
        return Bad(Why.MALFORMED)
    keyid = match["keyid"]
    if match["covered"] != " ".join(covered):
        return Bad(Why.WRONG_COVERAGE, keyid)
    if digest != content_digest(body):
        return Bad(Why.WRONG_DIGEST, keyid)
    base = signature_base(message, covered, params)
    if base is None:
        return Bad(Why.MALFORMED, keyid)
    key = key_of(keyid)
    if key is None:
        return Bad(Why.UNKNOWN_KEY, keyid)
    if not p256.verify(key, signature, base):
        return Bad(Why.WRONG_SIGNATURE, keyid)
    return Ok(keyid, int(match["created"]), match["nonce"] or "", signature)


def _signature(value: str, label: str) -> bytes | None:
    match = re.fullmatch(label + r"=:([A-Za-z0-9+/]{86}==):", value)
    if match is None:
        return None
    raw = base64.b64decode(match[1])
    # the last character has spare bits: one signature, one spelling
    return raw if base64.b64encode(raw).decode() == match[1] else None
