"""Slips and sheets through the service: real process, real sockets, virtual printers."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable
from contextlib import aclosing

from PIL import Image

from drivers.virtual.start import Virtual
from kiosk.devices.client import DeviceFailure, Devices, DevicesAway, DeviceStatus, Head, Job, JobState
from tests.devices.conftest import Running
from tests.drivers.sheets import pdf
from tests.drivers.slips import slip

WITHIN = 20.0


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


async def becomes(devices: Devices, holds: Callable[[DeviceStatus], bool]) -> DeviceStatus:
    async with asyncio.timeout(WITHIN), aclosing(devices.watch()) as changes:
        async for status in changes:
            if holds(status):
                return status
    raise AssertionError("the stream ended")


async def ready(service: Running) -> Devices:
    devices = await Devices.connect(service.socket, within=WITHIN)
    for role in ("ticket", "printer"):
        await becomes(devices, lambda status, role=role: status.role == role and status.state == "ready")
    return devices


async def settled(devices: Devices, job: Job | DeviceFailure) -> list[JobState]:
    assert isinstance(job, Job)
    async with asyncio.timeout(WITHIN):
        return [state async for state in devices.follow(job.id)]


def test_a_slip(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        assert await devices.ticket_head() == Head(576, 203)
        picture = slip(576, 400)
        assert await devices.print_slip(png(picture)) == "printed"
        burnt = Image.open(str(virtual.world.last("ticket")))
        assert burnt.crop((0, 0, 576, 400)).tobytes() == picture.tobytes()

    asyncio.run(play())


def test_a_slip_without_paper(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        virtual.world.set("ticket", paper="out")
        await becomes(devices, lambda status: status.role == "ticket" and status.state == "no_paper")
        assert await devices.print_slip(png(slip(576, 400))) == "no_paper"

    asyncio.run(play())


def test_a_sheet_is_the_very_bytes_handed_over(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        data = pdf(2)
        job = await devices.print_pdf(data, "Dokumen")
        assert isinstance(job, Job)
        states = await settled(devices, job)
        assert states[-1] == JobState("printed", 2, 2)
        assert {state.state for state in states} <= {"queued", "printing", "printed"}
        received = virtual.world.last("page", ".pdf")
        assert received is not None
        assert received.read_bytes() == data
        assert hashlib.sha256(received.read_bytes()).hexdigest() == job.sha256

    asyncio.run(play())


def test_the_same_job_again_prints_nothing(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        job = await devices.print_pdf(pdf(1), "Dokumen", "0" * 31 + "1")
        await settled(devices, job)
        before = virtual.world.outputs("page")
        assert await devices.print_pdf(pdf(1), "Dokumen", "0" * 31 + "1") == DeviceFailure("duplicate")
        assert virtual.world.outputs("page") == before

    asyncio.run(play())


def test_paper_out_in_the_middle_and_back_prints_nothing_more(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        virtual.world.set("page", seconds="1.5")
        job = await devices.print_pdf(pdf(3), "Dokumen")
        assert isinstance(job, Job)
        last = JobState("queued")
        async with asyncio.timeout(WITHIN), aclosing(devices.follow(job.id)) as states:
            async for last in states:
                if last.sheet == 1:
                    virtual.world.set("page", paper="out")
        assert last.state == "no_paper"
        assert 1 <= last.sheet < 3
        sheets = len(list(virtual.world.out("page").glob("*.png")))
        virtual.world.set("page", paper="ok", seconds="0.1")
        await becomes(devices, lambda status: status.role == "printer" and status.state == "ready")
        assert len(list(virtual.world.out("page").glob("*.png"))) == sheets
        assert await settled(devices, job) == [last]

    asyncio.run(play())


def test_killed_service_is_away_then_back_and_the_job_is_learnt_again(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        virtual.world.set("page", seconds="1.0")
        job = await devices.print_pdf(pdf(1), "Dokumen")
        assert isinstance(job, Job)
        away = False
        try:
            async for state in devices.follow(job.id):
                assert not state.settled
                service.kill()
        except DevicesAway:
            away = True
        assert away
        service.start()
        again = await Devices.connect(service.socket, within=WITHIN)
        assert (await settled(again, job))[-1] == JobState("printed", 1, 1)
        assert await devices.ticket_head() == Head(576, 203)  # the old client, too
        assert await again.print_pdf(pdf(1), "Dokumen", job.id) == DeviceFailure("duplicate")

    asyncio.run(play())


def test_a_slip_whose_service_dies_is_unknown(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        rows = virtual.directory / "ticket" / "rows.txt"
        rows.write_text("0")
        printing = asyncio.create_task(devices.print_slip(png(slip(576, 3000))))
        async with asyncio.timeout(WITHIN):
            while int(rows.read_text() or 0) < 200:  # noqa: ASYNC110 - another process writes the file
                await asyncio.sleep(0.02)
        service.kill()
        assert await printing == "unknown"

    asyncio.run(play())


def test_a_slip_whose_service_comes_back_is_not_burnt_again(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        rows = virtual.directory / "ticket" / "rows.txt"
        rows.write_text("0")
        picture = png(slip(576, 3000))
        first = len(virtual.world.outputs("ticket"))
        printing = asyncio.create_task(devices.print_slip(picture, "strip-00000001"))
        async with asyncio.timeout(WITHIN):
            while int(rows.read_text() or 0) < 200:  # noqa: ASYNC110 - another process writes the file
                await asyncio.sleep(0.02)
        service.kill()
        service.start()
        assert await printing == "unknown"  # the client asked again by itself
        async with asyncio.timeout(WITHIN):
            while len(virtual.world.outputs("ticket")) == first:  # noqa: ASYNC110 - the torn slip is let go by its printer
                await asyncio.sleep(0.02)
        before = virtual.world.outputs("ticket")
        again = await ready(service)
        assert await again.print_slip(picture, "strip-00000001") == "unknown"
        assert virtual.world.outputs("ticket") == before
        assert await again.print_slip(picture, "strip-00000002") == "printed"
        assert await again.print_slip(picture, "strip-00000002") == "printed"
        assert len(virtual.world.outputs("ticket")) == len(before) + 1

    asyncio.run(play())


def test_purge_while_the_cable_is_out_is_made_good_when_it_is_back(service: Running, virtual: Virtual) -> None:
    async def play() -> None:
        devices = await ready(service)
        virtual.world.set("page", paper="out", seconds="0.3")
        job = await devices.print_pdf(pdf(1), "Dokumen")
        virtual.world.set("page", cable="out")
        await becomes(devices, lambda status: status.role == "printer" and status.state == "missing")
        before = len(virtual.world.outputs("page"))
        if isinstance(job, Job):
            assert not await devices.purge()
        virtual.world.set("page", cable="in")
        await becomes(devices, lambda status: status.role == "printer" and status.state == "no_paper")
        async with asyncio.timeout(WITHIN):
            while not await devices.purge():  # noqa: ASYNC110 - the printer is another process
                await asyncio.sleep(0.1)
        virtual.world.set("page", paper="ok")
        await becomes(devices, lambda status: status.role == "printer" and status.state == "ready")
        assert len(virtual.world.outputs("page")) == before

    asyncio.run(play())


def test_nobody_there_is_devices_away(service: Running) -> None:
    async def play() -> None:
        await ready(service)
        assert service.stop() == 0
        devices = Devices(service.socket)
        for call in (devices.status(), devices.print_slip(b""), devices.print_pdf(b"", "x"), devices.purge()):
            try:
                await call
            except DevicesAway:
                continue
            raise AssertionError("somebody answered")

    asyncio.run(play())


def test_the_log_says_nothing_personal(service: Running) -> None:
    async def play() -> None:
        devices = await ready(service)
        await settled(devices, await devices.print_pdf(pdf(1), "BUDI CONTOH"))
        service.stop()
        assert "BUDI" not in service.log

    asyncio.run(play())
