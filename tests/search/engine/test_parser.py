"""Whatever is typed means something."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.search.engine import synonyms
from portal.search.engine.parser import MAX_CHARACTERS, MAX_WORDS, Atom, parse
from portal.search.engine.tongues import MARKS

HOSTILE = (
    "(" * 100_000,
    '"' * 100_000,
    "x" * 100_000,
    "e\u0301\u0316" * 50_000,
    "\ud800" * 100_000,
    "-" * 100_000,
    "a* " * 40_000,
    "東京" * 50_000,
    " OR " * 30_000,
    "\x00\x1b[31m\u202e",
    "ﷺ" * 100_000,
)


def word(text):
    return (Atom((text,)),)


def test_words_must_all_occur():
    assert parse("steel bridges").groups == (word("steel"), word("bridg"))


def test_words_in_quotes_are_a_phrase():
    assert parse('"machine learning" grid').groups == ((Atom(("machin", "learn")),), word("grid"))
    assert parse("„machine learning“").groups == parse('"machine learning').groups == parse('"machine learning"').groups


def test_word_of_several_parts_is_a_phrase():
    assert parse("CH-0412").groups == ((Atom(("ch", "0412")),),)
    assert parse("東京").groups == ((Atom(("東", "京")),),)


def test_minus_excludes_a_word_or_a_phrase():
    parsed = parse('steel -stone -"sea water"')

    assert parsed.groups == (word("steel"),)
    assert parsed.excluded == (Atom(("stone",)), Atom(("sea", "water")))
    assert {term.lstrip("".join(MARKS.values()))[:2] for term in parsed.terms} == {"st"}
    assert parsed.terms[0] == "steel"


@pytest.mark.parametrize("text", ["steel - stone", "steel --stone", "steel stone-"])
def test_other_dashes_are_text(text):
    assert parse(text).groups == (word("steel"), word("stone"))
    assert parse(text).excluded == ()


def test_or_joins_its_two_neighbours():
    assert parse("steel stone OR wood OR clay").groups == (
        word("steel"),
        (Atom(("stone",)), Atom(("wood",)), Atom(("clai",))),
    )


@pytest.mark.parametrize("text", ["OR steel", "steel OR", "OR OR steel OR", "steel or"])
def test_or_without_two_neighbours_is_skipped(text):
    assert parse(text).groups == (word("steel"),)


def test_star_makes_a_prefix_of_three_letters_or_more():
    assert parse("rob*").groups == ((Atom((), prefix="rob"),),)
    assert parse("ro*").groups == (word("ro"),)


def test_prefix_stands_for_shorter_stems_of_words_that_begin_so():
    ((atom,),) = parse("collaborat*").groups

    assert "collabor" in atom.stems
    assert "coll" not in atom.stems


@pytest.mark.parametrize("text", ["title:steel", "reader:person:1", "is_reader:public", "steel^9", "[a TO z]", "/x.*/"])
def test_syntax_of_other_languages_is_text(text):
    parsed = parse(text)

    assert parsed.groups
    assert all(not atom.prefix for group in parsed.groups for atom in group)


def test_common_words_are_skipped_and_meaningful_short_ones_are_not():
    assert parse("the use of IT").groups == (word("us"), word("it"))
    assert parse("C++ or C#").groups == (word("c++"), word("c#"))


def test_words_stand_where_they_were_typed():
    parsed = parse("  “Naïve  Bayes” -x  ")

    assert [parsed.text[found.start : found.end] for found in parsed.words] == ["Naïve", "Bayes"]


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Z", "C", "M")), max_size=400))
@example('-"')
@example('"-"')
@example("*")
@example('OR -OR "OR" OR*')
@example("ß" * 300)
@example("\u0130" * 300)
def test_any_text_is_understood_within_the_limits(text):
    parsed = parse(text)

    atoms = [atom for group in parsed.groups for atom in group if atom.percent == 100] + list(parsed.excluded)
    assert len(parsed.text) <= MAX_CHARACTERS
    assert sum(max(len(atom.stems), 1) if not atom.prefix else 1 for atom in atoms) <= MAX_WORDS
    assert all(atom.stems or atom.prefix for atom in atoms)
    assert parse(parsed.text) == parsed
    for term in parsed.terms:
        term.encode()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_of_a_hostile_text_only_the_beginning_is_read(text):
    assert parse(text) == parse(text[: 2 * MAX_CHARACTERS])
    assert len(parse(text).text) <= MAX_CHARACTERS


def ways(text):
    return [[atom.said for atom in group] for group in parse(text).groups]


def test_an_acronym_is_also_what_it_is_short_for_and_the_other_way_round():
    assert ways("AI in farming") == [["AI", "artificial intelligence"], ["farming"]]
    assert ways("artificial intelligence") == [["artificial", "AI"], ["intelligence", "AI"]]
    assert ways("uavs") == [["uavs", "unmanned aerial vehicle", "drone"]]
    assert 2 * parse("ai").groups[0][1].percent == parse("machine learning").groups[0][1].percent == 30


def test_what_is_quoted_excluded_joined_or_cut_short_means_itself():
    for text, understood in (('"AI"', [["AI"]]), ("pump -AI", [["pump"]]), ("AI OR pump", [["AI", "pump"]]), ("api*", [["api"]])):
        assert ways(text) == understood
    assert parse("pump -AI").excluded == (Atom(("ai",)),)


def test_a_question_is_widened_so_often_and_no_more():
    assert len([atom for group in parse("ai ml api ar bim cad ccs cfd cnn cps").groups for atom in group]) == 10 + synonyms.MOST
