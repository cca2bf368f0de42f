"""A question without words is answered from memory, and still as of now: what closes meanwhile is gone, and counts say so."""

from dataclasses import replace

import pytest

from portal.search.engine import Query
from tests.search.engine.corpus import PUBLIC, listing

DAY = 86_400


@pytest.fixture
def closing(index):
    index.index([listing(1, closes_at=200), listing(2, closes_at=200 + 14 * DAY, kind="project"), listing(3, closes_at=None)])
    return index


@pytest.mark.parametrize("moment", [199, 200, 201, 200 + DAY, 200 + 14 * DAY, 201 + 14 * DAY])
def test_each_moment_has_its_own_answer_whatever_was_asked_before(closing, moment):
    asked = Query(readers=PUBLIC, facets=("closes", "kind"), open_at=moment)
    for other in (0, 150, 200, 10**9):
        closing.search(replace(asked, open_at=other))

    page = closing.search(asked)

    ends = {1: 200, 2: 200 + 14 * DAY}
    open_now = {number for number, end in ends.items() if end >= moment}
    soon = {number for number in open_now if ends[number] <= moment + 14 * DAY}
    assert set(page.ids) == open_now | {3}
    assert page.total == len(open_now) + 1
    assert dict(page.facets["closes"])["14"] == len(soon)
    assert closing.search(asked) == page


def test_what_is_kept_is_of_one_reader_one_question_and_one_state(closing):
    asked = Query(readers=PUBLIC, open_at=100)
    assert closing.search(asked).total == 3

    assert closing.search(replace(asked, readers=("org:1",))).total == 0
    assert closing.search(replace(asked, filters={"kind": ("project",)})).total == 1
    assert closing.search(replace(asked, amount=(1, 5))).total == 0
    assert closing.search(replace(asked, among=frozenset({1}))).total == 1
    assert closing.search(replace(asked, open_at=None, sort="closing")).ids[0] == 1
    closing.delete([1])
    assert closing.search(asked).total == 2
