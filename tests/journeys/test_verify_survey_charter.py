"""12 to 14b, 21, 23."""

from __future__ import annotations

import pytest

from kiosk.journeys import Act, effects, events, pages
from tests.journeys.walk import STEADY, TICKET, WALL, Walk, pack


def judged(verdict: str, why: str = "", **more: object) -> pages.VerdictPage:
    walk = Walk()
    walk.do(Act.START, Act.CHECK)
    walk.tell(events.CodeRead("HTTPS://EXAMPLE.ORG/V#123"))
    assert walk.last(effects.CheckPaper).text == "HTTPS://EXAMPLE.ORG/V#123"
    walk.tell(events.Checked(verdict, why, **more))  # type: ignore[arg-type]
    return walk.on(pages.VerdictPage)


@pytest.mark.parametrize(
    ("verdict", "heading", "sentence"),
    [
        ("sah", "Dokumen sah", "Isinya tidak berubah sejak ditandatangani."),
        ("terdaftar", "Terdaftar", "Tercatat di daftar terbit Dinas. Belum dibuktikan dengan tanda tangan."),
        ("digantikan", "Sudah digantikan", "Dokumen ini asli, tetapi sudah ada yang lebih baru."),
        ("dicabut", "Dicabut", "Dinas sudah menarik dokumen ini. Tidak berlaku lagi."),
        ("belum_pasti", "Belum dapat dipastikan di sini", "Bukan berarti palsu. Mesin ini belum bisa memeriksanya."),
        ("tidak_sah", "Tidak sah", "Isi QR bertentangan dengan tanda tangan Dinas. Jangan dipakai, tanyakan Dinas."),
    ],
)
def test_six_verdicts(verdict: str, heading: str, sentence: str) -> None:
    page = judged(verdict, list_age_days=0.05)
    assert (page.verdict, page.heading, page.sentence) == (verdict, heading, sentence)
    assert page.list_line == "Daftar pencabutan diperbarui hari ini pukul 08.29 WITA" and not page.list_old


def test_with_old_lists_sah_becomes_uncertain() -> None:
    page = judged("sah", list_age_days=9.0)
    assert page.verdict == "belum_pasti" and page.list_old
    assert page.list_line == "Daftar terakhir 9 hari lalu, 15 November 2026"
    assert page.facts[0] == ("Mengapa", "Daftar pencabutan di mesin ini sudah lebih dari 7 hari.")
    assert judged("tidak_sah", list_age_days=9.0).verdict == "tidak_sah"


def test_superseded_and_revoked_say_since_when_never_why() -> None:
    page = judged("dicabut", "adopsi", since=WALL)
    assert ("Dicabut sejak", "24 November 2026") in page.facts and "adopsi" not in repr(page)


def test_a_verdict_that_nobody_knows_is_no_verdict() -> None:
    assert judged("hijau").verdict == "belum_pasti"


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "\u202eABC\u202c", "A" * 5000, "\ud800"])
def test_codes_that_are_no_text(text: str) -> None:
    walk = Walk()
    walk.do(Act.START, Act.CHECK)
    assert walk.tell(events.CodeRead(text)) == []
    assert walk.on(pages.CheckPrompt).error.startswith("QR ini tidak memuat tulisan")


def test_a_ticket_is_no_document() -> None:
    walk = Walk()
    walk.do(Act.START, Act.CHECK)
    assert walk.tell(events.CodeRead(TICKET)) == []
    assert "Lacak permohonan" in walk.on(pages.CheckPrompt).error


def test_the_sheet_under_the_camera() -> None:
    walk = Walk()
    walk.do(Act.START, Act.CHECK)
    assert walk.asked[-1] == effects.StartPreview("sheet")
    walk.tell(STEADY)
    walk.wait(1)
    assert walk.last(effects.CheckPaper).text == "" and walk.on(pages.CheckPrompt).busy
    walk.tell(events.Checked("belum_pasti", "national_code", look_up="https://layananonline.dukcapil.kemendagri.go.id"))
    assert walk.on(pages.VerdictPage).look_up
    walk.do(Act.AGAIN)
    walk.on(pages.CheckPrompt)


