"""Villages, letters, promises, and the words of the form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from central.data.regions import villages
from central.data.services import office, promise, service
from central.data.take_words import text
from central.data.words import field_label, option_label

PACK = Path(__file__).parents[2] / "kiosk" / "catalog" / "packs" / "pinrang"
WORDS = Path(__file__).parents[2] / "central" / "data" / "words.json"


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=office().tz).timestamp()


def test_all_109_villages_have_their_own_letters() -> None:
    found = villages()
    assert len(found) == 109
    assert sum(village.kind == "kelurahan" for village in found.values()) == 40
    assert len({village.letters for village in found.values()}) == 109
    assert all(len(v.letters) == 3 and v.letters.isalpha() and v.letters.isupper() for v in found.values())


def test_letters_recall_the_name() -> None:
    by_name = {village.village: village.letters for village in villages().values()}
    assert (by_name["Kaballangang"], by_name["Kaliang"], by_name["Letta"]) == ("KBL", "KLN", "LET")


def test_a_promise_ends_with_the_office_day() -> None:
    assert promise(at("2026-11-24T09:41"), ["kk_hilang"]) == at("2026-11-25T16:00")
    assert promise(at("2026-11-24T23:59"), ["akta_lahir", "kia_baru"]) == at("2026-11-27T16:00")


def test_weekends_and_holidays_do_not_count() -> None:
    assert promise(at("2026-11-27T09:00"), ["kk_hilang"]) == at("2026-11-30T16:00")
    assert promise(at("2026-12-24T09:00"), ["kk_hilang"]) == at("2026-12-28T16:00")


def test_an_unknown_service_is_no_crash() -> None:
    assert (service("baru_sekali").title, service("baru_sekali").output) == ("Baru sekali", "page")


def test_the_words_are_those_of_the_pack() -> None:
    assert WORDS.read_text() == text(PACK), "run: python -m central.data.take_words kiosk/catalog/packs/pinrang"


def test_words_are_a_clerks_and_never_a_code() -> None:
    assert field_label("nama_anak") == "Nama anak"
    assert field_label("never_seen") == "Never seen"
    assert option_label("jenis_kelamin_anak", "1") == "Laki-laki"
    assert "{" not in WORDS.read_text().replace("{\n", "").replace('": {', "").replace("{}", "")
