"""07: everything once more, the declaration, Kirim; and the notice of what the data is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk import forms
from kiosk.catalog.model import Question
from kiosk.journeys import answers, apply, flow, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import Attachment, Collector, Submit
from kiosk.journeys.events import Event, Press, SubmitFailed, Submitted
from kiosk.journeys.visit import Out, Receipt, Visit, go, stay

SENT_FOR = 45.0  # seconds that 08 stays

_SORRY = {
    "disk_full": "Penyimpanan mesin penuh.",
    "read_only": "Penyimpanan mesin sedang tidak bisa ditulisi.",
    "not_enrolled": "Mesin ini belum didaftarkan ke Dinas.",
    "device_error": "Mesin sedang bermasalah.",
}


def checking(visit: Visit, at: places.Checking, event: Event) -> Out:
    """07"""
    if not isinstance(event, Press):
        return stay(visit)
    draft = visit.draft
    match event.act:
        case Act.PREVIOUS_ROWS:
            return go(visit, replace(at, rows=max(1, at.rows - 1)))
        case Act.NEXT_ROWS:
            return go(visit, replace(at, rows=min(_row_pages(visit), at.rows + 1)))
        case Act.EDIT if event.value in {q.name for q in flow.fields(visit)}:
            visit = replace(visit, draft=replace(draft, returning=True))
            return go(visit, flow.field_place(visit, event.value))
        case Act.RETAKE if event.value in {p.slot for p in flow.papers(visit)}:
            return go(replace(visit, draft=replace(draft, returning=True)), places.Shooting(event.value))
        case Act.DECLARE:
            return go(replace(visit, draft=replace(draft, declared=not draft.declared)), replace(at, error=""))
        case Act.PRIVACY:
            return go(visit, places.Privacy(at.rows))
        case Act.BACK:
            return apply.back(visit, flow.CHECK)
        case Act.SEND:
            if said := blocked(visit):
                return go(visit, replace(at, error=said))
            return go(visit, places.Submitting(), submission(visit))
        case _:
            return stay(visit)


def blocked(visit: Visit) -> str:
    """Why Kirim is off, or nothing."""
    if gone := flow.missing(visit):
        return f"Belum diisi: {visit.words(gone[0])}."
    return "" if visit.draft.declared else "Centang dulu pernyataan bahwa data ini benar."


def submission(visit: Visit) -> Submit:
    """The application as it goes to the store: only what it asks for, nothing that was typed on a side way."""
    draft = visit.draft
    names = [q.name for q in flow.fields(visit)]
    values: dict[str, Any] = {n: v for n in names if (v := draft.answers.get(n)) and n != flow.PHONE}
    slots = [p.slot for p in flow.papers(visit)]
    done = {slot: draft.papers[slot] for slot in slots if slot in draft.papers}
    if stand_in := {slot: paper.substitute for slot, paper in done.items() if paper.substitute}:
        values["surat_pengganti"] = stand_in
    phone = draft.answers.get(flow.PHONE, "")
    return Submit(
        services=draft.services,
        for_whom=draft.for_whom or ("" if draft.revises else "saya"),
        answers=values,
        attachments=tuple(Attachment(slot, paper.capture) for slot, paper in done.items() if paper.capture),
        collectors=_collectors(values) if not draft.revises else (),
        contact={"phone": phone} if phone else {},
        revises=draft.revises,
    )


def _collectors(values: dict[str, Any]) -> tuple[Collector, ...]:
    who: list[Collector] = []
    if nik := values.get(flow.NIK):
        who.append(Collector("reporter", nik, values.get(flow.NAME, "")))
    other, role = values.get("pengambil_nik"), values.get("pengambil")
    if other and role in ("keluarga", "wakil"):
        name = values.get("pengambil_nama", "")
        who.append(Collector("family" if role == "keluarga" else "proxy", other, name))
    return tuple(who)


def submitting(visit: Visit, event: Event) -> Out:
    """Until the store has answered nothing else counts: no second Kirim, no way back."""
    match event:
        case Submitted():
            draft = visit.draft
            phone = draft.answers.get(flow.PHONE, "")
            receipt = Receipt(
                number=event.number,
                online=event.online,
                stored_at=event.stored_at,
                services=draft.services,
                phone=forms.mask_phone(phone) if phone else "",
                revision=bool(draft.revises),
            )
            visit = replace(visit, receipt=receipt)
            if receipt.revision:
                return go(visit, places.Done(visit.now + SENT_FOR))
            return go(visit, places.TicketComing(since=visit.now))
        case SubmitFailed(why):
            return go(visit, places.Failed(why))
        case _:
            return stay(visit)


def failed(visit: Visit, at: places.Failed, event: Event) -> Out:
    """Nothing was stored. The answers are all here; try again or look at them."""
    match event:
        case Press(Act.AGAIN | Act.SEND | Act.NEXT) if not blocked(visit):
            return go(visit, places.Submitting(), submission(visit))
        case Press(Act.BACK | Act.DONE | Act.AGAIN | Act.SEND | Act.NEXT):
            return go(visit, places.Checking())
        case _:
            return stay(visit)


def privacy(visit: Visit, at: places.Privacy, event: Event) -> Out:
    """Back to 07."""
    match event:
        case Press(Act.BACK | Act.CLOSE | Act.NEXT | Act.DONE):
            return go(visit, places.Checking(at.rows))
        case _:
            return stay(visit)


def _per_page(visit: Visit) -> int:
    return {"normal": 4, "large": 3, "largest": 2}[visit.settings.text_size]


def _row_pages(visit: Visit) -> int:
    return max(1, -(-len(flow.fields(visit)) // _per_page(visit)))


def checking_page(visit: Visit, at: places.Checking) -> pages.Page:
    every = flow.fields(visit)
    each = _per_page(visit)
    row = min(at.rows, _row_pages(visit))
    first = (row - 1) * each
    draft = visit.draft
    rows = tuple(
        pages.AnswerRow(
            name=q.name,
            question=visit.words(q.short),
            answer=_answer(visit, q),
            missing=not q.optional and not draft.answers.get(q.name),
        )
        for q in every[first : first + each]
    )
    return pages.CheckAnswers(
        rows=rows,
        first=first + 1 if rows else 0,
        total=len(every),
        rows_page=row,
        rows_pages=_row_pages(visit),
        photos=tuple(_photo(visit, p.slot) for p in flow.papers(visit)),
        declaration=_declaration(visit),
        declared=draft.declared,
        blocked=blocked(visit),
        error=at.error,
        steps=pages.Steps(4),
    )


def _answer(visit: Visit, asked: Question) -> str:
    value = visit.draft.answers.get(asked.name, "")
    if value:
        return answers.say(visit, asked, value)
    return "Dilewati" if asked.optional else "Belum diisi"


def _photo(visit: Visit, slot: str) -> pages.PhotoRow:
    paper, done = visit.pack.papers[slot], visit.draft.papers.get(slot)
    title = visit.words(paper.title)
    if done is None:
        return pages.PhotoRow(slot, title, "", "Belum diisi", ok=False)
    if done.substitute:
        stand_in = next((s for s in paper.substitutes if s.id == done.substitute), None)
        return pages.PhotoRow(slot, title, "", visit.words(stand_in.title) if stand_in else done.substitute)
    remark = "Jelas terbaca" if done.readable else "Kurang jelas, boleh diulang"
    return pages.PhotoRow(slot, title, done.capture, remark, ok=done.readable)


def _declaration(visit: Visit) -> str:
    chosen = flow.services(visit)
    what = chosen[0].document if len(chosen) == 1 else "dokumen ini"
    text = visit.pack.words.get("declaration", "Data ini benar. Saya tahu data dikirim ke {dinas}.")
    return visit.words(text.replace("{dokumen}", what))


def privacy_page(visit: Visit, at: places.Privacy) -> pages.Page:
    return pages.Notice("Untuk apa data saya?", tuple((h, visit.words(t)) for h, t in visit.pack.notice))


def submitting_page(visit: Visit, at: places.Submitting) -> pages.Page:
    return pages.Working(
        "Menyimpan permohonan", "Data dikunci dan disimpan di mesin ini. Jangan tinggalkan layar dulu."
    )


def failed_page(visit: Visit, at: places.Failed) -> pages.Page:
    return pages.Sorry(
        "Permohonan belum tersimpan",
        (
            _SORRY.get(at.why, _SORRY["device_error"]),
            "Jawaban dan foto Anda masih ada di layar ini, belum ada yang hilang.",
            "Coba sekali lagi. Masih gagal? Panggil petugas.",
        ),
        retry="Coba kirim lagi",
    )
