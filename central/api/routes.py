"""The device API. What each operation means stands in `central/openapi.json`, which is made from here."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from pydantic import Field

from central import blobs, clock, enrolment, place, trust
from central.api import feed, throttle
from central.api.problems import MEDIA_TYPE, Kind, ProblemError, body, response
from central.api.schemas import (
    ActAnswer,
    ActQuestion,
    EnrolAnswer,
    EnrolQuestion,
    Feed,
    FeedQuestion,
    MissingProblem,
    Problem,
    ReceiptAnswer,
    RevisionAnswer,
    RevisionQuestion,
    TimeAnswer,
    Trust,
)
from central.data.regions import villages
from central.intake import acts, flow, packets
from central.registry.models import Device, Document, Revision
from kiosk.formats.states import DocumentState

DESCRIPTION = """What a kiosk asks of its regency's back office.

Every request but `/v1/time` and `/v1/enrol` carries an HTTP message signature (RFC 9421) by the device key with a nonce
that the centre handed out in `Kiosk-Nonce`; a stale, used or missing nonce is answered 401 `nonce` with a fresh one.
Every answer is signed by a server key and bound to its request. Problems are RFC 9457 `application/problem+json`; their
`type` is one of: unknown_device, signature, nonce, wrong_code, code_spent, too_many_tries, not_found, incomplete,
conflict, revision_not_expected, bad_packet, bad_request, range, internal.

Repeating any request is safe: revisions and acts are identified by the kiosk, uploads by what they carry."""

api = NinjaAPI(
    title="Pro Desaku central",
    version="1",
    description=DESCRIPTION,
    urls_namespace="v1",
    docs_url=None,
    openapi_url=None,
)
_SIGNED: dict[int, Any] = {401: Problem, 422: Problem, 500: Problem}
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")


def _device(request: HttpRequest) -> Device:
    return request.device  # type: ignore[attr-defined]


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ProblemError(422, Kind.BAD_REQUEST, "base64")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return response(error.status, error.kind, error.detail, error.extra)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # where, never what: a value may be personal
    places = sorted({".".join(str(part) for part in item.get("loc", ())) for item in error.errors})
    return response(422, Kind.BAD_REQUEST, ", ".join(places)[:300])


@api.get("/time", response={200: TimeAnswer, 422: Problem}, operation_id="time", tags=["trust"])
def get_time(request: HttpRequest, nonce: Query[Nonce]) -> Any:
    """The centre's clock, for a machine that has none. Signed, over the asker's own nonce."""
    return {"now": int(clock.now()), "nonce": nonce}


@api.post(
    "/enrol",
    response={200: EnrolAnswer, 403: Problem, 410: Problem, 422: Problem, 429: Problem},
    operation_id="enrol",
    tags=["trust"],
)
def post_enrol(request: HttpRequest, question: EnrolQuestion) -> Any:
    """Spend a one-time code: 403 wrong, 410 used, expired or burned. The same machine may ask again."""
    address = request.META.get("REMOTE_ADDR", "")
    if throttle.blocked("enrol", address, limit=20):
        raise ProblemError(429, Kind.TOO_MANY_TRIES)
    result = enrolment.enrol(question.code, _bytes(question.public_key), _bytes(question.proof))
    if isinstance(result, enrolment.NotEnrolled):
        throttle.failed("enrol", address)
        spent = result.why == "spent"
        raise ProblemError(410 if spent else 403, Kind.CODE_SPENT if spent else Kind.WRONG_CODE)
    site = villages()[result.device.site]
    return {"device": result.device.pk, "site": site.as_dict(), "trust": trust.current_trust()}


@api.get("/trust", response={200: Trust, **_SIGNED}, operation_id="trust", tags=["trust"])
def get_trust(request: HttpRequest) -> Any:
    """Keys, certificates, status lists and the register, with a version that only grows."""
    return trust.current_trust()


@api.put(
    "/applications/{uuid:application}/revisions/{int:n}",
    response={200: RevisionAnswer, 409: Problem, **_SIGNED},
    operation_id="put_revision",
    tags=["up"],
)
def put_revision(request: HttpRequest, application: uuid.UUID, n: int, question: RevisionQuestion) -> Any:
    """Announce a frozen packet. The same again is answered the same; other content is 409 `conflict`, a correction that
    nobody asked for 409 `revision_not_expected`, a packet that can never be accepted 422 `bad_packet`."""
    result = packets.put_revision(
        _device(request), application, n, _bytes(question.manifest), _bytes(question.signature), _bytes(question.record)
    )
    match result:
        case packets.Stored(missing=missing):
            if not missing:
                packets.complete(Revision.objects.get(application_id=application, n=n))
            return {"missing": list(missing)}
        case packets.Conflict():
            raise ProblemError(409, Kind.CONFLICT)
        case packets.NotExpected():
            raise ProblemError(409, Kind.NOT_EXPECTED)
        case packets.Refused(why=why):
            raise ProblemError(422, Kind.BAD_PACKET, why)


@api.get(
    "/applications/{uuid:application}/revisions/{int:n}/receipt",
    response={200: ReceiptAnswer, 404: MissingProblem, **_SIGNED},
    operation_id="receipt",
    tags=["up"],
)
def get_receipt(request: HttpRequest, application: uuid.UUID, n: int) -> Any:
    """The centre's signed word that it holds everything; until then 404 with what is missing."""
    revision = (
        Revision.objects.select_related("application")
        .filter(application_id=application, n=n, application__site=_device(request).site)
        .first()
    )
    if revision is None:
        raise ProblemError(404, Kind.NOT_FOUND, extra={"missing": []})
    revision = packets.complete(revision)
    if revision.receipt is None or revision.receipt_signature is None:
        raise ProblemError(404, Kind.INCOMPLETE, extra={"missing": list(packets.missing(revision))})
    return {
        "receipt": _text(bytes(revision.receipt)),
        "signature": _text(bytes(revision.receipt_signature)),
        "kid": place.current().server_kid,
    }


