"""The keypad as the rest sees it."""

from __future__ import annotations

from drivers.inputs import address as addresses
from drivers.inputs.address import InputAddress
from drivers.inputs.device import InputDevice
from drivers.inputs.driver import REAL, Access, InputDriver, Now
from drivers.inputs.events import EV_KEY, EV_SW, PRESSED, RELEASED, SW_HEADPHONE_INSERT, Event
from drivers.keypad import meanings
from drivers.roles import Missing

BOUNCE = 0.03  # seconds: a contact that opens and closes again that soon has only trembled


class Presses:
    """Events in, keys out: a press is one key, however long it is held and however its contact trembles."""

    def __init__(self, means: dict[int, str]) -> None:
        self._means = means
        self._down: set[int] = set()
        self._let_go: dict[int, float] = {}
        self.jack: bool | None = None

    def feed(self, event: Event | Now) -> str | None:
        """The key that this event is, if it is one."""
        if isinstance(event, Now):
            # what is held since before we had the device is not meant for us
            self._down = set(event.down)
            self._let_go.clear()
            self.jack = None if event.switches is None else SW_HEADPHONE_INSERT in event.switches
        elif event.type == EV_SW and event.code == SW_HEADPHONE_INSERT:
            self.jack = bool(event.value)
        elif event.type == EV_KEY and event.value == RELEASED:
            self._down.discard(event.code)
            self._let_go[event.code] = event.at
        elif event.type == EV_KEY and event.value == PRESSED and event.code not in self._down:
            self._down.add(event.code)
            if not 0 <= event.at - self._let_go.get(event.code, float("-inf")) < BOUNCE:
                return self._meaning(event.code)
        return None

    def _meaning(self, code: int) -> str | None:
        meaning = self._means.get(code)
        if meaning in (meanings.JACK_IN, meanings.JACK_OUT):
            self.jack = meaning == meanings.JACK_IN
            return None
        return meaning


class EvdevKeyPad(InputDevice[str]):
    """A :class:`~drivers.roles.KeyPad` on an input device, taken for itself so that nothing reaches the screen.

    The headphone switch may be on a device of its own, `?jack=PATH`, which is only listened to.
    """

    def __init__(self, address: InputAddress, access: Access = REAL) -> None:
        super().__init__(address, access)
        self._presses = Presses(meanings.parse(address.options.get("map", "")))
        self._socket: InputDriver | None = None
        self._switch = Presses({})
        if jack := address.options.get("jack"):
            self._socket = InputDriver(InputAddress(jack, address.scheme), access, grab=False)

    def key(self, timeout: float) -> str | Missing | None:
        """The next key pressed; None when there was none in `timeout` seconds; Missing when the pad is away."""
        return self._next(timeout)

    def jack(self) -> bool | None:
        """Whether headphones are plugged in; None when nothing here knows."""
        if self._closed:
            return None
        with self._lock:
            if self._socket is not None:
                while isinstance(event := self._socket.next(0.0), Event | Now):
                    self._switch.feed(event)
                return None if isinstance(event, Missing) else self._switch.jack
            while isinstance(event := self._driver.next(0.0), Event | Now):
                self._feed(event)
            return None if isinstance(event, Missing) else self._presses.jack

    def close(self) -> None:
        """Let the device go. May be called twice."""
        super().close()
        if self._socket is not None:
            self._socket.close()

    def _feed(self, event: Event | Now) -> None:
        if (key := self._presses.feed(event)) is not None:
            self._made.append(key)


def open(url: str) -> EvdevKeyPad:
    """The keypad at `url`, such as `evdev:///dev/input/by-id/…?map=KEY_1:yes,KEY_2:no`. Raises ValueError."""
    return EvdevKeyPad(addresses.parse(url))
