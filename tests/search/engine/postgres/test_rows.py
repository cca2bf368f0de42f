"""What PostgreSQL can hold of a document, and what words have in common that are nearly the same."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from portal.search.engine.postgres.rows import lexeme, near, vector
from portal.search.engine.ranking import TEXT_FIELDS
from portal.search.engine.spelling import distance

NOTHING = dict.fromkeys(TEXT_FIELDS, ())
LETTERS = "abéñ"


@given(
    one=st.text(LETTERS, min_size=4, max_size=7), other=st.text(LETTERS, min_size=2, max_size=9), wrong=st.sampled_from((1, 2))
)
def test_words_so_many_letters_apart_share_a_form(one, other, wrong):
    if distance(one, other, wrong) <= wrong:
        assert near(one, wrong) & near(other, 2)


@given(words=st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=8)))
def test_any_word_is_kept_as_it_is(postgres_engine, words):
    with postgres_engine.connect() as connection:
        kept = connection.scalar(
            text("SELECT tsvector_to_array(CAST(:words AS tsvector))"), {"words": vector(NOTHING | {"text": tuple(words)})}
        )
        found = connection.scalar(
            text("SELECT CAST(:words AS tsvector) @@ CAST(:query AS tsquery)"),
            {"words": vector(NOTHING | {"text": tuple(words)}), "query": " <-> ".join(map(lexeme, words)) or "'a'"},
        )

    assert set(kept) == set(words)
    assert found == bool(words)


def test_the_longest_text_fits(postgres_engine):
    letters = ("".join(word) for word in itertools.product("äöüß", repeat=9))
    words = tuple(word * 4 for word in itertools.islice(letters, 50_000))

    with postgres_engine.connect() as connection:
        kept = connection.scalar(
            text("SELECT length(CAST(:words AS tsvector))"), {"words": vector(NOTHING | {"title": ("a",) * 500, "text": words})}
        )

    assert kept > 5_000
