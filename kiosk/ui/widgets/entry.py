"""Typing: number pad, cells, keyboard, date, time. A key sends one character; the journey holds what was typed."""

from __future__ import annotations

from kiosk.journeys.acts import Act
from kiosk.ui.context import Ctx
from kiosk.ui.nodes import Look, Node, Touch, box, col, grid, row, spring
from kiosk.ui.widgets.basic import icon
from kiosk.ui.widgets.buttons import pill
from kiosk.ui.widgets.text import mono, note, text

_KEY = Look("card", "edge", 1, 18, lip="edge", lip_h=3, lip_out=True, hc="hc", pressed="nila_200")
_ALT = Look("nila_100", "nila_400", 1, 18, lip="nila_400", lip_h=3, lip_out=True, hc="hc", pressed="nila_200")


def key(
    label: str,
    act: Act,
    value: str = "",
    *,
    h: float = 116,
    size: float = 46,
    alt: bool = False,
    glyph: str = "",
    down: bool = True,
    local: tuple[str, str] | None = None,
    says: str = "",
) -> Node:
    """One key. ``alt`` keys act instead of writing. Keys keep their size at every text size."""
    color = "nila_800" if alt else "nila_900"
    words = text(label, size, 700, color, 1.15, align="center", fixed=True) if label else None
    head = icon(glyph, 44 if down else 40, color) if glyph else None
    parts = [p for p in (head, words) if p is not None]
    inner = col(*parts, gap=6, align="center") if down else row(*parts, gap=12)
    touch = Touch(None if local else act, value, True, says or label.replace("\n", " "), local=local, key=True)
    return box(inner, h=h, look=_ALT if alt else _KEY, touch=touch)


def number_pad(c: Ctx, *, h: float | None = None) -> Node:
    """Telephone order; Hapus semua left of 0, Hapus right of it."""
    high = h or c.by(116, 84)
    digits = [key(str(n), Act.TYPE, str(n), h=high, size=c.by(46, 40)) for n in range(1, 10)]
    clear = key(c.t("Hapus\nsemua"), Act.CLEAR, h=high, size=21, alt=True, says=c.t("Hapus semua"))
    zero = key("0", Act.TYPE, "0", h=high, size=c.by(46, 40))
    erase = key(
        "" if c.compact else c.t("Hapus"), Act.ERASE, h=high, size=21, alt=True, glyph="backspace", says=c.t("Hapus")
    )
    return grid(3, *digits, clear, zero, erase, gap=c.by(14, 12), pad=(0, 0, 3, 0))


def cells(typed: str, length: int, *, error: bool = False, unit: float = 1.0) -> Node:
    """Cells in groups of four; the next one is gold with a thick edge."""
    groups: list[Node] = []
    for start in range(0, length, 4):
        group: list[Node] = []
        for k in range(start, min(length, start + 4)):
            edge, width, fill = ("nila_700" if k < len(typed) else "edge"), 2.0, "field"
            if k == len(typed):
                edge, width, fill = "nila_700", 4.0, "emas_100"
            if error:
                edge, width = "merah_700", 4.0
            look = Look(fill, edge, width, 10)
            digit = mono(typed[k], 42 * unit, line=1.2, fixed=True) if k < len(typed) else None
            group.append(box(digit, w=40 * unit, h=68 * unit, look=look))
        groups.append(row(*group, gap=5 * unit))
    return row(*groups, gap=13 * unit)


def typed(words: str, *, h: float = 68, size: float = 42, error: bool = False, hint: str = "", grow: float = 0) -> Node:
    """A field for a number that has no fixed length; the caret stands behind it."""
    look = Look("field", "merah_700" if error else "nila_700", 4, 14)
    caret = Node("leaf", w=4, h=size, look=Look("nila_700"))
    shown = mono(words, size, line=1.2, fixed=True) if words else None
    return row(
        shown,
        caret,
        spring(),
        note(hint, 22, line=1.2) if hint else None,
        gap=4,
        pad=(0, 22),
        h=h,
        grow=grow,
        look=look,
    )


def text_field(c: Ctx, words: str, *, error: bool = False) -> Node:
    """The line above the keyboard, with Hapus semua at its right."""
    size = min(36.0, 36.0 * 30 / max(30, len(words)))
    look = Look("field", "merah_700" if error else "nila_700", 4, 18, hc="nila_700")
    caret = Node("leaf", w=4, h=46, look=Look("nila_700"))
    shown = text(words, size, 700, "ink", 1.3, fixed=True, shrink=True) if words else None
    clear = pill(c.t("Hapus semua"), Act.CLEAR, h=c.by(72, 56), radius=c.by(36, 28))
    return row(shown, caret, spring(), clear, gap=4, pad=(0, 8, 0, 24), h=c.by(88, 66), look=look)


_ORDERS = {
    "abc": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "qwerty": "QWERTYUIOPASDFGHJKLZXCVBNM",
}


