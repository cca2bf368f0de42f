"""Phases and sessions: rows that people fill in, kept as they were meant, found by their words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.kernel.policy import Role
from portal.listings.actions import draft_listing, edit_listing
from portal.listings.inputs import MOST_ROWS, CourseSession, Phase, written
from portal.listings.queries import listing_in_full
from portal.listings.search import documents
from portal.listings.states import Kind
from tests import build
from tests.listings.pages import form_of, listings, value_in
from tests.listings.texts import TEXTS

EMPTY = {"name": "", "ends_on": "", "criteria": "", "places": ""}


def problems(kind, **values):
    with pytest.raises(Invalid) as refusal:
        written(kind, title="A title", **values)
    return [problem.field for problem in refusal.value.all()]


def test_empty_rows_are_passed_over_and_problems_stand_in_their_own_row():
    text = written(Kind.CHALLENGE, title="T", phases=[EMPTY, {"name": "Ideas", "ends_on": "2027-01-15"}, EMPTY])

    assert text.details.phases == (Phase("Ideas", dt.date(2027, 1, 15)),)
    assert problems(Kind.CHALLENGE, phases=[EMPTY, {"ends_on": "soon"}]) == ["phases-1-name", "phases-1-ends_on"]
    assert problems(Kind.TRAINING, sessions=[{"starts_on": "2027-02-01", "ends_on": "2027-01-01"}]) == ["sessions-0-ends_on"]
    assert problems(Kind.TRAINING, sessions=[{"starts_on": f"2027-01-{n + 1:02}"} for n in range(MOST_ROWS + 1)]) == ["sessions"]


def test_phases_come_one_after_the_other():
    rows = [{"name": "A", "ends_on": "2027-03-01"}, {"name": "B"}, {"name": "C", "ends_on": "2027-02-01"}]

    assert problems(Kind.CHALLENGE, phases=rows) == ["phases-2-ends_on"]


@given(
    st.one_of(
        st.none(), st.text(), st.integers(), st.lists(st.one_of(st.integers(), st.text(), st.dictionaries(st.text(), st.text())))
    )
)
def test_whatever_arrives_is_taken_or_refused(value):
    try:
        written(Kind.CHALLENGE, title="T", phases=value)
    except Invalid as invalid:
        assert all(problem.field.startswith("phases") for problem in invalid.all())


def test_rows_survive_the_database_and_are_found(session):
    host = build.an_organisation(session)
    poster = build.actor_of(session, build.a_member(session, host, Role.POSTER))
    text = written(Kind.TRAINING, **{**TEXTS[Kind.TRAINING], "visibility": "public", "opens_on": None, "opens_time": None})
    number = draft_listing(session, text, organisation_id=host.id, actor=poster).id
    session.expire_all()

    found = listing_in_full(session, number)

    assert found.training.sessions[0] == CourseSession(dt.date(2027, 1, 18), dt.date(2027, 1, 19), "Port Hallam", 12)
    assert edit_listing(session, found, text, actor=poster) is False  # what did not change is not written

    taught = build.a_listing(session, kind=Kind.TRAINING)
    taught.training.sessions = (CourseSession(dt.date(2027, 1, 18), place="Quay House"),)
    session.flush()
    session.expire_all()
    assert "Quay House" in documents(session, [taught.id])[0].text


def test_a_row_is_added_kept_and_shown(app, db, people, browser_of):
    owner = browser_of("owner")
    page = owner.get("/listings/new/challenge")
    sent = form_of(TEXTS[Kind.CHALLENGE]) | {"form_key": value_in(page, "form_key")}

    more = owner.submit("/listings/new/challenge", sent | {"add": "phases"})
    assert (more.status_code, 'name="phases-2-name"' in more.text) == (200, True)
    assert listings(db) == []

    saved = owner.submit("/listings/new/challenge", sent | {"phases-2-name": "", "go": "preview"})
    (listing,) = listings(db)
    assert [phase.name for phase in listing.challenge.phases] == ["Ideas", "Trial"]
    shown = owner.get(saved.location).text
    assert ("Novelty" in shown, "until 15 Jun" in shown, "5 go on" in shown) == (True, True, True)


def test_the_form_says_which_parts_are_done(app, db, people, browser_of):
    page = browser_of("owner").submit(
        "/listings/new/challenge", {"title": "T", "summary": "S", "description": "", "skills": "Python", "language": "?"}
    )

    steps = page.text[page.text.index('class="cw-steps"') :].partition("</ol>")[0]
    assert [part.count("complete") for part in steps.split("<li")[1:]] == [0, 0, 0, 1]
