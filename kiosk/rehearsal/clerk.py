"""A clerk at the office, working the real pages over HTTP as a browser without scripts would."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from kiosk.rehearsal.finger import NotSeen
from kiosk.rehearsal.people import Decision

_APPLICATION = re.compile(r"/dinas/permohonan/[0-9a-f-]{36}")


@dataclass
class Form:
    """A form of a page: where it goes and what stands in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict[str, str])
    choices: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])  # by name: words → value


class _Page(HTMLParser):
    """Collects a page's forms, links and words."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.path = ""
        self.words: list[str] = []
        self._open: Form | None = None
        self._select = ""
        self._option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, their inputs, and links."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(found.get("action", ""))
            self.forms.append(self._open)
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "select" and self._open is not None:
            self._select = found.get("name", "")
            self._open.choices[self._select] = {}
        elif tag == "option":
            self._option = found.get("value", "")
        elif tag in ("input", "textarea", "button") and self._open is not None and "name" in found:
            self._open.fields[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A form or an option ends."""
        if tag == "form":
            self._open = None
        elif tag == "option":
            self._option = None

    def handle_data(self, data: str) -> None:
        """What can be read on the page; within a list it is a choice's name."""
        if self._option is not None and self._open is not None:
            self._open.choices[self._select][data] = self._option
        elif data.strip():
            self.words.append(data.strip())


class Clerk:
    """Logs in once; finds applications by ticket number."""

    def __init__(self, account: Mapping[str, str], *, patience: float = 60.0) -> None:
        """`account`: url, user, password. Raises NotSeen when the log-in is refused."""
        self._url = account["url"].rstrip("/")
        self._patience = patience
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        page = self._get("/dinas/masuk")
        login = next(form for form in page.forms if "password" in form.fields)
        after = self._send(login, {"username": account["user"], "password": account["password"]})
        if any("password" in form.fields for form in after.forms):
            raise NotSeen("the clerk was not let in")

    def _get(self, path: str) -> _Page:
        return self._read(urllib.request.Request(urllib.parse.urljoin(self._url + "/", path)))

    def _send(self, form: Form, more: Mapping[str, str]) -> _Page:
        body = urllib.parse.urlencode({**form.fields, **more}).encode()
        address = urllib.parse.urljoin(self._url + "/", form.action)
        return self._read(urllib.request.Request(address, data=body, headers={"Referer": self._url + "/dinas/"}))

    def _read(self, request: urllib.request.Request) -> _Page:
        page = _Page()
        try:
            with self._opener.open(request, timeout=30) as answer:
                page.path = urllib.parse.urlsplit(answer.url).path
                page.feed(answer.read().decode())
        except urllib.error.HTTPError as error:
            raise NotSeen(f"the office's page answered {error.code}") from error
        return page

    def find(self, number: str) -> str | None:
        """The application's page of this ticket number, or None while it has not arrived whole."""
        page = self._get("/dinas/?" + urllib.parse.urlencode({"cari": number}))
        # one hit leads straight to its page
        return next((path for path in (page.path, *page.links) if _APPLICATION.fullmatch(path)), None)

    def wait_for(self, number: str) -> str:
        """Reload the queue until the application is there. Raises NotSeen."""
        deadline = time.monotonic() + self._patience
        while (link := self.find(number)) is None:
            if time.monotonic() > deadline:
                raise NotSeen("the application did not arrive at the office")
            time.sleep(0.2)
        return link

    def _form(self, number: str, document: int, act: str) -> Form | None:
        """The form of this act for the application's n-th document (from 1)."""
        page = self._get(self.wait_for(number))
        return next((form for form in page.forms if form.action.endswith(f".{document}/{act}")), None)

    def read(self, number: str) -> str:
        """Everything that the application's page says."""
        return " ".join(self._get(self.wait_for(number)).words)

    def approve(self, number: str, document: int, way: Decision, nik: str = "") -> None:
        """Approve one document: issue the training specimen, or say where to fetch it. Raises NotSeen.

        `nik` is what the office found for somebody who gave none; the page asks for it then, and only then.
        """
        if way == "pickup":
            self._do(number, document, "panggil", {})
        else:
            self._do(number, document, "setujui", {})
            self._do(number, document, "spesimen", {"collector_nik": nik} if nik else {})

    def give_back(self, number: str, document: int, part: str, reason: str, text: str) -> None:
        """Return a part (a paper or an answer, by the words of the page's list) of one document for correction."""
        form = self._form(number, document, "kembalikan")
        chosen = [value for words, value in form.choices["part"].items() if part in words] if form else []
        if len(chosen) != 1:
            raise NotSeen(f"{len(chosen)} parts of the page's list fit")
        self._do(number, document, "kembalikan", {"part": chosen[0], "reason": reason, "text": text})

    def reject(self, number: str, document: int, reason: str, text: str) -> None:
        """Reject one document."""
        self._do(number, document, "tolak", {"reason": reason, "text": text})

    def withdraw(self, number: str, document: int, status: str, why: str) -> None:
        """Revoke (`cabut`) what was sent, or mark it superseded (`gantikan`)."""
        self._do(number, document, "status", {"status": status, "why": why})

    def _do(self, number: str, document: int, act: str, more: Mapping[str, str]) -> None:
        form = self._form(number, document, act)
        if form is None:
            raise NotSeen(f"the office's page offers no {act} for document {document}")
        if missing := more.keys() - form.fields.keys() - form.choices.keys():
            raise NotSeen(f"the office's form asks for no {' or '.join(sorted(missing))}")
        self._send(form, more)