def keyboard(c: Ctx, *, digits: bool = False) -> Node:
    """Capital letters, four rows of ten; the order is the person's choice for this visit. 123 where it is allowed."""
    h, size, gap = c.by(82, 64), 34.0, c.by(12, 8)
    layer = c.local.get("keys", "abc")
    order = c.local.get("order", "abc")
    if layer == "123":
        rows = [list("1234567890"), list("/.,()'’-:&")]
        body = [key(ch, Act.TYPE, ch, h=h, size=size) for line in rows for ch in line]
        back = key("ABC", Act.TYPE, h=h, size=24, alt=True, local=("keys", "abc"))
        blank = key(c.t("Spasi"), Act.TYPE, " ", h=h, size=24)
        erase = key(c.t("Hapus"), Act.ERASE, h=h, size=24, alt=True, glyph="backspace", down=False)
        return col(grid(10, *body, gap=gap), grid((2, 6, 2), back, blank, erase, gap=gap), gap=gap, pad=(0, 0, 3, 0))
    letters = [key(ch, Act.TYPE, ch, h=h, size=size) for ch in _ORDERS[order]]
    more = [key("’", Act.TYPE, "’", h=h, size=size), key("-", Act.TYPE, "-", h=h, size=size)]
    erase = key(c.t("Hapus"), Act.ERASE, h=h, size=24, alt=True, glyph="backspace", down=False)
    switch, other = ("QWERTY", "qwerty") if order == "abc" else ("A–Z", "abc")
    swap = key(switch, Act.TYPE, h=h, size=24, alt=True, local=("order", other))
    blank = key(c.t("Spasi"), Act.TYPE, " ", h=h, size=24)
    numbers = key("123", Act.TYPE, h=h, size=24, alt=True, local=("keys", "123"))
    last = [swap, blank, numbers] if digits else [swap, blank]
    return col(
        grid(10, *letters[:20], gap=gap),
        _shares((1, 1, 1, 1, 1, 1, 1, 1, 2), [*letters[20:], *more, erase], gap),
        _shares((2, 6, 2) if digits else (2, 8), last, gap),
        gap=gap,
        pad=(0, 0, 3, 0),
    )


def _shares(spans: tuple[int, ...], nodes: list[Node], gap: float) -> Node:
    """A row on the keyboard's ten columns; each node spans so many of them, gaps included."""
    return Node("grid", nodes, columns=tuple(float(s) for s in spans), gap=gap, span_of=10)


_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def _part(c: Ctx, label: str, value: str, part: str, now: str, width: float, error: bool) -> Node:
    on = part == now
    edge, thick = ("nila_700", 4.0) if on else ("edge", 2.0)
    if error:
        edge, thick = "merah_700", 4.0
    look = Look("emas_100" if on else "field", edge, thick, 14, hc="nila_700" if on else "hc")
    shown = text(value, 34, 700, "ink", 1.2, fixed=True) if value else text("–", 34, 600, "ink2", 1.2, fixed=True)
    field = box(shown, h=c.by(88, 72), look=look)
    return col(note(label, 20, weight=600), field, gap=6, w=width, touch=Touch(Act.EDIT, part, True, label))


def date_fields(c: Ctx, day: str, month: str, year: str, part: str, error: bool) -> Node:
    """Day, month by name, year; a touch on one of them goes back to it."""
    name = _MONTHS[int(month) - 1] if month.isdigit() and 1 <= int(month) <= 12 else month
    return row(
        _part(c, c.t("Tanggal"), day, "day", part, c.by(140, 110), error),
        _part(c, c.t("Bulan"), name, "month", part, c.by(260, 210), error),
        _part(c, c.t("Tahun"), year, "year", part, c.by(180, 140), error),
        gap=c.by(16, 12),
    )


def months(c: Ctx, chosen: str) -> Node:
    """Twelve months by name."""
    keys: list[Node] = []
    for k, name in enumerate(_MONTHS, 1):
        one = key(name, Act.PICK, str(k), h=c.by(116, 84), size=c.by(24, 21))
        if chosen.isdigit() and int(chosen) == k:
            one.look = Look("nila_50", "nila_700", 4, 18, lip="nila_700", lip_h=3, lip_out=True)
        keys.append(one)
    return grid(3, *keys, gap=c.by(14, 12), pad=(0, 0, 3, 0))


def date_entry(c: Ctx, *, day: str, month: str, year: str, part: str, check: str, error: bool) -> tuple[Node, Node]:
    """Left: the three fields and the weekday read back. Right: the pad for the part being typed."""
    words = (
        row(icon("calendar-event", 30, "nila_700"), text(check, 24, 600, "ink", 1.3, grow=1), gap=12) if check else None
    )
    left = col(date_fields(c, day, month, year, part, error), words, gap=c.by(18, 12))
    return left, months(c, month) if part == "month" else number_pad(c)


def time_entry(c: Ctx, hhmm: str, *, error: bool = False) -> Node:
    """Four digits as hours and minutes, with the site's zone."""
    groups: list[Node] = []
    for start, label in ((0, c.t("Jam")), (2, c.t("Menit"))):
        group: list[Node] = []
        for k in (start, start + 1):
            now = k == len(hhmm)
            edge, thick, fill = ("nila_700", 4.0, "emas_100") if now else ("edge", 2.0, "field")
            if k < len(hhmm):
                edge = "nila_700"
            if error:
                edge, thick = "merah_700", 4.0
            digit = mono(hhmm[k], 52, line=1.2, fixed=True) if k < len(hhmm) else None
            group.append(box(digit, w=c.by(64, 56), h=c.by(92, 76), look=Look(fill, edge, thick, 12)))
        groups.append(col(note(label, 20, weight=600), row(*group, gap=8), gap=6))
    dot = text(".", 52, 800, "ink", 1.2, fixed=True, pad=(26, 0, 0, 0))
    zone = text(c.view.site.zone, 26, 700, "ink2", 1.2, pad=(26, 0, 0, 8))
    return row(groups[0], dot, groups[1], zone, gap=12)