def test_the_survey_is_stored_by_key() -> None:
    walk = Walk()
    walk.do(Act.START, Act.SURVEY)
    for n in range(1, 10):
        page = walk.on(pages.SurveyQuestion)
        assert page.key == f"U{n}" and page.index == n and page.total == 9
        if n == 8:
            assert page.skip_label == "Belum pernah mengadu"
            walk.do(Act.SKIP)
        else:
            walk.pick("4" if n == 4 else "3")
            assert walk.on(pages.SurveyQuestion).chosen
            walk.do(Act.NEXT)
    walk.on(pages.SurveyAbout)
    walk.pick("jenis_kelamin=P")
    walk.pick("usia=30-39")
    walk.pick("usia=60-")
    walk.pick("agama=1")
    assert walk.on(pages.SurveyAbout).chosen == (("jenis_kelamin", "P"), ("usia", "60-"))
    walk.do(Act.NEXT)
    saved = walk.last(effects.SaveSurvey)
    assert saved.answers == {"U1": 3, "U2": 3, "U3": 3, "U4": 4, "U5": 3, "U6": 3, "U7": 3, "U9": 3}
    assert saved.about == {"jenis_kelamin": "P", "usia": "60-"}
    page = walk.on(pages.Thanks)
    assert page.sentence == "Jawaban Anda ikut dihitung." and not page.offer_complaint
    walk.wait(50)
    walk.on(pages.Waiting)


def test_whoever_paid_is_shown_where_to_complain() -> None:
    walk = Walk()
    walk.do(Act.START, Act.SURVEY)
    for n in range(9):
        walk.pick("2") if n == 3 else None
        walk.do(Act.NEXT)
    walk.do(Act.SKIP)
    assert walk.last(effects.SaveSurvey) == effects.SaveSurvey({"U4": 2}, {})
    assert walk.on(pages.Thanks).offer_complaint
    walk.do(Act.COMPLAINT)
    walk.on(pages.Complaint)


def test_an_empty_or_a_half_survey_is_not_kept() -> None:
    walk = Walk()
    walk.do(Act.START, Act.SURVEY, *[Act.SKIP] * 9, Act.NEXT)
    walk.on(pages.Home)
    walk.do(Act.SURVEY)
    walk.pick("1")
    walk.do(Act.DONE)
    walk.on(pages.Home)
    assert walk.count(effects.SaveSurvey) == 0 and walk.visit.survey == {}


def test_nobody_calls_the_operator_into_a_survey_or_a_complaint() -> None:
    for act in (Act.SURVEY, Act.COMPLAINT):
        walk = Walk()
        walk.do(Act.START, act, Act.CALL_OPERATOR)
        assert walk.count(effects.CallOperator) == 0 and walk.overlay is None


def test_the_charter_publishes_six_items_a_service() -> None:
    walk = Walk()
    walk.do(Act.START, Act.SERVICES)
    for n in range(len(pack().services)):
        page = walk.on(pages.Charter)
        assert page.rows_page == n + 1
        assert [i[1] for i in page.items] == ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Pengaduan"]
        assert "Rp0" in page.items[3][2] and "2 Januari 2026" in page.pledge
        walk.do(Act.NEXT_ROWS)
    assert walk.on(pages.Charter).rows_page == len(pack().services)
    walk.do(*[Act.PREVIOUS_ROWS] * 20)
    assert walk.on(pages.Charter).rows_page == 1


def test_where_to_complain() -> None:
    walk = Walk()
    walk.do(Act.START, Act.COMPLAINT)
    page = walk.on(pages.Complaint)
    assert page.channels[0][2].startswith("WA") and page.checked_on == "Terakhir diperiksa 2 November 2026"
