"""Names and units as lines of text: read as they are written, and written as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.organisations.inputs import names_as_text, units_as_text
from portal.organisations.inputs.parts import names, units

WORDS = st.lists(st.text("abdéß-", min_size=1, max_size=6), min_size=1, max_size=3).map(lambda words: f"X{' '.join(words)}")
NAMES = st.lists(
    st.fixed_dictionaries({"name": WORDS, "language": st.sampled_from(["", "ga", "pt", "ang"])}),
    max_size=10,
    unique_by=lambda each: each["name"],
)
UNITS = st.lists(st.fixed_dictionaries({"name": WORDS, "parts": st.lists(WORDS, max_size=5)}), max_size=8)


@given(NAMES)
def test_names_come_back_as_they_were_written(known):
    assert names("names", names_as_text(known)) == known


@given(UNITS)
def test_units_come_back_as_they_were_written(known):
    assert units("units", units_as_text(known)) == known


@given(st.text(max_size=300))
def test_whatever_somebody_types_is_read_or_refused(text):
    for read in (names, units):
        try:
            read("field", text)
        except Invalid as refused:
            assert refused.field == "field"


def test_a_tree_has_two_levels_and_begins_with_a_department():
    assert units("units", "Water\n - Hydraulics\n\n\t– Sediment\nEnergy") == [
        {"name": "Water", "parts": ["Hydraulics", "Sediment"]},
        {"name": "Energy", "parts": []},
    ]
    with pytest.raises(Invalid, match="Begin with a department"):
        units("units", "- Hydraulics")
    with pytest.raises(Invalid, match="no language"):
        names("names", "qq: Something")
