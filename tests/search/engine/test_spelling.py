"""Words and titles are offered to those only who may see them."""

from portal.search.engine import Query
from tests.search.engine.corpus import PUBLIC, listing


def test_misspelt_word_is_corrected_from_a_visible_title(index):
    index.index([listing(1, "Photovoltaic cells")])

    page = index.search(Query('"photovoltiac cells"', readers=PUBLIC))

    assert (page.total, page.suggestion) == (0, '"photovoltaic cells"')


def test_correction_that_would_find_nothing_is_not_offered(index):
    index.index([listing(1, "Photovoltaic cells")])

    assert index.search(Query("photovoltiac submarine", readers=PUBLIC)).suggestion is None


def test_word_of_a_hidden_title_is_never_suggested(index):
    index.index([listing(1, "Photovoltaic cells", readers=("org:7",)), listing(2, "Cells")])

    assert index.search(Query("photovoltiac", readers=PUBLIC)).suggestion is None
    assert index.search(Query("photovoltiac", readers=("org:7",))).suggestion == "photovoltaic"


def test_misspelling_in_a_hidden_document_does_not_make_it_a_word(index):
    index.index([listing(1, "Photovoltaic cells"), listing(2, text="photovoltiac", readers=("org:7",))])

    assert index.search(Query("photovoltiac", readers=PUBLIC)).suggestion == "photovoltaic"


def test_completion_shows_visible_titles_only(index):
    index.index(
        [
            listing(1, "Machine learning for grids"),
            listing(2, "Learning about steel"),
            listing(3, "Learning secrets", readers=("org:7",)),
        ]
    )

    assert [found.id for found in index.suggest("lear", PUBLIC)] == [2, 1]
    assert [found.title for found in index.suggest("machine le", PUBLIC)] == ["Machine learning for grids"]
    assert index.suggest("secr", PUBLIC) == ()
    assert index.suggest("", PUBLIC) == ()
