"""The keypad's role."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from drivers.roles.status import Missing, Status


@runtime_checkable
class KeyPad(Protocol):
    """A few hardware keys and perhaps a headphone socket, for people who cannot use the touchscreen."""

    def status(self) -> Status:
        """Ready, Missing, Unknown, or Fault("not-grabbed") when another program holds it; answers within 1 s."""
        ...

    def key(self, timeout: float) -> str | Missing | None:
        """The next key pressed: "yes", "no", "back", "up", "down", "help" or a digit; None when there was none.

        A press is told once, however long the key is held; one held since before the pad was opened is not told.
        """
        ...

    def jack(self) -> bool | None:
        """Whether headphones are plugged in; None when the pad has no such switch or is away. Answers within 1 s.

        A change does not end a key() that waits: ask after each key(). Asking takes no key away.
        """
        ...

    def close(self) -> None:
        """Let the device go. May be called twice."""
        ...
