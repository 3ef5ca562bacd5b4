"""Readies the process for Kivy. Call :func:`prepare` before anything imports ``kivy``.

Kivy reads its environment and its configuration file while it is imported: a key combination that opens settings, a
mouse cursor, logs with texts of the screen and a second touch provider are all on by default and must be off here.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def prepare(
    width: int = 1280,
    height: int = 800,
    *,
    fullscreen: bool = False,
    offscreen: bool = False,
    desktop: bool = False,
    home: Path | None = None,
) -> None:
    """Set the environment and Kivy's configuration for a borderless kiosk window of ``width`` x ``height`` pixels.

    ``desktop`` gives the window a frame and a mouse pointer, for a rehearsal on somebody's own screen. ``offscreen``
    draws into a real GL window without any display (tests, pictures). ``home`` is Kivy's own folder; a temporary one is
    made where none is given, so that no file of the person's home is read or written.
    Raises RuntimeError when Kivy was imported before: nothing set here would take effect any more.
    """
    if "kivy" in sys.modules:
        raise RuntimeError("kivy was imported before kiosk.ui.start.prepare")
    home = home or Path(tempfile.mkdtemp(prefix="prodesaku-ui-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        KIVY_HOME=str(home),
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_NO_ENV_CONFIG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_TEXT="pil",
        KIVY_IMAGE="pil",
        KIVY_WINDOW="sdl2",
        SDL_NO_SIGNAL_HANDLERS="1",  # of SIGTERM SDL would make a request to close the window, which refuses it
    )
    if offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kivy.config import Config

    graphics = {
        "width": width,
        "height": height,
        "borderless": 0 if desktop else 1,
        "resizable": 0,
        "fullscreen": "auto" if fullscreen else 0,
        "show_cursor": 1 if desktop else 0,
        "multisamples": 0,  # corners are smooth by their own textures; this would only cost fill rate
        "maxfps": 60,
        "vsync": 0 if offscreen else 1,
        "minimum_width": 320,
        "minimum_height": 240,
    }
    for key, value in graphics.items():
        Config.set("graphics", key, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "keyboard_mode", "")
    Config.set("kivy", "pause_on_minimize", "0")
    for section in ("input", "modules"):
        for key in list(Config[section]) if Config.has_section(section) else []:
            Config.remove_option(section, key)
    # SDL delivers the panel's touches itself; a second provider would deliver every touch twice
    Config.set("input", "mouse", "mouse,disable_multitouch")
