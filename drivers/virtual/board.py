"""The acts behind the dock's buttons: each changes the world's text files, and says in Indonesian what happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from drivers.virtual.papers import NAMES, paper
from drivers.virtual.script import ScriptError, meaning
from drivers.virtual.world import World

SETTINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "camera": {"lens": ("good", "bad", "dark", "glare", "cut_off"), "cable": ("in", "out")},
    "scanner": {"cover": ("closed", "open"), "jam": ("no", "yes"), "cable": ("in", "out")},
    "reader": {"cable": ("in", "out")},
    "ticket": {"paper": ("ok", "near_end", "out"), "cover": ("closed", "open"), "cable": ("in", "out")},
    "page": {
        "paper": ("ok", "low", "out"),
        "cover": ("closed", "open"),
        "jam": ("no", "yes"),
        "toner": ("ok", "low", "out"),
        "cable": ("in", "out"),
    },
    "network": {"link": ("up", "down")},
}
"""What may be set by a button, and to what."""


_PICTURE = 700  # pixels, longest side of a picture on the page


class Board:
    """The acts behind the buttons. Each answers with a sentence for the person, in Indonesian."""

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self) -> dict[str, Any]:
        """Everything the page draws."""
        roles = {role: self._world.state(role) for role in SETTINGS}
        for role, key in (("camera", "paper"), ("scanner", "page")):  # names, not this machine's paths
            roles[role][key] = Path(roles[role].get(key, "")).stem
        return {
            "roles": roles,
            "settings": SETTINGS,
            "papers": list(NAMES),
            "slips": len(self._world.outputs("ticket")),
            "sheets": len(self._world.outputs("page")),
        }

    def act(self, name: str, values: dict[str, str]) -> str:
        """Do what a button says."""
        acts: dict[str, Callable[[dict[str, str]], str]] = {
            "set": self._set,
            "poke": self._poke,
            "lay": self._lay,
            "feed": self._feed,
            "scan_ticket": self._scan_ticket,
            "show_code": self._show_code,
        }
        return acts[name](values) if name in acts else "Tombol ini tidak dikenal."

    def picture(self, name: str) -> bytes | None:
        """The newest slip (`ticket`), sheet (`page`), or what lies under the camera (`camera`), as a small PNG."""
        if name in ("ticket", "page"):
            path = self._world.last(name)
        else:
            key = {"camera": "paper", "scanner": "page"}.get(name, "")
            value = self._world.get(name, key) if key else ""
            path = Path(value) if value else None
        if path is None or not path.is_file():
            return None
        try:
            with Image.open(path) as file:
                small = file.convert("RGB")
        except OSError:
            return None
        small.thumbnail((_PICTURE, _PICTURE * 3))
        done, packed = cv2.imencode(".png", np.asarray(small, np.uint8)[:, :, ::-1])
        return packed.tobytes() if done else None

    def _set(self, values: dict[str, str]) -> str:
        role, key, value = values.get("role", ""), values.get("key", ""), values.get("value", "")
        if value not in SETTINGS.get(role, {}).get(key, ()):
            return "Pilihan ini tidak ada."
        self._world.set(role, **{key: value})
        return "Sudah diubah."

    def _poke(self, values: dict[str, str]) -> str:
        """Do a verb of :data:`drivers.virtual.script.VERBS` to a role."""
        role = values.get("role", "")
        try:
            changes = meaning(role, values.get("verb", "")) if role else {}
        except ScriptError:
            changes = {}
        for name, changed in changes.items():
            self._world.set(name, **changed)
        return "Sudah diubah." if changes else "Pilihan ini tidak ada."

    def _lay(self, values: dict[str, str]) -> str:
        """Lay a sample paper, the printed sheet, or nothing under the camera."""
        path = self._chosen(values.get("paper", ""))
        if path is None:
            return "Belum ada lembar tercetak."
        times = self._world.get("camera", "laid", "0")
        laid = str(int(times) + 1 if times.isdigit() else 1)
        self._world.set("camera", paper=path, laid=laid)
        return "Kertas diletakkan di bawah kamera." if path else "Baki kamera kosong."

    def _feed(self, values: dict[str, str]) -> str:
        path = self._chosen(values.get("paper", ""))
        if path is None:
            return "Belum ada lembar tercetak."
        self._world.set("scanner", page=path)
        return "Kertas dimasukkan ke pemindai." if path else "Pemindai kosong."

    def _chosen(self, name: str) -> str | None:
        if name == "sheet":
            last = self._world.last("page")
            return None if last is None else str(last)
        return str(paper(name)) if name in NAMES else ""

    def _scan_ticket(self, _: dict[str, str]) -> str:
        slip = self._world.last("ticket")
        picture = None if slip is None else cv2.imread(str(slip), cv2.IMREAD_GRAYSCALE)
        if picture is None:
            return "Belum ada tiket tercetak."
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
        if not found:
            return "QR pada tiket terakhir tidak terbaca."
        self._world.show_code(found[0].text)
        return "Tiket terakhir ditunjukkan ke pembaca."

    def _show_code(self, values: dict[str, str]) -> str:
        text = values.get("text", "").strip()
        if not text:
            return "Ketik dulu isi kodenya."
        self._world.show_code(text)
        return "Kode ditunjukkan ke pembaca."
