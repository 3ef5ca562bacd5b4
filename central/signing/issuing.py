"""Typeset, seal, sign, register: a specimen from request to file."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from central.signing import ca, signatures, wording
from central.signing.ca import TrainingCa
from central.signing.register import Place, Register
from central.signing.request import Issued, SpecimenRequest
from central.signing.stamp import stamp
from central.signing.timestamps import TrainingTimeStamper
from central.signing.typeset import typeset
from kiosk.formats import seal, statuslist
from kiosk.formats.statuslist import Status

Now = Callable[[], float]

_WITA = timezone(timedelta(hours=8))


def issue_specimen(request: SpecimenRequest, directory: Path, now: Now | None = None) -> Issued:
    """Issue a training specimen with the training CA under ``directory/ca`` (created at first use).

    Takes about half a second. Asking again for the same application and service gives a new document and marks the
    former one superseded.
    """
    at = (now or time.time)()
    moment = datetime.fromtimestamp(int(at), UTC)
    authority = ca.open_ca(directory, moment)
    on = request.issued_on or moment.astimezone(_WITA).date()
    series = wording.series(request.service, wording.iso_date(request.details.get("birth_date", "")), on)
    register = Register(authority.directory)
    place = register.reserve(request.application, request.service, series or wording.kind(request.service), on, at)
    number = request.number or _number(request, series, on, place)
    rev0 = typeset(request, number, on)
    text = _seal(authority, request, number, on, rev0, place, int(at))
    chain = authority.chain(moment)
    stamper = TrainingTimeStamper(authority.tsa, tuple(chain.intermediates), moment)
    pdf = signatures.sign(stamp(rev0, text), authority.signer, stamper, chain, moment)
    digest = hashlib.sha256(pdf).hexdigest()
    register.complete(place, digest, hashlib.sha256(text.encode()).digest(), request.office.host.upper(), on)
    return Issued(pdf, number, digest, wording.title(request.service), place.status_index, place.status_list, text)


def set_status(directory: Path, sha256: str, status: Status, now: Now | None = None) -> bool:
    """Mark an issued document superseded or revoked; the list is signed anew at the next :func:`make_trust`.

    False: no such document was issued.
    """
    moment = datetime.fromtimestamp((now or time.time)(), UTC)
    authority = ca.open_ca(directory, moment)
    return Register(authority.directory).set_status(sha256, status, moment.astimezone(_WITA).date())


def status_of(directory: Path, sha256: str) -> Status | None:
    """The status of an issued document. None: no such document was issued."""
    return Register(ca.open_ca(directory, datetime.now(UTC)).directory).status(sha256)


def make_trust(directory: Path, now: Now | None = None) -> dict[str, Any]:
    """The fields of ``/v1/trust`` about documents.

    seal_issuers, roots, intermediates, crls, status_lists, register, register_at. CRLs older than half a day are signed
    anew; status lists are signed now.
    """
    at = int((now or time.time)())
    moment = datetime.fromtimestamp(at, UTC)
    authority = ca.open_ca(directory, moment)
    chain = authority.chain(moment)
    register = Register(authority.directory)
    kid = seal.key_id(authority.seal_spki)
    tokens = [
        statuslist.issue(list_id, statuses, since, at, kid, authority.seal_sign)
        for list_id, (statuses, since) in register.lists().items()
    ]
    return {
        "seal_issuers": [
            {
                "kid": kid.hex(),
                "spki": base64.b64encode(authority.seal_spki).decode(),
                "not_before": authority.seal_since,
                "not_after": authority.seal_until,
                "status": "current",
                "name": "PELATIHAN / TRAINING",
                "hosts": register.hosts(),
            }
        ],
        "roots": [authority.root.pem],
        "intermediates": [authority.issuing.pem],
        "crls": [base64.b64encode(der).decode() for der in chain.crls],
        "status_lists": [statuslist.to_json(token) for token in tokens],
        "register": base64.b64encode(register.seals()).decode(),
        "register_at": at,
    }


def _number(request: SpecimenRequest, series: str, on: date, place: Place) -> str:
    code, day = request.office.regency_code, on.strftime("%d%m%Y")
    if series:
        return f"{code}-{series}-{day}-{place.sequence:04d}"
    if wording.is_family_card(request.service):
        # kecamatan 99 exists nowhere: the number of an invented family
        return request.kk or f"{code}99{on:%d%m%y}{place.sequence:04d}"
    kind = wording.kind(request.service).upper()
    return f"{kind}/{code}/{day}/{place.sequence:04d}"


def _seal(
    authority: TrainingCa, request: SpecimenRequest, number: str, on: date, rev0: bytes, place: Place, at: int
) -> str:
    claims = seal.Claims(
        issuer=request.office.regency_code,
        issued_at=at,
        kind=wording.kind(request.service),
        number=number,
        issue_day=on,
        rev0_sha256=hashlib.sha256(rev0).digest(),
        holder=request.holder,
        nik_last4=request.nik[-4:],
        office=f"{request.office.name} {request.office.regency}",
        status_index=place.status_index,
        status_list=place.status_list,
    )
    host = request.office.host
    return seal.encode(seal.fit(claims, host), seal.key_id(authority.seal_spki), authority.seal_sign, host)
