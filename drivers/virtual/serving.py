"""What every twin that speaks HTTP does alike: say that it is ready, serve, end on SIGTERM."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Mapping
from http.server import ThreadingHTTPServer


class LoopbackServer(ThreadingHTTPServer):
    """Threads that never outlive the process; only reachable from this machine."""

    daemon_threads = True
    block_on_close = False


def announce(endpoints: Mapping[str, str]) -> None:
    """Print the one line that `drivers.virtual.start` waits for."""
    sys.stdout.write(json.dumps(dict(endpoints)) + "\n")
    sys.stdout.flush()


def serve(server: ThreadingHTTPServer, endpoints: Mapping[str, str]) -> int:
    """Announce and serve until SIGTERM or SIGINT; the exit code."""

    def stop(*_: object) -> None:
        # shutdown() waits for the loop that this signal has interrupted, so another thread must ask
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    announce(endpoints)
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    return 0
