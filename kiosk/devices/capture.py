"""Camera and scanner as the service uses them. Every method blocks and is called in a worker thread of its own kind."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

import cv2
import numpy as np

from drivers.camera import DocumentCamera
from drivers.camera import open as open_camera
from drivers.roles import CameraFacts, DocumentScanner, Fault, Missing, NoPaper, Picture, Pixels, Status, Unknown
from drivers.roles.scanner import NotOffered, ScanCancelled, ScanMode, ScannedPage, ScanSettings
from drivers.scanner import open as open_scanner
from kiosk.devices.guide import Advice, Guide
from kiosk.devices.values import DeviceFailure, Frame, PageCapture, Purpose, SheetReading
from kiosk.vision import (
    Code,
    Finding,
    Hint,
    Image,
    PageFinding,
    Quality,
    clean,
    encode,
    find_page,
    level,
    measure,
    read_codes,
    straighten,
)
from kiosk.vision.capture import best, mendable
from kiosk.vision.encoding import encode_jpeg, encode_png

#: Seconds between two preview pictures to the client, at least: shorter than those of a camera that gives 30 a second,
#: whose pictures would grow old otherwise while they wait for their turn.
FRAME_INTERVAL = 1 / 40
FRAME_WIDTH = 1280  # pixels, at most
FRAME_TIMEOUT = 2.0
STILL_TIMEOUT = 12.0
SCAN_TIMEOUT = 60.0
SCAN_DPI = 200
SHEET_TRIES = 3
STILL_TRIES = 3  # pictures of a sheet that moves or is not in focus yet; the best is kept
CODE_BUDGET = 1.5  # seconds of retries on one still


class Capture:
    """The camera and the document scanner with the vision that belongs to them.

    `preview_url` and `still_url` may be the same device; empty ones are not there. `scanner` is a device's name.
    """

    def __init__(
        self,
        preview_url: str,
        still_url: str,
        scanner: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._camera: DocumentCamera | None = open_camera(preview_url, still_url) if preview_url else None
        self._scanner: DocumentScanner | None = open_scanner(scanner) if scanner else None
        self._guide = Guide(clock)
        self._clock, self._wait = clock, wait
        self._given = -1e9
        self._stills = threading.Lock()
        self._px_per_mm: float | None = None

    def camera_status(self) -> Status:
        """How the camera is."""
        return Missing() if self._camera is None else self._camera.status()

    def camera_facts(self) -> tuple[CameraFacts, float | None]:
        """What the camera gives, and the px/mm that the last whole sheet really had, as if it were A4."""
        return (CameraFacts() if self._camera is None else self._camera.describe()), self._px_per_mm

    def scanner_status(self) -> Status:
        """How the document scanner is."""
        return Missing() if self._scanner is None else self._scanner.status()

    def frame(self, purpose: Purpose) -> Frame | DeviceFailure:
        """The next preview picture with what was found in it; called again and again while somebody watches.

        Paced to 40 a second. What was found may be a few pictures old.
        """
        if self._camera is None:
            return DeviceFailure("camera_missing")
        pause = self._given + FRAME_INTERVAL - self._clock()
        if pause > 0:
            self._wait(pause)
        picture = self._camera.frame(FRAME_TIMEOUT)
        self._given = self._clock()
        if not isinstance(picture, Picture):
            self._guide.forget()
            return _camera_failure(picture)
        return _frame(picture, self._guide.see(picture.pixels, purpose))

    def stop_preview(self) -> None:
        """Nobody watches any more: let the camera rest."""
        self._guide.forget()
        if self._camera is not None:
            self._camera.rest()

    def still(self) -> PageCapture | DeviceFailure:
        """The paper under the camera: straightened, cleaned, packed and judged.

        The first good picture of up to three, or the best: what moved comes to rest, a lens finds its focus. `no_page`
        when there is none. A sheet that is cut off or unreadable is given with ok=False and the hint; a good one
        that may be a copy with ok=True and the hint "copy".
        """
        kept: tuple[Image, PageFinding, Quality] | None = None
        for _ in range(STILL_TRIES):
            picture = self._still()
            found = PageFinding(None, Finding.NONE) if isinstance(picture, DeviceFailure) else find_page(picture)
            if isinstance(picture, DeviceFailure) or found.corners is None:
                if kept is None:
                    return picture if isinstance(picture, DeviceFailure) else DeviceFailure("no_page")
                break
            judged = measure(picture, found.corners, final=True)
            if kept is None or best((kept[2], judged)) == 1:  # 13 megapixels each: no more than two are held
                kept = (picture, found, judged)
            if not mendable(judged):
                break
        assert kept is not None and kept[1].corners is not None  # a first picture was kept, or the answer given
        picture, found, quality = kept
        corners = kept[1].corners
        if quality.whole:
            self._px_per_mm = quality.px_per_mm
        why = "" if quality.ok else quality.hint.value
        if not why and found.finding is Finding.CUT_OFF:
            why = f"cut_off_{found.side}"
        note = Hint.COPY.value if Hint.COPY in quality.notes else ""
        return _packed(straighten(picture, corners), why, note)

    def scan(self) -> PageCapture | DeviceFailure:
        """One page from the document scanner, cut out where the lid shows around it."""
        if self._scanner is None:
            return DeviceFailure("scanner_missing")
        # as large as the glass: a KTP, a booklet and an A4 sheet are told apart by their edges
        scanned = self._scanner.scan(ScanSettings(SCAN_DPI), SCAN_TIMEOUT)
        if isinstance(scanned, NotOffered) and ScanMode.GREY.value in scanned.instead:
            scanned = self._scanner.scan(ScanSettings(SCAN_DPI, ScanMode.GREY), SCAN_TIMEOUT)
        if not isinstance(scanned, ScannedPage):
            return DeviceFailure(_scanner_failure(scanned))
        picture, dpi = scanned.pixels, scanned.dpi or SCAN_DPI
        found = find_page(picture)
        page = picture
        if found.corners is not None and _on_lid(picture, found):  # laid into a corner, its edge is the glass's own
            longest = max(math.dist(found.corners[index], found.corners[index - 1]) for index in range(4))
            page = straighten(picture, found.corners, dpi=min(dpi, round(longest / 297 * 25.4)))  # never enlarged
        else:
            page = level(picture)
        rows, columns = page.shape[:2]
        whole = ((0.0, 0.0), (columns - 1.0, 0.0), (columns - 1.0, rows - 1.0), (0.0, rows - 1.0))
        quality = measure(page, whole)
        why = Hint.BLANK if Hint.BLANK in quality.faults else Hint.BLURRED
        return _packed(page, "" if quality.sharp else why.value)

    def read_sheet(self) -> SheetReading | DeviceFailure:
        """The codes on the sheet under the camera, in up to three pictures; no texts when none could be read."""
        seen: Pixels | None = None
        codes: tuple[Code, ...] = ()
        for _ in range(SHEET_TRIES):
            picture = self._still()
            if isinstance(picture, DeviceFailure):
                if seen is None:
                    return picture
                break
            seen, codes = picture, read_codes(picture, budget=CODE_BUDGET)
            if codes:
                break
        assert seen is not None  # SHEET_TRIES is not zero
        texts = tuple(dict.fromkeys(code.text for code in codes))
        sizes = [code.px_per_module for code in codes if code.px_per_module is not None]
        # 13 megapixels take their time to pack, so only the picture that is answered is packed
        return SheetReading(texts, sizes[0] if sizes else None, encode_png(seen))

    def close(self) -> None:
        """Let camera and scanner go. May be called twice."""
        self._guide.close()
        if self._camera is not None:
            self._camera.close()
        if self._scanner is not None:
            self._scanner.close()

    def _still(self) -> Pixels | DeviceFailure:
        if self._camera is None:
            return DeviceFailure("camera_missing")
        with self._stills:
            picture = self._camera.still(STILL_TIMEOUT)
        return picture.pixels if isinstance(picture, Picture) else _camera_failure(picture)


def _frame(picture: Picture, advice: Advice) -> Frame:
    pixels = picture.pixels
    scale = FRAME_WIDTH / pixels.shape[1]
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)
    rgb = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    return Frame(
        width=rgb.shape[1],
        height=rgb.shape[0],
        rgb=rgb.tobytes(),
        whole=advice.whole,
        sharp=advice.sharp,
        no_glare=advice.no_glare,
        hint=advice.hint,
        corners=advice.corners,
        texts=advice.texts,
        taken=picture.taken,
    )


def _packed(page: Image, why: str, note: str = "") -> PageCapture:
    """`why`: what stands against the picture; `note`: what may be said of a good one."""
    cleaned = clean(page)
    rows, columns = cleaned.shape[:2]
    return PageCapture(encode(cleaned), encode_jpeg(cleaned, 900), not why, why or note, columns, rows)


def _camera_failure(status: Missing | Unknown | Fault) -> DeviceFailure:
    if isinstance(status, Fault):
        return DeviceFailure("device_error")  # black, frozen: what exactly is for the technician, in the status
    return DeviceFailure("camera_missing" if isinstance(status, Missing) else "timeout")


def _scanner_failure(status: Status | NotOffered | ScanCancelled) -> str:
    if isinstance(status, Missing):
        return "scanner_missing"
    if isinstance(status, NoPaper):
        return "no_page"
    return "timeout" if isinstance(status, Unknown) else "device_error"


def _on_lid(picture: Image, found: PageFinding) -> bool:
    """Whether the found sheet lies on the scanner's lid.

    A scan that is all page may hold a table or a photograph that looks like a sheet; then what surrounds it is paper
    with print on it, not one even surface of another lightness.
    """
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    outline = np.asarray(found.corners, np.float32)
    mask = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(mask, outline.round().astype(np.int32), 255)
    around = grey[cv2.dilate(mask, np.ones((25, 25), np.uint8)) == 0]
    if around.size < 0.03 * grey.size:
        return False
    middle = float(np.median(around))
    even = float(np.mean(np.abs(np.asarray(around, np.float32) - middle) <= 12)) > 0.97
    return even and abs(middle - float(np.median(grey[mask > 0]))) >= 15
