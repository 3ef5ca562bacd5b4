"""From request to unsigned PDF: our own plain layout with SPESIMEN across the page. Same input, same bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

from central.signing import wording
from central.signing.request import Member, SpecimenRequest

_HERE = Path(__file__).parent


def typeset(request: SpecimenRequest, number: str, on: date) -> bytes:
    """Revision 0: A4, upright, not linearised, with exactly one end-of-file mark.

    Raises ValueError when the typesetter breaks that promise: the seal is over these bytes.
    """
    template = _HERE / "templates" / f"{wording.layout(request.service)}.typ"
    pdf = typst.compile(
        template,
        root=_HERE / "templates",
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(_data(request, number, on), ensure_ascii=False)},
        pdf_standards="1.7",
    )
    if pdf.count(b"%%EOF") != 1 or b"/Linearized" in pdf:
        raise ValueError("a document begins as a single revision")
    return pdf


def _data(request: SpecimenRequest, number: str, on: date) -> dict[str, Any]:
    office = request.office
    rows = wording.rows(request.details)
    if request.kk and not wording.is_family_card(request.service):
        rows.append(("Nomor KK", request.kk))
    return {
        "title": wording.title(request.service),
        "lead": wording.lead(request.service),
        "number": number,
        "number_label": wording.number_label(request.service),
        "holder": request.holder,
        "nik": request.nik,
        "rows": rows,
        "members": [_member(member) for member in request.members],
        "office": office.name,
        "regency": office.regency,
        "province": office.province,
        "place": office.place,
        "official": office.official,
        "issued": wording.long_date(on),
    }


def _member(member: Member) -> dict[str, str]:
    return {
        "name": member.name,
        "nik": member.nik,
        "sex": member.sex,
        "birth_place": member.birth_place,
        "birth_date": wording.long_date(member.birth_date) if member.birth_date else "",
        "relation": member.relation,
    }
