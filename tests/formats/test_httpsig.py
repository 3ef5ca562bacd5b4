"""The fixed profile: what is signed verifies, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats import httpsig, p256
from kiosk.formats.httpsig import Bad, Ok, Request, Why

DEVICE, SERVER, OTHER = p256.new_key(), p256.new_key(), p256.new_key()
URL = "https://pusat.example/v1/acts/1?x=2"


def keys(keyid: str) -> p256.PublicKey | None:
    return {"kios-1": DEVICE.public_key(), "server-1": SERVER.public_key()}.get(keyid)


def signed(body: bytes = b"{}", **headers: str) -> dict[str, str]:
    given = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return given | httpsig.sign_request(DEVICE, "kios-1", "PUT", URL, given, body, nonce="n1", created=5)


def verdict(headers: dict[str, str], body: bytes = b"{}", method: str = "PUT", url: str = URL) -> Ok | Bad:
    return httpsig.verify_request(method, url, headers, body, key_of=keys)


def why(result: Ok | Bad) -> Why | None:
    return result.why if isinstance(result, Bad) else None


def test_a_signed_request_tells_who_when_and_which_nonce():
    result = verdict(signed())
    assert isinstance(result, Ok)
    assert (result.keyid, result.created, result.nonce, len(result.signature)) == ("kios-1", 5, "n1", 64)


def test_signing_is_deterministic():
    assert signed() == signed()


def test_without_nonce_the_parameter_is_left_out_and_told_as_empty():
    headers = httpsig.sign_request(DEVICE, "kios-1", "GET", URL, {}, b"", nonce="", created=0)
    assert "nonce" not in headers["Signature-Input"]
    result = verdict(headers, b"", "GET")
    assert isinstance(result, Ok) and result.nonce == ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"method": "POST"}, Why.WRONG_SIGNATURE),
        ({"url": URL + "&y=1"}, Why.WRONG_SIGNATURE),
        ({"body": b"{ }"}, Why.WRONG_DIGEST),
        ({"body": b""}, Why.WRONG_DIGEST),
    ],
)
def test_another_method_address_or_body_is_noticed(change: dict[str, object], expected: Why):
    assert why(verdict(signed(), **change)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Content-Type", "text/html", Why.WRONG_SIGNATURE),
        ("Content-Type", "", Why.WRONG_COVERAGE),
        ("Upload-Offset", "7", Why.WRONG_COVERAGE),  # a header that matters was added on the way
        ("Range", "bytes=0-1", Why.WRONG_COVERAGE),
        ("Content-Digest", "", Why.MISSING),
        ("Signature", "", Why.MISSING),
        ("Signature-Input", "", Why.MISSING),
        ("Signature-Input", "kiosk=()", Why.MALFORMED),
    ],
)
def test_a_header_that_is_covered_or_should_be(name: str, value: str, expected: Why):
    assert why(verdict(signed() | {name: value})) is expected


def rewrite(old: str, new: str, header: str = "Signature-Input") -> dict[str, str]:
    headers = signed()
    assert old in headers[header]
    return headers | {header: headers[header].replace(old, new)}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (rewrite('"@method" ', ""), Why.WRONG_COVERAGE),
        (rewrite('"@method" "@target-uri"', '"@target-uri" "@method"'), Why.WRONG_COVERAGE),
        (rewrite("kios-1", "kios-9"), Why.UNKNOWN_KEY),
        (rewrite("kios-1", "server-1"), Why.WRONG_SIGNATURE),
        (rewrite("created=5", "created=6"), Why.WRONG_SIGNATURE),
        (rewrite("n1", "n2"), Why.WRONG_SIGNATURE),
        (rewrite("created=5", "created=05"), Why.MALFORMED),
        (rewrite("created=5", "created=５"), Why.MALFORMED),
        (rewrite("created=5", "created=-5"), Why.MALFORMED),
        (rewrite("p256-sha256", "p384-sha384"), Why.MALFORMED),
        (rewrite('alg="ecdsa-p256-sha256";', ""), Why.MALFORMED),
        (rewrite("prodesaku-kiosk-v1", "prodesaku-central-v1"), Why.MALFORMED),
        (rewrite("kiosk=(", "central=("), Why.MALFORMED),
        (rewrite("kiosk=(", "kiosk= ("), Why.MALFORMED),
        (rewrite("kiosk=:", "kiosk=:A", "Signature"), Why.MALFORMED),
        (rewrite("kiosk=:", "b=:AA==:, kiosk=:", "Signature"), Why.MALFORMED),
        (rewrite("sha-256=", "sha-512=", "Content-Digest"), Why.MALFORMED),
    ],
)
def test_one_spelling_only(headers: dict[str, str], expected: Why):
    assert why(verdict(headers)) is expected


def test_two_signatures_are_none():
    headers = signed()
    doubled = headers | {name: f"{headers[name]}, {headers[name]}" for name in ("Signature", "Signature-Input")}
    assert why(verdict(doubled)) is Why.MALFORMED
    assert why(verdict(headers | {"signature": headers["Signature"]})) is Why.MALFORMED


def test_spare_bits_of_base64_do_not_make_a_second_spelling():
    headers = signed()
    body = headers["Signature"].removesuffix("==:")
    twin = body[:-1] + chr(ord(body[-1]) + 1) + "==:"
    assert why(verdict(headers | {"Signature": twin})) is Why.MALFORMED


def test_header_case_does_not_matter():
    assert isinstance(verdict({name.upper(): value for name, value in signed().items()}), Ok)


def test_what_cannot_be_signed_is_a_bug():
    for keyid, nonce, created in (('k"x', "n", 1), ("k", "n n", 1), ("k", "n", -1), ("", "n", 1)):
        with pytest.raises(ValueError):
            httpsig.sign_request(DEVICE, keyid, "GET", URL, {}, b"", nonce=nonce, created=created)
    with pytest.raises(ValueError):
        httpsig.sign_request(DEVICE, "k", "GET", URL, {"Content-Type": "é"}, b"", nonce="", created=1)


# --- responses

ASKED = Request("PUT", URL, signed())


def answered(body: bytes = b"ok", status: int = 200, asked: Request = ASKED, **headers: str) -> dict[str, str]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return given | httpsig.sign_response(SERVER, "server-1", status, given, body, request=asked, created=9)


def test_an_answer_verifies_for_its_question_only():
    headers = answered(Kiosk_Nonce="n2", Content_Type="text/plain")
    good = httpsig.verify_response(200, headers, b"ok", request=ASKED, key_of=keys)
    assert isinstance(good, Ok) and (good.keyid, good.created) == ("server-1", 9)
    again = Request("PUT", URL, {**ASKED.headers, **signed(b"{}", Idempotency_Key="2")})
    for status, asked, body in (
        (201, ASKED, b"ok"),
        (200, again, b"ok"),
        (200, Request("POST", URL, ASKED.headers), b"ok"),
        (200, Request("PUT", URL + "#", ASKED.headers), b"ok"),
        (200, ASKED, b"no"),
    ):
        assert isinstance(httpsig.verify_response(status, headers, body, request=asked, key_of=keys), Bad)


@pytest.mark.parametrize("name", ["Kiosk-Nonce", "Location", "ETag", "Upload-Offset", "Content-Range", "Retry-After"])
def test_nothing_that_matters_can_be_added_or_taken_away(name: str):
    asked = ASKED
    plain = answered()
    added = httpsig.verify_response(200, plain | {name: "1"}, b"ok", request=asked, key_of=keys)
    with_it = answered(**{name.replace("-", "_"): "1"})
    taken = httpsig.verify_response(200, with_it | {name: ""}, b"ok", request=asked, key_of=keys)
    changed = httpsig.verify_response(200, with_it | {name: "2"}, b"ok", request=asked, key_of=keys)
    assert [why(added), why(taken), why(changed)] == [Why.WRONG_COVERAGE, Why.WRONG_COVERAGE, Why.WRONG_SIGNATURE]


def test_a_request_signature_is_no_answer_and_the_device_is_no_server():
    assert why(httpsig.verify_response(200, signed(), b"{}", request=ASKED, key_of=keys)) is Why.MALFORMED
    forged = httpsig.sign_response(OTHER, "server-1", 200, {}, b"ok", request=ASKED, created=9)
    assert why(httpsig.verify_response(200, forged, b"ok", request=ASKED, key_of=keys)) is Why.WRONG_SIGNATURE


def test_an_answer_to_an_unsigned_question_is_bound_to_its_address():
    asked = Request("GET", "https://pusat.example/v1/time?nonce=a", {})
    headers = answered(asked=asked)
    assert isinstance(httpsig.verify_response(200, headers, b"ok", request=asked, key_of=keys), Ok)
    other = Request("GET", "https://pusat.example/v1/time?nonce=b", {})
    assert why(httpsig.verify_response(200, headers, b"ok", request=other, key_of=keys)) is Why.WRONG_SIGNATURE


@given(st.dictionaries(st.sampled_from(["Signature", "Signature-Input", "Content-Digest"]), st.text(max_size=80)))
def test_hostile_headers_are_bad_and_never_raise(headers: dict[str, str]):
    assert isinstance(verdict(signed() | headers) if headers else Bad(Why.MISSING), Bad)


@given(st.binary(max_size=200), st.integers(0, 2**33), st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True))
def test_whatever_is_signed_verifies(body: bytes, created: int, nonce: str):
    headers = httpsig.sign_request(DEVICE, "kios-1", "PATCH", URL, {}, body, nonce=nonce, created=created)
    result = verdict(headers, body, "PATCH")
    assert isinstance(result, Ok) and (result.created, result.nonce) == (created, nonce)
