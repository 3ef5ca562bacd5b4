"""Enrolment: with the right code, from the right centre, once; a lost answer is asked for again."""

import hashlib
from pathlib import Path

import pytest

from kiosk.formats import p256
from kiosk.identity.clock import EPOCH
from kiosk.identity.devicekey import NoKey
from kiosk.identity.identity import Identity, NotEnrolled
from kiosk.sync.enrol import EnrolFailed, Enrolled, enrol
from tests.sync.centre import NOW, SITE, Centre

CODE = "7K3M9Q2XWD"


def fingerprint(centre: Centre) -> str:
    return hashlib.sha256(p256.spki(centre.key.public_key())).hexdigest()


def test_a_machine_becomes_a_kiosk(centre: Centre, tmp_path: Path):
    result = enrol(centre.url, CODE, tmp_path, fingerprint=fingerprint(centre))
    assert result == Enrolled("kios-1", SITE)
    identity = Identity.load(tmp_path)
    assert isinstance(identity, Identity)
    key = identity.key()
    assert isinstance(key, p256.PrivateKey) and p256.spki(key.public_key()) == centre.devices["kios-1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clock-floor", "device.key", "site.json", "trust.json"]
    assert identity.clock.floor() == NOW > EPOCH


@pytest.mark.parametrize(
    ("how", "why"), [("drop", "offline"), ("lose", "offline"), ("portal", "unverified"), ("bend", "unverified")]
)
def test_a_lost_answer_is_asked_for_again_with_the_same_key(centre: Centre, tmp_path: Path, how: str, why: str):
    centre.fail("POST", "/v1/enrol", how)
    assert enrol(centre.url, CODE, tmp_path) == EnrolFailed(why)
    assert Identity.load(tmp_path) == NotEnrolled("missing")
    assert isinstance(enrol(centre.url, CODE, tmp_path), Enrolled)
    assert len(centre.devices) == 1


def test_wrong_and_spent_codes_are_told(centre: Centre, tmp_path: Path):
    assert enrol(centre.url, "0000000000", tmp_path) == EnrolFailed("wrong_code")
    enrol(centre.url, CODE, tmp_path / "one")
    assert enrol(centre.url, CODE, tmp_path / "two") == EnrolFailed("spent")


def test_another_centre_than_the_slip_s_is_not_believed(centre: Centre, tmp_path: Path):
    assert enrol(centre.url, CODE, tmp_path, fingerprint="00" * 32) == EnrolFailed("unverified")
    assert Identity.load(tmp_path) == NotEnrolled("missing")


def test_nobody_there(tmp_path: Path):
    assert enrol("http://127.0.0.1:9", CODE, tmp_path) == EnrolFailed("offline")


def test_a_failed_enrolment_leaves_the_old_identity(centre: Centre, tmp_path: Path):
    enrol(centre.url, CODE, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert isinstance(enrol(centre.url, "0000000000", tmp_path), EnrolFailed)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert not isinstance(Identity.load(tmp_path).key(), NoKey)  # type: ignore[union-attr]
