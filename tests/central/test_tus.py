"""The upload protocol: by a foreign client (tuspy) against the bare view, and as kiosks use it, signed."""

from __future__ import annotations

import base64
import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from waitress.server import create_server

from central import blobs, clock, place
from central.tus.store import Store, Upload
from central.tus.views import Denied, TusView
from tests.central.conftest import Watch
from tests.central.village import Kiosk, Ticket, packet, random_bytes


@dataclass
class Anything:
    """A policy that takes what it is given; `reject` spoils finished files."""

    max_size: int = 1 << 20
    whole: dict[str, bytes] = field(default_factory=dict)
    reject: bool = False

    def begin(self, request: HttpRequest, metadata: dict[str, str], length: int) -> str | Denied:
        return hashlib.sha256(repr(sorted(metadata.items())).encode()).hexdigest()[:20]

    def may_touch(self, request: HttpRequest, upload: Upload) -> bool:
        return True

    def finished(self, upload: Upload, data: bytes) -> bool:
        self.whole[upload.id] = data
        return not self.reject


@dataclass
class Server:
    """The view alone, called directly."""

    store: Store
    policy: Anything

    def ask(self, method: str, path: str = "", body: bytes = b"", **headers: str) -> HttpResponse:
        sent = {"Tus-Resumable": "1.0.0"} | {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("Content-Type", "application/offset+octet-stream")
        request = RequestFactory().generic(method, "/files", body, content_type=kind, headers=sent)
        view = TusView.as_view(store=lambda: self.store, policy=lambda: self.policy)
        return view(request, **({"upload": path} if path else {}))  # type: ignore[return-value]

    def begin(self, length: int = 10, **other: str) -> str:
        answer = self.ask("POST", Upload_Length=str(length), **other)
        assert answer.status_code == 201
        return answer["Location"].rpartition("/")[2]


@pytest.fixture
def server(tmp_path: Path, watch: Watch) -> Server:
    return Server(Store(tmp_path / "uploads", lifetime=3600), Anything())


def test_options_tell_what_the_server_can(server: Server) -> None:
    answer = server.ask("OPTIONS")
    assert answer.status_code == 204
    assert answer["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert answer["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert (answer["Tus-Version"], answer["Tus-Max-Size"]) == ("1.0.0", str(1 << 20))


def test_another_version_is_412(server: Server) -> None:
    answer = server.ask("POST", Tus_Resumable="0.2.2", Upload_Length="3")
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize("length", ["", "-1", "x", "１", "1.0"])
def test_a_length_must_be_a_length(server: Server, length: str) -> None:
    assert server.ask("POST", **({"Upload_Length": length} if length else {})).status_code == 400


@pytest.mark.parametrize("metadata", ["a !!", "a YQ==,a YQ==", " ,", "a YQ== YQ=="])
def test_metadata_must_be_well_formed(server: Server, metadata: str) -> None:
    assert server.ask("POST", Upload_Length="3", Upload_Metadata=metadata).status_code == 400


def test_too_large_is_413(server: Server) -> None:
    assert server.ask("POST", Upload_Length=str((1 << 20) + 1)).status_code == 413


def test_bytes_arrive_in_turn(server: Server) -> None:
    name = server.begin(10)
    answer = server.ask("PATCH", name, b"01234", Upload_Offset="0")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "5")
    assert server.ask("PATCH", name, b"01234", Upload_Offset="0").status_code == 409
    head = server.ask("HEAD", name)
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "5", "10")
    assert head["Cache-Control"] == "no-store"
    assert server.ask("PATCH", name, b"567890", Upload_Offset="5").status_code == 413
    assert server.ask("PATCH", name, b"56789", Upload_Offset="5").status_code == 204
    assert server.policy.whole[name] == b"0123456789"
    assert server.ask("HEAD", name)["Upload-Offset"] == "10"


