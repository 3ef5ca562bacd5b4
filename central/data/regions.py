"""The regency's villages, from `pinrang.csv` (codes of Kemendagri, not of BPS), and the letters of their tickets."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

_CSV = Path(__file__).with_name("pinrang.csv")
_VOWELS = frozenset("AEIOU")


@dataclass(frozen=True)
class Village:
    """A site as a kiosk stores it at enrolment (the fields of its `Site`)."""

    kind: Literal["desa", "kelurahan"]
    village: str
    district: str
    regency: str
    code: str
    letters: str
    zone: Literal["WIB", "WITA", "WIT"] = "WITA"

    def as_dict(self) -> dict[str, str]:
        """As `POST /v1/enrol` answers it."""
        return {key: str(value) for key, value in asdict(self).items()}

    @property
    def title(self) -> str:
        """Desa Kaballangang, Kelurahan Pekkabata."""
        return f"{self.kind.capitalize()} {self.village}"


@cache
def villages() -> dict[str, Village]:
    """Every desa and kelurahan by code, in the order of codes."""
    with _CSV.open(encoding="utf-8", newline="") as file:
        rows = [(row["kode"], row["nama"], row["tingkat"]) for row in csv.DictReader(file)]
    names = {code: name for code, name, _ in rows}
    found: dict[str, Village] = {}
    taken: set[str] = set()
    for code, name, level in sorted(rows):
        if level not in ("desa", "kelurahan"):
            continue
        letters = next(three for three in _candidates(name) if three not in taken)
        taken.add(letters)
        regency = names[code[:5]].removeprefix("Kabupaten ").removeprefix("Kota ")
        found[code] = Village("desa" if level == "desa" else "kelurahan", name, names[code[:8]], regency, code, letters)
    return found


def _candidates(name: str) -> list[str]:
    """Three letters that recall the name, best first: initial and consonants, then any letters, then numbered."""
    letters = [char for char in name.upper() if char.isascii() and char.isalpha()]
    spread = [char for i, char in enumerate(letters) if i == 0 or char != letters[i - 1]]
    consonants = [char for char in spread[1:] if char not in _VOWELS]
    pairs = [*combinations(consonants, 2), *combinations(spread[1:], 2)]
    first = spread[0]
    distinct = [f"{first}{a}{b}" for a, b in pairs if len({first, a, b}) == 3]
    others = [f"{first}{a}{b}" for a, b in pairs]
    return [*distinct, *others, *(f"{first}{spread[-1]}{digit}" for digit in range(2, 10))]
