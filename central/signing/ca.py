"""The training CA: root → issuing CA → document signer and time-stamping authority, and the key of the QR seals.

Everything is created once under ``DIR/ca`` and says PELATIHAN / TRAINING in every name. A real office signs with the
certificate of its own official instead; nothing here is meant to be trusted outside a training.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from central.signing import certificates
from central.signing.certificates import Identity
from central.signing.signatures import Chain, raw_sign
from kiosk.formats.cose import Signer

#: CRLs are signed anew when older than this, and stay good for a fortnight: a village may be offline for days.
CRL_RENEWAL = timedelta(hours=12)
CRL_HOURS = 14 * 24
#: A sealing key signs for a year and is then retired: seals of its time stay good.
SEAL_KEY_DAYS = 366
_CERTIFIED = ("root", "issuing", "signer", "tsa")


@dataclass(frozen=True)
class TrainingCa:
    """The opened CA."""

    directory: Path
    root: Identity
    issuing: Identity
    signer: Identity
    tsa: Identity
    seal_key: ec.EllipticCurvePrivateKey
    seal_since: int

    @property
    def seal_spki(self) -> bytes:
        """The sealing key's SubjectPublicKeyInfo, DER."""
        return certificates.spki(self.seal_key)

    @property
    def seal_until(self) -> int:
        """Last second for which the sealing key signs."""
        return self.seal_since + SEAL_KEY_DAYS * 86_400

    @property
    def seal_sign(self) -> Signer:
        """Signs seals and status lists."""
        return lambda data: raw_sign(self.seal_key, data)

    def chain(self, at: datetime) -> Chain:
        """Roots, intermediates and CRLs; CRLs are signed anew when they have grown old."""
        return Chain([self.root.der], [self.issuing.der], self._crls(at))

    def _crls(self, at: datetime) -> list[bytes]:
        with locked(self.directory):
            return [_fresh_crl(self.directory, name, getattr(self, name), at) for name in ("root", "issuing")]


def open_ca(directory: Path, at: datetime) -> TrainingCa:
    """The CA in ``directory``/ca, created when there is none."""
    home = directory / "ca"
    if not home.exists():
        directory.mkdir(parents=True, exist_ok=True)
        with locked(directory):
            if not home.exists():
                _create(home, at)
    seal_key = _load_key(home / "seal.key")
    if not isinstance(seal_key, ec.EllipticCurvePrivateKey):
        raise TypeError("the sealing key is a P-256 key")
    identities = {name: _load(home, name) for name in _CERTIFIED}
    return TrainingCa(home, **identities, seal_key=seal_key, seal_since=int((home / "seal.since").read_text()))


@contextmanager
def locked(directory: Path) -> Generator[None]:
    """One process and one thread at a time."""
    with (directory / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Replace a file whole: write beside it, flush to disk, rename."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


def _create(home: Path, at: datetime) -> None:
    since = at - timedelta(hours=1)  # the kiosks' clocks may be a little behind ours
    unit = "Bukan untuk dokumen kependudukan"
    root = certificates.authority(
        certificates.name("Akar PELATIHAN / TRAINING Root", unit), None, since, 3650, certificates.new_key()
    )
    issuing = certificates.authority(
        certificates.name("CA PELATIHAN / TRAINING CA", unit), root, since, 1825, certificates.new_key()
    )
    signer = certificates.leaf(
        certificates.name("Kepala Dinas (PELATIHAN / TRAINING)", unit), issuing, since, 730, certificates.new_key()
    )
    tsa = certificates.leaf(
        certificates.name("Cap waktu PELATIHAN / TRAINING TSA", unit),
        issuing,
        since,
        1825,
        certificates.new_key(),
        True,
    )
    building = home.with_name(".ca.new")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    for name, identity in zip(_CERTIFIED, (root, issuing, signer, tsa), strict=True):
        write(building / f"{name}.pem", identity.pem.encode())
        write(building / f"{name}.key", _pem(identity.key_der), 0o600)
    seal = certificates.new_key()
    write(building / "seal.key", _pem(Identity(root.certificate, seal).key_der), 0o600)
    write(building / "seal.since", str(int(since.timestamp())).encode())
    building.rename(home)


def _pem(key_der: bytes) -> bytes:
    key = serialization.load_der_private_key(key_der, None)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _load(home: Path, name: str) -> Identity:
    certificate = x509.load_pem_x509_certificate((home / f"{name}.pem").read_bytes())
    return Identity(certificate, _load_key(home / f"{name}.key"))


def _load_key(path: Path) -> certificates.Key:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise TypeError("a P-256 or RSA key is expected")
    return key


def _fresh_crl(home: Path, name: str, issuer: Identity, at: datetime) -> bytes:
    path = home / f"{name}.crl"
    number = 1
    if path.exists():
        der = path.read_bytes()
        old = x509.load_der_x509_crl(der)
        if timedelta(0) <= at - old.last_update_utc < CRL_RENEWAL:
            return der
        number = old.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number + 1
    moment = at.astimezone(UTC).replace(microsecond=0)
    der = certificates.revocation_list(issuer, number, moment, CRL_HOURS)
    write(path, der)
    return der
