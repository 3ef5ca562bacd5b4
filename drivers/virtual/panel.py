"""The dock's buttons: one for every verb of every role, side by side with what undoes it, named in Indonesian."""

from __future__ import annotations

from typing import TypedDict

from drivers.virtual.script import VERBS
from drivers.virtual.world import World

#: Key of a role's world -> its name, and its values in the order of their buttons; the first is the usual one.
WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "paper": ("Kertas", {"ok": "Ada", "near_end": "Hampir habis", "low": "Hampir habis", "out": "Habis"}),
    "lens": (
        "Lensa",
        {"good": "Jernih", "bad": "Buram", "dark": "Gelap", "glare": "Silau", "cut_off": "Terpotong"},
    ),
    "black": ("Tutup lensa", {"no": "Dilepas", "yes": "Dipasang"}),
    "hand": ("Tangan", {"no": "Tidak ada", "yes": "Di atas kertas"}),
    "lamp": ("Lampu", {"cold": "Nyala", "off": "Mati"}),
    "freeze": ("Gambar", {"no": "Bergerak", "yes": "Membeku"}),
    "stall": ("Aliran", {"no": "Lancar", "yes": "Berhenti"}),
    "place": ("Letak", {"glass": "Di kaca", "feeder": "Di pengumpan"}),
    "sheets": ("Pengumpan", {"1": "1 lembar", "20": "20 lembar"}),
    "cover": ("Tutup", {"closed": "Tertutup", "open": "Terbuka"}),
    "jam": ("Kertas macet", {"no": "Tidak", "yes": "Macet"}),
    "toner": ("Toner", {"ok": "Ada", "low": "Hampir habis", "out": "Habis"}),
    "cutter": ("Pisau", {"ok": "Bebas", "stuck": "Macet"}),
    "heat": ("Kepala cetak", {"ok": "Dingin", "hot": "Terlalu panas"}),
    "hot_at": ("Daya tahan panas", {"0": "Besar", "40": "40 mm hitam"}),
    "speed": ("Kecepatan", {"150": "Biasa", "30": "Lambat"}),
    "knife": ("Potongan", {"feeds": "Di bawah tulisan", "unfed": "Kena tulisan"}),
    "realtime": ("Tanya jawab", {"on": "Menjawab", "off": "Hanya berkabar sendiri"}),
    "mute": ("Suara", {"no": "Menjawab", "yes": "Bisu"}),
    "busy": ("Dipakai", {"no": "Bebas", "yes": "Program lain"}),
    "reply": (
        "Jawaban",
        {"ok": "Benar", "none": "Bisu", "half": "Setengah", "late": "Terlambat", "garbage": "Kacau"},
    ),
    "garbage": ("Data", {"no": "Utuh", "yes": "Kacau"}),
    "port": ("Colokan", {"1": "Pertama", "2": "Lain"}),
    "key": ("Tombol", {"": "Lepas", "yes": "Ya", "no": "Tidak", "back": "Kembali"}),
    "jack": ("Penyuara", {"out": "Dilepas", "in": "Dipasang"}),
    "link": ("Sambungan", {"up": "Tersambung", "down": "Putus"}),
    "power": ("Listrik", {"on": "Nyala", "off": "Mati"}),
    "mains": ("Listrik", {"on": "Nyala", "off": "Mati"}),
    "a4_in": ("Letak A4", {"main": "Di baki", "by-pass-tray": "Lewat tangan"}),
    "server": ("Server cetak", {"on": "Berjalan", "off": "Mati"}),
    "cable": ("Kabel", {"in": "Terpasang", "out": "Dicabut"}),
}
#: Words of one role only, where they are others.
_OWN: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("scanner", "lamp"): ("Lampu", {"warm": "Hangat", "cold": "Masih dingin"}),
}
#: Where several values stand behind one button, they are drawn as this one: a lamp that is warm was cold once.
_SAME = {("lamp", "on"): "cold"}
_HARMLESS = frozenset({"key", "jack", "place", "sheets", "port", "a4_in"})  # whatever they are
#: The verbs that take a paper away stand beside the papers.
_CLEARS = {"camera": "lift", "scanner": "empty"}


class Button(TypedDict):
    """``on``: the world is so just now. ``bad``: that is a trouble, which is drawn as one."""

    verb: str
    label: str
    on: bool
    bad: bool


class Group(TypedDict):
    """Buttons of which one is on. ``held``: pressed like a key, for as long as the mouse is down."""

    title: str
    held: bool
    buttons: list[Button]


class Panel(TypedDict):
    """A role's buttons; ``clear`` is the verb that takes its paper away, or empty."""

    clear: str
    groups: list[Group]


def panel(world: World, role: str) -> Panel:
    """All of a role's buttons, as its world is just now."""
    state, verbs = world.state(role), _verbs(role)
    groups = list[Group]()
    for key, words in {**WORDS, **dict.fromkeys((key for key, _ in verbs), ("", dict[str, str]()))}.items():
        title, values = WORDS.get(key, words)
        title, values = _OWN.get((role, key), (title, values))
        # a verb that nobody gave words to is drawn under its own name
        values = values | {value: verb for (k, value), verb in verbs.items() if k == key and value not in values}
        usual, bad = next(iter(values), ""), key not in _HARMLESS
        now = state.get(key) or usual
        now = _SAME.get((key, now), now)
        buttons = [
            Button(verb=verbs[key, value], label=label, on=now == value, bad=bad and value != usual)
            for value, label in values.items()
            if (key, value) in verbs and verbs[key, value] != _CLEARS.get(role)
        ]
        if buttons:
            groups.append(Group(title=title or key, held=key == "key", buttons=buttons))
    return Panel(clear=_CLEARS.get(role, ""), groups=groups)


def _verbs(role: str) -> dict[tuple[str, str], str]:
    """The change that tells each verb from the others, and the verb."""
    found = dict[tuple[str, str], str]()
    for verb, changes in VERBS[role].items():
        change = next((one for one in changes.items() if one not in found), None)
        if change is not None:
            found[change] = verb
    return found


def verbs_of(shown: Panel) -> set[str]:
    """The verbs that have a button."""
    return {button["verb"] for group in shown["groups"] for button in group["buttons"]} | {shown["clear"]} - {""}
