"""All tables. What stands here in the clear: ids, service ids, states, numbers, times. People stand in sealed blobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class Device(models.Model):
    """A kiosk. Never deleted: what it signed must stay checkable."""

    id = models.CharField(primary_key=True, max_length=64)
    site = models.CharField(max_length=13, db_index=True)
    spki = models.BinaryField()
    enrolled_at = models.FloatField()
    enrolled_by = models.CharField(max_length=150)
    last_contact = models.FloatField(null=True)
    revoked_at = models.FloatField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)


class EnrolmentCode(models.Model):
    """A one-time code, known here by its first two characters and a peppered hash."""

    selector = models.CharField(max_length=2, db_index=True)
    digest = models.BinaryField()
    site = models.CharField(max_length=13)
    made_at = models.FloatField()
    made_by = models.CharField(max_length=150)
    expires_at = models.FloatField()
    tries = models.IntegerField(default=0)
    used_at = models.FloatField(null=True)
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT)


class Application(models.Model):
    """One visit of a citizen. `ticket` is the public half of the key on the citizen's ticket."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=16, db_index=True)
    site = models.CharField(max_length=13, db_index=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT)
    submitted_at = models.FloatField()
    received_at = models.FloatField(null=True)
    promised_at = models.FloatField(null=True)
    revision = models.IntegerField(default=0)  # the newest one that is complete
    ticket = models.CharField(max_length=80)

    if TYPE_CHECKING:
        revisions: RelatedManager[Revision]
        documents: RelatedManager[Document]
        reissues: RelatedManager[TicketReissue]


class Revision(models.Model):
    """A frozen packet as a kiosk sent it. Complete once every file is here; then immutable."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="revisions")
    n = models.IntegerField()
    manifest = models.BinaryField()
    signature = models.BinaryField()
    manifest_sha256 = models.CharField(max_length=64)
    record_sha256 = models.CharField(max_length=64)
    put_at = models.FloatField()
    received_at = models.FloatField(null=True)
    receipt = models.BinaryField(null=True)
    receipt_signature = models.BinaryField(null=True)

    if TYPE_CHECKING:
        files: RelatedManager[RevisionFile]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "n"], name="one_revision_n")]


class RevisionFile(models.Model):
    """One ciphertext that the outer manifest names."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="files")
    index = models.IntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["revision", "index"], name="one_file_index")]


class Document(models.Model):
    """One service of an application. `version` grows with each change: two clerks cannot overwrite each other."""

    id = models.CharField(primary_key=True, max_length=64)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    service = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=20, db_index=True)
    version = models.IntegerField(default=1)
    since = models.FloatField()
    place = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    part_index = models.IntegerField(null=True)
    note_sha256 = models.CharField(max_length=64, blank=True)
    note_archive_sha256 = models.CharField(max_length=64, blank=True)  # the same note, sealed to the office
    sealed_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    sealed_bytes = models.IntegerField(default=0)
    archive_sha256 = models.CharField(max_length=64, blank=True)  # the same envelope, sealed to the office
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    specimen = models.BooleanField(default=False)
    delivered_at = models.FloatField(null=True)


class Event(models.Model):
    """What kiosks are told. Append-only (triggers) and hash-chained; `site` empty means every kiosk."""

    seq = models.BigAutoField(primary_key=True)
    at = models.FloatField()
    site = models.CharField(max_length=13, blank=True, db_index=True)
    type = models.CharField(max_length=16)
    application = models.CharField(max_length=36, blank=True, db_index=True)
    body = models.TextField()
    previous = models.BinaryField()
    hash = models.BinaryField()


class Audit(models.Model):
    """What clerks did: who, what, when, why. Append-only (triggers) and hash-chained. No resident's data."""

    id = models.BigAutoField(primary_key=True)
    at = models.FloatField()
    who = models.CharField(max_length=150, db_index=True)
    what = models.CharField(max_length=40)
    why = models.CharField(max_length=400, blank=True)
    application = models.CharField(max_length=36, blank=True, db_index=True)
    document = models.CharField(max_length=64, blank=True)
    details = models.TextField(default="{}")
    previous = models.BinaryField()
    hash = models.BinaryField()


class DeviceAct(models.Model):
    """What a kiosk reported: printed, read back, handed over, survey, ticket reissued, tampered with."""

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, db_index=True)
    at = models.FloatField()
    received_at = models.FloatField()
    application = models.CharField(max_length=36, blank=True, db_index=True)
    document = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    effect = models.CharField(max_length=40, blank=True)


class TicketReissue(models.Model):
    """A new ticket for a lost one. After a delivery it counts only when a clerk grants it."""

    act = models.OneToOneField(DeviceAct, primary_key=True, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reissues")
    recipient = models.CharField(max_length=80)
    state = models.CharField(max_length=10)  # applied, waiting, granted, refused
    at = models.FloatField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.FloatField(null=True)


class TrustVersion(models.Model):
    """The trust list as it was last made; the number only grows (autoincrement)."""

    version = models.BigAutoField(primary_key=True)
    at = models.FloatField()
    body = models.TextField()


class LoginFailure(models.Model):
    """One failed log-in; `key` is a peppered hash of account name or address."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.FloatField(db_index=True)
