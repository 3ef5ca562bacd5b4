"""06: the citizen's papers, one by one. The picture takes itself once everything holds still."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalog.model import Paper
from kiosk.journeys import apply, flow, pages, places
from kiosk.journeys.acts import Act
from kiosk.journeys.effects import DropCapture, ScanPage, TakeStill
from kiosk.journeys.events import Captured, CaptureFailed, DevicesBack, DevicesLost, Event, Guide, Press, Tick
from kiosk.journeys.visit import Out, PaperDone, Visit, go, stay

HOLD = 0.8  # seconds that all checks must hold before the countdown
COUNT = 3  # seconds of countdown
OFFER_HELP = 3  # failures in a row

STRIPS = {
    "none": "Taruh surat di baki",
    "far": "Dekatkan surat ke tengah baki",
    "cut_off_left": "Geser sedikit ke kanan",
    "cut_off_right": "Geser sedikit ke kiri",
    "cut_off_top": "Geser sedikit ke bawah",
    "cut_off_bottom": "Geser sedikit ke atas",
    "corner": "Satu sudut tertutup. Ratakan kertas",
    "tilted": "Luruskan kertas di baki",
    "skewed": "Putar sedikit supaya kertas lurus",
    "dark": "Kurang terang. Petugas bisa menyalakan lampu",
    "shadow": "Ada bayangan. Geser tangan sedikit",
    "glare": "Silau. Miringkan kertas",
    "blurred": "Rapatkan kertas ke baki",
    "moving": "Lepaskan tangan, kertas masih bergerak",
    "coarse": "Dekatkan kertas supaya terbaca",
    "blank": "Sisi ini kosong. Balik kertasnya",
    "sideways": "Tulisan melintang. Putar kertasnya",
    "upside_down": "Tulisan terbalik. Putar kertasnya",
    "copy": "Tampaknya fotokopi. Pakai yang asli jika ada",
    "not_flat": "Ratakan kertas di baki",
    "several": "Satu surat saja di baki",
    "code_far": "Kode QR terlalu jauh. Dekatkan ke kamera",
    "ok": "Diam dulu, sedang memotret",
}
_WHY = {
    "camera_missing": "Kamera tidak tersambung. Pakai pemindai atau panggil petugas.",
    "scanner_missing": "Pemindai tidak tersambung. Pakai kamera atau panggil petugas.",
    "no_page": "Belum ada surat yang terlihat. Taruh surat, lalu coba lagi.",
    "timeout": "Alat belum menjawab. Coba sekali lagi, atau panggil petugas.",
    "device_error": "Alat sedang bermasalah. Coba cara lain, atau panggil petugas.",
}
_AWAY = "Alat sedang dinyalakan lagi. Tunggu sebentar, data Anda aman."
_UNCLEAR = "Foto kurang jelas. Ulangi supaya tulisannya terbaca."
REMARKS = {
    "blank": "Sisi ini tampak kosong. Balik kertasnya.",
    "sideways": "Tulisannya melintang. Putar kertasnya.",
    "upside_down": "Tulisannya terbalik. Putar kertasnya.",
    "corner": "Satu sudut tertutup. Ratakan kertasnya.",
    "glare": "Ada bagian yang silau. Miringkan kertas.",
    "shadow": "Ada bayangan di kertas. Geser tangan sedikit.",
    "copy": "Tampaknya fotokopi. Pakai yang asli jika ada.",
}
"""What is said of a picture that was taken, where more can be said than that it is clear or not."""


def holding(guide: Guide) -> bool:
    """Whether the three checks pass."""
    return guide.whole and guide.sharp and guide.no_glare and guide.hint == "ok"


def countdown(held: float | None, now: float) -> int:
    """3, 2, 1 while it runs; 0 before. `held` is when the checks began to hold."""
    if held is None or now - held < HOLD:
        return 0
    return max(1, COUNT - int(now - held - HOLD))


def expired(held: float | None, now: float) -> bool:
    """The countdown is over: take the picture."""
    return held is not None and now - held >= HOLD + COUNT


def shooting(visit: Visit, at: places.Shooting, event: Event) -> Out:
    """The paper is under the camera, or on the scanner."""
    match event:
        case Guide() if at.source == "camera" and not at.busy:
            held = (visit.now if at.held is None else at.held) if holding(event) else None
            return go(visit, replace(at, guide=event, held=held))
        case Tick() if not at.busy and at.source == "camera" and expired(at.held, visit.now):
            return _shoot(visit, at)
        case Captured() if event.slot == at.slot and at.busy:
            failures = 0 if event.ok else visit.draft.failures + 1
            visit = replace(visit, draft=replace(visit.draft, failures=failures))
            return go(visit, places.Reviewing(at.slot, event.capture, event.ok, event.why, source=at.source))
        case CaptureFailed() if event.slot == at.slot and at.busy:
            return _failed(visit, at, _WHY.get(event.why, _WHY["device_error"]))
        case DevicesLost():
            # a picture that was asked for still comes, or is said not to: it is asked for again when they are back
            return go(visit, replace(at, held=None, guide=None, error=_AWAY))
        case DevicesBack() if at.error == _AWAY:
            return go(visit, replace(at, error=""))
        case Press():
            return _press(visit, at, event)
        case _:
            return stay(visit)


def _failed(visit: Visit, at: places.Shooting, said: str) -> Out:
    visit = replace(visit, draft=replace(visit.draft, failures=visit.draft.failures + 1))
    return go(visit, replace(at, busy=False, held=None, error=said))


def _shoot(visit: Visit, at: places.Shooting) -> Out:
    ask = TakeStill(at.slot) if at.source == "camera" else ScanPage(at.slot)
    return go(visit, replace(at, busy=True, held=None, error=""), ask)


def _press(visit: Visit, at: places.Shooting, event: Press) -> Out:
    match event.act:
        case Act.SHOOT if not at.busy:
            return _shoot(visit, at)
        case Act.USE_SCANNER if not at.busy:
            return go(visit, replace(at, source="scanner", guide=None, held=None, error=""))
        case Act.USE_CAMERA if not at.busy:
            return go(visit, replace(at, source="camera", guide=None, held=None, error=""))
        case Act.NO_PAPER if not at.busy:
            return go(visit, places.Missing(at.slot, _substitute(visit, at.slot)))
        case Act.BACK if not at.busy:
            return apply.back(visit, flow.Stop("paper", at.slot))
        case _:
            return stay(visit)


def _substitute(visit: Visit, slot: str) -> str:
    done = visit.draft.papers.get(slot)
    return done.substitute if done else ""


def _set(visit: Visit, slot: str, done: PaperDone) -> tuple[Visit, tuple[DropCapture, ...]]:
    """Keep a paper; a picture that it replaces is forgotten."""
    old = visit.draft.papers.get(slot)
    drop = (DropCapture(old.capture),) if old and old.capture and old.capture != done.capture else ()
    papers = {**visit.draft.papers, slot: done}
    return replace(visit, draft=replace(visit.draft, papers=papers, declared=False, failures=0)), drop


def reviewing(visit: Visit, at: places.Reviewing, event: Event) -> Out:
    """Keep or repeat."""
    if not isinstance(event, Press):
        return stay(visit)
    kept = visit.draft.papers.get(at.slot)
    mine = kept is not None and kept.capture == at.capture
    match event.act:
        case Act.KEEP | Act.NEXT if mine:
            return apply.forward(visit, flow.Stop("paper", at.slot))
        case Act.KEEP | Act.NEXT:
            visit, drop = _set(visit, at.slot, PaperDone(at.capture, readable=at.readable))
            moved, effects = apply.forward(visit, flow.Stop("paper", at.slot))
            return moved, (*drop, *effects)
        case Act.AGAIN:
            again = places.Shooting(at.slot, at.source)
            return go(visit, again) if mine else go(visit, again, DropCapture(at.capture))
        case Act.ZOOM:
            return go(visit, replace(at, zoomed=not at.zoomed))
        case Act.BACK if mine:
            return apply.back(visit, flow.Stop("paper", at.slot))
        case Act.BACK:
            return go(visit, places.Shooting(at.slot, at.source), DropCapture(at.capture))
        case _:
            return stay(visit)


def missing(visit: Visit, at: places.Missing, event: Event) -> Out:
    """Surat tidak ada: a real answer."""
    paper = visit.pack.papers.get(at.slot)
    if not isinstance(event, Press) or paper is None:
        return stay(visit)
    match event.act:
        case Act.PICK if event.value in {s.id for s in paper.substitutes}:
            return go(visit, replace(at, chosen=event.value, error=""))
        case Act.BACK:
            return go(visit, places.Shooting(at.slot))
        case Act.NEXT:
            chosen = next((s for s in paper.substitutes if s.id == at.chosen), None)
            if chosen is None:
                return go(visit, replace(at, error="Pilih satu jawaban dulu."))
            if not chosen.goes_on:
                return go(visit, places.Closed(slot=at.slot))
            visit, drop = _set(visit, at.slot, PaperDone(substitute=chosen.id))
            moved, effects = apply.forward(visit, flow.Stop("paper", at.slot))
            return moved, (*drop, *effects)
        case _:
            return stay(visit)


def _eyebrow(visit: Visit) -> pages.Eyebrow:
    return apply.eyebrow(visit)


def _paper(visit: Visit, slot: str) -> tuple[Paper | None, int, int]:
    every = [p.slot for p in flow.papers(visit)]
    index = every.index(slot) + 1 if slot in every else 1
    return visit.pack.papers.get(slot), index, max(1, len(every))


def shooting_page(visit: Visit, at: places.Shooting) -> pages.Page:
    paper, index, total = _paper(visit, at.slot)
    guide = at.guide
    count = countdown(at.held, visit.now) if not at.busy else 0
    return pages.Capture(
        eyebrow=_eyebrow(visit),
        slot=at.slot,
        heading=visit.words(paper.place) if paper else "Letakkan surat",
        index=index,
        total=total,
        source=at.source,
        whole=bool(guide and guide.whole),
        sharp=bool(guide and guide.sharp),
        no_glare=bool(guide and guide.no_glare),
        good=guide is not None and holding(guide),
        corners=guide.corners if guide else (),
        strip=_strip(at),
        countdown=count,
        busy=at.busy,
        error=at.error,
        offer_help=visit.draft.failures >= OFFER_HELP,
        steps=pages.Steps(3),
    )


def _strip(at: places.Shooting) -> str:
    if at.source == "scanner":
        return "Sedang memindai, tunggu sebentar" if at.busy else "Taruh surat di kaca pemindai, tulisan ke bawah"
    if at.busy:
        return STRIPS["ok"]
    if at.guide is None:
        return STRIPS["none"]
    return STRIPS.get(at.guide.hint, STRIPS["none"])


def reviewing_page(visit: Visit, at: places.Reviewing) -> pages.Page:
    paper, _, _ = _paper(visit, at.slot)
    return pages.CaptureReview(
        eyebrow=_eyebrow(visit),
        slot=at.slot,
        heading=visit.words(paper.title) if paper else "Foto surat",
        capture=at.capture,
        readable=at.readable,
        remark=REMARKS.get(at.why, "Foto jelas" if at.readable else _UNCLEAR),
        zoomed=at.zoomed,
        steps=pages.Steps(3),
    )


def missing_page(visit: Visit, at: places.Missing) -> pages.Page:
    paper, _, _ = _paper(visit, at.slot)
    return pages.NoPaper(
        eyebrow=_eyebrow(visit),
        slot=at.slot,
        heading=f"{visit.words(paper.title)} tidak ada?" if paper else "Surat tidak ada?",
        sentences=tuple(visit.words(s) for s in paper.no_paper) if paper else (),
        options=tuple(pages.Tile(s.id, s.icon, visit.words(s.title), visit.words(s.help)) for s in paper.substitutes)
        if paper
        else (),
        chosen=at.chosen,
        error=at.error,
        steps=pages.Steps(3),
    )
