"""The arrays answer what the library's own matchers answer, to the last place, count and tie."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import WhooshIndex
from tests.search.engine.corpus import a_query, some_documents


def both(path, documents, changes=(), deleted=()):
    vector = WhooshIndex(path)
    vector.rebuild(documents)
    for batch in changes:
        vector.index(batch)
    vector.delete(deleted)
    return vector, WhooshIndex(path, executor="classic")


@pytest.fixture(scope="module")
def worn(tmp_path_factory):
    """An index with history: several segments, replaced and deleted documents."""
    changes = [some_documents(3, seed=seed, first=130 + 2 * seed) for seed in range(12)]
    vector, classic = both(tmp_path_factory.mktemp("worn") / "index", some_documents(150, seed=1), changes, [5, 7, 9])
    yield vector, classic
    classic.close()


@pytest.mark.parametrize("first", range(0, 320, 20))
def test_vector_and_classic_agree(worn, first):
    vector, classic = worn

    for seed in range(first, first + 20):
        query = a_query(seed)
        assert vector.search(query) == classic.search(query), query


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(0, 12), changed=st.integers(0, 6))
def test_vector_and_classic_agree_on_small_corpora(tmp_path_factory, seed, count, changed):
    changes = [some_documents(changed, seed + 1, first=count // 2 + 1)] if changed else []
    vector, classic = both(tmp_path_factory.mktemp("small") / "index", some_documents(count, seed), changes, [1])

    with contextlib.closing(classic):
        for number in range(6):
            query = a_query(seed + number)
            assert vector.search(query) == classic.search(query), query


def test_answers_are_the_same_without_sidecars(worn):
    vector, _ = worn
    queries = [a_query(seed) for seed in range(60)]
    before = [vector.search(query) for query in queries]

    for sidecar in vector._home.path.rglob("*.side"):
        sidecar.unlink()

    bare = WhooshIndex(vector._home.path)
    assert [bare.search(query) for query in queries] == before
