#!/usr/bin/python3
"""The print server's end of a virtual printer's cable: a CUPS back end (backend(7)). Standard library only.

A private print server runs this file itself, perhaps as a user who can read nothing else of ours. `DEVICE_URI` is
`prodesaku://127.0.0.1:PORT`: bytes go there, and the lines that come back are said on to the print server (`STATE:`,
`ATTR:`; cups-filter(7)), as CUPS' own back ends do with what a printer's port tells. A printer that is not there is
waited for.
"""

from __future__ import annotations

import os
import selectors
import socket
import sys
import time
from urllib.parse import urlsplit

PIECE = 1 << 14
AGAIN = 0.05  # seconds
OK, FAILED = 0, 1


def say(line: str) -> None:
    """To the print server, on a line of its own: drivers write to the same pipe, and not always whole lines at once
    (brlaser does not; a word of ours that came in between was lost)."""
    sys.stderr.write(f"\n{line}\n")
    sys.stderr.flush()


def reach(port: int) -> socket.socket:
    """The printer, as soon as it is there."""
    waiting = False
    while True:
        try:
            line = socket.create_connection(("127.0.0.1", port), timeout=5)
        except OSError:
            if not waiting:
                say("STATE: +connecting-to-device")
            waiting = True
            time.sleep(AGAIN)
            continue
        if waiting:
            say("STATE: -connecting-to-device")
        line.setblocking(False)
        return line


def carry(source: int, line: socket.socket) -> int:
    """Everything from `source` to the printer, and its words back, until it says `end` or is gone."""
    data, words, ended = b"", b"", False
    with selectors.DefaultSelector() as wait:
        wait.register(line, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            if not data and not ended:
                data = os.read(source, PIECE)
                if not data:
                    ended = True
                    line.shutdown(socket.SHUT_WR)
            writes = selectors.EVENT_WRITE if data else 0
            wait.modify(line, selectors.EVENT_READ | writes)
            for _, ready in wait.select(1):
                if ready & selectors.EVENT_READ:
                    piece = line.recv(PIECE)
                    *lines, words = (words + piece).split(b"\n")
                    for word in lines:
                        if word == b"end":
                            return OK
                        say(word.decode("ascii", "replace"))
                    if not piece:
                        return FAILED
                if ready & selectors.EVENT_WRITE:
                    data = data[line.send(data) :]


def main(argv: list[str]) -> int:
    """`argv`: job, user, title, copies, options, perhaps a file; without any, what can be discovered (nothing)."""
    if len(argv) == 1:
        return OK
    source = os.open(argv[6], os.O_RDONLY) if len(argv) > 6 else 0
    line = reach(urlsplit(os.environ["DEVICE_URI"]).port or 0)
    try:
        return carry(source, line)
    except OSError:
        say("STATE: +offline-report")
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv))
