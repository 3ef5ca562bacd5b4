"""Trust material from a directory and from the trust list."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path

import pytest

from central.signing import make_trust
from kiosk.documents import BadTrust, TrustStore, from_directory, from_json
from tests.documents.pki import Pki


def test_a_directory_of_pem_and_der(tmp_path: Path, pki: Pki, moment: datetime) -> None:
    (tmp_path / "akar.pem").write_text(pki.root.pem)
    (tmp_path / "ca.cer").write_bytes(pki.issuing.der)
    first, second = pki.crls(moment)
    (tmp_path / "a.crl").write_bytes(first)
    text = base64.encodebytes(second).decode()
    (tmp_path / "b.crl.pem").write_text(f"-----BEGIN X509 CRL-----\n{text}-----END X509 CRL-----\n")
    (tmp_path / "README").write_text("not a certificate")
    (tmp_path / "sub").mkdir()
    trust = from_directory(tmp_path)
    assert trust == TrustStore((pki.root.der,), (pki.issuing.der,), (first, second))


def test_a_bundle_of_several_certificates(tmp_path: Path, pki: Pki) -> None:
    (tmp_path / "bundle.pem").write_text(pki.issuing.pem + pki.root.pem + pki.tsa.pem)
    trust = from_directory(tmp_path)
    assert isinstance(trust, TrustStore)
    assert trust.roots == (pki.root.der,)
    assert set(trust.intermediates) == {pki.issuing.der, pki.tsa.der}


def test_without_a_root_there_is_no_trust(tmp_path: Path, pki: Pki) -> None:
    assert isinstance(from_directory(tmp_path / "none"), BadTrust)
    (tmp_path / "ca.pem").write_text(pki.issuing.pem)
    assert isinstance(from_directory(tmp_path), BadTrust)


def test_private_keys_in_the_directory_are_left_alone(tmp_path: Path, pki: Pki) -> None:
    (tmp_path / "akar.pem").write_text(pki.root.pem)
    (tmp_path / "key.der").write_bytes(pki.root.key_der)
    assert from_directory(tmp_path) == TrustStore((pki.root.der,))


def test_the_trust_list_of_the_centre(tmp_path: Path) -> None:
    value = {"version": 4, "server_keys": [], **make_trust(tmp_path / "centre")}
    trust = from_json(json.loads(json.dumps(value)))
    assert isinstance(trust, TrustStore)
    assert trust.version == 4
    assert (len(trust.roots), len(trust.intermediates), len(trust.crls)) == (1, 1, 2)
    assert set(trust.status_lists) == {1}
    assert trust.seal_issuers[0].kid.hex() == value["seal_issuers"][0]["kid"]
    (tmp_path / "trust.json").write_text(json.dumps(value))
    assert from_directory(tmp_path) == trust


def test_a_status_list_without_its_proof_is_not_believed(tmp_path: Path) -> None:
    value = make_trust(tmp_path)
    for entry in value["status_lists"]:
        del entry["token"]
    trust = from_json(value)
    assert isinstance(trust, TrustStore)
    assert trust.status_lists == {}


@pytest.mark.parametrize("token", ["", "*****", "AAAA", "0oRA"])
def test_an_unreadable_status_list_spoils_nothing_else(tmp_path: Path, token: str) -> None:
    value = make_trust(tmp_path)
    value["status_lists"].append({"token": token})
    trust = from_json(value)
    assert isinstance(trust, TrustStore)
    assert set(trust.status_lists) == {1}


@pytest.mark.parametrize(
    "value",
    [
        {"roots": ["no certificate"]},
        {"roots": "text"},
        {"crls": ["AAAA"]},
        {"crls": ["*"]},
        {"seal_issuers": [{"spki": "AAAA"}]},
        {"seal_issuers": [{"spki": "AAAA", "not_before": 0, "status": "perhaps"}]},
        {"seal_issuers": 5},
        {"version": "x"},
    ],
)
def test_a_malformed_trust_list_is_a_value(value: dict[str, object]) -> None:
    assert isinstance(from_json(value), BadTrust)
