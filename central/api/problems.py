"""RFC 9457 problem details. `type` is one of a closed list of words, relative to the API's own description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Kind(StrEnum):
    """Every problem a kiosk can meet. The kiosk tells by status what is transient; the word is for people and logs."""

    UNKNOWN_DEVICE = "unknown_device"
    SIGNATURE = "signature"
    NONCE = "nonce"
    WRONG_CODE = "wrong_code"
    CODE_SPENT = "code_spent"
    TOO_MANY_TRIES = "too_many_tries"
    NOT_FOUND = "not_found"
    INCOMPLETE = "incomplete"
    CONFLICT = "conflict"
    NOT_EXPECTED = "revision_not_expected"
    BAD_PACKET = "bad_packet"
    BAD_REQUEST = "bad_request"
    RANGE = "range"
    BROKEN = "internal"


_TITLES = {
    Kind.UNKNOWN_DEVICE: "The device is unknown or revoked",
    Kind.SIGNATURE: "The request's signature is missing or does not fit",
    Kind.NONCE: "The nonce is missing, stale or used; take the one in Kiosk-Nonce",
    Kind.WRONG_CODE: "The enrolment code or its proof is wrong",
    Kind.CODE_SPENT: "The enrolment code has been used, has expired or was burned",
    Kind.TOO_MANY_TRIES: "Too many tries; wait",
    Kind.NOT_FOUND: "Nothing here",
    Kind.INCOMPLETE: "Not every file has arrived",
    Kind.CONFLICT: "Stored before with other content",
    Kind.NOT_EXPECTED: "No correction was asked for",
    Kind.BAD_PACKET: "The packet cannot be accepted",
    Kind.BAD_REQUEST: "The request does not fit the schema",
    Kind.RANGE: "The range cannot be served",
    Kind.BROKEN: "The centre failed; try again later",
}


@dataclass(frozen=True)
class ProblemError(Exception):
    """Raised inside an API operation to answer with a problem."""

    status: int
    kind: Kind
    detail: str = ""
    extra: Mapping[str, Any] | None = None


def body(status: int, kind: Kind, detail: str = "", extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The problem as a JSON object."""
    told = {"detail": detail} if detail else {}
    return {"type": kind.value, "title": _TITLES[kind], "status": status, **told, **(extra or {})}


def response(status: int, kind: Kind, detail: str = "", extra: Mapping[str, Any] | None = None) -> HttpResponse:
    """The problem as an answer."""
    return HttpResponse(json.dumps(body(status, kind, detail, extra)), status=status, content_type=MEDIA_TYPE)
