"""What the office asks the signing room for, and what it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Member:
    """One row of a family card. `sex`: L or P; `relation` to the head of the family as it is printed."""

    name: str
    nik: str
    sex: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    relation: str = ""
    religion: str = ""
    education: str = ""
    occupation: str = ""


@dataclass(frozen=True)
class Office:
    """The issuing office as it stands on the sheet."""

    name: str = "Dinas Kependudukan dan Pencatatan Sipil"
    regency: str = "Kabupaten Pinrang"
    province: str = "Provinsi Sulawesi Selatan"
    regency_code: str = "7315"
    place: str = "Pinrang"
    official: str = "Kepala Dinas (pelatihan)"
    host: str = "dukcapil.pinrangkab.go.id"


@dataclass(frozen=True)
class SpecimenRequest:
    """A specimen to be typeset, sealed and signed.

    `service` is a service id of the catalog (``akta_lahir``, ``kk_ubah``, ``kk_anak_lahir`` …). `holder`: name of the
    child or head of the family. `details` are further facts by name; for ``akta_lahir``: birth_place, birth_date (ISO),
    birth_time, sex, child_order, mother, father; for family cards: address, rt, rw, village, district, postcode. Facts
    of other names are printed as they are. `number` empty: the next akta number of the day, or `kk` for family cards.
    `issued_on` None: today in the office's zone (WITA).
    """

    service: str
    application: str
    holder: str
    nik: str = ""
    kk: str = ""
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    members: tuple[Member, ...] = ()
    office: Office = field(default_factory=Office)
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class Issued:
    """A signed specimen. `sha256` (hex) is of `pdf`; the status entry is its place in the status list."""

    pdf: bytes
    number: str
    sha256: str
    title: str
    status_index: int
    status_list: int
    seal: str
