"""The six verdicts over a code's text, offline.

Never a green tick for a bare link, never *tidak sah* for something that is merely unknown: *sah* needs a proven
signature and a fresh status list, *tidak sah* needs a signature that contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from kiosk.documents.answers import CodeVerdict
from kiosk.documents.facts import facts_of
from kiosk.documents.trust import Clock, TrustStore, in_register
from kiosk.formats import seal
from kiosk.formats.seal import Seal, SealProof
from kiosk.formats.statuslist import Status, StatusList
from kiosk.formats.verdicts import Verdict

#: Older lists do not make *sah* any more (seven days, as the screen says).
MAX_LIST_AGE = 7 * 86_400.0
#: What is signed may be this much ahead of this machine's clock.
_AHEAD = 3_600.0
#: The state's own address behind the code of every family card and act since 2019; it asks a captcha.
NATIONAL_HOST = "layananonline.dukcapil.kemendagri.go.id"
_LINK = re.compile(r"[!-~]{8,400}", re.ASCII)


def check_code(text: str, trust: TrustStore, status: Mapping[int, StatusList] | None, clock: Clock) -> CodeVerdict:
    """What can be established about a code. `status` None: the lists of `trust`. Quick, never raises.

    `why` is one of: signature_and_status, superseded, revoked, in_register, contradicts, national_code, other_text,
    other_address, damaged, unknown_issuer, compromised_key, outside_validity, clock_unsure, no_list, stale_list.
    """
    read = seal.decode(text)
    if not isinstance(read, Seal):
        return _not_a_seal(text, read.looks_like_one, trust, clock)
    proof = seal.verify(read, trust.seal_issuers)
    if proof is SealProof.CONTRADICTS:
        return CodeVerdict(Verdict.TIDAK_SAH, "contradicts")
    if proof is SealProof.GENUINE:
        return _genuine(read, trust.status_lists if status is None else status, clock)
    reasons = {
        SealProof.UNKNOWN_ISSUER: "unknown_issuer",
        SealProof.COMPROMISED: "compromised_key",
        SealProof.OUTSIDE_VALIDITY: "outside_validity",
        SealProof.OTHER_HOST: "other_address",
    }
    return _by_register(text, trust, clock, reasons[proof])


def _genuine(read: Seal, lists: Mapping[int, StatusList], clock: Clock) -> CodeVerdict:
    claims, facts = read.claims, facts_of(read.claims)
    known = None if claims.status_list is None else lists.get(claims.status_list)
    status = None if known is None or claims.status_index is None else known.of(claims.status_index)
    if known is None or status is None or claims.status_index is None:
        return CodeVerdict(Verdict.BELUM_PASTI, "no_list", facts)
    age = clock.now - known.issued_at
    days = max(0.0, age / 86_400)
    since = _midnight(known.since(claims.status_index))
    # a withdrawal stays true, however old the list is or wrong the clock
    if status is Status.REVOKED:
        return CodeVerdict(Verdict.DICABUT, "revoked", facts, since, days)
    if status is Status.SUPERSEDED:
        return CodeVerdict(Verdict.DIGANTIKAN, "superseded", facts, since, days)
    if not clock.sure or age < -_AHEAD or claims.issued_at > clock.now + _AHEAD:
        return CodeVerdict(Verdict.BELUM_PASTI, "clock_unsure", facts, None, days)
    if age > MAX_LIST_AGE or status is not Status.CURRENT:
        return CodeVerdict(Verdict.BELUM_PASTI, "stale_list", facts, None, days)
    return CodeVerdict(Verdict.SAH, "signature_and_status", facts, None, days)


def _not_a_seal(text: str, damaged: bool, trust: TrustStore, clock: Clock) -> CodeVerdict:
    if damaged:
        return CodeVerdict(Verdict.BELUM_PASTI, "damaged")
    national = _is_national(text)
    answer = _by_register(text, trust, clock, "national_code" if national else "other_text")
    if not national:
        return answer
    return CodeVerdict(answer.verdict, answer.why, answer.facts, None, answer.list_age_days, look_up=text)


def _by_register(text: str, trust: TrustStore, clock: Clock, otherwise: str) -> CodeVerdict:
    if trust.register_at is None or not in_register(trust, text):
        return CodeVerdict(Verdict.BELUM_PASTI, otherwise)
    age = clock.now - trust.register_at
    days = max(0.0, age / 86_400)
    if not clock.sure or age < -_AHEAD:
        return CodeVerdict(Verdict.BELUM_PASTI, "clock_unsure", list_age_days=days)
    if age > MAX_LIST_AGE:
        return CodeVerdict(Verdict.BELUM_PASTI, "stale_list", list_age_days=days)
    return CodeVerdict(Verdict.TERDAFTAR, "in_register", list_age_days=days)


def _is_national(text: str) -> bool:
    """Whether the text is a plain link to the state's page, with nothing before or after that could mislead."""
    if not _LINK.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None and port in (None, 443, 80) and "\\" not in text
    return parts.scheme.lower() in ("https", "http") and parts.hostname == NATIONAL_HOST and plain


def _midnight(day: date | None) -> float | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
