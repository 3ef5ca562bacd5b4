import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.formats import p256
from kiosk.identity.identity import Identity
from kiosk.store.store import Store
from kiosk.sync.acts import Acts
from kiosk.sync.api import Api, Credentials
from kiosk.sync.down import Down
from kiosk.sync.enrol import Enrolled, enrol
from kiosk.sync.up import Up
from tests.store.world import World
from tests.sync.centre import Centre


@pytest.fixture
def centre() -> Iterator[Centre]:
    centre = Centre()
    yield centre
    centre.stop()


class Kiosk:
    """An enrolled machine whose three loops a test turns by hand."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        self.world = World(folder)
        enrolled = enrol(url, code, folder / "identity", wall=self.world.clock)
        assert isinstance(enrolled, Enrolled), enrolled
        identity = Identity.load(folder / "identity")
        assert isinstance(identity, Identity)
        self.identity = identity
        self.url = url
        self.store: Store = self.world.open()
        self.attentive = False
        self.start()

    def start(self) -> None:
        """As after a restart of the agent: the store is what it was, connections and nonces are new."""
        key = self.identity.key()
        assert isinstance(key, p256.PrivateKey)
        trust = self.identity.trust()

        def keys() -> dict[str, p256.PublicKey]:
            return dict(trust.server_keys)  # type: ignore[union-attr]

        credentials = Credentials(self.identity.device, key, keys)
        self.api = Api(self.url, credentials, wall=self.world.clock, timeout=(2.0, 2.0))
        chance = random.Random(3)
        self.store.release_leases()
        self.up = Up(self.api, self.store, key, keys, chance)
        self.acts = Acts(self.api, self.store, chance)
        self.down = Down(self.api, self.store, self.identity.directory, lambda: self.attentive)


@pytest.fixture
def kiosk(tmp_path: Path, centre: Centre) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path, centre.url, "7K3M9Q2XWD")
    yield kiosk
    kiosk.api.close()
    kiosk.store.close()
