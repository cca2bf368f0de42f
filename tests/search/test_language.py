"""Filters typed into the box become filters, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.language import read, written

VALUES = {
    "kind": [("internship", "Internships"), ("challenge", "Challenges")],
    "field": [("Physics", "Physics"), ("Physical geography", "Physical geography")],
    "organisation": [("7", "Tidewell Water"), ("8", "Université de Liège")],
    "place": [("Lindmoor", "Lindmoor")],
    "skill": [("Welding", "Welding"), ("Signal processing", "Signal processing")],
    "level": [("master", "Master")],
    "mode": [("on_site", "On site")],
}
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "kind:",
            "is:remote",
            "is:announced",
            "org:liege",
            'place:"',
            "deadline:<14d",
            "OR",
            '"',
            "-x",
            "field:phys",
            "kind:kind:",
            'skill:"signal processing"',
            "trl:>4",
            "trl:3-5",
            "trl:x",
            "pay:>1.5k",
            "pay:<900eur",
            "pay:10-5",
            "pay:xyz",
            "by:me",
            "is:followed",
            "LEVEL:master",
            'mode:"on site"',
        ]
    ),
)


def understood(typed):
    return read(typed, VALUES.__getitem__)


def called(name, values):
    return {value: label for value, label in VALUES[name] if value in values}


def test_names_are_compared_as_people_write_them():
    assert understood("org:liege").filters == {"organisation": ("8",)}
    assert understood('ORG:"tidewell water" heat').text == "heat"
    assert understood("field:physics").filters == {"field": ("Physics",)}
    assert understood("field:phys").filters == {"field": ("Physics",)}


def test_a_letter_is_no_name():
    assert understood("place:m").text == "place:m"
    assert understood("place:moor").filters == {"place": ("Lindmoor",)}


def test_the_same_filter_twice_is_one():
    assert understood("is:paid is:funded kind:internship kind:internships").filters == {"paid": ("yes",), "kind": ("internship",)}


def test_a_filter_inside_a_word_or_a_phrase_is_text():
    for typed in ("xkind:internship", '"a kind:internship"', "mailto:kind"):
        assert understood(typed).text == typed
        assert not understood(typed).filters


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("4", "4"),
        (">4", "56789"),
        (">=8", "89"),
        ("<3", "12"),
        ("<=3", "123"),
        ("3-5", "345"),
        ("5-3", ""),
        ("0", ""),
        ("4eur", ""),
    ],
)
def test_readiness_is_a_level_or_a_stretch_of_them(typed, levels):
    assert understood(f"trl:{typed}").filters.get("trl", ()) == tuple(levels)


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("1000", {"least": ("1000",)}),
        (">1000", {"least": ("1001",)}),
        ("<1.5k", {"most": ("1499",)}),
        ("500-900gbp", {"least": ("500",), "most": ("900",), "currency": ("GBP",)}),
        ("eur", {"currency": ("EUR",)}),
        (">1000xyz", {}),
        ("900-500", {}),
        ("a lot", {}),
    ],
)
def test_pay_is_compared_in_the_currency_that_is_named(typed, filters):
    assert understood(f'pay:"{typed}"').filters == filters


def test_what_is_ones_own_is_said_in_several_words():
    assert understood("by:me is:mine").filters == {"own": ("mine",)}
    assert understood("follows:me is:followed").filters == {"own": ("followed",)}
    assert understood("by:somebody").text == "by:somebody"


@given(st.lists(pieces, max_size=8).map(" ".join))
def test_whatever_is_typed_means_something_and_can_be_written_again(typed):
    result = understood(typed)

    assert result.filters or result.text == typed
    assert set(result.filters) <= {
        *("kind", "field", "skill", "organisation", "place", "remote", "paid", "closes", "state"),
        *("level", "mode", "trl", "least", "most", "currency", "own"),
    }
    again = understood(written(result.text, result.filters, called))
    assert {name: set(values) for name, values in again.filters.items()} == {
        name: set(values) for name, values in result.filters.items()
    }
    assert again.text.translate(QUOTES).split() == result.text.translate(QUOTES).split()
