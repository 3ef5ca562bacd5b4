"""E-signing: specimens typeset, sealed and signed with a training CA; the register of what was issued."""

from central.signing.issuing import issue_specimen, make_trust, set_status, status_of
from central.signing.matching import MAX_PDF_BYTES, Expected, Match, Mismatch, matches, text_of
from central.signing.request import Issued, Member, Office, SpecimenRequest

__all__ = [
    "MAX_PDF_BYTES",
    "Expected",
    "Issued",
    "Match",
    "Member",
    "Mismatch",
    "Office",
    "SpecimenRequest",
    "issue_specimen",
    "make_trust",
    "matches",
    "set_status",
    "status_of",
    "text_of",
]