@api.get("/events", response={200: Feed, **_SIGNED}, operation_id="events", tags=["down"], exclude_none=True)
def get_events(request: HttpRequest, question: Query[FeedQuestion]) -> Any:
    """What happened after the cursor. With `wait` the answer may be held back for up to 25 seconds."""
    return feed.read(_device(request), question.after, question.wait)


@api.get(
    "/blobs/{sha256}",
    response={200: None, 206: None, 304: None, 404: Problem, 416: Problem, **_SIGNED},
    operation_id="blob",
    tags=["down"],
)
def get_blob(request: HttpRequest, sha256: str) -> Any:
    """A sealed document or note of one's own village, whole or as one byte range; ETag is its hash."""
    document = feed.blob_owner(_device(request), sha256)
    if document is None or not blobs.has(sha256):
        raise ProblemError(404, Kind.NOT_FOUND)
    if request.headers.get("If-None-Match") == f'"{sha256}"':
        answer = HttpResponse(status=304)
        answer["ETag"] = f'"{sha256}"'
        return answer
    return _blob(request, document, sha256, blobs.read(sha256))


def _blob(request: HttpRequest, document: Document, sha256: str, data: bytes) -> HttpResponse:
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = 0, len(data) - 1
    if wanted:
        first, last = int(wanted[1]), min(int(wanted[2] or last), last)
        if first > last:
            raise ProblemError(416, Kind.RANGE)
    answer = HttpResponse(
        data[first : last + 1], status=206 if wanted else 200, content_type="application/octet-stream"
    )
    if wanted:
        answer["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    answer["ETag"], answer["Accept-Ranges"] = f'"{sha256}"', "bytes"
    if sha256 == document.sealed_sha256 and last == len(data) - 1:
        flow.reported(document, DocumentState.DELIVERED)
    return answer


@api.put("/acts/{uuid:act}", response={200: ActAnswer, 409: Problem, **_SIGNED}, operation_id="put_act", tags=["up"])
def put_act(request: HttpRequest, act: uuid.UUID, question: ActQuestion) -> Any:
    """Report something that happened at the kiosk, once by id; the same id with another body is 409."""
    result = acts.put_act(_device(request), act, question.model_dump(mode="json", exclude_none=True))
    if isinstance(result, acts.OtherBody):
        raise ProblemError(409, Kind.CONFLICT)
    return {"effect": result.effect}


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    # the type and the place only: the text of an exception may hold what a citizen wrote
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    logging.getLogger("central.api").error("%s at %s", type(error).__name__, where)
    return response(500, Kind.BROKEN)


def schema() -> dict[str, Any]:
    """The OpenAPI document, with the problems under their own media type and the upload protocol described."""
    from central.api.openapi import finish

    return finish(dict(api.get_openapi_schema(path_prefix="/v1/")))


__all__ = ["MEDIA_TYPE", "api", "body", "schema"]
