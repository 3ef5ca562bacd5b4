"""A file name for bytes that must not touch a disk."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def in_memory(data: bytes) -> Generator[str, None, None]:
    """A path, good for this process alone and until the end of the block, behind which lie `data` in memory.

    libcups prints files by name only.
    """
    handle = os.memfd_create("page")
    try:
        with os.fdopen(os.dup(handle), "wb") as stream:
            stream.write(data)
        os.lseek(handle, 0, os.SEEK_SET)
        yield f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)
