"""A clerk's day: the queue, decisions, and what the village and the audit table learn of them."""

from __future__ import annotations

import html
import json
import re
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from central import clock, place
from central.office import expect
from central.registry.chain import append_audit, broken_at
from central.registry.models import Application, Audit, Document, Event, TicketReissue
from kiosk.formats.envelope import DocumentEnvelope, NoteEnvelope, parse_document, parse_note
from tests.central.conftest import PASSWORD, Watch
from tests.central.village import CHILD, MOTHER, REPORTER, Kiosk, Packet, Ticket, packet, photo


@pytest.fixture
def clerk(office: place.Place) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=False)
    answer = client.post("/dinas/masuk", {"username": "dinas", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/dinas/")
    return client


@pytest.fixture
def parcel(kiosk: Kiosk, ticket: Ticket) -> Packet:
    made = packet(services=("akta_lahir", "kia_baru"), ticket=ticket.recipient)
    kiosk.deliver(made)
    return made


def text_pdf(*lines: str) -> bytes:
    """The smallest PDF that says these lines."""
    shown = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in lines)
    stream = b"BT /F 12 Tf 14 TL 50 780 Td " + shown + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


def act(clerk: Client, verb: str, service: str = "akta_lahir", **fields: object) -> HttpResponse:
    document = Document.objects.get(service=service)
    return clerk.post(f"/dinas/dokumen/{document.pk}/{verb}", {"version": document.version, **fields})


def state_of(service: str = "akta_lahir") -> str:
    return Document.objects.get(service=service).state


def said(answer: HttpResponse) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_nothing_is_shown_to_a_stranger(kiosk: Kiosk, parcel: Packet) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    key = parcel.record.application
    for path in ("", "kios", "riwayat", f"permohonan/{key}", f"permohonan/{key}/berkas/0", f"permohonan/{key}/riwayat"):
        answer = stranger.get(f"/dinas/{path}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/dinas/masuk"), path
    assert act(stranger, "setujui").status_code == 302
    assert state_of() == "in_review"


def test_five_wrong_passwords_close_the_door(office: place.Place, watch: Watch) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    for _ in range(5):
        assert client.post("/dinas/masuk", {"username": "dinas", "password": "salah"}).status_code == 403
    assert client.post("/dinas/masuk", {"username": "dinas", "password": PASSWORD}).status_code == 429
    watch.forward(15 * 60 + 1)
    assert client.post("/dinas/masuk", {"username": "dinas", "password": PASSWORD}).status_code == 302


def test_a_clerk_who_walks_away_is_logged_out(clerk: Client, watch: Watch) -> None:
    watch.forward(14 * 60)
    assert clerk.get("/dinas/").status_code == 200
    watch.forward(15 * 60 + 1)
    assert clerk.get("/dinas/").status_code == 302
    assert "lama tidak bekerja" in said(clerk.get("/dinas/masuk"))


def test_forms_without_their_token_are_refused(office: place.Place) -> None:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert client.post("/dinas/masuk", {"username": "dinas", "password": PASSWORD}).status_code == 403


def test_log_in_leads_nowhere_else(office: place.Place) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    body = {"username": "dinas", "password": PASSWORD, "next": "https://example.org/dinas/"}
    assert client.post("/dinas/masuk", body)["Location"] == "/dinas/"


def test_pages_are_never_cached_or_framed(clerk: Client, parcel: Packet) -> None:
    answer = clerk.get(f"/dinas/permohonan/{parcel.record.application}")
    assert answer["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "style=" not in answer.content.decode() and "onclick" not in answer.content.decode()


def test_the_queue_is_found_by_state_village_service_and_number(clerk: Client, parcel: Packet, watch: Watch) -> None:
    page = said(clerk.get("/dinas/"))
    assert "KBL-7F3K9-X" in page and "Desa Kaballangang" in page and "Akta lahir" in page
    assert "Lewat janji" not in page
    assert MOTHER not in page and REPORTER not in page, "the queue names nobody"
    assert "KBL-7F3K9-X" not in said(clerk.get("/dinas/?keadaan=selesai"))
    assert "KBL-7F3K9-X" not in said(clerk.get("/dinas/?layanan=akta_mati"))
    assert "KBL-7F3K9-X" in said(clerk.get("/dinas/?desa=73.15.06.2006&layanan=kia_baru"))
    assert clerk.get("/dinas/?cari=kbl-7f3k9-x")["Location"].endswith(parcel.record.application)
    assert "tidak ditemukan" in said(clerk.get("/dinas/?cari=ZZZ"))
    watch.forward(30 * 86400)
    clerk.post("/dinas/masuk", {"username": "dinas", "password": PASSWORD})
    assert "Lewat janji" in said(clerk.get("/dinas/"))


def test_the_application_shows_form_and_papers(clerk: Client, parcel: Packet) -> None:
    answer = clerk.get(f"/dinas/permohonan/{parcel.record.application}")
    page = said(answer)
    assert CHILD in page and "7315 9945 1290 0001" in page and "20-11-2026" in page
    assert "Perempuan" in page and "Jenis kelamin" in page, "coded answers are shown in words"
    assert f'data-copy="{REPORTER}"' in answer.content.decode(), "what is copied has no spaces"
    assert "Surat keterangan lahir" in page and "Kartu keluarga" in page
    paper = clerk.get(f"/dinas/permohonan/{parcel.record.application}/berkas/1")
    assert paper["Content-Type"] == "image/webp"
    assert paper.content == photo(120)
    assert Image.open(BytesIO(paper.content)).size == (60, 84)
    assert clerk.get(f"/dinas/permohonan/{parcel.record.application}/berkas/2").status_code == 404
    assert clerk.get(f"/dinas/permohonan/{uuid.uuid4()}").status_code == 404


def test_opening_an_application_is_noted_once(clerk: Client, parcel: Packet) -> None:
    for _ in range(3):
        clerk.get(f"/dinas/permohonan/{parcel.record.application}")
    entry = Audit.objects.get(what="buka")
    assert (entry.who, entry.application, entry.at) == ("dinas", parcel.record.application, clock.now())


def test_returned_corrected_approved(clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet) -> None:
    answer = act(clerk, "kembalikan", part="berkas:0", reason="foto_terpotong", text="Bagian bawah terpotong.")
    assert answer.status_code == 302
    event = kiosk.events()[-1]
    assert (event["state"], event["reason_code"], event["part_index"]) == ("returned", "foto_terpotong", 0)
    sealed = kiosk.ask("GET", f"/v1/blobs/{event['note']}").content
    note = parse_note(ticket.open(sealed))
    assert note == NoteEnvelope(event["document"], "surat_lahir", "Bagian bawah terpotong.")
    assert "terpotong" not in json.dumps([row.body for row in Event.objects.all()]).replace("foto_terpotong", "")

    kept = parcel.record.attachments[1]
    second = packet(
        application=parcel.record.application,
        revision=2,
        services=parcel.record.services,
        ticket=ticket.recipient,
        answers={},
        before=(("surat_lahir", photo(90)),),
        keep=[(kept, parcel.files[1])],
        photos=(),
    )
    assert kiosk.put(second).json()["missing"] == [second.hashes[0]], "the good paper is not sent again"
    kiosk.deliver(second)
    assert (state_of(), Application.objects.get().revision) == ("in_review", 2)
    assert [event.get("state") for event in kiosk.events()[-2:]] == [None, "in_review"]
    assert "Perbaikan ke-1" in said(clerk.get("/dinas/"))
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    assert CHILD in page and REPORTER[:4] in page, "what was good still stands in the first revision"
    assert "Kartu keluarga" in page and "Surat keterangan lahir" in page
    assert clerk.get(f"/dinas/permohonan/{parcel.record.application}/berkas/0").content == photo(90)
    assert clerk.get(f"/dinas/permohonan/{parcel.record.application}/berkas/1").content == photo(120)
    assert act(clerk, "setujui").status_code == 302
    assert state_of() == "approved"
    assert [entry.what for entry in Audit.objects.filter(document__contains=".1")] == ["kembalikan", "setujui"]


def test_only_what_was_corrected_is_in_review_again(
    clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet
) -> None:
    act(clerk, "kembalikan", part="berkas:0", reason="foto_buram", text="")
    act(clerk, "kembalikan", "kia_baru", part="isian:nama_anak", reason="data_berbeda", text="")
    old = parcel.record.attachments
    same = {"application": parcel.record.application, "services": parcel.record.services, "ticket": ticket.recipient}
    kept = [(item, parcel.files[item.index]) for item in old]
    kiosk.deliver(packet(**same, revision=2, answers={"nama_anak": "Andi Contoh Lestary"}, keep=kept, photos=()))
    assert (state_of("akta_lahir"), state_of("kia_baru")) == ("returned", "in_review")
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    assert "Andi Contoh Lestary" in page and "7315 9945 1290 0001" in page
    photos = (("surat_lahir", photo(80)),)
    kiosk.deliver(packet(**same, revision=3, answers={}, before=photos, keep=kept[1:], photos=()))
    assert (state_of("akta_lahir"), state_of("kia_baru")) == ("in_review", "in_review")
    assert act(clerk, "setujui").status_code == 302
    assert act(clerk, "spesimen").status_code == 302
    event = [event for event in kiosk.events() if event["type"] == "document"][-1]
    envelope = parse_document(ticket.open(kiosk.ask("GET", f"/v1/blobs/{event['sha256']}").content))
    assert isinstance(envelope, DocumentEnvelope) and envelope.collectors[0].nik == REPORTER


def test_a_field_can_be_returned_too(clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet) -> None:
    assert act(clerk, "kembalikan", part="isian:nama_anak", reason="data_berbeda", text="").status_code == 302
    event = kiosk.events()[-1]
    assert "part_index" not in event
    note = parse_note(ticket.open(kiosk.ask("GET", f"/v1/blobs/{event['note']}").content))
    assert isinstance(note, NoteEnvelope) and note.part == "nama_anak"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"part": "berkas:0", "reason": "", "text": "x"}, "Pilih alasannya"),
        ({"part": "berkas:9", "reason": "foto_buram", "text": "x"}, "Pilih bagian"),
        ({"part": "isian:nobody", "reason": "foto_buram", "text": "x"}, "Pilih bagian"),
        ({"part": "berkas:0", "reason": "foto_buram", "text": "x" * 601}, "paling panjang 600"),
    ],
)
def test_a_return_must_be_complete(clerk: Client, parcel: Packet, fields: dict[str, str], told: str) -> None:
    answer = act(clerk, "kembalikan", **fields)
    assert answer.status_code == 422
    assert told in said(answer)
    assert state_of() == "in_review"


