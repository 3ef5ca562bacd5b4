"""The virtual scanner's physics, and its half of the protocol, without a back-end in front of it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drivers.scanner import escl
from drivers.scanner.scene import No, Scene, as_scanned
from drivers.virtual.world import World


def settings(source: str = "flatbed", dpi: int = 100, area: str = "") -> escl.Settings:
    """As sane-airscan writes them."""
    place = "Platen" if source == "flatbed" else "Feeder"
    duplex = "<scan:Duplex>true</scan:Duplex>" if source == "duplex" else ""
    return escl.settings(
        f"<scan:ScanSettings><pwg:ScanRegions><pwg:ScanRegion>{area}</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{place}</pwg:InputSource>{duplex}<scan:ColorMode>RGB24</scan:ColorMode>"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution></scan:ScanSettings>"
    )


class Hall:
    """A scanner with a sheet of paper, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.world, self.now = World(folder), 0.0
        self.picture = folder / "paper.png"
        Image.new("RGB", (827, 1169), (10, 20, 200)).save(self.picture, dpi=(100, 100))
        self.world.set("scanner", page=str(self.picture))
        self.scene = Scene(self.world, lambda: self.now)

    def job(self, source: str = "flatbed") -> list[bytes | No]:
        """All that a job gives, its last answer too; or that it does not begin."""
        name = self.scene.begin(settings(source))
        if isinstance(name, No):
            return [name]
        told: list[bytes | No] = []
        while not told or isinstance(told[-1], bytes):
            told.append(self.scene.page(name))
            assert len(told) < 20
        return told


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def codes(told: list[bytes | No]) -> list[int]:
    return [part.code if isinstance(part, No) else 200 for part in told]


def test_a_stack_counts_down_from_job_to_job(hall: Hall) -> None:
    hall.world.set("scanner", place="feeder", sheets="3")
    name = hall.scene.begin(settings("feeder"))
    assert isinstance(name, str)
    assert isinstance(hall.scene.page(name), bytes)
    assert hall.scene.cancel(name)
    assert hall.scene.page(name) == No(404)
    assert hall.world.get("scanner", "sheets") == "2"
    assert codes(hall.job("feeder")) == [200, 200, 404]
    assert codes(hall.job("feeder")) == [409]
    assert "ScannerAdfEmpty" in hall.scene.status()


def test_without_a_count_each_job_finds_one_sheet(hall: Hall) -> None:
    hall.world.set("scanner", place="feeder")
    for _ in range(2):
        assert codes(hall.job("feeder")) == [200, 404]
    assert codes(hall.job("duplex")) == [200, 200, 404]


def test_the_glass_gives_its_paper_or_the_bare_lid_whatever_the_feeder_does(hall: Hall) -> None:
    hall.world.set("scanner", jam="yes", cover="open")
    page, end = hall.job()
    assert end == No(404)
    assert isinstance(page, bytes)
    assert mean(page)[2] > 150
    hall.world.set("scanner", place="feeder")
    lid = hall.job()[0]
    assert isinstance(lid, bytes)
    assert np.ptp(mean(lid)) < 5
    assert codes(hall.job("feeder")) == [409]


@pytest.mark.parametrize(("key", "value", "said"), [("jam", "yes", "AdfJam"), ("cover", "open", "AdfDoorOpen")])
def test_what_happens_between_two_sheets_is_said(hall: Hall, key: str, value: str, said: str) -> None:
    hall.world.set("scanner", place="feeder", sheets="3")
    name = hall.scene.begin(settings("feeder"))
    assert isinstance(name, str)
    assert isinstance(hall.scene.page(name), bytes)
    hall.world.set("scanner", **{key: value})
    assert hall.scene.page(name) == No(409)
    assert said in hall.scene.status()
    assert hall.world.get("scanner", "sheets") == "2"


def test_a_cold_lamp_takes_its_time_once(hall: Hall) -> None:
    hall.world.set("scanner", lamp="cold", warm_up="8")
    assert "Idle" in hall.scene.status()
    assert codes(hall.job()) == [503]
    assert "Testing" in hall.scene.status()
    hall.now = 7.9
    assert codes(hall.job()) == [503]
    hall.now = 8.0
    assert codes(hall.job()) == [200, 404]
    assert hall.world.get("scanner", "lamp") == "warm"
    assert "Idle" in hall.scene.status()
    hall.world.set("scanner", lamp="cold")
    assert codes(hall.job()) == [503]


def test_a_busy_scanner_begins_nothing(hall: Hall) -> None:
    hall.world.set("scanner", busy="yes")
    assert codes(hall.job()) == [503]
    assert "Processing" in hall.scene.status()


def test_what_it_has_is_what_it_says_and_does(hall: Hall) -> None:
    assert hall.scene.sources == escl.SOURCES
    hall.world.set("scanner", sources="feeder", place="feeder")
    assert hall.scene.sources == ("feeder",)
    said = escl.capabilities(hall.scene.sources)
    assert "AdfSimplexInputCaps" in said
    assert "Platen" not in said
    assert "Duplex" not in said
    assert codes(hall.job()) == codes(hall.job("duplex")) == [409]
    assert codes(hall.job("feeder")) == [200, 404]


def test_a_picture_that_is_gone_is_no_page(hall: Hall) -> None:
    hall.picture.unlink()
    assert codes(hall.job()) == [500]


def test_the_area_and_the_resolution_asked_for_are_cut_out(hall: Hall) -> None:
    sides = {"XOffset": 300, "YOffset": 0, "Width": 600, "Height": 9999}
    region = "".join(f"<pwg:{name}>{side}</pwg:{name}>" for name, side in sides.items())
    part = as_scanned(hall.picture, settings(dpi=200, area=region))
    with Image.open(io.BytesIO(part)) as picture:
        assert picture.size == (400, 2339)
    assert settings(dpi=123).dpi == 300
    assert settings().area is None


@pytest.mark.parametrize("text", ["", "<", "<scan:XResolution>99999999999999", "<pwg:Width>-4</pwg:Width>", "\x00" * 9])
def test_any_text_is_settings(text: str) -> None:
    assert escl.settings(text) == escl.Settings("flatbed", 300, False, None)


def mean(page: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(page)) as picture:
        return np.asarray(picture, np.float64)[:300, :300].mean(axis=(0, 1))
