"""Real-time commands, and how they are kept out of pictures.

A printer looks for them in every byte as it arrives, also inside a picture, and obeys: DLE EOT (status), DLE ENQ 1, 2
(go on after an error, throw away what is in the buffers), DLE DC4 1 (open the drawer), 2 (switch off), 8 (throw away).
So the manuals say, with such a picture for their example: Epson TM-T88III, p. 82, DLE EOT; Epson's ESC/POS reference
10.01, p. 424, GS ( D; Citizen CBM1000, p. 50; Xprinter XP-80, DLE DC4; Custom P80C, p. 59, DLE ENQ. What GS ( D can
switch off is DLE DC4 1 and 2 alone, and on some models only. Bands of rows cannot part two bytes of one row.

So a dot gives way. Each of these commands begins with 0x10: of eight dots side by side one is black. Where a byte
follows that would make it a command, the dot to its right is burnt, too (0x18). That byte begins no command and ends
none, so one pass is enough. What changes on paper is a black dot next to a lone one, an eighth of a millimetre, which
the heat spreads to anyway; nothing black is lost. No code is touched: its modules are two dots wide or more, so none
of its rows, nor its quiet zone, has a lone dot.
"""

from __future__ import annotations

import re

DLE = 0x10
#: What makes a command of the DLE before it: EOT, ENQ, DC4.
AFTER_DLE = b"\x04\x05\x14"
_COMMAND = re.compile(rb"\x10(?=[\x04\x05\x14])")


def without_commands(dots: bytes) -> bytes:
    """A picture's bytes, a bit a dot and 1 black, row by row, with no real-time command in them."""
    return _COMMAND.sub(b"\x18", dots)


def says_a_command(data: bytes) -> bool:
    """Whether these bytes hold what a printer could take for a real-time command."""
    return _COMMAND.search(data) is not None
