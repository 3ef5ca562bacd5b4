"""How following looks: 09, 09b, 09c as pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.formats.states import REASONS
from kiosk.formats.states import DocumentState as S
from kiosk.journeys import clock, flow, pages, places, states
from kiosk.journeys.events import DocumentState
from kiosk.journeys.track import NOT_BY_TICKET, due
from kiosk.journeys.visit import Visit


def _title(visit: Visit, document: DocumentState) -> tuple[str, str, str]:
    """Icon, title, short name."""
    service = visit.service(document.service)
    if service is None:
        return "file-text", "Dokumen", "dokumen"
    return service.icon, visit.words(service.title), service.short


def tracking_page(visit: Visit, at: places.Tracking) -> pages.Page:
    ticket = visit.ticket
    documents = ticket.documents if ticket else ()
    acting = due(visit)
    heading, sentence, button = _doing(visit, acting)
    return pages.Track(
        number=ticket.number if ticket else "",
        heading=_heading(visit, documents),
        rows=tuple(_row(visit, d, d is acting) for d in documents),
        now_heading=heading,
        now_sentence=sentence,
        now_button=button,
        now_document=acting.document if acting and button else "",
        fee_line=_fee_line(visit),
        offline_note=_offline(visit),
        by_ticket=ticket.by_ticket if ticket else False,
    )


def _row(visit: Visit, document: DocumentState, acts: bool) -> pages.DocumentRow:
    icon, title, _ = _title(visit, document)
    said = states.said(document)
    return pages.DocumentRow(
        document=document.document,
        icon=icon,
        title=title,
        state=said.chip,
        state_icon=said.icon,
        state_kind=said.kind,
        line=states.line(visit, document, visit.service(document.service)),
        bar=states.bar(document),
        acts=acts,
    )


_NUMBER = {1: "Satu", 2: "Dua", 3: "Tiga", 4: "Empat", 5: "Lima"}


def _heading(visit: Visit, documents: tuple[DocumentState, ...]) -> str:
    """The current state, not a label."""
    here = [d.state for d in documents]
    for state, words in (
        (S.RETURNED, "perlu diperbaiki"),
        (S.DELIVERED, "siap dicetak"),
        (S.READY_FOR_PICKUP, "siap di Dinas"),
    ):
        if n := here.count(state):
            return f"{_NUMBER.get(n, str(n))} dokumen {words}"
    if here and all(s in (S.HANDED_OVER, S.PRINTED, S.READ_BACK) for s in here):
        return "Semua dokumen sudah diterima"
    if here and all(s == S.SUBMITTED for s in here):
        return "Menunggu dikirim ke Dinas"
    if here and all(s == S.REJECTED for s in here):
        return "Ditolak, masih ada jalan"
    return "Sedang diperiksa Dinas"


def _doing(visit: Visit, document: DocumentState | None) -> tuple[str, str, str]:
    if document is None:
        away = [d for d in (visit.ticket.documents if visit.ticket else ()) if d.state in states.OFFICE]
        if away:
            where = states.place(visit, away[0], visit.service(away[0].service))
            return f"{_title(visit, away[0])[2]} diambil di Dinas", f"Bawa tiket ini ke {where}. Biaya Rp0.", ""
        return "Belum ada yang perlu Anda lakukan", "Datang lagi nanti, atau tunggu kabar dari kami.", ""
    short = _title(visit, document)[2]
    if document.state == S.RETURNED:
        return (
            f"{short} perlu diperbaiki",
            "Cukup ulangi bagian yang diminta, tidak perlu mengisi dari awal.",
            "Perbaiki",
        )
    said = "Cetak di mesin ini. Siapkan NIK pelapor untuk memastikan ini milik Anda."
    if visit.ticket and not visit.ticket.by_ticket:
        return f"{short} Anda sudah jadi", "Pindai QR di tiket untuk mencetak.", "Pindai tiket"
    name = short if short.isupper() else short.lower()
    return f"{short} Anda sudah jadi", said, f"Cetak {name}"


def _fee_line(visit: Visit) -> str:
    ticket = visit.ticket
    if ticket is None or ticket.promised_at is None:
        return "Biaya Rp0."
    promise = clock.day_month(visit.site, ticket.promised_at, weekday=True)
    ready = [t for d in ticket.documents if d.state in states.PRINTABLE and (t := d.times.get(S.DELIVERED)) is not None]
    if ready and min(ready) < ticket.promised_at:
        return f"Biaya Rp0. Selesai lebih cepat dari janji {promise}."
    return f"Biaya Rp0. Janji selesai {promise}."


def _offline(visit: Visit) -> str:
    if visit.status.online:
        return ""
    at = visit.ticket.fresh_at if visit.ticket and visit.ticket.fresh_at is not None else visit.last_contact
    if at is None:
        return "Internet sedang putus. Keadaan ini mungkin belum yang terbaru."
    return f"Internet sedang putus. Data terakhir {clock.short(visit.site, at)}."


def following_page(visit: Visit, at: places.Following) -> pages.Page:
    document, ticket = visit.document(at.document), visit.ticket
    if document is None or ticket is None:
        return pages.Sorry("Dokumen ini tidak ada", ("Kembali ke beranda dan pindai tiket lagi.",))
    icon, title, _ = _title(visit, document)
    service = visit.service(document.service)
    parts = _panel(visit, at, document)
    return replace(
        parts,
        eyebrow=pages.Eyebrow(icon, title),
        number=ticket.number,
        document=document.document,
        steps=states.timeline(visit, document, service),
    )


_EMPTY = pages.Timeline(pages.Eyebrow("route", ""), "", "", "", (), "none")


def _panel(visit: Visit, at: places.Following, document: DocumentState) -> pages.Timeline:
    """The right pane. Reason, part and the clerk's words only where the ticket itself was scanned."""
    known = visit.ticket is not None and visit.ticket.by_ticket
    service = visit.service(document.service)
    if document.state in states.PRINTABLE:
        heading, message, button = _doing(visit, document)
        if document.state == S.DELIVERED:
            return replace(
                _EMPTY, heading="Siap dicetak", panel="ready", panel_heading=heading, message=message, button=button
            )
        short = _title(visit, document)[2]
        return replace(
            _EMPTY,
            heading="Sudah diserahkan" if document.state == S.HANDED_OVER else "Sudah dicetak",
            panel="ready",
            panel_heading=f"{short} boleh dicetak lagi",
            message="Selama belum digantikan, Anda boleh mencetaknya lagi. Biaya Rp0.",
            button="Cetak lagi" if known else "Pindai tiket",
        )
    if document.state == S.RETURNED:
        return _repair_panel(visit, document, known)
    if document.state == S.REJECTED:
        return _refused_panel(visit, at, document, known)
    if document.state in states.OFFICE:
        return replace(
            _EMPTY,
            heading="Siap di Dinas" if document.state == S.READY_FOR_PICKUP else "Datang ke Dinas",
            panel="office",
            panel_heading="Diambil di Dinas",
            message=f"Bawa tiket ini ke {states.place(visit, document, service)}. Biaya Rp0.",
        )
    heading = "Menunggu dikirim ke Dinas" if document.state == S.SUBMITTED else "Sedang diurus Dinas"
    if document.state == S.IN_REVIEW:
        heading = "Sedang diperiksa Dinas"
    return replace(
        _EMPTY,
        heading=heading,
        panel_heading="Belum ada yang perlu Anda lakukan",
        message="Datang lagi nanti, atau tunggu kabar dari kami.",
        info=_fee_line(visit),
    )


