"""What stands where."""

from portal.search.engine.parser import parse
from portal.search.engine.reasons import reasons


def told(text, **texts):
    return [([atom.said for atom in atoms], names) for atoms, names in reasons(parse(text), texts)]


def test_each_word_is_told_with_the_texts_that_hold_it():
    assert told("pumps leak", title="A pump", summary="Leaking pumps") == [
        (["pumps"], ("title", "summary")),
        (["leak"], ("summary",)),
    ]


def test_a_phrase_stands_side_by_side():
    assert told('"machine learning"', title="Learning machines", summary="By machine learning") == [
        (["machine learning"], ("summary",))
    ]


def test_of_alternatives_those_that_were_found_are_told():
    assert told("wind OR solar OR hydro*", title="Hydropower", summary="Solar") == [
        (["solar"], ("summary",)),
        (["hydro"], ("title",)),
    ]


def test_what_stands_in_none_of_the_texts_stands_elsewhere():
    assert told("pump OR hose -steel", title="Valves") == [(["pump", "hose"], ())]
    assert told("", title="Valves") == []
