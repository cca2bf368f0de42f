"""What holds for both executors."""

import stat

import pytest

from portal.search.engine import Document, IndexBroken, Query, WhooshIndex
from tests.search.engine.corpus import PUBLIC, ids, listing, some_documents


def test_word_of_a_title_finds_the_document_in_any_form(index):
    index.index([listing(1, "Measuring batteries in the cold"), listing(2, "Steel")])

    assert ids(index, "battery") == (1,)
    assert ids(index, "BATTERIES measured") == (1,)


@pytest.mark.parametrize("field", ["title", "summary", "text", "organisation", "reference"])
def test_every_text_field_is_searched(index, field):
    index.index([listing(1, **{field: "Zeppelin"}), listing(2)])

    assert ids(index, "zeppelin") == (1,)


def test_accents_case_and_ligatures_do_not_matter(index):
    index.index([listing(1, "Naïve ﬁlters at Łódź Café")])

    assert ids(index, "naive filters lodz CAFE") == (1,)


def test_title_weighs_more_than_summary_and_summary_more_than_text(index):
    index.index([listing(1, text="laser"), listing(2, summary="laser"), listing(3, "laser")])

    assert ids(index, "laser") == (3, 2, 1)


def test_reference_is_found_as_it_is_written(index):
    index.index([listing(412), listing(413)])

    assert ids(index, "CH-0412") == (412,)


@pytest.mark.parametrize("phrase", ["water ch", "0001 drilling", "drilling turku", "turku gas"])
def test_phrase_does_not_reach_from_one_field_into_the_next(index, phrase):
    fields = {"reference": "CH-0001", "summary": "drilling", "organisation": "Turku", "text": "gas"}
    index.index([listing(1, "deep water", **fields)])

    assert ids(index, f'"{phrase}"') == ()
    assert ids(index, phrase) == (1,)


def test_or_not_and_prefix(index):
    index.index([listing(1, "steel bridge"), listing(2, "stone bridge"), listing(3, "stone wall")])

    assert sorted(ids(index, "bridge steel OR stone")) == [1, 2]
    assert ids(index, "stone -bridge") == (3,)
    assert ids(index, "-stone") == (1,)
    assert ids(index, "bri*") == (2, 1)


def test_prefix_longer_than_the_stem_finds_the_word(index):
    index.index([listing(1, "Collaboration")])

    assert ids(index, "collaborat*") == (1,)


def test_question_without_words_finds_everything_the_newest_first(index):
    index.index([listing(1), listing(2), listing(3)])

    assert ids(index, "the ???") == (3, 2, 1)


def test_documents_without_a_common_token_do_not_exist(index):
    index.index([listing(1, readers=("org:7",)), listing(2, readers=()), listing(3)])

    assert ids(index) == (3,)
    assert ids(index, readers=("public", "org:7")) == (3, 1)
    assert ids(index, readers=("org:77", "org")) == ()
    assert ids(index, readers=()) == ()


def test_new_version_replaces_the_old(index):
    index.index([listing(1, "steel")])

    index.index([listing(1, "stone"), listing(1, "straw")])

    assert ids(index, "steel OR stone") == ()
    assert ids(index, "straw") == (1,)


def test_deleted_documents_are_gone_from_hits_and_counts(index):
    index.index([listing(1, kind="project"), listing(2, kind="project")])

    index.delete([1, 99])

    page = index.search(Query(readers=PUBLIC, facets=("kind",)))
    assert (page.ids, page.total, page.facets) == ((2,), 1, {"kind": (("project", 1),)})


def test_facet_is_counted_as_if_its_own_filter_were_not_set(index):
    index.index([listing(1, kind="project", place="Porto"), listing(2, kind="training", place="Porto"), listing(3)])
    query = Query(readers=PUBLIC, filters={"kind": ("project",), "place": ("Porto",)}, facets=("kind", "paid"))

    page = index.search(query)

    assert page.ids == (1,)
    assert page.facets["kind"] == (("project", 1), ("training", 1))
    assert sum(count for _, count in page.facets["paid"]) == 1


