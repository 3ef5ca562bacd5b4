"""The protocol: OPTIONS, POST, HEAD, PATCH, DELETE. Signing, accounts and the meaning of the bytes are elsewhere."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views import View

from central import clock
from central.tus.store import Store, Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
#: The protocol demands sha1 of every server; kiosks use sha256.
ALGORITHMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
OCTETS = "application/offset+octet-stream"


@dataclass(frozen=True)
class Denied:
    """Not allowed: an HTTP status and a word for the log."""

    status: int
    why: str


class Policy(Protocol):
    """Who may upload what, and where a whole file goes."""

    max_size: int

    def begin(self, request: HttpRequest, metadata: dict[str, str], length: int) -> str | Denied:
        """The id of the upload. The same creation gives the same id: a lost answer does not start over."""
        ...

    def may_touch(self, request: HttpRequest, upload: Upload) -> bool:
        """Whether this request may see or change the upload."""
        ...

    def finished(self, upload: Upload, data: bytes) -> bool:
        """The whole file. False: it is not what was announced; the upload is dropped and answered with 460."""
        ...


class TusView(View):
    """`as_view(store=…, policy=…)` takes functions so that both may be made late."""

    store: Callable[[], Store] | None = None
    policy: Callable[[], Policy] | None = None
    http_method_names = ["options", "post", "head", "patch", "delete"]  # noqa: RUF012 (Django's own attribute)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        override = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and override in ("PATCH", "DELETE"):
            request.method = override
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            answer = _answer(412)
            answer["Tus-Version"] = VERSION
            return answer
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = _answer(204)
        answer["Tus-Version"] = VERSION
        answer["Tus-Extension"] = EXTENSIONS
        answer["Tus-Max-Size"] = str(self._policy.max_size)
        answer["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
        return answer

    def post(self, request: HttpRequest, upload: str = "") -> HttpResponse:
        length = _whole(request.headers.get("Upload-Length"))
        raw = request.headers.get("Upload-Metadata", "")
        metadata = _metadata(raw)
        if upload or length is None or metadata is None:
            return _answer(400)
        if length > self._policy.max_size:
            return _answer(413)
        begun = self._policy.begin(request, metadata, length)
        if isinstance(begun, Denied):
            return _answer(begun.status, begun.why)
        with self._store.locked(begun):
            made = self._store.create(begun, length, metadata, raw)
            if length == 0 and not made.done:
                if not self._policy.finished(made, b""):
                    self._store.drop(begun)
                    return _mismatch()
                self._store.finish(made)
                made = self._store.get(begun) or made
            answer = self._about(made, 201)
        answer["Location"] = f"{request.path.rstrip('/')}/{begun}"
        return answer

    def head(self, request: HttpRequest, upload: str = "") -> HttpResponse:
        found = self._find(request, upload)
        if isinstance(found, HttpResponse):
            return found
        answer = self._about(found, 200)
        answer["Upload-Length"] = str(found.length)
        if found.raw_metadata:
            answer["Upload-Metadata"] = found.raw_metadata
        answer["Cache-Control"] = "no-store"
        return answer

    def patch(self, request: HttpRequest, upload: str = "") -> HttpResponse:
        if request.headers.get("Content-Type") != OCTETS:
            return _answer(415)
        offset = _whole(request.headers.get("Upload-Offset"))
        if offset is None:
            return _answer(400)
        with self._store.locked(upload):
            found = self._find(request, upload)
            if isinstance(found, HttpResponse):
                return found
            if offset != self._store.offset(found):
                return _answer(409)
            if offset + len(request.body) > found.length:
                return _answer(413)
            wrong = _wrong_checksum(request)
            if wrong is not None:
                return wrong
            return self._append(found, request.body)

    def delete(self, request: HttpRequest, upload: str = "") -> HttpResponse:
        with self._store.locked(upload):
            found = self._find(request, upload)
            if isinstance(found, HttpResponse):
                return found
            self._store.drop(upload)
        return _answer(204)

    def _append(self, upload: Upload, data: bytes) -> HttpResponse:
        if not upload.done and self._store.append(upload, data) == upload.length:
            if not self._policy.finished(upload, self._store.part(upload.id).read_bytes()):
                self._store.drop(upload.id)
                return _mismatch()
            self._store.finish(upload)
            upload = self._store.get(upload.id) or upload
        return self._about(upload, 204)

    def _find(self, request: HttpRequest, upload: str) -> Upload | HttpResponse:
        found = self._store.get(upload)
        if found is None or not self._policy.may_touch(request, found):
            return _answer(404)
        if found.expires <= clock.now():
            return _answer(410)
        return found

    def _about(self, upload: Upload, status: int) -> HttpResponse:
        answer = _answer(status)
        answer["Upload-Offset"] = str(self._store.offset(upload))
        answer["Upload-Expires"] = http_date(upload.expires)
        return answer

    @property
    def _store(self) -> Store:
        if self.store is None:
            raise RuntimeError("TusView needs a store")
        return self.store()

    @property
    def _policy(self) -> Policy:
        if self.policy is None:
            raise RuntimeError("TusView needs a policy")
        return self.policy()


def _answer(status: int, why: str = "") -> HttpResponse:
    answer = HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
    if not why:
        del answer["Content-Type"]
    answer["Tus-Resumable"] = VERSION
    return answer


def _mismatch() -> HttpResponse:
    answer = _answer(460)
    answer.reason_phrase = "Checksum Mismatch"
    return answer


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 16 else None


def _metadata(raw: str) -> dict[str, str] | None:
    """Upload-Metadata: comma-separated "key base64(value)"; keys unique, values optional."""
    found: dict[str, str] = {}
    for pair in raw.split(",") if raw.strip() else []:
        key, _, value = pair.strip().partition(" ")
        try:
            text = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return None
        if not key or not key.isascii() or key in found:
            return None
        found[key] = text
    return found


def _wrong_checksum(request: HttpRequest) -> HttpResponse | None:
    given = request.headers.get("Upload-Checksum")
    if given is None:
        return None
    name, _, value = given.partition(" ")
    try:
        wanted = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return _answer(400)
    if name not in ALGORITHMS or not wanted:
        return _answer(400)
    return None if ALGORITHMS[name](request.body).digest() == wanted else _mismatch()
