"""Enrolment: a one-time code from the slip turns this machine into a village's kiosk.

The machine makes its own key and sends the public half with an HMAC under the code. The answer brings device id, site
and trust list; it must be signed by a server key that the list itself names and, when the slip's QR was scanned, by the
very key whose fingerprint stands on the slip.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.formats import p256, shape
from kiosk.identity import devicekey
from kiosk.identity.clock import ClockFloor
from kiosk.identity.devicekey import NoKey, load_key, save_key
from kiosk.identity.files import write_whole
from kiosk.identity.identity import save_site
from kiosk.identity.slip import proof
from kiosk.identity.trust import NAME as TRUST
from kiosk.identity.trust import BadTrust, TrustList, parse_trust
from kiosk.sync.api import Answer, Api, Credentials, NoAnswer

#: The key waits here while its enrolment is under way: an answer that was lost is asked for again with the same key.
PENDING = "enrolling"


@dataclass(frozen=True)
class Enrolled:
    """This machine is `device`. `site` holds the fields of `kiosk.catalog.site.Site`."""

    device: str
    site: dict[str, Any]


@dataclass(frozen=True)
class EnrolFailed:
    """`why`: offline, timeout, tls, wrong_code, spent, too_many_tries, unverified, bad_answer, disk."""

    why: str


def enrol(
    central_url: str,
    code: str,
    directory: Path,
    *,
    fingerprint: str = "",
    ca: Path | None = None,
    wall: Callable[[], float] = time.time,
) -> Enrolled | EnrolFailed:
    """Spend `code` (ten Crockford characters, see :func:`kiosk.identity.slip.parse_slip`) at the centre.

    `directory` is the identity folder. A machine that was somebody else before becomes this one only at the very end.
    """
    try:
        key = _pending_key(directory)
    except OSError:
        return EnrolFailed("disk")
    public = p256.spki(key.public_key())
    believed = _Believed(fingerprint)
    api = Api(central_url, Credentials("", None, believed.keys), ca=ca, wall=wall)
    question = {
        "code": code,
        "public_key": base64.b64encode(public).decode(),
        "proof": base64.b64encode(proof(code, public)).decode(),
    }
    try:
        answer = api.post_json("POST", "/v1/enrol", question, signed=False, peek=believed.learn)
    finally:
        api.close()
    if isinstance(answer, NoAnswer):
        # a refusal names no keys, so it cannot be verified; believing it does no harm, and the person learns why
        if answer.why.startswith("unverified") and believed.refused in _REFUSED:
            return EnrolFailed(_REFUSED[believed.refused])
        return EnrolFailed(answer.why.partition(":")[0])
    if answer.status != 200:
        return EnrolFailed(_REFUSED.get(answer.status, "bad_answer"))
    return _become(directory, central_url, key, answer, wall)


_REFUSED = {403: "wrong_code", 410: "spent", 422: "wrong_code", 429: "too_many_tries"}


class _Believed:
    """The server keys that the answer itself names; with a fingerprint, only that one."""

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._keys: dict[str, p256.PublicKey] = {}
        self.refused = 0

    def keys(self) -> dict[str, p256.PublicKey]:
        return self._keys

    def learn(self, status: int, body: bytes) -> None:
        """Look at an answer that is not verified yet, for the keys it claims to be verified by."""
        self.refused = status
        trust = _trust_of(body)
        if isinstance(trust, TrustList):
            self._keys = {
                kid: key
                for kid, key in trust.server_keys.items()
                if not self._fingerprint or hashlib.sha256(p256.spki(key)).hexdigest() == self._fingerprint
            }


def _trust_of(body: bytes) -> TrustList | BadTrust:
    try:
        data = json.loads(body)
    except ValueError:
        return BadTrust("json")
    trust = data.get("trust") if shape.is_map(data) else None
    return parse_trust(json.dumps(trust).encode()) if shape.is_map(trust) else BadTrust("json")


def _pending_key(directory: Path) -> p256.PrivateKey:
    waiting = directory / PENDING
    waiting.mkdir(parents=True, exist_ok=True)
    key = load_key(waiting)
    if isinstance(key, NoKey):
        key = p256.new_key()
        save_key(waiting, key)
    return key


def _become(
    directory: Path, central_url: str, key: p256.PrivateKey, answer: Answer, wall: Callable[[], float]
) -> Enrolled | EnrolFailed:
    data = answer.json() or {}
    trust = _trust_of(answer.body)
    try:
        device, site = shape.text(data, "device", limit=64), shape.mapping(data, "site")
    except shape.WrongError:
        return EnrolFailed("bad_answer")
    if isinstance(trust, BadTrust):
        return EnrolFailed("bad_answer")
    try:
        # a first word from a new centre: no floor applies to its list's version
        write_whole(directory / TRUST, trust.raw, 0o660)
        save_key(directory, key)
        save_site(directory, device, central_url, site)
        (directory / PENDING / devicekey.NAME).unlink(missing_ok=True)
        (directory / PENDING).rmdir()
        ClockFloor(directory).saw(answer.signed_at)
    except OSError:
        return EnrolFailed("disk")
    return Enrolled(device, site)
