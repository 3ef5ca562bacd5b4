"""The window: shows views, takes camera pictures, reports targets, injects touches, takes pictures of itself.

Import this only after :func:`kiosk.ui.start.prepare`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from kivy.input.motionevent import MotionEvent
from PIL import Image

from kiosk.journeys import pages
from kiosk.journeys.acts import Act
from kiosk.journeys.events import Press
from kiosk.journeys.pages import View
from kiosk.ui.compose import PART, compose
from kiosk.ui.stage import Stage, Target

Send = Callable[[Press], None]


class KioskApp(App):
    """Draws ``view`` and calls ``send`` with every press, on the Kivy thread.

    ``picture`` answers the name of a capture with its JPEG or PNG bytes, or None. ``show``, ``frame``, ``touch``,
    ``key``, ``shot`` and ``close`` may be called from any thread. ``on_ready`` is called once, after the first frame.
    ``motion`` False switches every animation off (tests, pictures); so does the view's own setting.
    """

    def __init__(
        self, view: View, send: Send, picture: Callable[[str], bytes | None], *, motion: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.on_ready: Callable[[], None] | None = None
        self.may_close = False
        self.stage = Stage(self._pressed, self._kept, picture)
        self._view = view
        self._send = send
        self._motion = motion
        self._local: dict[str, str] = {}
        self._lock = threading.Lock()
        self._due = False
        self._frame: tuple[int, int, bytes] | None = None
        self._uid = 0
        self._drawn: object = None

    # --- Kivy's own hooks

    def build(self) -> Stage:
        """The only widget."""
        Window.bind(on_request_close=self._closing)
        self.stage.bind(size=lambda *_: self._draw())
        Clock.schedule_once(self._first, 0)
        return self.stage

    def open_settings(self, *_: Any) -> bool:
        """There is no settings panel: F1 does nothing."""
        return False

    def _closing(self, *_: Any, **__: Any) -> bool:
        return not self.may_close

    def close(self) -> None:
        """End the program."""
        self.may_close = True
        Clock.schedule_once(lambda _: self.stop(), 0)

    def _first(self, _: float) -> None:
        self._draw()
        Window.bind(on_flip=self._flipped)
        Window.canvas.ask_update()

    def _flipped(self, *_: Any) -> None:
        Window.unbind(on_flip=self._flipped)
        if self.on_ready is not None:
            ready = self.on_ready
            Clock.schedule_once(lambda _: ready(), 0)

    # --- what the shell calls

    def show(self, view: View) -> None:
        """Show a view; of several that arrive within a frame the last is drawn."""
        with self._lock:
            self._view = view
            waiting, self._due = self._due, True
        if not waiting:
            Clock.schedule_once(self._show, 0)

    def _show(self, _: float) -> None:
        with self._lock:
            self._due = False
        self._draw()

    def frame(self, width: int, height: int, rgb: bytes) -> None:
        """A camera picture, 8-bit RGB, upper row first. The latest wins."""
        with self._lock:
            waiting = self._frame is not None
            self._frame = (width, height, rgb)
        if not waiting:
            Clock.schedule_once(self._new_frame, 0)

    def _new_frame(self, _: float) -> None:
        with self._lock:
            frame, self._frame = self._frame, None
        if frame is not None:
            self.stage.frame(*frame)

    def key(self, word: str) -> None:
        """A key of the pad: yes no back up down help or a digit."""
        Clock.schedule_once(lambda _: self.stage.key(word), 0)

    def shot(self, path: Path) -> None:
        """Write the window as PNG to exactly this path and return when it is there.

        From another thread it waits for what was shown before to be drawn; TimeoutError when no frame comes for ten
        seconds. On the Kivy thread it draws and writes at once.
        """
        if threading.current_thread() is threading.main_thread():
            self._read().save(path)
            return
        found: list[Image.Image] = []
        done = threading.Event()

        def later(_: float) -> None:
            found.append(self._read())
            done.set()

        Clock.schedule_once(lambda _: Clock.schedule_once(later, 0), 0)
        if not done.wait(10):
            raise TimeoutError("the window draws no frames")
        found[0].save(path, compress_level=1)  # packed beside the Kivy thread, which has touches to answer

    def _read(self) -> Image.Image:
        self.stage.settle()
        Window.dispatch("on_draw")
        width, height = Window.system_size
        data = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        image = Image.frombytes("RGBA", (width, height), bytes(data)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return image.convert("RGB")

    def targets(self) -> list[Target]:
        """What can be touched now, in window coordinates."""
        return self.stage.targets()

    def touch(self, x: float, y: float) -> None:
        """Press and release at a place of the window (pixels, y upwards), through the window's own dispatch."""
        Clock.schedule_once(lambda _: self.press_down(x, y)(), 0)

    def press_down(self, x: float, y: float, device: str = "kiosk") -> Callable[..., None]:
        """Press and hold, on the Kivy thread; calling the result releases, at another place where the finger slid."""
        self._uid += 1
        touch = _Finger(device, f"finger{self._uid}", {"x": x, "y": y})
        touch.place(x, y)
        Window.dispatch("on_touch_down", touch)

        def release(to_x: float = x, to_y: float = y) -> None:
            if (to_x, to_y) != (x, y):
                touch.place(to_x, to_y)
                Window.dispatch("on_touch_move", touch)
            Window.dispatch("on_touch_up", touch)

        return release

    # --- drawing

    @staticmethod
    def _key(view: View) -> object:
        page = view.page
        parts = tuple(getattr(page, name, "") for name in ("name", "slot", "by", "document", "key", "first", "purpose"))
        return type(page), parts

    def _draw(self) -> None:
        with self._lock:
            view = self._view
        width, height = int(self.stage.width), int(self.stage.height)
        if width < 320 or height < 240:  # not laid out yet
            return
        if isinstance(view.page, pages.Waiting):
            self.stage.forget()
            self._local.clear()
        key = self._key(view)
        if key != self._drawn:
            self._drawn = key
            if isinstance(view.page, pages.Waiting):
                self.stage.focus.hide()  # whoever used the keys has gone
            for name in [n for n in self._local if n.startswith(PART)]:  # every page begins with its first part
                del self._local[name]
        scene, c = compose(view, width, height, self._local)
        still = view.settings.less_motion or view.settings.contrast
        self.stage.show(scene, c.theme, c.metrics, key=key, motion=self._motion and not still)

    def _pressed(self, act: Act, value: str) -> None:
        self._send(Press(act, value))

    def _kept(self, name: str, value: str) -> None:
        self._local[name] = value
        self._draw()


class _Finger(MotionEvent):
    """A touch that did not come from the panel."""

    def __init__(self, device: str, id: str, args: dict[str, float]) -> None:
        super().__init__(device, id, args, is_touch=True, type_id="touch")

    def depack(self, args: dict[str, float]) -> None:
        """Kivy's hook for a touch's data."""
        self.profile = ["pos"]
        self.sx, self.sy = args["x"] / max(1, Window.width), args["y"] / max(1, Window.height)
        super().depack(args)

    def place(self, x: float, y: float) -> None:
        """Where the finger is, window pixels."""
        self.sx, self.sy = x / Window.width, y / Window.height
        self.x, self.y, self.pos = x, y, (x, y)


__all__ = ["KioskApp", "Target"]