def test_two_clerks_cannot_overwrite_each_other(clerk: Client, parcel: Packet) -> None:
    document = Document.objects.get(service="akta_lahir")
    assert act(clerk, "setujui").status_code == 302
    late = {"version": document.version, "part": "berkas:0", "reason": "foto_buram"}
    answer = clerk.post(f"/dinas/dokumen/{document.pk}/kembalikan", late)
    assert answer.status_code == 409
    assert "Petugas lain" in said(answer)
    assert state_of() == "approved"


def test_a_refusal_needs_words_and_is_final(clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet) -> None:
    assert act(clerk, "tolak", reason="tidak_memenuhi", text="").status_code == 422
    assert act(clerk, "tolak", reason="tidak_memenuhi", text="Belum 17 tahun.").status_code == 302
    event = kiosk.events()[-1]
    assert (event["state"], event["reason_code"]) == ("rejected", "tidak_memenuhi")
    note = parse_note(ticket.open(kiosk.ask("GET", f"/v1/blobs/{event['note']}").content))
    assert isinstance(note, NoteEnvelope) and note.text == "Belum 17 tahun."
    assert act(clerk, "setujui").status_code == 409


def test_the_signed_pdf_passes_through_byte_for_byte(
    clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet
) -> None:
    act(clerk, "setujui")
    pdf = text_pdf("KUTIPAN AKTA KELAHIRAN", "7315-LU-24112026-0001", CHILD.upper(), f"anak dari {MOTHER}")
    answer = act(clerk, "kirim", pdf=SimpleUploadedFile("a.pdf", pdf), number="7315-LU-24112026-0001")
    assert answer.status_code == 302, said(answer)
    event = kiosk.events()[-1]
    assert event["type"] == "document"
    got = kiosk.ask("GET", f"/v1/blobs/{event['sha256']}", headers={"Range": "bytes=0-99"})
    assert (got.status_code, len(got.content), got["Content-Range"]) == (206, 100, f"bytes 0-99/{event['bytes']}")
    assert state_of() == "signed"
    neighbour = Kiosk()
    neighbour.enrol("73.15.06.1001")
    assert neighbour.ask("GET", f"/v1/blobs/{event['sha256']}").status_code == 404, "not this village's"
    rest = kiosk.ask("GET", f"/v1/blobs/{event['sha256']}", headers={"Range": "bytes=100-"})
    assert rest["ETag"] == f'"{event["sha256"]}"'
    assert state_of() == "delivered", "the last byte has been fetched"
    envelope = parse_document(ticket.open(got.content + rest.content))
    assert isinstance(envelope, DocumentEnvelope)
    assert envelope.pdf == pdf
    assert [(who.role, who.nik) for who in envelope.collectors] == [("reporter", REPORTER)]
    shown = clerk.get(f"/dinas/dokumen/{event['document']}/pdf")
    assert shown.content == pdf
    assert clerk.get("/dinas/").content.decode().count("Siap dicetak di desa") >= 1
    past = kiosk.ask("GET", f"/v1/blobs/{event['sha256']}", headers={"Range": f"bytes={event['bytes']}-"})
    assert past.status_code == 416


