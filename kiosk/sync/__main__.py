"""`python -m kiosk.sync`: the sync agent; its configuration is named by PRODESAKU_CONFIG."""

import asyncio
import logging
import os
import sys

from kiosk.config import load
from kiosk.sync.service import main

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s", stream=sys.stderr)
    # urllib3 writes addresses into its log; ours are dull, but a rule without exceptions is easier to keep
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    asyncio.run(main(load()))
    # a loop may still wait for a silent line; the store is closed, nothing is lost
    sys.stderr.flush()
    os._exit(0)
