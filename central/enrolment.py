"""How a machine becomes the kiosk of a village: a one-time code, read from a slip, and a key that it makes itself.

The code has ten Crockford characters (50 bits). It is kept as its first two characters, which find the row, and a
peppered hash; it lives 30 minutes and burns after five wrong guesses.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.db import transaction

from central import clock, place
from central.data.regions import villages
from central.registry.chain import append_audit
from central.registry.models import Device, EnrolmentCode
from kiosk.formats import p256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
LIFETIME = 30 * 60.0
TRIES = 5


@dataclass(frozen=True)
class Enrolled:
    """The machine is known now."""

    device: Device


@dataclass(frozen=True)
class NotEnrolled:
    """`why`: wrong (code, proof or key), spent (used, too old or burned)."""

    why: str


def new_code(site: str, who: str) -> str:
    """A fresh code for a village; it is shown once and kept only as a hash. KeyError for a village nobody knows."""
    village = villages()[site]
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    now = clock.now()
    with transaction.atomic():
        EnrolmentCode.objects.create(
            selector=code[:2],
            digest=_digest(code),
            site=village.code,
            made_at=now,
            made_by=who,
            expires_at=now + LIFETIME,
        )
        append_audit(who, "kode_daftar", site=village.code)
    return code


def normal(code: str) -> str:
    """As typed by hand: spaces and hyphens away, I and L are 1, O is 0."""
    return code.upper().replace("-", "").replace(" ", "").translate(str.maketrans("ILO", "110"))


def enrol(code: str, spki: bytes, proof: bytes) -> Enrolled | NotEnrolled:
    """Spend the code. The same machine asking again with the same key (a lost answer) gets the same identity."""
    code = normal(code)
    if len(code) != LENGTH or p256.load_spki(spki) is None:
        return NotEnrolled("wrong")
    with transaction.atomic():
        rows = list(EnrolmentCode.objects.filter(selector=code[:2]).order_by("-made_at"))
        row = next((row for row in rows if hmac.compare_digest(bytes(row.digest), _digest(code))), None)
        if row is None or not hmac.compare_digest(proof, hmac.digest(code.encode(), spki, "sha256")):
            _count_tries(rows)
            return NotEnrolled("wrong")
        if row.device is not None and bytes(row.device.spki) == spki and row.device.revoked_at is None:
            return Enrolled(row.device)
        if row.used_at is not None or row.tries >= TRIES or row.expires_at <= clock.now():
            return NotEnrolled("spent")
        known = Device.objects.filter(spki=spki).first()
        if known is not None:  # one key, one device: a key that was revoked or serves elsewhere does not come back
            return NotEnrolled("wrong")
        device = Device.objects.create(
            id=f"kiosk-{secrets.token_hex(6)}",
            site=row.site,
            spki=spki,
            enrolled_at=clock.now(),
            enrolled_by=row.made_by,
        )
        row.used_at, row.device = clock.now(), device
        row.save()
        append_audit(row.made_by, "kios_terdaftar", device=device.pk, site=row.site)
        return Enrolled(device)


def _count_tries(rows: list[EnrolmentCode]) -> None:
    for row in rows:
        if row.used_at is None and row.expires_at > clock.now():
            row.tries += 1
            row.save(update_fields=["tries"])


def _digest(code: str) -> bytes:
    pepper = hashlib.sha256(b"enrolment code" + place.current().secret.encode()).digest()
    return hashlib.scrypt(code.encode(), salt=pepper, n=2**12, r=8, p=1, dklen=32)


def slip_text(origin: str, code: str, server_spki: bytes) -> str:
    """The slip's QR: where the centre is, the code, and the fingerprint of the key that signs its answers.

    `PDE1|<origin>|<code>|<sha256 of the server key's SPKI, hex>`: the machine needs to trust nobody on first use.
    """
    return f"PDE1|{origin}|{code}|{hashlib.sha256(server_spki).hexdigest()}"
