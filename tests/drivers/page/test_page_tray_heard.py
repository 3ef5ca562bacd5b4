"""The printer hears which tray a job's paper is to come from, straight and through CUPS."""

from __future__ import annotations

import pytest

from drivers.page.device import open
from drivers.roles import JobHandedOver, JobPhase, Ready
from drivers.virtual.start import Twin, start
from tests.drivers.sheets import pdf
from tests.drivers.until import until


@pytest.mark.parametrize("formats", [(), ("--formats", "image/pwg-raster,image/urf")], ids=["pdf", "raster"])
def test_the_printer_hears_which_tray(formats: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> None:
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", formats)]) as virtual:
        printer = open(virtual.endpoints["page"])
        until(lambda: isinstance(printer.status(), Ready), 30)
        job = printer.submit(pdf(), "Dokumen")
        assert isinstance(job, JobHandedOver)
        until(lambda: printer.job(job.id).phase is JobPhase.PRINTED, 30)
        assert "media-source=auto" in (virtual.world.directory / "page" / "asked.txt").read_text(encoding="utf-8")
