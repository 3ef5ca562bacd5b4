"""Every connection is the house's connection."""

import sqlite3
from pathlib import Path

import pytest

from kiosk.store import connect as module
from kiosk.store.connect import connect, fault_of, immediate
from kiosk.store.migrations import migrate, migrations
from kiosk.store.store import Store
from kiosk.store.values import Fault, StoreFailure
from tests.store.world import World


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_as_the_house_wants_it(tmp_path: Path):
    connection = connect(tmp_path / "a.sqlite")
    assert isinstance(connection, sqlite3.Connection)
    expected = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    assert {name: pragma(connection, name) for name in expected} == expected
    assert connection.isolation_level is None
    connection.close()


def test_a_file_in_wal_mode_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "a.sqlite"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    assert Store.open(path) == StoreFailure(Fault.WAL)
    other.close()
    before = path.read_bytes()
    assert Store.open(path) == StoreFailure(Fault.WAL)
    assert path.read_bytes() == before


def test_what_is_no_database_is_damaged(tmp_path: Path):
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"not a database, but long enough to have a header" * 100)
    assert Store.open(path) == StoreFailure(Fault.DAMAGED)


def test_a_pragma_that_does_not_hold_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(module._EXPECTED, "synchronous", 3)
    with pytest.raises(RuntimeError):
        connect(tmp_path / "a.sqlite")


def test_immediate_keeps_all_or_nothing(tmp_path: Path):
    connection = connect(tmp_path / "a.sqlite")
    assert isinstance(connection, sqlite3.Connection)
    connection.execute("CREATE TABLE t (x)")
    with pytest.raises(KeyError), immediate(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        raise KeyError
    with immediate(connection):
        connection.execute("INSERT INTO t VALUES (2)")
    assert [row[0] for row in connection.execute("SELECT x FROM t")] == [2]
    connection.close()


def test_a_migration_and_its_record_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    connection = connect(tmp_path / "a.sqlite")
    assert isinstance(connection, sqlite3.Connection)

    def breaks(db: object) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise KeyError

    broken = migrations._Migration("m999_breaks", breaks)  # type: ignore[arg-type]
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, broken])
    with pytest.raises(KeyError):
        migrate(connection)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    monkeypatch.undo()
    migrate(connection)
    migrate(connection)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"applications", "outbox", "prints", "journal"} <= names and "half" not in names
    connection.close()


def test_a_second_process_that_holds_the_file_too_long_is_busy(world: World, monkeypatch: pytest.MonkeyPatch):
    store = world.open()
    other = connect(world.folder / "store.sqlite")
    assert isinstance(other, sqlite3.Connection)
    store._shared.connection.execute("PRAGMA busy_timeout = 1")
    with immediate(other):
        assert store.put("a", 1) == StoreFailure(Fault.BUSY)
    assert store.put("a", 1) is None
    assert store.get("a") == 1
    other.close()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (28, Fault.DISK_FULL),
        (122, Fault.DISK_FULL),
        (30, Fault.READ_ONLY),
        (13, Fault.READ_ONLY),
        (5, Fault.DEVICE_ERROR),
    ],
)
def test_faults_of_files(number: int, fault: Fault):
    assert fault_of(OSError(number, "x")) is fault


def test_a_bug_is_no_fault():
    assert fault_of(ValueError()) is None
    assert fault_of(sqlite3.ProgrammingError("x")) is None


def test_closing_twice_is_fine_and_the_check_is_clean(world: World):
    store = world.open()
    assert store.check()
    store.close()
    store.close()
