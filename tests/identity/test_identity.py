"""Who the machine is, and whom it believes."""

import base64
import json
import os
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats import p256
from kiosk.identity import files
from kiosk.identity.clock import EPOCH, ClockFloor
from kiosk.identity.devicekey import NAME, NoKey, load_key, save_key
from kiosk.identity.identity import Identity, NotEnrolled, save_site
from kiosk.identity.slip import NotASlip, Slip, make_slip, parse_slip, proof
from kiosk.identity.trust import Accepted, BadTrust, TrustList, accept_trust, load_trust, parse_trust

SERVER = p256.spki(p256.new_key().public_key())


def age() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


def trust(version: int = 1, **change: Any) -> bytes:
    data: dict[str, Any] = {
        "version": version,
        "sealing": [{"recipient": age(), "role": "current"}, {"recipient": age(), "role": "escrow"}],
        "server_keys": [{"kid": "s1", "spki": base64.b64encode(SERVER).decode()}],
        "seal_issuers": [],
        "roots": ["PEM"],
        "intermediates": [],
        "crls": [base64.b64encode(b"crl").decode()],
        "status_lists": [{"id": 1}],
        "register_at": 5,
    }
    return json.dumps({**data, **change}).encode()


# --- the device key


def test_the_key_survives_and_nobody_else_may_read_it(tmp_path: Path):
    key = p256.new_key()
    old = os.umask(0)
    try:
        save_key(tmp_path, key)
    finally:
        os.umask(old)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    loaded = load_key(tmp_path)
    assert isinstance(loaded, p256.PrivateKey)
    assert p256.spki(loaded.public_key()) == p256.spki(key.public_key())
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_key_that_others_may_read_is_none(tmp_path: Path):
    save_key(tmp_path, p256.new_key())
    (tmp_path / NAME).chmod(0o640)
    assert load_key(tmp_path) == NoKey("exposed")


def test_no_key_and_no_p256_key(tmp_path: Path):
    assert load_key(tmp_path) == NoKey("missing")
    files.write_whole(tmp_path / NAME, b"nonsense", 0o600)
    assert load_key(tmp_path) == NoKey("broken")
    other = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files.write_whole(tmp_path / NAME, other, 0o600)
    assert load_key(tmp_path) == NoKey("broken")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "x"
    files.write_whole(path, b"old", 0o600)

    def full(_fd: int, _data: bytes) -> int:
        raise OSError(28, "no space")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(OSError):
        files.write_whole(path, b"new", 0o600)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]


# --- the trust list


def test_a_list_is_read(tmp_path: Path):
    assert accept_trust(tmp_path, trust(3)) is Accepted.NEW
    read = load_trust(tmp_path)
    assert isinstance(read, TrustList)
    assert read.version == 3 and list(read.server_keys) == ["s1"] and read.crls == (b"crl",)
    assert read.current[0].startswith("age1") and read.escrow != read.current


def test_never_an_older_one(tmp_path: Path):
    newest = trust(3)
    accept_trust(tmp_path, newest)
    assert accept_trust(tmp_path, trust(2)) is Accepted.OLDER
    assert accept_trust(tmp_path, newest) is Accepted.SAME
    assert accept_trust(tmp_path, trust(4, sealing=[])) is Accepted.BAD
    read = load_trust(tmp_path)
    assert isinstance(read, TrustList) and read.raw == newest
    assert accept_trust(tmp_path, trust(4)) is Accepted.NEW


@given(st.lists(st.integers(0, 20), max_size=12))
def test_whatever_comes_the_version_in_force_never_falls(versions: list[int]):
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        highest = -1
        for version in versions:
            accept_trust(Path(name), trust(version))
            highest = max(highest, version)
            read = load_trust(Path(name))
            assert isinstance(read, TrustList) and read.version == highest


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "json"),
        (b"[]", "json"),
        (trust(server_keys=[]), "no_server_key"),
        (trust(sealing=[]), "no_recipient"),
        (trust(server_keys=[{"kid": "a", "spki": "AA=="}]), "server_keys"),
        (trust(server_keys=[{"kid": "a", "spki": "*"}]), "spki"),
        (trust(sealing=[{"recipient": "age1x", "role": "current"}]), "recipient"),
        (trust(version="1"), "version"),
        (trust(crls="x"), "crls"),
        (b"[" * 100_000, "json"),
    ],
)
def test_lists_that_are_none(raw: bytes, why: str):
    assert parse_trust(raw) == BadTrust(why)


def test_a_newer_field_does_not_hurt_an_old_kiosk():
    assert isinstance(parse_trust(trust(more={"x": 1})), TrustList)


# --- the clock


def test_the_floor_only_rises(tmp_path: Path):
    floor = ClockFloor(tmp_path)
    assert floor.floor() == EPOCH
    assert floor.saw(EPOCH + 1000)
    assert not floor.saw(EPOCH + 500)
    assert not floor.saw(EPOCH + 1010)  # not worth a write
    assert not floor.saw(2**40)  # nobody's clock
    assert ClockFloor(tmp_path).floor() == EPOCH + 1000


def test_below_the_floor_time_is_not_sure(tmp_path: Path):
    floor = ClockFloor(tmp_path)
    floor.saw(EPOCH + 10_000)
    early, late = floor.moment(0.0), floor.moment(EPOCH + 10_500.5)
    assert (early.at, early.sure) == (EPOCH + 10_000, False)
    assert (late.at, late.sure) == (EPOCH + 10_500.5, True)


@pytest.mark.parametrize("text", [b"", b"soon", b"\xff", b"-5", "１９".encode(), b"9" * 30])
def test_a_spoilt_floor_is_the_product_s_own(tmp_path: Path, text: bytes):
    (tmp_path / "clock-floor").write_bytes(text)
    assert ClockFloor(tmp_path).floor() == EPOCH


# --- slip and identity


def test_a_slip_scanned_and_a_code_typed():
    text = make_slip("https://pusat.example/", "7K3M9Q2XWD", SERVER)
    slip = parse_slip(f" {text}\n")
    assert isinstance(slip, Slip)
    assert (slip.code, slip.central) == ("7K3M9Q2XWD", "https://pusat.example")
    assert "7K3M9Q2XWD" not in repr(slip)
    assert parse_slip("7k3m9-q2xwd") == Slip("7K3M9Q2XWD")
    assert parse_slip("olil0 00000") == Slip("0111000000")
    for bad in ("", "7K3M9Q2XW", "PDE1|x|7K3M9Q2XWD|" + "0" * 64, text + "0", text.replace("https", "ftp")):
        assert parse_slip(bad) == NotASlip()


def test_the_proof_binds_code_and_key():
    assert proof("7K3M9Q2XWD", SERVER) != proof("7K3M9Q2XWE", SERVER)
    assert len(proof("7K3M9Q2XWD", SERVER)) == 32


def test_identity_is_there_or_not(tmp_path: Path):
    assert Identity.load(tmp_path) == NotEnrolled("missing")
    for broken in (b"", b"[]", b"{}", b'{"device": 1, "central": "x", "site": {}}', b"\xff"):
        (tmp_path / "site.json").write_bytes(broken)
        assert Identity.load(tmp_path) == NotEnrolled("broken")
    save_site(tmp_path, "kiosk-1", "https://pusat.example", {"village": "Contoh"})
    identity = Identity.load(tmp_path)
    assert isinstance(identity, Identity)
    assert (identity.device, identity.site["village"]) == ("kiosk-1", "Contoh")
    assert identity.key() == NoKey("missing")
    assert identity.trust() == BadTrust("missing")
    assert identity.clock.floor() == EPOCH