def test_another_familys_pdf_is_refused_with_a_comparison(clerk: Client, kiosk: Kiosk, parcel: Packet) -> None:
    act(clerk, "setujui")
    before = len(kiosk.events())
    pdf = text_pdf("KUTIPAN AKTA KELAHIRAN", "7315-LU-24112026-0002", "BUDI CONTOH", "7315994512900099")
    answer = act(clerk, "kirim", pdf=SimpleUploadedFile("b.pdf", pdf), number="7315-LU-24112026-0001")
    assert answer.status_code == 422
    page = said(answer)
    assert "tidak cocok" in page and CHILD in page and "Tidak ada" in page
    assert state_of() == "approved"
    assert len(kiosk.events()) == before
    assert Audit.objects.filter(what="dokumen_tidak_cocok").get().why == "Nomor dokumen, Nama"
    assert "BUDI" not in Audit.objects.get(what="dokumen_tidak_cocok").details


@pytest.mark.parametrize("pdf", [b"", b"not a pdf", b"%PDF-1.7 broken"])
def test_what_is_no_pdf_is_refused(clerk: Client, parcel: Packet, pdf: bytes) -> None:
    act(clerk, "setujui")
    assert act(clerk, "kirim", pdf=SimpleUploadedFile("c.pdf", pdf)).status_code == 422
    assert state_of() == "approved"


