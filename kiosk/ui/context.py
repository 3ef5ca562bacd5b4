"""What a screen knows while it draws: the view, the theme, the size class, and how much room there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.journeys.pages import View
from kiosk.ui.theme import Metrics, Theme
from kiosk.ui.words import tr


@dataclass(frozen=True)
class Ctx:
    """Handed to every screen.

    ``fit`` says how much has to be sacrificed for the page to fit, tried from 0 upwards: 1 illustrations go, 2 help
    lines go too, 3 everything that may be left out. ``local`` holds what only the screen knows (which keyboard shows).
    """

    view: View
    theme: Theme
    metrics: Metrics
    fit: int = 0
    local: Mapping[str, str] = field(default_factory=dict[str, str])

    def t(self, text: str) -> str:
        """A fixed label: translated, its site words filled in."""
        return self.view.site.words(tr(self.view.settings.language, text))

    @property
    def compact(self) -> bool:
        """1024 x 600 and its like."""
        return self.metrics.compact

    @property
    def portrait(self) -> bool:
        """Panes stack."""
        return self.metrics.portrait

    @property
    def art(self) -> bool:
        """Whether illustrations are drawn: not in high contrast, and not where the room is needed."""
        return not self.theme.contrast and self.fit < 1 and not self.metrics.largest

    @property
    def help(self) -> bool:
        """Whether secondary lines are drawn."""
        return self.fit < 2

    def by(self, reference: float, compact: float, portrait: float | None = None) -> float:
        """A size by class."""
        if self.metrics.portrait:
            return reference if portrait is None else portrait
        return compact if self.metrics.compact else reference
