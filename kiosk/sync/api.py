"""The typed way to the centre: every request signed, every answer verified. What does not verify was not an answer.

An answer that a captive portal, a proxy or somebody else made up is :class:`NoAnswer`, exactly as silence is: nothing
in it is looked at.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import create_urllib3_context

from kiosk.formats import httpsig, p256, shape

#: (connect, read) seconds. The second is for no progress at all, not for the whole: requests has no total.
TIMEOUT = (15.0, 60.0)
LIMIT = 12 << 20  # bytes of an answer
#: Seconds after which a nonce is not trusted with a large body any more.
NONCE_AGE = 240.0
_SMALL = 2048
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME, not named by Python's ssl module


@dataclass(frozen=True)
class Answer:
    """The centre's verified answer. `problem` is the type of a problem document, else empty."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    problem: str = ""
    signed_at: int = 0

    def json(self) -> dict[str, Any] | None:
        """The body's JSON object, or None."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return None
        return data if shape.is_map(data) else None

    @property
    def refused_for_good(self) -> bool:
        """Asking the same again will be answered the same."""
        return 400 <= self.status < 500 and self.status not in (401, 408, 425, 429)


@dataclass(frozen=True)
class NoAnswer:
    """`why`: offline, timeout, too_long, unverified:<reason>, tls."""

    why: str


@dataclass(frozen=True)
class Credentials:
    """Who asks and who may answer. `server_keys` is asked at each answer, for the trust list may have changed."""

    device: str
    key: p256.PrivateKey | None
    server_keys: Callable[[], Mapping[str, p256.PublicKey]]


class Api:
    """One connection to the centre, for one thread.

    `heard(created)` is told the signed time of each verified answer; `clock_wrong()` says whether the wall clock is
    behind a time that was signed: then TLS does not ask what day it is (see :class:`_UndatedTls`).
    """

    def __init__(
        self,
        base: str,
        credentials: Credentials,
        *,
        ca: Path | None = None,
        wall: Callable[[], float] = time.time,
        heard: Callable[[int], None] = lambda _: None,
        clock_wrong: Callable[[], bool] = lambda: False,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self._base = base.rstrip("/")
        self._who = credentials
        self._wall = wall
        self._heard = heard
        self._timeout = timeout
        self._nonce = ""
        self._nonce_at = 0.0
        self._clock_wrong = clock_wrong
        self._peek: Callable[[int, bytes], None] | None = None
        self._dated = _session(ca, dated=True)
        self._undated = _session(ca, dated=False)

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self._dated.close()
        self._undated.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Answer | NoAnswer:
        """Ask. `path` is below the base, or an absolute address of the same origin (a tus upload's)."""
        url = urljoin(self._base + "/", path.lstrip("/") if not path.startswith("http") else path)
        if urlsplit(url)[:2] != urlsplit(self._base)[:2]:
            return NoAnswer("unverified:other_origin")
        if signed and len(body) > _SMALL and (not self._nonce or time.monotonic() - self._nonce_at > NONCE_AGE):
            # a refused nonce would cost the whole body once more on a slow line
            now = self.time()
            if isinstance(now, NoAnswer):
                return now
        answer = self._once(method, url, body, headers or {}, signed)
        if signed and isinstance(answer, Answer) and answer.status == 401 and answer.problem == "nonce":
            answer = self._once(method, url, body, headers or {}, signed)
        if answer == NoAnswer("tls") and not isinstance(self.time(), NoAnswer) and self._clock_wrong():
            answer = self._once(method, url, body, headers or {}, signed)
        return answer

    def post_json(
        self,
        method: str,
        path: str,
        data: Mapping[str, Any],
        *,
        signed: bool = True,
        peek: Callable[[int, bytes], None] | None = None,
    ) -> Answer | NoAnswer:
        """Ask with a JSON body. `peek` sees status and bytes before they are verified: for the first contact only."""
        body = json.dumps(data, separators=(",", ":")).encode()
        self._peek = peek
        try:
            return self.call(method, path, body=body, headers={"Content-Type": "application/json"}, signed=signed)
        finally:
            self._peek = None

    def time(self) -> int | NoAnswer:
        """The centre's clock, signed over our own nonce: needs no clock of ours."""
        nonce = _fresh()
        url = f"{self._base}/v1/time?nonce={nonce}"
        answer = self._once("GET", url, b"", {}, False)
        if answer == NoAnswer("tls"):
            answer = self._once("GET", url, b"", {}, False, session=self._undated)
        if isinstance(answer, NoAnswer):
            return answer
        data = answer.json() or {}
        now = data.get("now")
        if answer.status != 200 or data.get("nonce") != nonce or type(now) is not int:
            return NoAnswer("unverified:time")
        return now

    def _once(
        self,
        method: str,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        signed: bool,
        session: requests.Session | None = None,
    ) -> Answer | NoAnswer:
        session = session or (self._undated if self._clock_wrong() else self._dated)
        prepared = session.prepare_request(requests.Request(method, url, headers=dict(headers), data=body or None))
        target = prepared.url or url
        if signed:
            if self._who.key is None:
                return NoAnswer("offline")
            nonce, self._nonce = self._nonce, ""
            prepared.headers.update(
                httpsig.sign_request(
                    self._who.key,
                    self._who.device,
                    method,
                    target,
                    _plain(prepared),
                    body,
                    nonce=nonce,
                    created=max(0, int(self._wall())),
                )
            )
        received = self._send(session, prepared)
        if isinstance(received, NoAnswer):
            return received
        status, got, content = received
        if self._peek is not None:
            self._peek(status, content)
        asked = httpsig.Request(method, target, _plain(prepared))
        verdict = httpsig.verify_response(status, got, content, request=asked, key_of=self._who.server_keys().get)
        if isinstance(verdict, httpsig.Bad):
            return NoAnswer(f"unverified:{verdict.why}")
        self._heard(verdict.created)
        lowered = {name.lower(): value for name, value in got.items()}
        if lowered.get("kiosk-nonce"):
            self._nonce, self._nonce_at = lowered["kiosk-nonce"], time.monotonic()
        return Answer(status, lowered, content, _problem(lowered, content), verdict.created)

    def _send(
        self, session: requests.Session, prepared: requests.PreparedRequest
    ) -> tuple[int, dict[str, str], bytes] | NoAnswer:
        try:
            with session.send(
                prepared, timeout=self._timeout, allow_redirects=False, stream=True, verify=session.verify
            ) as response:
                content = response.raw.read(LIMIT + 1, decode_content=False) or b""
                return (
                    (response.status_code, dict(response.headers), content)
                    if len(content) <= LIMIT
                    else NoAnswer("too_long")
                )
        except requests.exceptions.SSLError:
            return NoAnswer("tls")
        except requests.exceptions.Timeout:
            return NoAnswer("timeout")
        except Exception as error:  # urllib3's and the socket's own errors come through when the body is cut
            if isinstance(error, (requests.RequestException, OSError)) or type(error).__module__.startswith("urllib3"):
                return NoAnswer("timeout" if "Timeout" in type(error).__name__ else "offline")
            raise


def _plain(prepared: requests.PreparedRequest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value.decode() for name, value in prepared.headers.items()}


def _fresh() -> str:
    return secrets.token_urlsafe(18)


def _problem(headers: Mapping[str, str], body: bytes) -> str:
    if not headers.get("content-type", "").startswith("application/problem+json"):
        return ""
    try:
        data = json.loads(body)
    except ValueError:
        return ""
    return str(data.get("type", ""))[:60] if shape.is_map(data) else ""


class _UndatedTls(HTTPAdapter):
    """TLS that does not ask what time it is.

    A machine that wakes in the past sees a renewed certificate as «not yet valid» and could never learn the time.
    Chain, host name and pinned roots are checked as ever; whether an answer is fresh the signed nonce tells, not a
    calendar. Used to ask for the time, and while the wall clock is known to be wrong.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        context = create_urllib3_context()
        context.verify_flags |= _NO_CHECK_TIME
        super().init_poolmanager(*args, ssl_context=context, **kwargs)


def _session(ca: Path | None, *, dated: bool) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.verify = str(ca) if ca else True
    # compressed or not, the digest is over what is sent: keep it plain
    session.headers.update({"User-Agent": "prodesaku-kiosk", "Accept-Encoding": "identity"})
    if not dated:
        session.mount("https://", _UndatedTls())
    return session