def _repair_panel(visit: Visit, document: DocumentState, known: bool) -> pages.Timeline:
    base = replace(_EMPTY, heading="Ada yang perlu diperbaiki", panel="repair")
    if not known:
        return replace(base, panel_heading="Pindai tiket untuk melihat", message=NOT_BY_TICKET, button="Pindai tiket")
    paper = visit.pack.papers.get(document.part)
    asked = flow.question(visit, document.part)
    chip = REASONS.get(document.reason_code, "Perlu perbaikan")
    if paper:
        title = visit.words(paper.title)
        unclear = document.reason_code in ("foto_buram", "foto_terpotong")
        heading = f"{title} kurang jelas" if unclear else f"{title} perlu diulang"
        button = f"Foto ulang {title[:1].lower() + title[1:]}"
    elif asked:
        heading, button = f"Jawaban “{visit.words(asked.short)}” perlu diperbaiki", "Perbaiki jawaban"
    else:
        heading, button = "Foto surat perlu diulang", "Foto ulang"
    return replace(
        base,
        panel_chip=chip,
        panel_heading=heading,
        message=document.note or "Ulangi bagian ini saja, tidak perlu mengisi dari awal.",
        button=button,
        info=_until(visit, document),
    )


def _until(visit: Visit, document: DocumentState) -> str:
    at = document.times.get(S.RETURNED)
    told = "Tidak membawa suratnya? Datang lagi nanti."
    if at is not None:
        end = (clock.local(visit.site, at) + timedelta(days=visit.pack.repair_days)).timestamp()
        told = f"Tidak membawa suratnya? Datang lagi sebelum {clock.day_month(visit.site, end)}."
    reported = visit.ticket.submitted_at if visit.ticket else None
    if reported is None:
        return f"{told} Setelah itu tetap boleh."
    return f"{told} Setelah itu tetap boleh; tanggal lapor Anda tetap {clock.day_month(visit.site, reported)}."


def _refused_panel(visit: Visit, at: places.Following, document: DocumentState, known: bool) -> pages.Timeline:
    base = replace(_EMPTY, heading="Ditolak, masih ada jalan", panel="refused")
    if not known:
        return replace(base, panel_heading="Pindai tiket untuk melihat alasannya", message="", button="Pindai tiket")
    service, ask = visit.service(document.service), visit.pack.ask
    reason = REASONS.get(document.reason_code, "")
    ways = (
        pages.Tile(
            "apply_again",
            "file-plus",
            "Ajukan lagi",
            visit.words(service.rejected) if service and service.rejected else "Permohonan baru, tetap Rp0",
        ),
        pages.Tile(
            "objection", "scale", "Ajukan keberatan", f"Dalam {visit.pack.objection_days} hari kerja sejak ditolak"
        ),
        pages.Tile("ask", ask.icon, ask.name, ask.address),
    )
    info = "Tiket dan alasan ini bisa dicetak untuk dibawa pulang. Biaya Rp0."
    if at.way == "objection":
        info = visit.words(visit.pack.words.get("objection", "Tanyakan petugas cara mengajukan keberatan."))
    elif at.way == "ask":
        info = f"Hubungi {visit.pack.office} di {ask.address}. Sebutkan nomor tiket ini."
    return replace(
        base,
        panel_chip=reason,
        panel_heading="Yang boleh Anda lakukan",
        message=document.note or reason or "Tanyakan alasannya kepada Dinas.",
        ways=ways,
        info=info,
    )