def test_chosen_value_without_hits_stays_in_its_facet(index):
    index.index([listing(1, place="Porto")])

    page = index.search(Query(readers=PUBLIC, filters={"place": ("Oslo",)}, facets=("place",)))

    assert page.facets["place"] == (("Porto", 1), ("Oslo", 0))


def test_document_with_several_fields_counts_once_for_each(index):
    index.index([listing(1, fields=("physics", "law", "physics")), listing(2, fields=("law",))])

    page = index.search(Query(readers=PUBLIC, facets=("field",), filters={"field": ("physics", "law")}))

    assert page.facets["field"] == (("law", 2), ("physics", 1))
    assert page.total == 2


def test_closing_first_puts_open_ended_things_last(index):
    index.index([listing(1, closes_at=None), listing(2, closes_at=200), listing(3, closes_at=100)])

    assert ids(index, sort="closing") == (3, 2, 1)
    assert ids(index, sort="closing", open_at=150) == (2, 1)


def test_equals_are_ordered_by_date_and_then_by_id(index):
    index.index([listing(1, published_at=5), listing(2, published_at=9), listing(3, published_at=5)])

    assert ids(index, "anything") == (2, 3, 1)


def test_pages_do_not_overlap_and_miss_nothing(index):
    index.index([listing(number, published_at=number // 7) for number in range(1, 50)])

    pages = [ids(index, "anything", page=page, per_page=10) for page in range(1, 7)]

    assert [len(page) for page in pages] == [10, 10, 10, 10, 9, 0]
    assert len({id for page in pages for id in page}) == 49


@pytest.mark.parametrize(("page", "per_page"), [(0, 0), (-5, 1_000_000), (10**30, 10**30)])
def test_pages_out_of_range_are_no_error(index, page, per_page):
    index.index([listing(1)])

    assert index.search(Query(readers=PUBLIC, page=page, per_page=per_page)).total == 1


def test_generation_rises_with_every_change_and_is_that_of_the_answer(index):
    first = index.index([listing(1)])
    second = index.delete([1])

    assert second > first
    assert index.search(Query()).generation == second


def test_hostile_text_is_indexed_and_found(index):
    hostile = Document(
        id=1,
        type="listing",
        kind="\x00kind\ud800",
        organisation_id=1,
        organisation="<script>",
        fields=("\udfff",),
        reference="' OR 1=1 --",
        title="Zero\x00 \ud83d width\u202e" + "x" * 100_000,
        summary="(" * 50_000,
        text="e\u0301\u0316" * 20_000 + " buried",
        readers=PUBLIC,
        state="",
        published_at=-5,
        closes_at=10**15,
    )

    index.index([hostile])

    page = index.search(Query("buried width", readers=PUBLIC, facets=("kind", "field")))
    assert page.ids == (1,)
    assert page.facets == {"kind": (("kind", 1),), "field": ()}


def test_unknown_facet_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="reader"):
        Query(filters={"reader": ("org:7",)})


def test_empty_index_answers(index):
    page = index.search(Query("steel", readers=PUBLIC, facets=("kind", "field")))

    assert (page.ids, page.total, page.facets, page.suggestion) == ((), 0, {"kind": (), "field": ()}, None)


def test_index_that_was_never_built_asks_to_be_built(path):
    index = WhooshIndex(path)

    for use in (lambda: index.search(Query()), lambda: index.index([listing(1)]), lambda: index.suggest("a", PUBLIC)):
        with pytest.raises(IndexBroken):
            use()
    assert not index.health().ok
    assert not index.check().ok


def test_files_are_open_to_their_owner_only(path):
    WhooshIndex(path).rebuild(some_documents(3, seed=1))

    for directory in (path, *(entry for entry in path.iterdir() if entry.is_dir())):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_an_acronym_finds_what_it_is_short_for_after_itself(index):
    index.index([
        listing(1, "Artificial intelligence for pumps"),
        listing(2, "AI for pumps"),
        listing(3, "Artificial pumps and intelligence"),
        listing(4, "Artificial pumps"),
    ])  # fmt: skip

    assert ids(index, "ai pumps") == (2, 1)
    assert set(ids(index, "artificial intelligence")) == {1, 2, 3}
    assert ids(index, '"ai"') == (2,)
