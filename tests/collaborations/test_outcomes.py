"""What came of the work is known by checked identifiers, each in one form, and stands once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.collaborations.actions import record_outcome
from portal.collaborations.inputs import OutcomeEntry, address_of
from portal.collaborations.states import OutcomeKind as K
from portal.kernel.errors import Invalid
from tests.build import a_collaboration, actor_of

_HEX = "9d3b5c1f" * 5


def read(kind, text):
    return OutcomeEntry(kind, "A title", identifier=text).identifier


@pytest.mark.parametrize(
    ("kind", "text", "normal"),
    [
        (K.PAPER, "https://doi.org/10.1000/ABC.182", "doi:10.1000/abc.182"),
        (K.DATA, " 10.5281/zenodo.8475 ", "doi:10.5281/zenodo.8475"),
        (K.SOFTWARE, f"swh:1:rev:{_HEX};origin=https://example.org/x", f"swh:1:rev:{_HEX}"),
        (K.SOFTWARE, "10.5281/zenodo.8475", "doi:10.5281/zenodo.8475"),
        (K.PATENT, "ep 3 456 789 B1", "patent:EP3456789B1"),
        (K.LICENCE, "WO 2023/123456", "patent:WO2023123456"),
        (K.SPIN_OUT, "https://ror.org/03gq8fr08", "ror:03gq8fr08"),
        (K.HIRE, "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        (K.OTHER, "", None),
    ],
)
def test_an_identifier_has_one_form(kind, text, normal):
    assert read(kind, text) == normal


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.PAPER, "11.1000/182"),
        (K.SOFTWARE, "swh:1:rev:123"),
        (K.PATENT, "3456789"),
        (K.SPIN_OUT, "03gq8fr09"),
        (K.HIRE, "0000-0002-1825-0098"),
        (K.FUNDING, "10.1000/182"),
        (K.PATENT, "EP\u0663\u0664\u0665\u0666\u0667"),
    ],
)
def test_what_is_none_is_refused_beside_its_field(kind, text):
    with pytest.raises(Invalid) as refused:
        read(kind, text)
    assert refused.value.field == "identifier"


@given(kind=st.sampled_from(K), text=st.text(max_size=80))
def test_whatever_is_typed_is_refused_or_read_the_same_again(kind, text):
    try:
        found = read(kind, text)
    except Invalid:
        return
    if found is not None:
        scheme, _, rest = found.partition(":")
        assert read(kind, found if scheme == "swh" else rest) == found


@given(office=st.sampled_from(["EP", "US", "WO"]), number=st.integers(1000, 10**12), gap=st.sampled_from(["", " ", "/", "."]))
def test_a_patent_is_the_same_however_it_is_spaced(office, number, gap):
    assert read(K.PATENT, f"{office}{gap}{number}{gap}A1") == f"patent:{office}{number}A1"


def test_one_thing_is_recorded_once_and_named_when_it_comes_again(db):
    collaboration = a_collaboration(db)
    lead = actor_of(db, collaboration.partner_lead)
    made = record_outcome(db, collaboration, OutcomeEntry(K.PAPER, "Pumps that speak", identifier="10.1000/182"), actor=lead)
    assert (made.identifier, made.address) == ("doi:10.1000/182", "https://doi.org/10.1000/182")
    with pytest.raises(Invalid, match="recorded already") as refused:
        record_outcome(db, collaboration, OutcomeEntry(K.DATA, "Again", identifier="https://doi.org/10.1000/182"), actor=lead)
    assert refused.value.why.params == {"title": "Pumps that speak"}
    for title in ("One", "Two"):  # what has no identifier is told apart by nobody
        record_outcome(db, collaboration, OutcomeEntry(K.OTHER, title), actor=lead)


def test_identifiers_lead_to_who_answers_for_them():
    assert address_of("orcid:0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert address_of(f"swh:1:rev:{_HEX}").endswith(f"/swh:1:rev:{_HEX}")
    assert address_of("patent:EP1") == ""
