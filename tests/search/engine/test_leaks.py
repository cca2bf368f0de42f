"""What somebody may not see changes nothing of what they see: not hits, order, counts, corrections or completions."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import Query, WhooshIndex
from tests.search.engine.corpus import WORDS, a_document, a_query, ids, listing, some_documents

VIEWER = ("public", "org:1")
HIDDEN = ("org:2",)


def seen_by_viewer(path, documents, queries):
    index = WhooshIndex(path)
    index.rebuild(documents)
    pages = [index.search(query) for query in queries]
    completions = [index.suggest(word[:3], VIEWER) for word in WORDS]
    similar = [index.similar(number, Query(readers=VIEWER)) for number in range(1, 41)]
    return repr((pages, completions, similar))


def as_viewer(query):
    misspelt = query.text.replace("e", "ee", 1)
    return [replace(query, text=text, readers=VIEWER) for text in (query.text, misspelt)]


def hidden(count, seed, first):
    chance = random.Random(seed)
    return [
        a_document(first + number, chance, readers=HIDDEN, kind=f"secret-{number}", fields=("secret", "field-1"))
        for number in range(count)
    ]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), few=st.integers(0, 5), many=st.integers(6, 60))
def test_pages_are_equal_to_the_byte_whatever_is_hidden(tmp_path_factory, seed, few, many):
    root = tmp_path_factory.mktemp("leak")
    visible = some_documents(40, seed)
    queries = [query for number in range(10) for query in as_viewer(a_query(seed + number))]
    # Where words are alternatives, the order shows how rare each is taken to be.
    queries += [Query(" OR ".join(random.Random(seed + number).sample(WORDS, 5)), {}, VIEWER) for number in range(20)]
    corpora = ([*visible, *hidden(count, seed + 1, first=1_000)] for count in (few, many))
    orders = (sorted(corpus, key=lambda document: hash((document.id, seed))) for corpus in corpora)

    one, other = (seen_by_viewer(root / str(number), corpus, queries) for number, corpus in enumerate(orders))

    assert one == other


def test_deleted_and_replaced_documents_do_not_show_either(tmp_path):
    visible = some_documents(40, seed=4)
    queries = [query for number in range(40) for query in as_viewer(a_query(number))]
    clean, worn = WhooshIndex(tmp_path / "clean"), WhooshIndex(tmp_path / "worn")
    clean.rebuild(())
    worn.rebuild(())
    clean.index(visible[:20])
    clean.index(visible[20:])
    worn.index([*some_documents(20, seed=5), *some_documents(20, seed=6, first=500)])
    worn.index(visible)
    worn.delete(range(500, 520))
    clean.delete([])

    assert [clean.search(query) for query in queries] == [worn.search(query) for query in queries]


def test_order_does_not_depend_on_how_often_a_word_occurs_in_hidden_documents(index):
    index.index([listing(1, "alpha"), listing(2, "beta")])
    before = ids(index, "alpha OR beta")

    index.index([listing(number, "beta" if before[0] == 2 else "alpha", readers=HIDDEN) for number in range(10, 40)])

    assert ids(index, "alpha OR beta") == before


def test_prefix_does_not_reach_a_visible_document_through_a_hidden_word(index):
    index.index([listing(1, "universal")])
    before = ids(index, "universit*")

    index.index([listing(2, "university", readers=HIDDEN)])

    assert ids(index, "universit*") == before


@pytest.mark.parametrize("token", ["org:1", "org:", "org", "person:1", "PUBLIC", "public\x00", " public", "*", ""])
def test_tokens_are_compared_exactly(index, token):
    index.index([listing(1, readers=("org:11", "public"))])

    assert ids(index, readers=(token,)) == ()
