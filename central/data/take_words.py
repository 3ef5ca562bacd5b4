"""Makes `words.json` from a service pack: `python -m central.data.take_words kiosk/catalog/packs/pinrang`.

The centre is installed without the kiosk's packs, hence the copy; a test keeps it current.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

#: Where the citizen is spoken to ("Nama Anda"), the clerk reads the form's own word.
_CLERKS = {
    "nik": "NIK pemohon",
    "nik_pemohon": "NIK pemohon",
    "nik_subjek": "NIK yang bersangkutan",
    "kk_pemohon": "Nomor KK pemohon",
    "nama_pemohon": "Nama pemohon",
    "tanggal_lahir_pemohon": "Tanggal lahir pemohon",
    "nama_ibu_pemohon": "Nama ibu pemohon",
    "nama_ayah_pemohon": "Nama ayah pemohon",
    "hubungan_pelapor": "Hubungan pelapor",
    "telepon": "Telepon",
}
_GROUPS: list[tuple[str, list[str]]] = [
    ("Pemohon", ["nik", "nik_pemohon", "kk", "kk_pemohon", "nama_pemohon", "tanggal_lahir_pemohon", "nama_ibu_pemohon",
                 "nama_ayah_pemohon", "hubungan_pelapor", "alamat", "telepon", "pemohon", "pelapor"]),
    ("Anak", ["nik_subjek", "nama_anak", "anak", "tanggal_lahir_anak", "jenis_kelamin_anak", "tempat_dilahirkan",
              "tempat_lahir", "pukul_lahir", "jenis_kelahiran", "kelahiran_ke", "penolong_kelahiran", "berat_lahir"]),
    ("Orang tua", ["nama_ibu_anak", "nama_ayah_anak", "ibu", "ayah", "nama_ibu", "nama_ayah", "status_kawin_ortu",
                   "ortu_satu_kk", "masuk_kk"]),
    ("Saksi", ["saksi", "saksi1", "saksi2"]),
    ("Perubahan", ["elemen", "elemen_nama", "anggota", "semula", "menjadi", "dasar"]),
    ("Pengambilan", ["pengambil"]),
]  # fmt: skip


def take(pack: Path) -> dict[str, Any]:
    """The words of a pack."""
    questions = _read(pack / "questions.toml")["questions"]
    codes, papers = _read(pack / "codes.toml"), _read(pack / "papers.toml")["papers"]
    fields = {**_CLERKS, **{item["name"]: item["short"] for item in questions}, **_CLERKS}
    options = {item["name"]: _options(item, codes) for item in questions if item["kind"] == "choice"}
    return {
        # in the order of the form: a record's answers come sorted by the encoding, and are put in order by this
        "fields": {name: _plain(text) for name, text in fields.items()},
        "options": dict(sorted(options.items())),
        "papers": {item["slot"]: _plain(item["title"]) for item in sorted(papers, key=lambda item: item["slot"])},
        "groups": _GROUPS,
    }


def text(pack: Path) -> str:
    """The content of words.json."""
    return json.dumps(take(pack), ensure_ascii=False, indent=1) + "\n"


def _options(question: dict[str, Any], codes: dict[str, Any]) -> dict[str, str]:
    rows = question.get("options") or codes[question["codes"]]
    told = {"tidak_tahu": "Pemohon tidak tahu"} if question.get("dont_know") else {}
    return {row["value"]: _plain(row["label"]) for row in rows} | told


def _plain(words: str) -> str:
    """Site words as both: {desa|kelurahan} → desa/kelurahan."""
    return re.sub(r"\{([^|}]*)\|([^}]*)\}", r"\1/\2", words)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    """Write the file anew."""
    Path(__file__).with_name("words.json").write_text(text(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
