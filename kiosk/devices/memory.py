"""Big payloads between processes: anonymous memory, passed as a file descriptor, never on a disk."""

from __future__ import annotations

import fcntl
import os

from asyncvarlink import FileDescriptor

#: No page, picture or frame of ours is anywhere near this; a peer that sends more is broken.
LIMIT = 128 << 20
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL


def lend(data: bytes) -> FileDescriptor:
    """A descriptor of sealed memory that holds `data`; closed by whoever sends it."""
    handle = os.memfd_create("lent", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, _SEALS)
    except BaseException:
        os.close(handle)
        raise
    return FileDescriptor(handle, should_close=True)


def borrow(descriptor: FileDescriptor) -> bytes:
    """What a received descriptor holds. Raises ValueError when it is more than LIMIT, OSError when it is unreadable."""
    handle = descriptor.fileno()
    size = os.fstat(handle).st_size
    if size > LIMIT:
        raise ValueError("too much")
    pieces: list[bytes] = []
    at = 0
    while at < size and (piece := os.pread(handle, size - at, at)):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)
