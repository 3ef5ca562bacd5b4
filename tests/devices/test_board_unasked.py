"""A printer that nobody can ask how it is, as whoever watches hears of it."""

from __future__ import annotations

from drivers import roles
from kiosk.devices.board import Board
from kiosk.devices.values import DeviceStatus


def test_one_that_cannot_be_asked_is_told_at_once_and_silence_is_believed_the_second_time() -> None:
    board = Board(["printer"])
    board.note("printer", roles.Ready())
    board.note("printer", roles.Unknown(1.0))
    assert board.states() == [DeviceStatus("printer", "ready")]
    board.note("printer", roles.Unknown(1.0, asked=False))
    assert board.states() == [DeviceStatus("printer", "unknown", "unasked")]
    board.note("printer", roles.Unknown(1.0))
    board.note("printer", roles.Unknown(1.0))
    assert board.states() == [DeviceStatus("printer", "unknown")]
