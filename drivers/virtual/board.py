"""The acts behind the dock's buttons: each changes the world's text files, and says in Indonesian what happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from drivers.virtual.panel import panel
from drivers.virtual.papers import NAMES, paper
from drivers.virtual.script import VERBS
from drivers.virtual.world import World

_PICTURE = 700  # pixels, longest side of a picture on the page
_LIES = {"camera": "paper", "scanner": "page"}  # role -> the key that says which paper lies there


class Board:
    """The acts behind the buttons. Each answers with a sentence for the person, in Indonesian."""

    def __init__(self, world: World) -> None:
        self._world = world

    def state(self) -> dict[str, Any]:
        """Everything the page draws; names of papers, never this machine's paths."""
        lying = {role: self._world.get(role, key) for role, key in _LIES.items()}
        return {
            "panels": {role: panel(self._world, role) for role in VERBS},
            "papers": list(NAMES),
            "out": {role: len(self._world.outputs(role)) for role in ("ticket", "page")},
            "lying": {role: Path(path).stem for role, path in lying.items()},
            # a paper that is laid anew is another picture, and so is another sheet of the same name
            "laid": self._world.get("camera", "laid"),
        }

    def act(self, name: str, values: dict[str, str]) -> str:
        """Do what a button says."""
        acts: dict[str, Callable[[dict[str, str]], str]] = {
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
            key = _LIES.get(name, "")
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

    def _poke(self, values: dict[str, str]) -> str:
        """Do a verb of :data:`drivers.virtual.script.VERBS` to a role."""
        role = values.get("role", "")
        changes = VERBS.get(role, {}).get(values.get("verb", ""))
        if changes is None:
            return "Pilihan ini tidak ada."
        self._world.set(role, **changes)
        return "Sudah diubah."

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
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2]))
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