@pytest.mark.parametrize("name", ["sha256", "sha1"])
def test_a_wrong_checksum_keeps_nothing(server: Server, name: str) -> None:
    upload = server.begin(5)
    wrong = base64.b64encode(hashlib.new(name, b"other").digest()).decode()
    answer = server.ask("PATCH", upload, b"01234", Upload_Offset="0", Upload_Checksum=f"{name} {wrong}")
    assert (answer.status_code, answer.reason_phrase) == (460, "Checksum Mismatch")
    assert server.ask("HEAD", upload)["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.new(name, b"01234").digest()).decode()
    answer = server.ask("PATCH", upload, b"01234", Upload_Offset="0", Upload_Checksum=f"{name} {right}")
    assert answer.status_code == 204


@pytest.mark.parametrize("checksum", ["md5 YQ==", "sha256", "sha256 !", "crc32 AAAA"])
def test_a_checksum_nobody_knows_is_400(server: Server, checksum: str) -> None:
    upload = server.begin(5)
    assert server.ask("PATCH", upload, b"01234", Upload_Offset="0", Upload_Checksum=checksum).status_code == 400
    assert server.ask("HEAD", upload)["Upload-Offset"] == "0"


def test_other_content_types_are_415(server: Server) -> None:
    answer = server.ask("PATCH", server.begin(), b"x", Upload_Offset="0", Content_Type="application/octet-stream")
    assert answer.status_code == 415


def test_what_is_not_there_is_404(server: Server) -> None:
    for method in ("HEAD", "DELETE"):
        assert server.ask(method, "nosuchupload").status_code == 404
    assert server.ask("PATCH", "../etc/passwd", b"x", Upload_Offset="0").status_code == 404


def test_an_upload_expires(server: Server, watch: Watch) -> None:
    name = server.begin(5)
    assert server.ask("HEAD", name)["Upload-Expires"] == "Tue, 24 Nov 2026 04:13:20 GMT"
    watch.forward(3600)
    assert server.ask("HEAD", name).status_code == 410
    assert server.ask("PATCH", name, b"01234", Upload_Offset="0").status_code == 410
    assert server.store.sweep() == 1
    assert server.ask("HEAD", name).status_code == 404


def test_an_expired_upload_begins_anew(server: Server, watch: Watch) -> None:
    name = server.begin(5)
    server.ask("PATCH", name, b"012", Upload_Offset="0")
    watch.forward(3601)
    assert server.begin(5) == name
    assert server.ask("HEAD", name)["Upload-Offset"] == "0"


def test_the_same_creation_does_not_start_over(server: Server) -> None:
    name = server.begin(5)
    server.ask("PATCH", name, b"012", Upload_Offset="0")
    answer = server.ask("POST", Upload_Length="5")
    assert (answer.status_code, answer["Upload-Offset"], answer["Location"]) == (201, "3", f"/files/{name}")


def test_termination_forgets(server: Server) -> None:
    name = server.begin(5)
    assert server.ask("DELETE", name).status_code == 204
    assert server.ask("HEAD", name).status_code == 404
    assert server.store.part(name).exists() is False


def test_a_method_may_be_overridden(server: Server) -> None:
    name = server.begin(5)
    answer = server.ask("POST", name, b"01234", Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert answer.status_code == 204


def test_a_whole_file_that_is_refused_is_dropped(server: Server) -> None:
    server.policy.reject = True
    name = server.begin(5)
    assert server.ask("PATCH", name, b"01234", Upload_Offset="0").status_code == 460
    assert server.ask("HEAD", name).status_code == 404


def test_an_empty_file_is_whole_at_once(server: Server) -> None:
    name = server.begin(0)
    assert server.policy.whole == {name: b""}


# --- a client that others wrote


@pytest.fixture
def bare(server: Server) -> Iterator[str]:
    """The bare view on a real port."""
    view = TusView.as_view(store=lambda: server.store, policy=lambda: server.policy)

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        from django.core.handlers.wsgi import WSGIRequest

        request = WSGIRequest(environ)
        name = request.path.removeprefix("/files").strip("/")
        answer = view(request, **({"upload": name} if name else {}))
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]

    http = create_server(application, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=http.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.effective_port}/files"  # type: ignore[attr-defined]
    http.close()


def test_tuspy_uploads_resumes_and_checks(server: Server, bare: str) -> None:
    from tusclient.client import TusClient

    data = random_bytes(7, 50_000)
    client = TusClient(bare)
    first = client.uploader(
        file_stream=io.BytesIO(data), chunk_size=8_000, metadata={"name": "a.age"}, upload_checksum=True
    )
    first.upload_chunk()
    first.upload_chunk()
    assert first.offset == 16_000
    again = client.uploader(file_stream=io.BytesIO(data), chunk_size=8_000, url=first.url, upload_checksum=True)
    assert again.offset == 16_000, "the server's offset counts, not the client's"
    again.upload()
    assert list(server.policy.whole.values()) == [data]


def test_tuspy_meets_the_checksum(server: Server, bare: str) -> None:
    from tusclient.client import TusClient
    from tusclient.exceptions import TusCommunicationError

    uploader = TusClient(bare).uploader(file_stream=io.BytesIO(b"abcdef"), chunk_size=6, upload_checksum=True)
    uploader._BaseUploader__checksum_algorithm = lambda data: hashlib.sha1(b"other")
    with pytest.raises(TusCommunicationError) as told:
        uploader.upload_chunk()
    assert told.value.status_code == 460
    assert not server.policy.whole


# --- as kiosks do it


def test_a_kiosk_resumes_after_the_line_was_cut(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.put(parcel)
    location = kiosk.begin(parcel, 0)["Location"]
    kiosk.patch(location, 0, parcel.files[0][:100])
    again = kiosk.begin(parcel, 0)
    assert (again["Location"], again["Upload-Offset"]) == (location, "100")
    head = kiosk.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"})
    assert (head.status_code, head["Upload-Offset"]) == (200, "100")
    kiosk.upload(parcel, 0, chunk=50)
    assert blobs.read(parcel.hashes[0]) == parcel.files[0]


def test_only_what_the_manifest_names_may_be_uploaded(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    assert kiosk.begin(parcel, 0).status_code == 404
    kiosk.put(parcel)
    assert kiosk.begin(parcel, 0, sha256="0" * 64).status_code == 409
    assert kiosk.begin(parcel, 0, index="7").status_code == 404
    assert kiosk.begin(parcel, 0, application="x").status_code == 404


def test_a_file_with_another_hash_is_not_kept(kiosk: Kiosk, ticket: Ticket) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.put(parcel)
    location = kiosk.begin(parcel, 0)["Location"]
    answer = kiosk.patch(location, 0, bytes(len(parcel.files[0])))
    assert answer.status_code == 460
    assert not blobs.has(parcel.hashes[0])
    assert kiosk.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"}).status_code == 404


def test_another_village_finds_no_upload(kiosk: Kiosk, ticket: Ticket, office: place.Place) -> None:
    parcel = packet(ticket=ticket.recipient)
    kiosk.put(parcel)
    location = kiosk.begin(parcel, 0)["Location"]
    neighbour = Kiosk()
    neighbour.enrol("73.15.06.1001")
    assert neighbour.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"}).status_code == 404
    assert neighbour.patch(location, 0, b"x").status_code == 404
    assert clock.now() > 0
