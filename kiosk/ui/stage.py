"""The one widget of the window: shows a tree, reports its targets, and turns touches into presses."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.graphics import ClearBuffers, ClearColor, Color, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget

from kiosk.journeys.acts import Act
from kiosk.ui import paragraph
from kiosk.ui.compose import Scene
from kiosk.ui.focus import Focus, dark_below, order, ring
from kiosk.ui.layout import Layout
from kiosk.ui.marks import Camera, Fill, Mark, Shadow
from kiosk.ui.nodes import Node, Touch
from kiosk.ui.paint import Brush, paint
from kiosk.ui.render import Layer
from kiosk.ui.textures import Textures
from kiosk.ui.theme import Metrics, Theme

_FRAME = 1 / 15  # the live picture is refreshed no faster than this, seconds
_ECHO = 0.4  # seconds in which another device's touch is the same touch again
_SLIDE = 24  # units a finger may leave a target before the press is off


@dataclass(frozen=True)
class Target:
    """Something that can be touched now. Window coordinates in pixels as Kivy's touches have them: y runs upwards,
    ``x``, ``y`` is the lower left corner. ``act`` is None for what only the screen itself answers."""

    act: Act | None
    value: str
    x: float
    y: float
    width: float
    height: float
    enabled: bool
    label: str
    focused: bool = False  # the pad's keys are on it

    @property
    def center(self) -> tuple[float, float]:
        """Where a finger would go."""
        return self.x + self.width / 2, self.y + self.height / 2


class Stage(Widget):
    """Draws scenes. ``press`` is called with act and value when a target is released inside."""

    def __init__(
        self,
        press: Callable[[Act, str], None],
        local: Callable[[str, str], None],
        picture: Callable[[str], bytes | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._press = press
        self._local = local
        self.textures = Textures(picture)
        self.focus = Focus()
        self._scene: Scene | None = None
        self._layout: Layout | None = None
        self._theme: Theme | None = None
        self._metrics: Metrics | None = None
        self._under: Node | None = None  # target below the finger
        self._touch: Any = None
        self._last: tuple[str, float] = ("", 0.0)  # device and time of the last touch
        self._key: object = None
        self._frame: tuple[int, int, bytes] | None = None
        self._frame_shown = 0.0
        self._frame_due: Any = None
        self._video: Any = None
        self._layers: list[Layer] = []
        self.overflow: list[tuple[Node, float, float]] = []
        self.cost: dict[str, float] = {}

    # --- showing

    def _prepare(self, u: float) -> None:
        """Canvas order: background, drifting content and its veil, bars, overlay."""
        canvas: Any = self.canvas
        canvas.clear()
        self._layers = [Layer(self.textures, u) for _ in range(3)]
        content, chrome, overlay = self._layers
        with canvas:
            self._back = ClearColor(1, 1, 1, 1)  # clearing costs a fraction of drawing a sheet over everything
            ClearBuffers()
            PushMatrix()
            self._drift = Translate(0, 0)
        canvas.add(content.group)
        with canvas:
            PopMatrix()
            self._veil = Color(1, 1, 1, 0)
            self._veil_at = Rectangle(pos=(0, 0), size=(0, 0))
        canvas.add(chrome.group)
        canvas.add(overlay.group)

    def show(self, scene: Scene, theme: Theme, metrics: Metrics, *, key: object, motion: bool) -> None:
        """Show a scene. ``key`` tells one page from another: another key drifts in where ``motion`` is on."""
        if self._metrics is None or metrics.u != self._metrics.u or not self._layers:
            self._prepare(metrics.u)
        changed = key != self._key
        if changed:
            self._release()
            self.focus.turn()
        began = time.perf_counter()
        layout = Layout(metrics)
        for root in scene.roots:
            layout.place(root, 0, 0, metrics.width, metrics.height)
        self.overflow = layout.overflow
        self._scene, self._layout, self._theme, self._metrics, self._key = scene, layout, theme, metrics, key
        if self._under is not None:
            self._under = self._same(self._under)
        placed = time.perf_counter()
        self._draw()
        done = time.perf_counter()
        self.cost = {"layout": (placed - began) * 1000, "paint": (done - placed) * 1000}
        self.cost["made"] = sum(layer.made for layer in self._layers)
        if changed and motion:
            self._arrive()

    def _draw(self) -> None:
        scene, layout, theme, metrics = self._scene, self._layout, self._theme, self._metrics
        if scene is None or layout is None or theme is None or metrics is None:
            return
        self._back.rgba = theme[scene.background]
        height = int(self.height)
        roots = (scene.content, scene.chrome, scene.overlay)
        for layer, root in zip(self._layers, roots, strict=True):
            marks: list[Mark] = []
            if root is not None:
                brush = Brush(theme, metrics)
                paint(root, layout, brush, self._under)
                marks = brush.marks
                if scene.hidden and root is not scene.overlay:
                    marks = [mark for mark in marks if isinstance(mark, Fill | Shadow)]
            if layer is self._layers[-1]:
                marks += self._ring()
            layer.show(marks, height)
        if any(layer.camera for layer in self._layers):
            self._show_video()

    def _ring(self) -> list[Mark]:
        """Around the target that the pad's keys are on, above everything else."""
        scene, theme, metrics = self._scene, self._theme, self._metrics
        if scene is None or theme is None or metrics is None:
            return []
        node = self.focus.shown(self._reachable())
        if node is None:
            return []
        brush = Brush(theme, metrics)
        dark = dark_below(node, self._roots(), theme, scene.background)
        ring(brush, node, dark=dark, width=metrics.width, height=metrics.height)
        return brush.marks

    def _arrive(self) -> None:
        metrics, theme, scene = self._metrics, self._theme, self._scene
        if metrics is None or theme is None or scene is None:
            return
        for thing in (self._drift, self._veil):
            Animation.cancel_all(thing)
        self._veil_at.pos, self._veil_at.size = (0, 0), self.size
        self._veil.rgba = (*theme[scene.background][:3], 1)
        self._drift.x = 20 * metrics.u
        Animation(x=0, d=0.18, t="out_quad").start(self._drift)
        lifting = Animation(a=0, d=0.18, t="out_quad")
        lifting.bind(on_complete=lambda *_: self._lift())
        lifting.start(self._veil)

    def _lift(self) -> None:
        """Take the veil away: one that cannot be seen would still be blended over the whole window every time."""
        self._veil.a = 0
        self._veil_at.size = (0, 0)

    def settle(self) -> None:
        """End any movement now."""
        if not self._layers:
            return
        for thing in (self._drift, self._veil):
            Animation.cancel_all(thing)
        # setting what is set already would draw the whole window again
        if self._drift.x != 0:
            self._drift.x = 0
        if tuple(self._veil_at.size) != (0, 0):
            self._lift()

    def forget(self) -> None:
        """Drop all that the last visit showed or typed, in memory and on the graphics card."""
        self._release()
        paragraph.forget()
        self.textures.forget()
        self._frame = None
        self._video = None
        for layer in self._layers:
            layer.forget()
        self._scene = None

    # --- the live picture

    def frame(self, width: int, height: int, rgb: bytes) -> None:
        """Take the newest camera picture (8-bit RGB, upper row first); older ones that were not drawn yet are lost."""
        self._frame = (width, height, rgb)
        if self._frame_due is None:
            wait = max(0.0, _FRAME - (time.monotonic() - self._frame_shown))
            self._frame_due = Clock.schedule_once(self._new_frame, wait)

    def _new_frame(self, _: float) -> None:
        self._frame_due = None
        if self._frame is None or not any(layer.camera for layer in self._layers):
            return
        self._frame_shown = time.monotonic()
        width, height, rgb = self._frame
        if self._video is None or self._video.size != (width, height):
            self._video = Texture.create(size=(width, height), colorfmt="rgb")
        self._video.blit_buffer(rgb, colorfmt="rgb", bufferfmt="ubyte")
        self._show_video()

    def _show_video(self) -> None:
        if self._video is None:
            if self._frame is not None and self._frame_due is None:
                self._frame_due = Clock.schedule_once(self._new_frame, 0)
            return
        for layer in self._layers:
            for mark, rectangle, color in layer.camera:
                rectangle.texture = self._video
                rectangle.tex_coords = _cover(self._video.size, mark)
                color.a = 1
        canvas: Any = self.canvas
        canvas.ask_update()

    # --- touching

    def _roots(self) -> list[Node]:
        if self._scene is None:
            return []
        if self._scene.overlay is not None:
            return [self._scene.overlay]
        return [self._scene.content, self._scene.chrome]

    def _touchable(self) -> list[Node]:
        out: list[Node] = []
        for root in self._roots():
            _collect(root, None, out)
        return out

    def _reachable(self) -> list[Node]:
        """What the pad's keys reach, in their order."""
        if self._scene is None or self._metrics is None:
            return []
        if self._scene.overlay is not None:
            return order(self._touchable(), (), 0)
        content, chrome = list[Node](), list[Node]()
        _collect(self._scene.content, None, content)
        _collect(self._scene.chrome, None, chrome)
        return order(content, chrome, self._metrics.height / 2)

    def key(self, word: str) -> None:
        """A key of the pad, on the Kivy thread; none while a finger is on the glass."""
        if self._touch is not None:
            return
        pressed = self.focus.key(word, self._reachable())
        self._draw()
        if pressed is not None and pressed.touch is not None:
            self._send(pressed.touch)

    def _send(self, touch: Touch) -> None:
        if touch.local is not None:
            self._local(*touch.local)
        if touch.act is not None:
            self._press(touch.act, touch.value)

    def _same(self, node: Node) -> Node | None:
        """The target of the new tree that took this one's place."""
        wanted = node.touch
        for other in self._touchable():
            if other.touch is not None and wanted is not None and other.touch.enabled:
                same = (other.touch.act, other.touch.value, other.touch.local)
                if same == (wanted.act, wanted.value, wanted.local):
                    return other
        return None

    def targets(self) -> list[Target]:
        """Everything that can be touched now, in window coordinates."""
        u = self._metrics.u if self._metrics is not None else 1.0
        out: list[Target] = []
        focused = self.focus.shown(self._reachable())
        for node in self._touchable():
            t = node.touch
            if t is not None:
                top, right, bottom, left = t.slop
                low = self.height - (node.y + node.height + bottom) * u
                place = ((node.x - left) * u, low, (node.width + left + right) * u, (node.height + top + bottom) * u)
                out.append(Target(t.act, t.value, *place, t.enabled, t.label, node is focused))
        return out

    def _inside(self, node: Node, x: float, y: float, extra: float = 0) -> bool:
        if self._metrics is None or node.touch is None:
            return False
        u = self._metrics.u
        ux, uy = x / u, (self.height - y) / u
        top, right, bottom, left = node.touch.slop
        wide = node.x - left - extra <= ux <= node.x + node.width + right + extra
        return wide and node.y - top - extra <= uy <= node.y + node.height + bottom + extra

    def on_touch_down(self, touch: Any) -> bool:
        """One finger at a time; a palm resting on the glass does nothing."""
        if self._touch is not None or getattr(touch, "is_mouse_scrolling", False) or self._echo(touch):
            return True
        if self.focus.hide():
            self._draw()
        for node in reversed(self._touchable()):
            if self._inside(node, touch.x, touch.y):
                if node.touch is not None and node.touch.enabled:
                    self._touch, self._under = touch.uid, node
                    self._draw()
                break
        return True

    def _echo(self, touch: Any) -> bool:
        """Some panels report one touch twice, as a finger and as a mouse: the second report is not a second touch."""
        device, ended = self._last
        return touch.device != device and time.monotonic() - ended < _ECHO

    def on_touch_move(self, touch: Any) -> bool:
        """Sliding off cancels."""
        if (
            touch.uid == self._touch
            and self._under is not None
            and not self._inside(self._under, touch.x, touch.y, _SLIDE)
        ):
            self._under = None
            self._draw()
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Release acts, when it happens where the press began."""
        if touch.uid != self._touch:
            return True
        node, self._under, self._touch = self._under, None, None
        self._last = (touch.device, time.monotonic())
        if node is None or node.touch is None:
            return True
        self._draw()
        if not self._inside(node, touch.x, touch.y, _SLIDE):
            return True
        self._send(node.touch)
        return True

    def _release(self) -> None:
        self._under = None
        self._touch = None


def _collect(node: Node, window: Node | None, out: list[Node]) -> None:
    """Targets in drawing order, without those that lie outside the part of the page that is shown."""
    if node.touch is not None:
        middle = node.y + node.height / 2
        if window is None or window.y <= middle <= window.y + window.height:
            out.append(node)
    inside = node if node.name == "part" else window
    for child in node.children:
        _collect(child, inside, out)


def _cover(size: tuple[int, int], mark: Camera) -> tuple[float, ...]:
    """Texture coordinates that fill the rectangle, cropping what is too much; the upper row comes first in memory."""
    want, have = mark.w / max(1, mark.h), size[0] / size[1]
    across = min(1.0, want / have) / 2
    along = min(1.0, have / want) / 2
    left, right, low, high = 0.5 - across, 0.5 + across, 0.5 + along, 0.5 - along
    return (left, low, right, low, right, high, left, high)
