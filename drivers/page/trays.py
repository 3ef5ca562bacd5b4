"""Which tray the paper comes from: the one that holds A4, as far as the printer tells."""

from __future__ import annotations

from drivers.page.ipp import Collection, Value, number, words

#: A4 in hundredths of a millimetre (PWG 5100.7 media-size), and how far a tray's own figure may lie from it.
A4_SIZE, NEARLY = (21000, 29700), 100
#: The media-source by which a printer chooses for itself.
AUTO = "auto"
#: Trays that wait for a person's hand.
BY_HAND = frozenset({"manual", "by-pass-tray", "envelope"})


def tray(printer: dict[str, list[Value]]) -> str | None:
    """The media-source that A4 lies in (media-col-ready), else "auto"; None where a job cannot name a tray.

    Never a tray that is fed by hand, unless there is no other.
    """
    if not {"media-size", "media-source"} <= set(words(printer, "media-col-supported")):
        return None
    for ready in printer.get("media-col-ready", []):
        if not isinstance(ready, Collection):
            continue
        source = words(ready.members, "media-source")
        if source and source[0] not in BY_HAND and any(_is_a4(size) for size in ready.members.get("media-size", [])):
            return source[0]
    supported = words(printer, "media-source-supported")
    if AUTO in supported or not supported:
        return AUTO
    return next((name for name in supported if name not in BY_HAND), supported[0])


def media_col(source: str) -> Collection:
    """A4 out of this tray."""
    width, height = A4_SIZE
    return Collection(
        {
            "media-size": [Collection({"x-dimension": [width], "y-dimension": [height]})],
            "media-source": [source],
        }
    )


def _is_a4(size: Value) -> bool:
    if not isinstance(size, Collection):
        return False
    sides = (number(size.members, "x-dimension"), number(size.members, "y-dimension"))
    return all(abs(side - wanted) <= NEARLY for side, wanted in zip(sides, A4_SIZE, strict=True))
