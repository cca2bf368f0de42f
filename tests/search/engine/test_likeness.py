"""What resembles a document: what shares the words that say most about it, among what the viewer may see."""

import random

import pytest

from portal.search.engine import Query, WhooshIndex
from portal.search.engine.postgres import PostgresIndex
from tests.search.engine.corpus import PUBLIC, listing, some_documents

HIDDEN = ("org:2",)
ANYTHING = Query(readers=PUBLIC, per_page=10)


@pytest.fixture(params=["files", "postgres"])
def backend(request, tmp_path, postgres_engine):
    index = WhooshIndex(tmp_path / "index") if request.param == "files" else PostgresIndex(postgres_engine)
    index.rebuild(())
    return index


def test_what_shares_most_words_comes_first_and_nothing_is_like_itself(backend):
    backend.index(
        [
            listing(1, "Corrosion of pumps in salt water", text="Pumps corrode."),
            listing(2, "Corrosion of pumps"),
            listing(3, "Salt in the diet"),
            listing(4, "Poems of the sea"),
            *(listing(number, f"Filler {number}") for number in range(10, 30)),
        ]
    )

    assert backend.similar(1, ANYTHING) == (2, 3)
    assert backend.similar(4, ANYTHING) == ()
    assert backend.similar(99, ANYTHING) == ()


def test_only_what_is_asked_for_is_looked_at(backend):
    titled = "Corrosion of pumps"
    backend.index(
        [
            *(
                listing(1, titled, kind="project"),
                listing(2, titled, kind="project", closes_at=50),
                listing(3, titled, kind="course"),
            ),
            *(listing(4, titled, kind="project", readers=HIDDEN), listing(5, titled, kind="project")),
            *(listing(6, titled, kind="project"), *(listing(number, f"Poem {number}") for number in range(10, 40))),
        ]
    )
    backend.delete([6])

    projects = Query(readers=PUBLIC, per_page=10, filters={"kind": ("project",)}, open_at=100)
    assert set(backend.similar(1, projects)) == {5}
    assert len(backend.similar(1, Query(readers=PUBLIC, per_page=1))) == 1
    assert backend.similar(4, projects) == ()


@pytest.mark.parametrize("seed", range(5))
def test_hidden_documents_and_joined_segments_change_nothing(tmp_path, seed):
    visible = some_documents(60, seed)
    shuffled = random.Random(seed).sample(visible, len(visible))
    hidden = some_documents(40, seed + 100, first=1_000)
    whole, pieces = WhooshIndex(tmp_path / "whole"), WhooshIndex(tmp_path / "pieces")
    whole.rebuild(visible)
    pieces.rebuild(())
    pieces.index(some_documents(60, seed + 7))
    for start in range(0, 60, 7):
        pieces.index(shuffled[start : start + 7])
    pieces.index([listing(document.id, document.title, text=document.text, readers=HIDDEN) for document in hidden])

    for number in range(1, 61):
        assert whole.similar(number, ANYTHING) == pieces.similar(number, ANYTHING), number


def test_a_word_that_most_hold_tells_nothing(backend):
    backend.index([listing(number, f"Research on thing{number}") for number in range(1, 21)])

    if isinstance(backend, WhooshIndex):
        assert backend.similar(1, ANYTHING) == ()
    assert 1 not in backend.similar(1, ANYTHING)
