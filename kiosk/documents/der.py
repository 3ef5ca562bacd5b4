"""Whether bytes are well-nested DER: definite, shortest lengths, and every container filled exactly by what it holds.

The common ASN.1 reader looks at each part only when asked and at the outermost length hardly ever; of a signature's
envelope, which the signature does not cover, every byte shall be what it should be.
"""

from __future__ import annotations

_MAX_DEPTH = 40
_CONSTRUCTED = 0x20


def nested_length(data: bytes) -> int | None:
    """How many bytes the one DER value at the beginning takes, or None when it is not well-nested."""
    return _end(data, 0, len(data), 0)


def tags(contents: bytes) -> list[int]:
    """The first bytes of the values in a well-nested container's contents."""
    found: list[int] = []
    at = 0
    while at < len(contents):
        end = _end(contents, at, len(contents), 0)
        if end is None:
            return []
        found.append(contents[at])
        at = end
    return found


def _end(data: bytes, at: int, limit: int, depth: int) -> int | None:
    if depth > _MAX_DEPTH or at + 2 > limit or data[at] == 0 or data[at] & 0x1F == 0x1F:
        return None
    constructed, first = data[at] & _CONSTRUCTED, data[at + 1]
    at += 2
    length = first
    if first & 0x80:
        count = first & 0x7F
        if not 1 <= count <= 4 or at + count > limit:
            return None
        length = int.from_bytes(data[at : at + count], "big")
        if length < 0x80 or data[at] == 0:
            return None
        at += count
    end = at + length
    if end > limit:
        return None
    while constructed and at < end:
        following = _end(data, at, end, depth + 1)
        if following is None:
            return None
        at = following
    return end
