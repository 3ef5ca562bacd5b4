"""A seeded mutator of byte strings: flips, splices, truncations, edited numbers, repeated and dropped pieces."""

from __future__ import annotations

import random
from collections.abc import Sequence


def mutated(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """One seed with one or two changes; at most 64 KiB."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice((1, 1, 1, 1, 2))):
        place = rng.randrange(len(data) + 1)
        end = min(len(data), place + rng.randint(1, 16))
        # what has a fixed length is refused at any other one: half of the changes keep it
        kind = rng.choice((0, 0, 0, 3, 3, 3, 1, 2, 4, 5, 6))
        if kind == 0 and place < len(data):
            data[place] ^= 1 << rng.randrange(8)
        elif kind == 1:
            other = rng.choice(seeds)
            data[place:] = other[rng.randrange(len(other) + 1) :]
        elif kind == 2:
            del data[place:]
        elif kind == 3 and place < len(data):  # as if it were a length
            data[place : place + 2] = rng.choice((b"\x00\x00", b"\xff\xff", b"\x7f\xff", b"\x00\x01"))
        elif kind == 4:
            data[place:place] = data[place:end] * rng.randint(1, 4)
        elif kind == 5:
            del data[place:end]
        else:
            data[place:place] = rng.randbytes(rng.randint(1, 8))
    return bytes(data[:65536])
