"""A small PKI and signed files of every level, at any time: the world in which the profile is tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from central.signing import certificates, signatures
from central.signing.certificates import Identity
from central.signing.request import SpecimenRequest
from central.signing.signatures import Level
from central.signing.timestamps import TrainingTimeStamper
from central.signing.typeset import typeset
from kiosk.documents.answers import PdfVerdict
from kiosk.documents.clock import stopped_at
from kiosk.documents.profile import check_in_process
from kiosk.documents.rules import FOR_PRINTING, Profile
from kiosk.documents.trust import TrustStore

DAY = timedelta(days=1)


def now() -> datetime:
    """This moment, to the second: certificates know no fractions."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Pki:
    """Root → issuing CA → signer and time-stamping authority."""

    root: Identity
    issuing: Identity
    signer: Identity
    tsa: Identity

    def crls(self, at: datetime, revoked: Iterable[tuple[int, datetime]] = (), hours: int = 14 * 24) -> list[bytes]:
        """CRLs of both authorities, signed at `at`."""
        return [
            certificates.revocation_list(self.root, 1, at, hours),
            certificates.revocation_list(self.issuing, 1, at, hours, revoked),
        ]

    def trust(self, at: datetime, revoked: Iterable[tuple[int, datetime]] = ()) -> TrustStore:
        """What a kiosk would hold, with CRLs signed at `at`."""
        return TrustStore((self.root.der,), (self.issuing.der,), tuple(self.crls(at, revoked)))

    def sign(self, pdf: bytes, at: datetime, level: Level = "LTA", field: str = "TandaTangan") -> bytes:
        """`pdf` signed at `at` under fresh CRLs."""
        chain = signatures.Chain([self.root.der], [self.issuing.der], self.crls(at))
        stamper = TrainingTimeStamper(self.tsa, (self.issuing.der,), at)
        return signatures.sign(pdf, self.signer, stamper, chain, at, level, field)

    def with_signer(self, kind: str, since: datetime) -> Pki:
        """The same authorities with another signer's key."""
        subject = certificates.name("Penandatangan lain", "Uji")
        return replace(self, signer=certificates.leaf(subject, self.issuing, since, 365, certificates.new_key(kind)))


def make_pki(since: datetime, signer_days: int = 365) -> Pki:
    """A fresh PKI, valid from `since`."""
    unit = "Uji"
    root = certificates.authority(certificates.name("Akar uji", unit), None, since, 7300, certificates.new_key())
    issuing = certificates.authority(certificates.name("CA uji", unit), root, since, 3650, certificates.new_key())
    return Pki(
        root,
        issuing,
        certificates.leaf(
            certificates.name("Penandatangan uji", unit), issuing, since, signer_days, certificates.new_key()
        ),
        certificates.leaf(certificates.name("Cap waktu uji", unit), issuing, since, 3600, certificates.new_key(), True),
    )


def judge(pdf: bytes, trust: TrustStore, at: datetime, profile: Profile = FOR_PRINTING) -> PdfVerdict:
    """The verdict as the guard would give it, without its process."""
    with stopped_at(at):
        try:
            return check_in_process(pdf, trust, at.timestamp(), profile)
        except Exception as error:  # as the guard does
            return PdfVerdict("invalid", f"not verified: {type(error).__name__}")


@cache
def page() -> bytes:
    """An unsigned A4 page."""
    return typeset(SpecimenRequest("akta_lahir", "uji", "BUDI SANTOSO"), "7315-LU-01012026-0001", date(2026, 1, 1))
