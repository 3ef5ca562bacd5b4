"""A small centre in this process: speaks the whole device API, signs like the real one, and fails on demand.

A test says what goes wrong with `faults`: each is asked for every request and answers None or one of

* "drop": the line is cut before the request is looked at;
* "lose": the request takes effect, its answer is lost;
* "portal": somebody else answers, politely and unsigned;
* "bend": the answer's body is changed on the way;
* a number: that status, properly signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyrage

from kiosk.formats import httpsig, p256
from kiosk.formats.manifest import OuterManifest, parse_outer
from kiosk.formats.receipts import Receipt
from kiosk.identity.slip import proof

Fault = Callable[[str, str], "str | int | None"]
NOW = 1_790_000_000
SITE = {
    "kind": "desa",
    "village": "Kaballangang",
    "district": "Duampanua",
    "regency": "Pinrang",
    "code": "73.15.06.2006",
    "letters": "KBL",
    "zone": "WITA",
}


@dataclass
class Answer:
    """What the centre says before it is signed."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


def says(data: Any, status: int = 200) -> Answer:
    kind = "application/problem+json" if status >= 400 else "application/json"
    return Answer(status, {"Content-Type": kind}, json.dumps(data).encode())


def problem(status: int, kind: str, **more: Any) -> Answer:
    return says({"type": kind, "status": status, **more}, status)


