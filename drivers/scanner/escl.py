"""What a virtual scanner says in eSCL, the XML of "AirPrint scanning" (Mopria eSCL Technical Specification). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACES = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
PER_INCH = 300  # eSCL counts areas in 1/300 inch

SOURCES = ("flatbed", "feeder", "duplex")
#: Width and height in 1/300 inch: an A4 glass as wide as letter paper; a feeder as long as legal paper.
AREAS = {"flatbed": (2550, 3508), "feeder": (2550, 4200), "duplex": (2550, 4200)}
RESOLUTIONS = {"flatbed": (100, 200, 300, 600), "feeder": (100, 200, 300), "duplex": (100, 200, 300)}


@dataclass(frozen=True)
class Settings:
    """What a job asks for. `area`: x, y, width, height in 1/300 inch; None is all there is."""

    source: str
    dpi: int
    grey: bool
    area: tuple[int, int, int, int] | None


def capabilities(sources: Iterable[str]) -> str:
    """ScannerCapabilities of a scanner with these sources."""
    there = tuple(sources)
    platen = f"<scan:Platen>{_caps('Platen', 'flatbed')}</scan:Platen>" if "flatbed" in there else ""
    fed = (_caps("AdfSimplex", "feeder") if "feeder" in there else "") + (
        _caps("AdfDuplex", "duplex") if "duplex" in there else ""
    )
    feeder = f"<scan:Adf>{fed}<scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf>" if fed else ""
    return (
        f"{HEAD}<scan:ScannerCapabilities {SPACES}><pwg:Version>2.63</pwg:Version>"
        "<pwg:MakeAndModel>Pro Desaku Virtual Scanner</pwg:MakeAndModel><pwg:SerialNumber>0</pwg:SerialNumber>"
        f"{platen}{feeder}</scan:ScannerCapabilities>"
    )


def status(state: str, feeder: str) -> str:
    """ScannerStatus: `state` is Idle, Processing or Testing (the lamp warms up), `feeder` an AdfState."""
    return (
        f"{HEAD}<scan:ScannerStatus {SPACES}><pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
        f"<scan:AdfState>{feeder}</scan:AdfState></scan:ScannerStatus>"
    )


def settings(text: str) -> Settings:
    """A job's ScanSettings; what is missing is as a scanner would have it."""

    def said(name: str) -> str:
        found = re.search(rf"<(?:\w+:)?{name}>\s*([^<\s]{{1,40}})", text)
        return found[1] if found else ""

    source = "flatbed" if said("InputSource") != "Feeder" else "duplex" if said("Duplex") == "true" else "feeder"
    sides = [said(name) for name in ("XOffset", "YOffset", "Width", "Height")]
    numbers = [int(side) for side in sides if side.isdecimal()]
    area = (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == len(sides) else None
    dpi = said("XResolution")
    asked = int(dpi) if dpi.isdecimal() else 0
    return Settings(
        source,
        asked if asked in RESOLUTIONS[source] else 300,
        said("ColorMode").startswith("Grayscale"),
        area,
    )


def _caps(name: str, source: str) -> str:
    width, height = AREAS[source]
    resolutions = "".join(
        "<scan:DiscreteResolution>"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>"
        "</scan:DiscreteResolution>"
        for dpi in RESOLUTIONS[source]
    )
    return (
        f"<scan:{name}InputCaps><scan:MinWidth>16</scan:MinWidth><scan:MinHeight>16</scan:MinHeight>"
        f"<scan:MaxWidth>{width}</scan:MaxWidth><scan:MaxHeight>{height}</scan:MaxHeight>"
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>"
        "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions>"
        f"</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles></scan:{name}InputCaps>"
    )
