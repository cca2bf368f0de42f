"""Cleaning and comparing what people type."""

from hypothesis import example, given
from hypothesis import strategies as st

from portal.kernel.text import clean, folded, free_slug, one_line, slug


def test_folded_names_compare_without_case_accents_and_marks():
    assert folded("Université de  LIÈGE") == folded("universite de liege")
    assert folded("Łódź & Ørsted-Straße") == "lodz orsted strasse"


@example("𝕊")
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_slug_of_a_slug_is_itself(text):
    assert slug(slug(text)) == slug(text)


def test_slug_keeps_letters_that_have_no_parts():
    assert slug("Ørsted Łódź") == "orsted-lodz"


def test_free_slug_is_numbered_past_those_taken():
    assert free_slug("Anna Berg", ()) == "anna-berg"
    assert free_slug("Anna Berg", {"anna-berg", "anna-berg-2"}) == "anna-berg-3"


@given(st.text(), st.integers(0, 3))
def test_free_slug_can_be_an_address(text, others):
    taken: set[str] = set()
    for _ in range(others + 1):
        free = free_slug(text, taken)
        assert free not in taken
        assert slug(free) == free
        taken.add(free)


@given(st.text())
def test_one_line_is_clean_and_one_line(text):
    line = one_line(text)
    assert "\n" not in line
    assert clean(line) == line
