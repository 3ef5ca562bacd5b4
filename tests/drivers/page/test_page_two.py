"""Documents at the same moment, from one driver and from two: each comes out once, or the printer is called busy."""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from drivers.page.device import open
from drivers.roles import Busy, JobHandedOver, JobNotTaken, JobPhase, Ready
from drivers.virtual.start import Twin, start
from tests.drivers.sheets import pdf
from tests.drivers.until import until

WITHIN = 60.0


@pytest.mark.parametrize(
    ("takes", "count"),
    [("pdf", 4), pytest.param("raster", 4, marks=pytest.mark.long)],
)
def test_at_the_same_moment(takes: str, count: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    arguments = () if takes == "pdf" else ("--formats", "image/pwg-raster,image/urf")
    with start(tmp_path_factory.mktemp("page"), [Twin("page", "drivers.page.twin", arguments)]) as virtual:
        # within one driver they wait for each other; the last finds the printer at work for longer than it waits
        virtual.world.set("page", seconds="0.9")
        one, other = open(virtual.endpoints["page"]), open(virtual.endpoints["page"])
        until(lambda: isinstance(one.status(), Ready), WITHIN)
        documents = [pdf(2, mark=100 * number) for number in range(count)]
        with ThreadPoolExecutor(count) as pool:
            answers = list(pool.map(lambda n: (one, other)[n % 2].submit(documents[n], "Dokumen"), range(count)))
        taken = [answer for answer in answers if isinstance(answer, JobHandedOver)]
        assert taken
        assert {answer for answer in answers if isinstance(answer, JobNotTaken)} <= {JobNotTaken(Busy())}
        for job in taken:
            until(lambda job=job: one.job(job.id).phase is JobPhase.PRINTED, WITHIN)
        until(lambda: isinstance(one.status(), Ready), WITHIN)
        assert one.purge()
        assert len(list(virtual.world.out("page").glob("*.png"))) == 2 * len(taken)
        if takes == "pdf":
            came = Counter(
                hashlib.sha256(file.read_bytes()).hexdigest() for file in virtual.world.outputs("page", ".pdf")
            )
            assert came == Counter(job.sha256 for job in taken)
