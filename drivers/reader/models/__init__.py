"""The command sets of common readers. Another family is a file like those beside this one, and a line here."""

from drivers.reader.models import gm65, honeywell, newland, ssi
from drivers.reader.models.base import CommandSet

MODELS: dict[str, CommandSet] = {
    each.name: each for each in (gm65.Gm65(), newland.Newland(), honeywell.Honeywell(), ssi.Ssi("ssi"), ssi.Ssi("gm67"))
}

__all__ = ["MODELS"]
