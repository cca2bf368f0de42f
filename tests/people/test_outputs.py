"""Works read from whichever form people have them in: bad entries are told, good ones kept, none doubled."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Forbidden, Invalid
from portal.people.actions import add_outputs, remove_output
from portal.people.inputs import NewOutputs, doi
from portal.people.queries import own_profile
from tests.build import a_person, actor_of, facts

BIBTEX = r"""
@string{jfm = "Journal of Fluid Mechanics"}
@article{a1, title = {{Flow} in {\"o}pen channels}, author = {Solheim, Ingrid and Tan, Mei}, year = 2021, journal = jfm,
  doi = {https://doi.org/10.1000/XYZ}}
@article{a2, title = {Broken, author = {X}
@misc{a3, note = {nothing else}}
@misc{a4, title = {Data of rivers}}
"""
CSL = [
    {
        "title": "Flow",
        "DOI": "10.1000/xyz",
        "author": [{"family": "Solheim", "given": "Ingrid"}, {"literal": "River Group"}],
        "issued": {"date-parts": [[2021, 3]]},
        "container-title": "Journal",
    },
    {"type": "book"},
    "nonsense",
]


@pytest.mark.parametrize(
    "text", ["10.1000/XYZ", "doi:10.1000/xyz", "https://doi.org/10.1000/xyz", " http://dx.doi.org/10.1000/xyz. "]
)
def test_a_doi_has_one_form(text):
    assert doi(text) == "10.1000/xyz"


@pytest.mark.parametrize("text", ["", "10.1/x", "11.1000/xyz", "https://example.org/10.1000/xyz", 'javascript:"10.1000/x'])
def test_what_is_no_doi_is_none(text):
    assert doi(text) == ""


@given(
    st.integers(1000, 99_999_999).map(str),
    st.from_regex(r"[A-Za-z0-9](?:[A-Za-z0-9._/()-]{0,40}[A-Za-z0-9])?", fullmatch=True),
    st.sampled_from(["", "doi:", "DOI: ", "https://doi.org/", "http://dx.doi.org/"]),
)
def test_any_doi_has_the_same_form_however_it_is_given(registrant, suffix, before):
    one_form = f"10.{registrant}/{suffix}".lower()

    assert doi(f"{before}10.{registrant}/{suffix}") == one_form == doi(one_form)


def test_bibtex_is_read_and_its_bad_entries_are_named_by_their_lines():
    read = NewOutputs(BIBTEX)

    assert read.found[0] == {
        "title": "Flow in öpen channels",
        "authors": "Solheim, Ingrid; Tan, Mei",
        "venue": "Journal of Fluid Mechanics",
        "doi": "10.1000/xyz",
        "year": "2021",
    }
    assert [each["title"] for each in read.found] == ["Flow in öpen channels", "Data of rivers"]
    assert [str(problem) for problem in read.problems] == [
        "Line 4: this entry cannot be read.",
        "Line 5: this entry has no title.",
    ]


def test_csl_json_is_read_and_so_are_dois_by_line():
    read = NewOutputs(json.dumps(CSL))
    assert read.found == (
        {"title": "Flow", "authors": "Solheim, Ingrid; River Group", "venue": "Journal", "doi": "10.1000/xyz", "year": "2021"},
    )
    assert len(read.problems) == 2
    listed = NewOutputs("10.1000/xyz\nhttps://doi.org/10.5281/zenodo.1\nno doi")
    assert [each["doi"] for each in listed.found] == ["10.1000/xyz", "10.5281/zenodo.1"]
    assert len(listed.problems) == 2


@given(st.one_of(st.text(min_size=1, max_size=200), st.text('@{}=,"\\abc\n[]:1', min_size=1, max_size=200)))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        read = NewOutputs(text)
    except Invalid:
        return
    assert all(each["title"] or each["doi"] for each in read.found)


def test_works_stand_once_on_ones_own_page_and_go_again(db):
    account = a_person(db)
    actor = actor_of(db, account)
    profile = own_profile(db, actor)

    assert add_outputs(db, profile, NewOutputs(BIBTEX), actor=actor) == 2
    assert add_outputs(db, profile, NewOutputs(json.dumps(CSL)), actor=actor) == 0
    assert facts(db, profile)[-1] == "profile.changed"
    remove_output(db, profile, "10.1000/xyz", actor=actor)
    assert [each["title"] for each in profile.outputs] == ["Data of rivers"]
    with pytest.raises(Forbidden):
        add_outputs(db, profile, NewOutputs("10.1000/xyz"), actor=actor_of(db, a_person(db)))


def test_works_are_pasted_seen_and_taken_away(client_of, db):
    account = a_person(db)
    profile = own_profile(db, actor_of(db, account))
    profile.listed = True
    db.commit()
    client = client_of(account)

    assert client.submit("/me/outputs", {"text": ""}).status_code == 422
    told = client.submit("/me/outputs", {"text": BIBTEX})
    assert "2 works were added" in told.text
    assert "Line 4: this entry cannot be read." in told.text
    assert 'href="https://doi.org/10.1000/xyz"' in client_of().get(profile.href).text
    assert client.submit("/me/outputs/remove", {"key": "10.1000/xyz"}).status_code == 303
    assert client.submit("/me/outputs/remove", {"key": "10.1000/xyz"}).status_code == 404
    assert "Flow in öpen channels" not in client_of().get(profile.href).text
