"""The published examples of RFC 9421 appendix B: keys, messages and signatures made by others."""

import base64

from cryptography.hazmat.primitives.serialization import load_pem_public_key

from kiosk.formats import p256
from kiosk.formats.sigbase import Message, signature_base

REQUEST = Message(
    {
        "Host": "example.com",
        "Date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "Content-Type": "application/json",
        "Content-Digest": "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwA"
        "gBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        "Content-Length": "18",
    },
    method="POST",
    target_uri="https://example.com/foo?param=Value&Pet=dog",
)
RESPONSE = Message(
    {
        "Date": "Tue, 20 Apr 2021 02:07:56 GMT",
        "Content-Type": "application/json",
        "Content-Digest": "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTs"
        "Pp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
        "Content-Length": "23",
    },
    status=200,
)
P256 = b"""-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----
"""
ED25519 = b"""-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
"""


def base_of(message: Message, components: list[str], rest: str) -> bytes:
    base = signature_base(message, components, f"({' '.join(components)}){rest}")
    assert base is not None
    return base


def test_b_2_4_response_by_ecdsa_p256_verifies_and_one_bit_less_does_not():
    components = ['"@status"', '"content-type"', '"content-digest"', '"content-length"']
    base = base_of(RESPONSE, components, ';created=1618884473;keyid="test-key-ecc-p256"')
    signature = base64.b64decode(
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
    )
    key = load_pem_public_key(P256)
    assert isinstance(key, p256.PublicKey)
    assert p256.verify(key, signature, base)
    assert not p256.verify(key, signature, base.replace(b"200", b"201"))
    assert not p256.verify(key, bytes([signature[0] ^ 1]) + signature[1:], base)
    assert not p256.verify(key, signature + b"\0", base)


def test_b_2_6_request_by_ed25519_has_exactly_this_base():
    components = ['"date"', '"@method"', '"@path"', '"@authority"', '"content-type"', '"content-length"']
    base = base_of(REQUEST, components, ';created=1618884473;keyid="test-key-ed25519"')
    signature = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    load_pem_public_key(ED25519).verify(base64.b64decode(signature), base)  # type: ignore[union-attr]


def test_b_2_5_request_by_hmac_has_exactly_this_base():
    base = base_of(
        REQUEST, ['"date"', '"@authority"', '"content-type"'], ';created=1618884473;keyid="test-shared-secret"'
    )
    assert base.decode().splitlines() == [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@authority": example.com',
        '"content-type": application/json',
        '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    ]


def test_a_component_without_value_unknown_repeated_or_not_ascii_makes_no_base():
    for components in (['"x-nothing"'], ['"@nonsense"'], ['"date"', '"date"'], ["date"], ['"@status"'], ['"date";req']):
        assert signature_base(REQUEST, components, "()") is None
    assert signature_base(Message({"Date": "höger"}, method="GET", target_uri="x:"), ['"date"'], "()") is None
    assert signature_base(Message({"Date": "a\nb"}, method="GET", target_uri="x:"), ['"date"'], "()") is None


def test_derived_components_of_an_address():
    message = Message({}, method="GET", target_uri="HTTPS://u@Example.com:443?x=1".replace("HTTPS", "https"))
    base = signature_base(message, ['"@authority"', '"@path"', '"@query"'], "()")
    assert base == b'"@authority": example.com\n"@path": /\n"@query": ?x=1\n"@signature-params": ()'
