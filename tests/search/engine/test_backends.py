"""Whoever keeps the index, the same is found, counted and offered; only the best match is another's opinion."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import SORTS, Cursor, Query, WhooshIndex
from portal.search.engine.postgres import PostgresIndex
from tests.fixtures.hostile import TEXTS
from tests.search.engine.corpus import PUBLIC, READERS, WORDS, a_query, some_documents

CHANGES = [some_documents(3, seed=seed, first=130 + 2 * seed) for seed in range(6)]


@pytest.fixture(scope="module")
def backends(tmp_path_factory, postgres_engine):
    """Three with the same history: built, changed in places, and robbed of some."""
    path = tmp_path_factory.mktemp("same") / "index"
    vector, classic, postgres = WhooshIndex(path), WhooshIndex(path, executor="classic"), PostgresIndex(postgres_engine)
    for index in (vector, postgres):
        index.rebuild(some_documents(150, seed=1))
        for batch in CHANGES:
            index.index(batch)
        index.delete([5, 7, 9])
    with contextlib.closing(classic):
        yield vector, classic, postgres


def told(page, query):
    """What must be the same: all, but the order of the best matches and how they are weighed."""
    best = query.sort == "best"
    places = [place and replace(place, weights=()) for place in (page.after, page.before)]
    ordered = () if best and query.text else (page.ids, *places)
    return page.total, len(page.ids), dict(page.facets), page.suggestion, page.terms, ordered


def everything(index, query):
    page = index.search(replace(query, page=1, per_page=100, facets=()))
    found = list(page.ids)
    while page.after:
        page = index.search(replace(query, per_page=100, facets=(), at=Cursor.read(str(page.after))))
        found += page.ids
    assert len(found) == len(set(found)) == page.total
    return set(found)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_all_find_count_and_order_the_same(backends, seed):
    query = a_query(seed)

    answers = [told(index.search(query), query) for index in backends]
    found = [everything(index, query) for index in backends]

    assert answers[1:] == answers[:1] * 2, query
    assert found[1:] == found[:1] * 2, query


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_no_error_and_means_the_same(backends, text):
    filters = {"place": (text,), "kind": (text, "project")}
    queries = [Query(text, readers=PUBLIC, facets=("kind",)), Query(filters=filters, readers=(*PUBLIC, text), facets=("place",))]

    for query in queries:
        vector, _classic, postgres = (told(index.search(query), query) for index in backends)
        assert vector == postgres
    assert len({index.suggest(text, PUBLIC) for index in backends}) == 1


def test_all_complete_and_correct_the_same(backends):
    for number, word in enumerate(WORDS):
        readers = (PUBLIC, READERS[:4])[number % 2]
        misspelt = Query(word[:2] + word[3:] + " -zebra", readers=readers)
        assert len({index.suggest(word[:3], readers) for index in backends}) == 1, word
        assert len({index.search(misspelt).suggestion for index in backends}) == 1, word


@pytest.mark.parametrize("sort", SORTS)
def test_pages_by_number_and_by_place_are_the_same(backends, sort):
    postgres = backends[-1]
    query = Query("sensor OR learning", readers=PUBLIC, sort=sort, per_page=7)
    second = postgres.search(replace(query, page=2))

    assert postgres.search(replace(query, at=postgres.search(query).after)).ids == second.ids
    assert postgres.search(replace(query, at=postgres.search(replace(query, page=3)).before)).ids == second.ids


def test_all_hold_the_same_documents(backends):
    vector, _classic, postgres = backends

    assert vector.digests() == postgres.digests()
    assert vector.health().documents == postgres.check().documents
    assert postgres.check().ok