class Centre:
    """Start it, point kiosks at `url`, look at what it holds."""

    def __init__(self) -> None:
        self.key = p256.new_key()
        self.office = pyrage.x25519.Identity.generate()
        self.escrow = pyrage.x25519.Identity.generate()
        self.now = NOW
        self.codes = {"7K3M9Q2XWD"}
        self.devices: dict[str, bytes] = {}
        self.nonces: set[str] = set()
        self.trust_version = 1
        self.revisions: dict[tuple[str, int], bytes] = {}
        self.blobs: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, int, bytearray]] = {}
        self.acts: dict[str, bytes] = {}
        self.events: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.asked: list[tuple[str, str]] = []
        self.bytes_in = 0
        self.refuse: dict[str, Answer] = {}
        self._lock = threading.RLock()
        centre = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: Any) -> None:
                pass

            def handle_one_request(self) -> None:
                try:
                    self.one_request()
                except ConnectionError:  # the kiosk was killed
                    self.close_connection = True

            def one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = centre.answer(self.command, self.path, dict(self.headers.items()), body)
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 204 and self.command != "HEAD":
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    # --- what a test says and asks

    def fail(self, method: str, path: str, how: str | int, times: int = 1) -> None:
        """Let the next `times` requests whose method and path match (regular expressions) go wrong."""
        left = [times]

        def fault(asked_method: str, asked_path: str) -> str | int | None:
            if left[0] > 0 and re.fullmatch(method, asked_method) and re.search(path, asked_path):
                left[0] -= 1
                return how
            return None

        self.faults.append(fault)

    def tell(self, kind: str, **facts: Any) -> None:
        with self._lock:
            self.events.append({"seq": len(self.events) + 1, "type": kind, "at": self.now, **facts})

    def trust(self) -> dict[str, Any]:
        spki = p256.spki(self.key.public_key())
        return {
            "version": self.trust_version,
            "sealing": [
                {"recipient": str(self.office.to_public()), "role": "current"},
                {"recipient": str(self.escrow.to_public()), "role": "escrow"},
            ],
            "server_keys": [{"kid": "s1", "spki": base64.b64encode(spki).decode()}],
            "seal_issuers": [],
            "roots": [],
            "intermediates": [],
            "crls": [],
            "status_lists": [],
            "register_at": self.now,
        }

    # --- the API

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        with self._lock:
            self.asked.append((method, path))
            self.bytes_in += len(body)
            how = next((found for fault in self.faults if (found := fault(method, path)) is not None), None)
            if how == "drop":
                return None
            if how == "portal":
                return Answer(200, {"Content-Type": "text/html"}, b"<h1>Selamat datang di WiFi</h1>")
            answer = (
                says({"type": "injected"}, how) if isinstance(how, int) else self._judge(method, path, headers, body)
            )
            if how == "lose":
                return None
            nonce = secrets.token_urlsafe(12)
            self.nonces.add(nonce)
            answer.headers[httpsig.NONCE_HEADER] = nonce
            asked = httpsig.Request(method, self.url + path, headers)
            signed = b"" if method == "HEAD" else answer.body
            answer.headers |= httpsig.sign_response(
                self.key, "s1", answer.status, answer.headers, signed, request=asked, created=self.now
            )
            if how == "bend":
                answer.body = answer.body[:-1] + b" "
            return answer

    def _judge(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if path.startswith("/v1/time"):
            return says({"now": self.now, "nonce": path.partition("nonce=")[2]})
        if path == "/v1/enrol":
            return self._enrol(json.loads(body))
        found = httpsig.verify_request(
            method, self.url + path, headers, body, key_of=lambda kid: p256.load_spki(self.devices.get(kid, b""))
        )
        if isinstance(found, httpsig.Bad):
            return problem(401, "unknown_device" if found.why is httpsig.Why.UNKNOWN_KEY else "signature")
        if found.nonce not in self.nonces:
            return problem(401, "nonce")
        self.nonces.discard(found.nonce)
        for pattern, act in (
            (r"PUT /v1/applications/([^/]+)/revisions/(\d+)", self._put_revision),
            (r"GET /v1/applications/([^/]+)/revisions/(\d+)/receipt", self._receipt),
            (r"POST /v1/uploads", self._create),
            (r"HEAD /v1/uploads/(\w+)", self._offset),
            (r"PATCH /v1/uploads/(\w+)", self._patch),
            (r"GET /v1/events\?after=(\d+)&wait=(\d+)", self._events),
            (r"GET /v1/blobs/(\w+)", self._blob),
            (r"PUT /v1/acts/([\w-]+)", self._act),
            (r"GET /v1/trust", lambda _h, _b: says(self.trust())),
        ):
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                low = {name.lower(): value for name, value in headers.items()}
                return act(low, body, *match.groups())  # type: ignore[operator]
        return problem(404, "not_found")

    def _enrol(self, question: dict[str, str]) -> Answer:
        spki = base64.b64decode(question["public_key"])
        if question["code"] not in self.codes:
            return problem(403, "wrong_code")
        if base64.b64decode(question["proof"]) != proof(question["code"], spki):
            return problem(403, "wrong_code")
        known = next((device for device, key in self.devices.items() if key == spki), None)
        if self.devices and known is None:
            return problem(410, "code_spent")
        device = known or "kios-1"
        self.devices[device] = spki
        return says({"device": device, "site": SITE, "trust": self.trust()})

    def _put_revision(self, _headers: dict[str, str], body: bytes, application: str, n: str) -> Answer:
        data = json.loads(body)
        manifest, record = base64.b64decode(data["manifest"]), base64.b64decode(data["record"])
        key = p256.load_spki(self.devices["kios-1"])
        assert key is not None and p256.verify(key, base64.b64decode(data["signature"]), manifest)
        outer = parse_outer(manifest)
        assert isinstance(outer, OuterManifest) and (outer.application, outer.revision) == (application, int(n))
        assert hashlib.sha256(record).hexdigest() == outer.record_sha256
        if application in self.refuse:
            return self.refuse[application]
        if self.revisions.setdefault((application, int(n)), manifest) != manifest:
            return problem(409, "conflict")
        return says({"missing": self._missing(outer)})

    def _missing(self, outer: OuterManifest) -> list[str]:
        return [file.sha256 for file in outer.files if file.sha256 not in self.blobs]

    def _receipt(self, _headers: dict[str, str], _body: bytes, application: str, n: str) -> Answer:
        manifest = self.revisions.get((application, int(n)))
        if manifest is None:
            return problem(404, "not_found", missing=[])
        outer = parse_outer(manifest)
        assert isinstance(outer, OuterManifest)
        if self._missing(outer):
            return problem(404, "incomplete", missing=self._missing(outer))
        digest = hashlib.sha256(manifest).hexdigest()
        raw = Receipt(application, int(n), digest, self.now, self.now + 86400).encode()
        signature = base64.b64encode(p256.sign(self.key, raw)).decode()
        return says({"receipt": base64.b64encode(raw).decode(), "signature": signature, "kid": "s1"})

    def _create(self, headers: dict[str, str], _body: bytes) -> Answer:
        pairs = dict(pair.split(" ") for pair in headers["upload-metadata"].split(","))
        sha256 = base64.b64decode(pairs["sha256"]).decode()
        identifier = sha256[:12]
        self.uploads.setdefault(identifier, (sha256, int(headers["upload-length"]), bytearray()))
        return Answer(201, {"Location": f"/v1/uploads/{identifier}", "Tus-Resumable": "1.0.0"})

    def _offset(self, _headers: dict[str, str], _body: bytes, identifier: str) -> Answer:
        if identifier not in self.uploads:
            return Answer(404)
        return Answer(200, {"Upload-Offset": str(len(self.uploads[identifier][2]))})

    def _patch(self, headers: dict[str, str], body: bytes, identifier: str) -> Answer:
        if identifier not in self.uploads:
            return Answer(404)
        sha256, length, data = self.uploads[identifier]
        if int(headers["upload-offset"]) != len(data):
            return Answer(409)
        name, _, checksum = headers["upload-checksum"].partition(" ")
        if name != "sha256" or base64.b64decode(checksum) != hashlib.sha256(body).digest():
            return Answer(460)
        data += body
        if len(data) == length:
            assert hashlib.sha256(data).hexdigest() == sha256
            self.blobs[sha256] = bytes(data)
        return Answer(204, {"Upload-Offset": str(len(data))})

    def _events(self, _headers: dict[str, str], _body: bytes, after: str, _wait: str) -> Answer:
        new = self.events[int(after) :]
        return says({"events": new, "cursor": int(after) + len(new), "next_poll": 60})

    def _blob(self, headers: dict[str, str], _body: bytes, sha256: str) -> Answer:
        data = self.blobs.get(sha256)
        if data is None:
            return problem(404, "not_found")
        first, last = (int(part) for part in headers["range"].removeprefix("bytes=").split("-"))
        if first >= len(data):
            return problem(416, "range")
        last = min(last, len(data) - 1)
        return Answer(206, {"Content-Range": f"bytes {first}-{last}/{len(data)}"}, data[first : last + 1])

    def _act(self, _headers: dict[str, str], body: bytes, act: str) -> Answer:
        if act in self.refuse:
            return self.refuse[act]
        if self.acts.setdefault(act, body) != body:
            return problem(409, "conflict")
        return says({"effect": "done"})
