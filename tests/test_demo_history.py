"""The played demonstration that is kept for the next fresh copy."""

import contextlib
import datetime as dt
import sqlite3

import pytest

from portal import demo
from portal.kernel import clock

DAY = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


@pytest.fixture
def caches(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "causeway"


@pytest.fixture
def played(tmp_path):
    """A database that says who made it."""
    with contextlib.closing(sqlite3.connect(tmp_path / "played.sqlite3")) as connection:
        connection.executescript("CREATE TABLE told (word); INSERT INTO told VALUES ('Ingrid')")
    return tmp_path / "played.sqlite3"


def words(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT word FROM told").fetchall()


def test_a_history_is_taken_by_the_next_copy_on_the_same_day(caches, played, tmp_path):
    with clock.at(DAY):
        demo.keep(played)
    with clock.at(DAY.replace(hour=23)):
        assert demo.recall(tmp_path / "next" / "portal.sqlite3")

    assert words(tmp_path / "next" / "portal.sqlite3") == [("Ingrid",)]
    assert [path.name for path in (tmp_path / "next").iterdir()] == ["portal.sqlite3"]


def test_nothing_is_taken_where_none_was_kept_or_on_another_day(caches, played, tmp_path):
    with clock.at(DAY):
        assert not demo.recall(tmp_path / "next.sqlite3")
        demo.keep(played)
    with clock.at(DAY + dt.timedelta(days=1)):
        assert not demo.recall(tmp_path / "next.sqlite3")

    assert not (tmp_path / "next.sqlite3").exists()


def test_another_program_has_another_history(caches, played, tmp_path, monkeypatch):
    package = tmp_path / "package"
    package.mkdir()
    (package / "one.py").write_text("ONE = 1\n")
    monkeypatch.setattr(demo, "PACKAGE", package)
    with clock.at(DAY):
        demo.keep(played)
        (package / "one.py").write_text("ONE = 2\n")
        assert not demo.recall(tmp_path / "next.sqlite3")
        (package / "one.py").write_text("ONE = 1\n")
        assert demo.recall(tmp_path / "next.sqlite3")


def test_what_is_there_already_is_never_replaced(caches, played, tmp_path):
    there = tmp_path / "portal.sqlite3"
    there.write_bytes(b"mine")
    with clock.at(DAY):
        demo.keep(played)
        assert not demo.recall(there)

    assert there.read_bytes() == b"mine"


def test_only_the_newest_history_is_kept(caches, played):
    for day in range(3):
        with clock.at(DAY + dt.timedelta(days=day)):
            demo.keep(played)

    assert len(list(caches.iterdir())) == 1


def test_a_cache_that_cannot_be_written_to_is_no_reason_to_fail(tmp_path, played, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    demo.keep(played)

    assert not demo.recall(tmp_path / "next.sqlite3")