def test_a_pdf_cannot_be_sent_before_approval(clerk: Client, parcel: Packet) -> None:
    pdf = text_pdf(CHILD, MOTHER)
    assert act(clerk, "kirim", pdf=SimpleUploadedFile("a.pdf", pdf)).status_code == 409
    assert act(clerk, "spesimen").status_code == 409


def test_a_card_waits_at_the_office(clerk: Client, kiosk: Kiosk, parcel: Packet) -> None:
    answer = act(clerk, "panggil", "kia_baru", place="Disdukcapil Pinrang, loket 2", when="")
    assert answer.status_code == 302
    event = kiosk.events()[-1]
    assert (event["state"], event["place"]) == ("ready_for_pickup", "Disdukcapil Pinrang, loket 2")
    assert act(clerk, "panggil", place="x").status_code == 409, "an akta is printed in the village"


def test_messages_name_nothing(clerk: Client, kiosk: Kiosk, office: place.Place, parcel: Packet) -> None:
    act(clerk, "kembalikan", part="berkas:0", reason="foto_buram", text="Bidan tidak terbaca.")
    act(clerk, "panggil", "kia_baru", place="Disdukcapil Pinrang")
    sent = [json.loads(line) for line in office.messages.read_text().splitlines()]
    assert [line["occasion"] for line in sent] == ["received", "returned", "ready_at_office"]
    for line in sent:
        assert line["to"] == "081234567890"
        assert "KBL-7F3K9-X" in line["text"]
        for word in ("akta", "lahir", "KIA", "buram", "bidan", "surat", CHILD, MOTHER, "!"):
            assert word.lower() not in line["text"].lower(), line["text"]
    assert office.messages.stat().st_mode & 0o777 == 0o600


