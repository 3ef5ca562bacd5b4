"""The shapes of the device API. Times are epoch seconds; binary values are base64; hashes are 64 hex digits."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=8_000_000)]
Recipient = Annotated[str, Field(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
Epoch = Annotated[int, Field(ge=0, le=2**40)]


class Problem(Schema):
    """RFC 9457 problem details. `type` is a stable word, see the list in the API's description."""

    type: str
    title: str
    status: int
    detail: str | None = None


class TimeAnswer(Schema):
    """The centre's clock, over the asker's nonce."""

    now: Epoch
    nonce: str


class EnrolQuestion(Schema):
    """First contact. `proof` is HMAC-SHA256(key: the code's ten characters, message: the SPKI)."""

    code: Annotated[str, Field(min_length=10, max_length=16)]
    public_key: Base64
    proof: Base64


class SiteAnswer(Schema):
    """Which village hall the machine stands in."""

    kind: Literal["desa", "kelurahan"]
    village: str
    district: str
    regency: str
    code: str
    letters: str
    zone: Literal["WIB", "WITA", "WIT"]


class SealingKey(Schema):
    """An age recipient that packets are sealed to."""

    recipient: str
    role: Literal["current", "escrow"]


class ServerKey(Schema):
    """A P-256 key that signs the centre's answers and receipts."""

    kid: str
    spki: Base64


class SealIssuer(Schema):
    """A P-256 key that signs the QR seals of documents."""

    model_config = ConfigDict(extra="allow")

    kid: str
    spki: Base64
    not_before: Epoch
    not_after: Epoch
    status: str


class StatusList(Schema):
    """An IETF token status list, 2 bits an entry (valid, superseded, revoked). Only `token`, a signed CWT, is proof."""

    model_config = ConfigDict(extra="allow")

    id: int | str
    bits: Literal[2]
    issued_at: Epoch
    list: Base64
    token: Base64 | None = None


class Trust(Schema):
    """Everything a kiosk must know to trust a paper, a packet's addressee and the centre."""

    model_config = ConfigDict(extra="allow")

    version: int
    sealing: list[SealingKey]
    server_keys: list[ServerKey]
    seal_issuers: list[SealIssuer]
    roots: list[str]
    intermediates: list[str]
    crls: list[Base64]
    status_lists: list[StatusList]
    register_at: Epoch


class EnrolAnswer(Schema):
    """The identity of a new kiosk."""

    device: str
    site: SiteAnswer
    trust: Trust


class RevisionQuestion(Schema):
    """The outer manifest, its signature by the device key, and the sealed record."""

    manifest: Base64
    signature: Base64
    record: Base64


class RevisionAnswer(Schema):
    """Which ciphertexts the centre does not hold yet."""

    missing: list[Sha256]


class ReceiptAnswer(Schema):
    """Everything has arrived. `receipt` is canonical CBOR, signed by the server key `kid`."""

    receipt: Base64
    signature: Base64
    kid: str


class MissingProblem(Problem):
    """Not complete yet."""

    missing: list[Sha256]


class FeedQuestion(Schema):
    """`wait`: hold the answer back for so many seconds while there is nothing new; 25 is the most that is done."""

    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    wait: Annotated[int, Field(ge=0, le=600)] = 0


class FeedEvent(Schema):
    """One entry of the feed. Fields that do not apply to its type are left out."""

    seq: int
    type: Literal["received", "state", "document", "trust"]
    at: Epoch
    application: UUID | None = None
    revision: int | None = None
    document: str | None = None
    service: str | None = None
    state: str | None = None
    reason_code: str | None = None
    part_index: int | None = None
    place: str | None = None
    note: Sha256 | None = None
    promised_at: Epoch | None = None
    sha256: Sha256 | None = None
    bytes: int | None = None
    version: int | None = None


class Feed(Schema):
    """Events after the cursor that was given, the new cursor, and after how many seconds to ask again."""

    events: list[FeedEvent]
    cursor: int
    next_poll: int


class ActQuestion(Schema):
    """Something that happened at a kiosk. Further fields are kept as they are.

    delivered, printed, read_back, handed_over: `application`, `document`; ticket_reissued: `application` and the new
    ticket's age recipient as `ticket` (or `recipient`); survey: the answers, without any application; tamper: what was
    noticed.
    """

    model_config = ConfigDict(extra="allow")

    kind: Literal["delivered", "printed", "read_back", "handed_over", "survey", "ticket_reissued", "tamper"]
    at: Epoch
    application: UUID | None = None
    document: Annotated[str, Field(max_length=64)] | None = None
    ticket: Recipient | None = None
    recipient: Recipient | None = None


class ActAnswer(Schema):
    """The act is stored. `effect` tells what it changed: done, nothing, waiting (a clerk decides), unknown_document."""

    effect: Literal["done", "nothing", "waiting", "unknown_document"]


Json = dict[str, Any]
