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
    instance = tmp_path / "played"
    (instance / "index").mkdir(parents=True)
    (instance / "index" / "current.json").write_text("{}")
    (instance / "secret_key").write_text("mine alone")
    with contextlib.closing(sqlite3.connect(instance / "portal.sqlite3")) as connection:
        connection.executescript("CREATE TABLE told (word); INSERT INTO told VALUES ('Ingrid')")
    return instance


def words(instance):
    with contextlib.closing(sqlite3.connect(instance / "portal.sqlite3")) as connection:
        return connection.execute("SELECT word FROM told").fetchall()


def test_a_history_is_taken_by_the_next_copy_on_the_same_day(caches, played, tmp_path):
    with clock.at(DAY):
        demo.keep(played)
    with clock.at(DAY.replace(hour=23)):
        assert demo.recall(tmp_path / "next")

    assert words(tmp_path / "next") == [("Ingrid",)]
    assert sorted(path.name for path in (tmp_path / "next").rglob("*")) == ["current.json", "index", "portal.sqlite3"]


def test_nothing_is_taken_where_none_was_kept_or_on_another_day(caches, played, tmp_path):
    with clock.at(DAY):
        assert not demo.recall(tmp_path / "next")
        demo.keep(played)
    with clock.at(DAY + dt.timedelta(days=1)):
        assert not demo.recall(tmp_path / "next")

    assert not (tmp_path / "next").exists()


def test_another_program_has_another_history(caches, played, tmp_path, monkeypatch):
    package = tmp_path / "package"
    package.mkdir()
    (package / "one.py").write_text("ONE = 1\n")
    monkeypatch.setattr(demo, "PACKAGE", package)
    with clock.at(DAY):
        demo.keep(played)
        (package / "one.py").write_text("ONE = 2\n")
        assert not demo.recall(tmp_path / "next")
        (package / "one.py").write_text("ONE = 1\n")
        assert demo.recall(tmp_path / "next")


def test_what_is_there_already_is_never_replaced(caches, played, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "portal.sqlite3").write_bytes(b"mine")
    with clock.at(DAY):
        demo.keep(played)
        assert not demo.recall(there)

    assert [path.read_bytes() for path in there.iterdir()] == [b"mine"]


def test_only_the_newest_history_is_kept(caches, played):
    for day in range(3):
        with clock.at(DAY + dt.timedelta(days=day)):
            demo.keep(played)

    assert len(list(caches.iterdir())) == 1


def test_a_cache_that_cannot_be_written_to_is_no_reason_to_fail(tmp_path, played, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    demo.keep(played)

    assert not demo.recall(tmp_path / "next")