def test_nobody_is_messaged_who_left_no_number(clerk: Client, kiosk: Kiosk, office: place.Place) -> None:
    kiosk.deliver(packet(ticket=Ticket().recipient, phone=""))
    assert not office.messages.exists()


def test_a_ticket_reissued_before_delivery_counts_at_once(
    clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet
) -> None:
    act(clerk, "setujui")
    act(clerk, "kirim", pdf=SimpleUploadedFile("a.pdf", text_pdf(CHILD, MOTHER)))
    new = Ticket()
    assert kiosk.act("ticket_reissued", application=parcel.record.application, ticket=new.recipient).json() == {
        "effect": "done"
    }
    event = kiosk.events()[-1]
    assert event["type"] == "document"
    envelope = parse_document(new.open(kiosk.ask("GET", f"/v1/blobs/{event['sha256']}").content))
    assert isinstance(envelope, DocumentEnvelope)


def test_after_a_delivery_a_clerk_decides(clerk: Client, kiosk: Kiosk, ticket: Ticket, parcel: Packet) -> None:
    act(clerk, "setujui")
    act(clerk, "kirim", pdf=SimpleUploadedFile("a.pdf", text_pdf(CHILD, MOTHER)))
    old = kiosk.events()[-1]["sha256"]
    kiosk.ask("GET", f"/v1/blobs/{old}")
    new = Ticket()
    asked = kiosk.act("ticket_reissued", application=parcel.record.application, recipient=new.recipient)
    assert asked.json() == {"effect": "waiting"}
    assert Application.objects.get().ticket == ticket.recipient
    assert "meminta tiket pengganti" in said(clerk.get(f"/dinas/permohonan/{parcel.record.application}"))
    waiting = TicketReissue.objects.get()
    clerk.post(f"/dinas/tiket/{waiting.pk}", {"decision": "grant", "why": ""})
    assert Application.objects.get().ticket == ticket.recipient, "a reason is wanted"
    clerk.post(f"/dinas/tiket/{waiting.pk}", {"decision": "grant", "why": "KTP diperiksa kepala desa"})
    event = kiosk.events()[-1]
    assert event["sha256"] != old
    assert isinstance(
        parse_document(new.open(kiosk.ask("GET", f"/v1/blobs/{event['sha256']}").content)), DocumentEnvelope
    )
    assert kiosk.ask("GET", f"/v1/blobs/{old}").status_code == 404, "what the lost ticket opens is no longer given out"
    assert Audit.objects.get(what="tiket_baru_diberi").why == "KTP diperiksa kepala desa"
    assert clerk.post(f"/dinas/tiket/{waiting.pk}", {"decision": "grant", "why": "sekali lagi"}).status_code == 404


