"""Nothing personal in the clear in anything that the product wrote: stores, spools, logs, temporary files, databases.

The citizen's own papers (what came out of the printers, what lay under the camera) and the pictures that the rehearsal
takes of the screen are not the product's writing; messages.jsonl stands for the mobile network.
"""

import re
import sqlite3
import zlib
from pathlib import Path

import pytest

from kiosk.rehearsal.people import resident
from tests.rehearsal.conftest import Played

pytestmark = pytest.mark.timeout(400)


def marks() -> list[bytes]:
    person = resident()
    words = [person.nik, person.kk, person.phone, person.answers["nama_anak"], person.answers["nama_ibu_anak"]]
    words += [part for word in words[3:] for part in word.split() if len(part) > 5]
    forms = {form for word in words for form in (word, word.lower(), word.title())}
    grouped = f"{person.nik[:4]} {person.nik[4:8]} {person.nik[8:12]} {person.nik[12:]}"
    return [form.encode(code) for form in {*forms, grouped} for code in ("utf-8", "utf-16-le")] + [b"AGE-SECRET-KEY-1"]


def written(played: Played) -> list[Path]:
    state = played.out / "state"
    return [
        path
        for path in state.rglob("*")
        if path.is_file()
        and path.name != "messages.jsonl"
        and not ("twins" in path.relative_to(state).parts and re.search(r"(out|inbox|spool)/", str(path)))
        and path.name not in ("sealing.key", "age.key")
    ]


def streams(data: bytes) -> list[bytes]:
    """The data, and whatever in it is deflated: a PDF hides its words in such streams."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            found.append(zlib.decompressobj().decompress(data[match.end() :], 1 << 22))
        except zlib.error:
            continue
    return found


def test_nothing_personal_on_disk(akta: Played) -> None:
    assert akta.code == 0, akta.said
    files = written(akta)
    assert any(path.suffix == ".sqlite" for path in files) and any(path.suffix == ".age" for path in files)
    secrets = marks()
    for path in files:
        for data in streams(path.read_bytes()):
            hits = [mark for mark in secrets if mark in data]
            if hits == [b"AGE-SECRET-KEY-1"] and "central" in path.parts:
                continue  # the centre's own sealing key, which opens what it receives
            assert not hits, f"{path.relative_to(akta.out)} holds {len(hits)} marks"


def test_the_search_would_find_it(akta: Played, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "leak.sqlite")
    database.execute("CREATE TABLE t(x)")
    database.execute("INSERT INTO t VALUES (?)", (resident().nik,))
    database.commit()
    database.close()
    data = (tmp_path / "leak.sqlite").read_bytes()
    assert any(mark in data for mark in marks())
    deflated = b"stream\n" + zlib.compress(resident().answers["nama_anak"].encode())
    assert any(mark in data for mark in marks() for data in streams(deflated))
