"""What kiosks may upload: a ciphertext that a manifest of their own village names, with that hash and length."""

from __future__ import annotations

import hashlib
import uuid
from functools import cache
from pathlib import Path

from django.http import HttpRequest

from central import blobs, place
from central.intake.packets import complete
from central.registry.models import Device, Revision, RevisionFile
from central.tus.store import Store, Upload
from central.tus.views import Denied
from kiosk.formats.manifest import MAX_FILE


class PacketFiles:
    """The policy of /v1/uploads."""

    max_size = MAX_FILE

    def begin(self, request: HttpRequest, metadata: dict[str, str], length: int) -> str | Denied:
        file = _file_of(_device(request), metadata)
        if file is None:
            return Denied(404, "no such file in a revision of this kiosk")
        if file.bytes != length or file.sha256 != metadata.get("sha256"):
            return Denied(409, "differs from the manifest")
        seed = f"{file.revision.application.pk}/{file.revision.n}/{file.index}/{file.sha256}"
        return hashlib.sha256(seed.encode()).hexdigest()[:40]

    def may_touch(self, request: HttpRequest, upload: Upload) -> bool:
        return _file_of(_device(request), upload.metadata) is not None

    def finished(self, upload: Upload, data: bytes) -> bool:
        if hashlib.sha256(data).hexdigest() != upload.metadata.get("sha256"):
            return False
        blobs.write(data)
        # A blob may be the last one of several revisions (a corrected one keeps the papers that were good).
        for revision in Revision.objects.filter(files__sha256=upload.metadata["sha256"], received_at__isnull=True):
            complete(revision)
        return True


def _device(request: HttpRequest) -> Device:
    return request.device  # type: ignore[attr-defined]


def _file_of(device: Device, metadata: dict[str, str]) -> RevisionFile | None:
    try:
        application = uuid.UUID(metadata.get("application", ""))
        n, index = int(metadata.get("revision", "")), int(metadata.get("index", ""))
    except ValueError:
        return None
    return (
        RevisionFile.objects.select_related("revision__application")
        .filter(
            revision__application_id=application, revision__application__site=device.site, revision__n=n, index=index
        )
        .first()
    )


@cache
def _store_at(directory: Path) -> Store:
    return Store(directory)


def store() -> Store:
    """The uploads of this office."""
    return _store_at(place.current().uploads)


@cache
def policy() -> PacketFiles:
    """The one policy."""
    return PacketFiles()