def test_kiosks_are_enrolled_by_slip_and_revoked(clerk: Client, kiosk: Kiosk) -> None:
    page = said(clerk.get("/dinas/kios"))
    assert kiosk.device in page and "Desa Kaballangang" in page
    slip = clerk.post("/dinas/kios/slip", {"site": "73.15.06.1001"})
    code = re.search(r"\b([0-9A-Z]{5}) ([0-9A-Z]{5})\b", said(slip))
    assert code and "Kelurahan Pekkabata" in said(slip)
    other = Kiosk()
    assert other.enrol_with(code[1] + code[2]).status_code == 200
    assert clerk.post(f"/dinas/kios/{kiosk.device}/cabut", {"why": "x"}).status_code == 302
    assert kiosk.ask("GET", "/v1/trust").status_code == 200, "a reason is wanted"
    clerk.post(f"/dinas/kios/{kiosk.device}/cabut", {"why": "Mesin dicuri"})
    assert kiosk.ask("GET", "/v1/trust").status_code == 401
    assert "Mesin dicuri" in said(clerk.get("/dinas/kios"))


def test_the_history_tells_both_sides(clerk: Client, kiosk: Kiosk, parcel: Packet) -> None:
    act(clerk, "setujui")
    document = Document.objects.get(service="akta_lahir")
    kiosk.act("tamper", application=parcel.record.application, document=document.pk)
    page = said(clerk.get(f"/dinas/permohonan/{parcel.record.application}/riwayat"))
    assert "Menyetujui" in page and "dinas" in page and kiosk.device in page and "Diajukan di kios" in page


def test_nobody_can_change_what_was_written(clerk: Client, parcel: Packet) -> None:
    act(clerk, "setujui")
    assert broken_at() == ""
    for model in (Audit, Event):
        with pytest.raises(DatabaseError, match="append-only"):
            model.objects.update(at=0)
        with pytest.raises(DatabaseError, match="append-only"):
            model.objects.all().delete()


def test_a_changed_row_breaks_the_chain(office: place.Place) -> None:
    from django.db import connection

    for n in range(3):
        append_audit("dinas", "uji", why=str(n))
    second = Audit.objects.order_by("id")[1]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER registry_audit_no_update")
        cursor.execute("UPDATE registry_audit SET why = 'lain' WHERE id = %s", [second.pk])
    assert broken_at() == f"audit {second.pk}"


@pytest.mark.parametrize(
    ("service", "answers"),
    [
        ("akta_lahir", {"nama_anak": CHILD, "tanggal_lahir_anak": "2026-11-20", "nama_ibu_anak": MOTHER}),
        ("kk_anak_lahir", {"nama_anak": CHILD, "hubungan_pelapor": "ibu", "kk_pemohon": "7315990101200001"}),
        ("kk_ubah", {"anggota_nama": "Budi Contoh", "kk_pemohon": "7315990101200001", "elemen": "agama"}),
    ],
)
def test_a_specimen_belongs_to_its_own_application(
    clerk: Client, kiosk: Kiosk, ticket: Ticket, service: str, answers: dict[str, str]
) -> None:
    """What the office would ask of SIAK's file holds of its own: the two rules know the same facts."""
    made = packet(services=(service,), ticket=ticket.recipient, answers={"nik_pemohon": REPORTER, **answers})
    kiosk.deliver(made)
    act(clerk, "setujui", service)
    assert act(clerk, "spesimen", service).status_code == 302
    pdf = clerk.get(f"/dinas/dokumen/{made.record.application}.1/pdf").content
    wanted = expect.expected(made.record, service)
    assert wanted.names
    assert expect.compare(pdf, wanted) == (True, (), ())
