"""Filters typed into the box become filters, and nothing else does."""

from hypothesis import given
from hypothesis import strategies as st

from portal.search.language import read

VALUES = {
    "kind": [("internship", "Internships"), ("challenge", "Challenges")],
    "field": [("Physics", "Physics"), ("Physical geography", "Physical geography")],
    "organisation": [("7", "Tidewell Water"), ("8", "Université de Liège")],
    "place": [("Lindmoor", "Lindmoor")],
}
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
        ]
    ),
)


def understood(typed):
    return read(typed, VALUES.__getitem__)


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


@given(st.lists(pieces, max_size=8).map(" ".join))
def test_whatever_is_typed_means_something(typed):
    result = understood(typed)

    assert result.filters or result.text == typed
    assert understood(result.text).filters == {} or result.text != typed
    assert set(result.filters) <= {"kind", "field", "organisation", "place", "remote", "paid", "closes", "state"}
