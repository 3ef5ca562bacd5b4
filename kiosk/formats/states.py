"""The one transition table of applications and documents, shared by kiosk and centre."""

from enum import StrEnum


class ApplicationState(StrEnum):
    """An application: one visit, one ticket."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    COMPLETE = "complete"


class DocumentState(StrEnum):
    """One document of an application."""

    SUBMITTED = "submitted"  # on the kiosk, the centre has not confirmed it yet
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    DELIVERED = "delivered"  # the sealed file is at the kiosk
    PRINTED = "printed"
    READ_BACK = "read_back"
    HANDED_OVER = "handed_over"
    REJECTED = "rejected"
    READY_FOR_PICKUP = "ready_for_pickup"
    APPOINTMENT = "appointment"


_D = DocumentState

#: Which state may follow which. A document may be printed again while it is current, hence the ways back to PRINTED.
NEXT: dict[DocumentState, frozenset[DocumentState]] = {
    _D.SUBMITTED: frozenset({_D.IN_REVIEW}),
    _D.IN_REVIEW: frozenset({_D.RETURNED, _D.APPROVED, _D.REJECTED, _D.READY_FOR_PICKUP, _D.APPOINTMENT}),
    _D.RETURNED: frozenset({_D.IN_REVIEW, _D.REJECTED}),
    _D.APPROVED: frozenset({_D.SIGNED, _D.READY_FOR_PICKUP, _D.APPOINTMENT}),
    _D.SIGNED: frozenset({_D.DELIVERED}),
    _D.DELIVERED: frozenset({_D.PRINTED}),
    _D.PRINTED: frozenset({_D.READ_BACK, _D.PRINTED, _D.HANDED_OVER}),
    _D.READ_BACK: frozenset({_D.HANDED_OVER, _D.PRINTED}),
    _D.HANDED_OVER: frozenset({_D.PRINTED}),
    _D.REJECTED: frozenset(),
    _D.READY_FOR_PICKUP: frozenset({_D.HANDED_OVER}),
    _D.APPOINTMENT: frozenset({_D.HANDED_OVER, _D.READY_FOR_PICKUP}),
}

#: Nothing more is expected of the office.
SETTLED = frozenset({_D.HANDED_OVER, _D.REJECTED})


def may_follow(now: DocumentState, then: DocumentState) -> bool:
    """Whether `then` may come after `now`."""
    return then in NEXT[now]


#: Coded reasons of a return or refusal, with the chip that the citizen reads. The clerk's own words come sealed.
REASONS: dict[str, str] = {
    "foto_buram": "Foto buram",
    "foto_terpotong": "Foto terpotong",
    "bukan_asli": "Bukan surat asli",
    "surat_salah": "Surat yang lain",
    "surat_kurang": "Surat kurang",
    "data_berbeda": "Data berbeda",
    "data_kurang": "Data kurang",
    "bukan_wewenang": "Bukan wewenang Dinas ini",
    "sudah_ada": "Dokumen sudah ada",
    "tidak_memenuhi": "Syarat tidak terpenuhi",
}
