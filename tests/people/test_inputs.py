"""What people may say of themselves, and whom they may look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.people.inputs import Lookup, ProfileText, orcid, terms, with_levels
from portal.people.states import Level


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0097", "0000000218250097", "https://orcid.org/0000-0002-1825-0097", " 0000-0002-1825-0097 "]
)
def test_orcid_is_kept_in_one_form(text):
    assert orcid("orcid", text) == "0000-0002-1825-0097"


def test_orcid_may_end_in_x_and_may_be_missing():
    assert orcid("orcid", "0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert orcid("orcid", "") == ""


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0098", "0000-0002-1825-009", "https://orcid.example/0000-0002-1825-0097", "none"]
)
def test_orcid_with_a_slip_is_refused(text):
    with pytest.raises(Invalid):
        orcid("orcid", text)


@given(st.integers(0, 14), st.integers(1, 9))
def test_any_single_mistyped_digit_of_an_orcid_is_noticed(place, shift):
    digits = list("0000000218250097")
    digits[place] = str((int(digits[place]) + shift) % 10)

    with pytest.raises(Invalid):
        orcid("orcid", "".join(digits))


def test_terms_are_read_by_line_and_comma_each_once():
    assert terms("expertise", "Signal processing\r\n GIS, gis ,\n\nEdge  computing") == (
        "Signal processing",
        "GIS",
        "Edge computing",
    )
    assert terms("expertise", ["GIS", ""]) == ("GIS",)
    assert terms("expertise", None) == ()


@pytest.mark.parametrize("value", ["x" * 61, "\n".join(map(str, range(31))), 7, "x" * 100_000])
def test_too_many_or_too_long_terms_are_refused(value):
    with pytest.raises(Invalid):
        terms("expertise", value)


def test_every_wrong_field_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        ProfileText(headline="x" * 201, about="x" * 10_001, orcid="1", expertise="x" * 61, open_to="x" * 301)

    assert [problem.field for problem in refused.value.all()] == ["headline", "about", "orcid", "expertise", "open_to"]


def test_nobody_is_listed_unless_they_say_so():
    assert ProfileText().listed is False


@pytest.mark.parametrize("name", ["ab", " a b ", "a--b", "%%%", "é!"])
def test_a_name_to_look_for_has_three_letters(name):
    with pytest.raises(Invalid, match="at least 3 letters"):
        Lookup(name)


@pytest.mark.parametrize("name", ["", "   ", None, "Ana", "Li W"])
def test_names_to_look_for(name):
    assert Lookup(name).q == (name or "").strip()


@given(st.lists(st.tuples(st.text("abcdé", min_size=1, max_size=8), st.sampled_from(["", *Level])), max_size=20))
def test_terms_and_levels_come_back_as_they_were_written(pairs):
    known = {f"t{term}": str(level) for term, level in pairs}
    written = with_levels(known, {term: level for term, level in known.items() if level})

    read = ProfileText(expertise=written)

    assert list(read.expertise) == list(dict.fromkeys(known))
    assert read.levels == {term: level for term, level in known.items() if level}
