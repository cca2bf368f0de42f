"""Walking through results page by page while listings come and go: nothing twice, and nothing passed over that stayed."""

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import SORTS, Cursor, Query
from tests.search.engine.corpus import PUBLIC, a_query, listing, some_documents
from tests.search.engine.test_vector import both

TEXTS = ("", "sensor", "sensor OR learning OR steel", "learn*")


def some_listings(count, first=1):
    return [replace(document, readers=PUBLIC) for document in some_documents(count, seed=first, first=first)]


def walked(index, query, between=lambda page: None):
    """Ids from the first page to the last, with something done before each further page."""
    found = []
    for number in range(100):
        page = index.search(query)
        found += page.ids
        if page.after is None:
            return found
        between(number)
        query = replace(query, at=Cursor.read(str(page.after)))
    raise AssertionError("no end")


def test_pages_one_after_the_other_are_the_whole(index):
    index.index(some_listings(40))

    for sort, text in itertools.product(SORTS, TEXTS):
        query = Query(text, readers=PUBLIC, sort=sort)
        assert walked(index, replace(query, per_page=7)) == list(index.search(replace(query, per_page=100)).ids)


@pytest.mark.parametrize(("sort", "text"), [("best", "sensor OR learning OR steel"), ("amount", ""), ("closing", "learn*")])
def test_listings_may_come_and_go_between_pages(path, sort, text):
    vector, classic = both(path, some_listings(60))
    query = Query(text, readers=PUBLIC, sort=sort, per_page=7)
    before = {*vector.search(replace(query, per_page=100)).ids}
    chance, gone = random.Random(3), set()

    def change(page):
        gone.add(chance.choice(sorted(before)))
        vector.index(some_listings(3, first=1000 + 10 * page))
        vector.delete(gone)

    found = walked(vector, query, change)

    assert len(found) == len(set(found))
    assert before - gone <= set(found)
    classic.close()


def test_the_way_back_leads_to_the_page_one_came_from(index):
    index.index(some_listings(60))
    query = Query("sensor OR learning", readers=PUBLIC, per_page=5)
    first = index.search(query)
    second = index.search(replace(query, at=first.after))
    third = index.search(replace(query, at=second.after))

    back = index.search(replace(query, at=third.before))
    assert back.ids == second.ids
    assert (index.search(replace(query, at=back.before)).ids, first.before) == (first.ids, None)
    assert index.search(replace(query, page=3)).ids == third.ids


def test_less_than_a_page_towards_the_beginning_is_the_first_page(index):
    index.index([listing(number) for number in range(1, 21)])
    query = Query(readers=PUBLIC, per_page=5)
    second = index.search(replace(query, page=2))
    index.delete((20, 19))

    page = index.search(replace(query, at=second.before))

    assert (page.ids, page.before) == ((18, 17, 16, 15, 14), None)


def test_vector_and_classic_agree_on_the_way(path):
    vector, classic = both(path, some_documents(60, seed=1))

    for seed in range(40):
        query = replace(a_query(seed), page=2, per_page=3)
        page = vector.search(query)
        for place in (page.after, page.before):
            asked = replace(query, at=place)
            assert vector.search(asked) == classic.search(asked), asked
    classic.close()


@settings(deadline=None, max_examples=50)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[01](-[0-9]{1,16}){0,6}", fullmatch=True)))
def test_any_text_is_a_place_or_none(text):
    place = Cursor.read(text)

    assert place is None or Cursor.read(str(place)) == place
