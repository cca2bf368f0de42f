"""Tables that are only a copy: built beside the old ones, noticed when they are lost or damaged, changed by one at a time."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from portal.search.engine import IndexBroken, IndexBusy, Query
from portal.search.engine.postgres import PostgresIndex
from portal.search.engine.postgres import index as module
from portal.search.engine.postgres.tables import SCHEMA
from tests.search.engine.corpus import PUBLIC, ids, listing


@pytest.fixture
def index(postgres_engine):
    made = PostgresIndex(postgres_engine)
    made.rebuild([listing(number) for number in range(1, 6)])
    return made


def execute(index, statement):
    with index._engine.begin() as connection:
        return connection.execute(text(statement.format(schema=SCHEMA)))


def tables(index):
    found = execute(index, "SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' AND tablename LIKE 'document%'")
    return sorted(found.scalars())


def test_what_changes_during_a_rebuild_is_found_before_and_after_it(index, postgres_engine):
    other = PostgresIndex(postgres_engine)
    seen = []

    def documents():
        yield from (listing(number) for number in range(1, 200))
        other.index([listing(1, "Steel bridge"), listing(500, "Steel")])
        other.delete([2, 150])
        seen.append(ids(other, "steel"))
        yield from (listing(number) for number in range(200, 301))

    assert index.rebuild(documents()) == 300

    assert seen == [(500, 1)]
    assert ids(index, "steel") == ids(other, "steel") == (500, 1)
    assert other.health().documents == 300 + 1 - 2
    assert other.check().ok
    assert [found.id for found in index.suggest("bri", PUBLIC)] == [1]
    assert len(tables(index)) == 1


def test_rebuild_that_fails_leaves_the_old_index_and_nothing_else(index):
    def documents():
        yield from (listing(number) for number in range(100, 350))
        raise OSError("the source is gone")

    before = index.generation
    with pytest.raises(OSError, match="gone"):
        index.rebuild(documents())

    assert index.health().documents == 5
    assert index.generation == before
    assert len(tables(index)) == 1


def test_only_one_rebuilds(index, postgres_engine):
    def documents():
        with pytest.raises(IndexBusy):
            PostgresIndex(postgres_engine).rebuild([])
        yield listing(1)

    assert index.rebuild(documents()) == 1


def test_change_waits_for_another_and_says_so_when_it_waited_too_long(index, monkeypatch):
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
    with index._engine.begin() as connection:
        connection.execute(text(f"SELECT * FROM {SCHEMA}.state FOR UPDATE"))

        with pytest.raises(IndexBusy):
            index.index([listing(9)])

    assert ids(index) == (5, 4, 3, 2, 1)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP SCHEMA {schema} CASCADE",
        "UPDATE {schema}.state SET shape = 'older'",
        "ALTER TABLE {schema}.state DROP COLUMN shape",
        "DELETE FROM {schema}.state",
        "DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE {schema}.document_' || version FROM {schema}.state); END $$",
    ],
)
def test_lost_or_foreign_tables_ask_to_be_rebuilt(index, damage):
    before = index.generation
    execute(index, damage)

    for use in (
        lambda: index.search(Query()),
        lambda: index.index([listing(1)]),
        lambda: index.suggest("a", PUBLIC),
        index.digests,
    ):
        with pytest.raises(IndexBroken):
            use()
    assert not index.health().ok
    assert not index.check().ok
    if "COLUMN" in damage:
        execute(index, "DROP SCHEMA {schema} CASCADE")

    assert index.rebuild([listing(7)]) == 1
    assert ids(index) == (7,)
    assert index.generation > before


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("'DROP INDEX {schema}.document_' || version || '_words'", "_words"),
        ("'DELETE FROM {schema}.word_' || version", "1 words"),
    ],
)
def test_check_looks_at_indexes_and_words(index, damage, problem):
    execute(index, f"DO $$ BEGIN EXECUTE (SELECT {damage} FROM {{schema}}.state); END $$")

    assert index.health().ok
    assert problem in index.check().problem


def test_tidying_changes_nothing_that_is_found(index):
    index.delete([1])
    index.tidy()

    assert ids(index) == (5, 4, 3, 2)


def test_searching_goes_on_while_tables_are_swapped(index, postgres_engine):
    stop, problems = threading.Event(), []

    def ask():
        other = PostgresIndex(postgres_engine)
        while not stop.is_set():
            if other.search(Query("anything", readers=PUBLIC)).total != 5:
                problems.append("missing")

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    for _ in range(3):
        index.rebuild([listing(number) for number in range(1, 6)])
    stop.set()
    for thread in asking:
        thread.join()

    assert problems == []


def test_only_the_newest_are_ranked_and_the_rest_follows(index, monkeypatch):
    monkeypatch.setattr("portal.search.engine.postgres.answering.RANKED", 3)
    monkeypatch.setattr("portal.search.engine.postgres.writing.has_rum", lambda connection: False)
    index.rebuild([listing(number, "laser" if number % 2 else "water", text="laser") for number in range(1, 8)])

    assert ids(index, "laser") == (7, 5, 6, 4, 3, 2, 1)


def test_more_values_than_a_facet_shows_are_cut_and_chosen_ones_stay(index):
    documents = [listing(number, place=f"Place {number % 110:03}") for number in range(1, 331)]
    index.rebuild([*documents, replace(listing(400), place="Zzz")])

    page = index.search(Query(readers=PUBLIC, facets=("place",), filters={"place": ("Zzz",)}))

    assert len(page.facets["place"]) == 101
    assert page.facets["place"][-1] == ("Zzz", 1)


def test_the_extension_finds_the_best_of_all_hits_and_not_of_the_newest_alone(rum_engine, monkeypatch):
    monkeypatch.setattr("portal.search.engine.postgres.answering.BEST", 3)
    index = PostgresIndex(rum_engine)
    best = listing(1, "Steel", summary="Steel for steel bridges", text="steel steel")
    index.rebuild([best, *(listing(number, "Bridges", text=f"one steel {'word ' * 40}") for number in range(2, 40))])

    assert ids(index, "steel")[0] == 1
    ways = execute(index, "SELECT amname FROM pg_class i JOIN pg_am a ON a.oid = i.relam WHERE i.relname LIKE 'document%words'")
    assert set(ways.scalars()) == {"gin", "rum"}  # of titles, and of texts
    assert index.check().ok


def test_an_index_goes_on_as_it_is_when_the_extension_comes_and_is_made_anew_when_it_goes(rum_engine):
    index = PostgresIndex(rum_engine)
    execute(index, "DROP EXTENSION rum CASCADE")
    index.rebuild([listing(1, "Steel")])
    execute(index, "CREATE EXTENSION rum")
    assert ids(index, "steel") == (1,)

    index.rebuild([listing(1, "Steel")])
    execute(index, "DROP EXTENSION rum CASCADE")
    with pytest.raises(IndexBroken):
        index.search(Query("steel", readers=PUBLIC))
    index.rebuild([listing(1, "Steel")])
    assert ids(index, "steel") == (1,)
    execute(index, "CREATE EXTENSION rum")
