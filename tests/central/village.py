"""A kiosk as the centre sees it: a key, a nonce, packets. Speaks over Django's test client, signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyrage
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from central import clock, enrolment, place
from kiosk.formats import httpsig, p256
from kiosk.formats.manifest import Attachment, Collector, OuterManifest, Record, SealedFile

ORIGIN = "http://127.0.0.1"
SITE = "73.15.06.2006"
OTHER_SITE = "73.15.06.1001"
CHILD, MOTHER, REPORTER = "Andi Contoh Lestari", "Sitti Contoh Aminah", "7315994512900001"
FAMILY_CARD = "7315990101200001"


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def photo(shade: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 84), (shade, shade, shade)).save(out, "WEBP")
    return out.getvalue()


@dataclass
class Packet:
    """A frozen revision."""

    record: Record
    sealed: bytes
    files: list[bytes]
    manifest: bytes

    @property
    def hashes(self) -> list[str]:
        return [hashlib.sha256(data).hexdigest() for data in self.files]

    def body(self, key: p256.PrivateKey) -> dict[str, str]:
        return {
            "manifest": b64(self.manifest),
            "signature": b64(p256.sign(key, self.manifest)),
            "record": b64(self.sealed),
        }


def packet(
    application: str = "",
    revision: int = 1,
    services: tuple[str, ...] = ("akta_lahir",),
    *,
    ticket: str,
    site: str = SITE,
    number: str = "KBL7F3K9X",
    answers: Mapping[str, Any] | None = None,
    before: tuple[tuple[str, bytes], ...] = (),
    keep: list[tuple[Attachment, bytes]] | None = None,
    photos: tuple[tuple[str, bytes], ...] = (("surat_lahir", photo()), ("kk", photo(120))),
    submitted_at: int | None = None,
    phone: str = "081234567890",
    collectors: tuple[Collector, ...] = (Collector("reporter", REPORTER, MOTHER),),
) -> Packet:
    """Sealed to the office as a kiosk would; `keep` are attachments of an earlier revision, sent by hash only."""
    here = place.current()
    recipients = [pyrage.x25519.Recipient.from_str(text) for text in (here.sealing_recipient, here.escrow_recipient)]
    files: list[bytes] = []
    attachments: list[Attachment] = []
    _seal(before, recipients, attachments, files)
    for old, data in keep or []:
        attachments.append(Attachment(len(files), "", "", "", old.cipher, 0))
        files.append(data)
    _seal(photos, recipients, attachments, files)
    record = Record(
        application=application or str(uuid.uuid4()),
        revision=revision,
        site=site,
        submitted_at=int(clock.now()) - 60 if submitted_at is None else submitted_at,
        services=services,
        for_whom="anak",
        answers=answers
        if answers is not None
        else {
            "nik_pemohon": REPORTER,
            "kk_pemohon": FAMILY_CARD,
            "nama_anak": CHILD,
            "tanggal_lahir_anak": "2026-11-20",
            "jenis_kelamin_anak": "2",
            "kelahiran_ke": "2",
            "nama_ibu_anak": MOTHER,
        },
        collectors=collectors if revision == 1 else (),
        contact={"phone": phone} if phone and revision == 1 else {},
        ticket=ticket,
        number=number,
        attachments=tuple(attachments),
    )
    sealed = pyrage.encrypt(record.encode(), recipients)
    manifest = OuterManifest(
        application=record.application,
        revision=revision,
        number=number,
        record_sha256=hashlib.sha256(sealed).hexdigest(),
        record_bytes=len(sealed),
        files=tuple(SealedFile(i, hashlib.sha256(data).hexdigest(), len(data)) for i, data in enumerate(files)),
        stored_at=record.submitted_at,
    ).encode()
    return Packet(record, sealed, files, manifest)


def _seal(
    photos: tuple[tuple[str, bytes], ...], recipients: list[Any], attachments: list[Attachment], files: list[bytes]
) -> None:
    for slot, plain in photos:
        data = pyrage.encrypt(plain, recipients)
        sha, cipher = hashlib.sha256(plain).hexdigest(), hashlib.sha256(data).hexdigest()
        attachments.append(Attachment(len(files), slot, "image/webp", sha, cipher, len(plain)))
        files.append(data)


@dataclass
class Kiosk:
    """One enrolled machine."""

    key: p256.PrivateKey = field(default_factory=p256.new_key)
    device: str = ""
    nonce: str = ""
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="127.0.0.1", raise_request_exception=False))
    answers_checked: int = 0

    def enrol(self, site: str = SITE) -> dict[str, Any]:
        code = enrolment.new_code(site, "uji")
        answer = self.enrol_with(code)
        assert answer.status_code == 200, answer.content
        self.device = answer.json()["device"]
        return answer.json()

    def enrol_with(self, code: str, proof: bytes | None = None) -> HttpResponse:
        spki = p256.spki(self.key.public_key())
        proof = hmac.digest(code.encode(), spki, "sha256") if proof is None else proof
        body = {"code": code, "public_key": b64(spki), "proof": b64(proof)}
        return self.client.post("/v1/enrol", json.dumps(body), content_type="application/json")

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Mapping[str, Any] = b"",
        headers: Mapping[str, str] | None = None,
        *,
        retry: bool = True,
        nonce: str | None = None,
    ) -> HttpResponse:
        """A signed request; the answer's signature is checked. A fresh nonce is taken once when asked to."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = dict(headers or {})
        if raw and "Content-Type" not in sent:
            sent["Content-Type"] = "application/json"
        used = self.nonce if nonce is None else nonce
        sent |= httpsig.sign_request(
            self.key, self.device or "nobody", method, ORIGIN + path, sent, raw, nonce=used, created=int(clock.now())
        )
        extra = {name: value for name, value in sent.items() if name != "Content-Type"}
        answer = self.client.generic(
            method, path, raw, content_type=sent.get("Content-Type", ""), headers=extra, secure=False
        )
        self.check(answer, method, path, sent)
        self.nonce = answer["Kiosk-Nonce"]
        stale = answer.status_code == 401 and (method == "HEAD" or answer.json()["type"] == "nonce")
        if retry and nonce is None and stale:
            return self.ask(method, path, body, headers, retry=False)
        return answer

    def check(self, answer: HttpResponse, method: str, path: str, sent: Mapping[str, str]) -> None:
        here = place.current()
        found = httpsig.verify_response(
            answer.status_code,
            dict(answer.items()),
            b"" if method == "HEAD" else answer.content,
            request=httpsig.Request(method, ORIGIN + path, sent),
            key_of={here.server_kid: here.server_key.public_key()}.get,
        )
        assert isinstance(found, httpsig.Ok), (found, method, path)
        self.answers_checked += 1

    def put(self, parcel: Packet) -> HttpResponse:
        path = f"/v1/applications/{parcel.record.application}/revisions/{parcel.record.revision}"
        return self.ask("PUT", path, parcel.body(self.key))

    def upload(self, parcel: Packet, index: int, chunk: int = 1 << 20) -> HttpResponse:
        data = parcel.files[index]
        answer = self.begin(parcel, index)
        assert answer.status_code == 201, answer.content
        location, offset = answer["Location"], int(answer["Upload-Offset"])
        while offset < len(data):
            answer = self.patch(location, offset, data[offset : offset + chunk])
            assert answer.status_code == 204, (answer.status_code, answer.content)
            offset = int(answer["Upload-Offset"])
        return answer

    def begin(self, parcel: Packet, which: int, **other: str) -> HttpResponse:
        told = {
            "application": parcel.record.application,
            "revision": str(parcel.record.revision),
            "index": str(which),
            "sha256": parcel.hashes[which],
        } | other
        metadata = ",".join(f"{key} {b64(value.encode())}" for key, value in told.items())
        length = {"Upload-Length": str(len(parcel.files[which])), "Upload-Metadata": metadata}
        return self.ask("POST", "/v1/uploads", headers={"Tus-Resumable": "1.0.0", **length})

    def patch(self, location: str, offset: int, data: bytes, checksum: str = "") -> HttpResponse:
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Checksum": checksum or f"sha256 {b64(hashlib.sha256(data).digest())}",
        }
        return self.ask("PATCH", location, data, headers)

    def deliver(self, parcel: Packet) -> dict[str, Any]:
        """Everything up; the receipt."""
        answer = self.put(parcel)
        assert answer.status_code == 200, answer.content
        for sha256 in answer.json()["missing"]:
            self.upload(parcel, parcel.hashes.index(sha256))
        answer = self.receipt(parcel)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def receipt(self, parcel: Packet) -> HttpResponse:
        return self.ask(
            "GET", f"/v1/applications/{parcel.record.application}/revisions/{parcel.record.revision}/receipt"
        )

    def events(self, after: int = 0, wait: int = 0) -> list[dict[str, Any]]:
        answer = self.ask("GET", f"/v1/events?after={after}&wait={wait}")
        assert answer.status_code == 200, answer.content
        return answer.json()["events"]

    def act(self, kind: str, act: str = "", **fields: object) -> HttpResponse:
        return self.ask("PUT", f"/v1/acts/{act or uuid.uuid4()}", {"kind": kind, "at": int(clock.now()), **fields})


@dataclass(frozen=True)
class Ticket:
    """The key on the citizen's paper."""

    identity: Any = field(default_factory=pyrage.x25519.Identity.generate)

    @property
    def recipient(self) -> str:
        return str(self.identity.to_public())

    def open(self, sealed: bytes) -> bytes:
        return pyrage.decrypt(sealed, [self.identity])


def random_bytes(seed: int, length: int) -> bytes:
    return random.Random(seed).randbytes(length)
