"""Every request below /v1/ is signed by an enrolled kiosk, every answer by the centre (kiosk.formats.httpsig).

First contact (enrolment) and the time need no signature of the asker; their answers are signed all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from central import clock, place
from central.api import nonces
from central.api.problems import Kind, response
from central.registry.models import Device
from kiosk.formats import httpsig, p256

PREFIX = "/v1/"
OPEN = frozenset({"/v1/time", "/v1/enrol"})
#: A kiosk's contact is written down at most this often (seconds), not with each request.
CONTACT_EVERY = 30.0

_log = logging.getLogger("central.api")


class SignedApi:
    """Middleware: verifies, names the device (`request.device`), hands out nonces, signs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self._next(request)
        refused = None if request.path in OPEN else self._refuse(request)
        answer = self._next(request) if refused is None else refused
        return _signed(request, answer)

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        method = request.method or ""
        headers = dict(request.headers.items())
        found = httpsig.verify_request(method, target_uri(request), headers, request.body, key_of=_key_of)
        if isinstance(found, httpsig.Bad):
            unknown = found.why is httpsig.Why.UNKNOWN_KEY
            return response(401, Kind.UNKNOWN_DEVICE if unknown else Kind.SIGNATURE, "" if unknown else found.why.value)
        if not nonces.spend(found.nonce):
            return response(401, Kind.NONCE)
        device = Device.objects.get(pk=found.keyid)
        if device.last_contact is None or clock.now() - device.last_contact > CONTACT_EVERY:
            Device.objects.filter(pk=device.pk).update(last_contact=clock.now())
        request.device = device  # type: ignore[attr-defined]
        return None


def target_uri(request: HttpRequest) -> str:
    """The absolute address that the kiosk asked for; behind a proxy, the public one."""
    origin = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    query = request.META.get("QUERY_STRING", "")
    return origin + quote(request.path, safe="/:@!$&'()*+,;=~-._") + (f"?{query}" if query else "")


def _key_of(keyid: str) -> p256.PublicKey | None:
    device = Device.objects.filter(pk=keyid, revoked_at__isnull=True).first()
    return None if device is None else p256.load_spki(bytes(device.spki))


def _signed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    answer["Kiosk-Nonce"] = nonces.new()
    answer["Cache-Control"] = "no-store"
    if request.method == "HEAD":  # what is signed is what goes over the wire
        answer.content = b""
        del answer["Content-Length"]
    body = bytes(answer.content)
    if answer.status_code in (204, 304) and answer.has_header("Content-Type"):
        del answer["Content-Type"]
    here = place.current()
    asked = httpsig.Request(request.method or "", target_uri(request), dict(request.headers.items()))
    signature = httpsig.sign_response(
        here.server_key,
        here.server_kid,
        answer.status_code,
        dict(answer.items()),
        body,
        request=asked,
        created=int(clock.now()),
    )
    for name, value in signature.items():
        answer[name] = value
    return answer
