"""The signature base of RFC 9421 §2.5, for the components that the product's profile and the RFC's examples use.

A component is its identifier as it stands in Signature-Input: `"@method"`, `"content-digest"`, `"@target-uri";req`,
`"signature";req;key="kiosk"`. Nothing is guessed: a component without a value makes the base None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_COMPONENT = re.compile(r'"(@?[a-z0-9-]+)"((?:;req)?)((?:;key="[a-z]+")?)')
_VALUE = re.compile(r"[\x20-\x7e\t]*")


@dataclass(frozen=True)
class Message:
    """A request (`method`, `target_uri`) or a response (`status`, and `request` it answers).

    `headers` may have any case; a value is the header's whole, already joined value.
    """

    headers: Mapping[str, str]
    method: str = ""
    target_uri: str = ""
    status: int = 0
    request: Message | None = None
    fields: Mapping[str, str] = field(init=False, default_factory=dict[str, str], repr=False)

    def __post_init__(self) -> None:
        lowered: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            # two spellings of one header are two headers: joined as RFC 9110 §5.3 says
            lowered[key] = f"{lowered[key]}, {value}" if key in lowered else value
        object.__setattr__(self, "fields", lowered)

    def header(self, name: str) -> str:
        """The header's value without outer white space; empty when absent (or empty: WSGI cannot tell the two)."""
        return self.fields.get(name, "").strip(" \t")


def signature_base(message: Message, components: Sequence[str], params: str) -> bytes | None:
    """The bytes to sign. `params` is the member's value in Signature-Input: the inner list with its parameters.

    None when a component is unknown, repeated, absent from the message or not plain ASCII.
    """
    if len(set(components)) != len(components):
        return None
    lines: list[str] = []
    for component in components:
        value = _value(message, component)
        if value is None or not _VALUE.fullmatch(value):
            return None
        lines.append(f"{component}: {value}")
    lines.append(f'"@signature-params": {params}')
    return "\n".join(lines).encode("ascii")


def _value(message: Message, component: str) -> str | None:
    match = _COMPONENT.fullmatch(component)
    if match is None:
        return None
    name, req, key = match.groups()
    if req:
        if message.request is None:
            return None
        message = message.request
    if key:
        return _member(message.header(name), key[6:-1])
    if name.startswith("@"):
        return _derived(message, name)
    return message.header(name) or None


def _derived(message: Message, name: str) -> str | None:
    if name == "@status":
        return str(message.status) if message.status else None
    if not message.method:
        return None
    if name == "@method":
        return message.method
    if name == "@target-uri":
        return message.target_uri
    parts = urlsplit(message.target_uri)
    if name == "@authority":
        host = parts.netloc.rpartition("@")[2].lower()
        default = {"http": ":80", "https": ":443"}.get(parts.scheme, "\n")
        return host.removesuffix(default)
    if name == "@path":
        return parts.path or "/"
    if name == "@query":
        return "?" + parts.query
    return None


def _member(dictionary: str, key: str) -> str | None:
    """The value of `key` in a dictionary that has this one member and no other (RFC 9421 §2.1.2, our profile)."""
    prefix = f"{key}="
    value = dictionary.removeprefix(prefix)
    return value if dictionary.startswith(prefix) and re.fullmatch(r":[A-Za-z0-9+/=]+:", value) else None
