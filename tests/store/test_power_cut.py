"""The plug is pulled at every step of a write: what is on the card afterwards is nothing or the whole."""

import os
import traceback
from collections.abc import Callable

import pytest

from kiosk.formats.manifest import parse_outer
from kiosk.store.store import Store
from kiosk.store.values import Lane, Leased, Stored
from tests.store.world import World, deliver

CUT = 77


def cut_at(step: int) -> Callable[[str], None]:
    """Ends the process, without any cleaning up, when the `step`-th step has been taken."""
    left = [step]

    def at_step(_name: str) -> None:
        if left[0] == 0:
            os._exit(CUT)
        left[0] -= 1

    return at_step


def in_a_process_that_dies(act: Callable[[], None]) -> bool:
    """Whether `act` was cut short."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, CUT)
    return code == CUT


def whole(world: World, store: Store, application: str) -> bool:
    """All of it is there: application, documents, queue, journal, files with the right hashes."""
    found = store.find(application)
    revision = store.revision(application, 1)
    assert found is not None and revision is not None
    outer = parse_outer(revision.manifest)
    names = {path.name for path in revision.folder.iterdir()}
    return (
        len(found.documents) == 2
        and store.queue().waiting == 1
        and store.checkpoint().size == 1
        and names == {"manifest.cbor", "record.age", *(f"{file.index:02d}.age" for file in outer.files)}  # type: ignore[union-attr]
    )


def nothing(store: Store, application: str) -> bool:
    return (
        store.find(application) is None
        and store.queue().waiting == 0
        and store.checkpoint().size == 0
        and list(store._shared.spool.packets.iterdir()) == []
    )


def test_submit(world: World):
    world.open().close()
    outcomes: list[bool] = []
    for step in range(100):
        packet = world.packet()

        def act(step: int = step) -> None:
            world.open(cut_at(step)).submit(packet)  # noqa: B023 (used before the next round)

        cut = in_a_process_that_dies(act)
        store = world.open()
        store.sweep()
        is_whole = store.find(packet.application) is not None
        assert whole(world, store, packet.application) if is_whole else nothing(store, packet.application)
        assert not hasattr(store.verify_journal(), "why") and store.check()
        outcomes.append(is_whole)
        if not cut:
            break
        if not is_whole:  # the citizen sends again, and it works
            assert isinstance(store.submit(packet), Stored)
        store.close()
        for path in sorted(world.folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        world.open().close()
    # four files, the folder, the rename, its sync, the rows, the commit: cut after each, then not at all
    assert outcomes == sorted(outcomes) and outcomes.count(False) >= 8 and outcomes.count(True) >= 2


def test_a_document_arriving(world: World):
    seen: set[bool] = set()
    for step in range(20):
        store, packet = world.open(), world.packet()
        store.submit(packet)
        sealed = os.urandom(500)
        store.close()

        def act(step: int = step) -> None:
            store = world.open(cut_at(step))
            deliver(store, packet.application, "akta_lahir", sealed)  # noqa: B023

        cut = in_a_process_that_dies(act)
        store = world.open()
        document = store.document(f"{packet.application}.1")
        assert document is not None
        if document.has_file:
            path = store.document_file(document.document)
            assert path is not None and path.read_bytes() == sealed
        else:
            assert document.state != "delivered"
        seen.add(document.has_file)
        store.close()
        if not cut:
            break
    assert seen == {True, False}


@pytest.mark.parametrize("outcome", ["printed", "not_printed", "unknown"])
def test_printing_is_never_forgotten(world: World, outcome: str):
    store, packet = world.open(), world.packet()
    store.submit(packet)
    document = deliver(store, packet.application, "akta_lahir", b"sealed")
    store.close()
    for step in range(10):

        def act(step: int = step) -> None:
            store = world.open(cut_at(step))
            begun = store.begin_print(document, "ab" * 32)
            store.settle_print(begun.act, outcome)  # type: ignore[arg-type,union-attr]

        cut = in_a_process_that_dies(act)
        store = world.open()
        acts, unsettled = store.prints(document), store.unsettled_prints()
        if acts and acts[-1].outcome in (None, "unknown"):
            assert unsettled == (acts[-1],)
            refused = store.begin_print(document, "ab" * 32)
            assert refused.why == "unsettled"  # type: ignore[union-attr]
            assert store.resolve(acts[-1].act, "not_printed", "b1").outcome == "not_printed"  # type: ignore[union-attr]
        assert store.unsettled_prints() == ()
        store.close()
        if not cut:
            return
    raise AssertionError("never came to an end")


def test_a_lease_dies_with_its_holder(world: World):
    store, packet = world.open(), world.packet()
    store.submit(packet)
    store.close()

    def act() -> None:
        leased = world.open().lease(Lane.REVISION)
        assert isinstance(leased, Leased)
        os._exit(CUT)

    assert in_a_process_that_dies(act)
    store = world.open()
    assert store.lease(Lane.REVISION) is None
    world.clock.now += 121
    again = store.lease(Lane.REVISION)
    assert isinstance(again, Leased) and again.attempts == 1
    store.release_leases()
    assert isinstance(store.lease(Lane.REVISION), Leased)
