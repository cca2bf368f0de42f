"""Changing what is open: recorded, told to those who answer, and once somebody proposed only to make it clearer."""

import pytest
from sqlalchemy import select

from portal.kernel.errors import Invalid
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.actions import draft_listing, edit_listing
from portal.listings.inputs import written
from portal.listings.models import Listing
from portal.listings.queries import clarifications_of, listing_in_full
from portal.listings.states import Kind, ListingState
from portal.proposals.notices import NOTICES
from portal.proposals.states import InterestState, ProposalState
from tests import build
from tests.listings.pages import value_in
from tests.listings.texts import TEXTS

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEXT = TEXTS[Kind.CHALLENGE] | {"visibility": "public"}


@pytest.fixture
def owner(session):
    return build.actor_of(session, build.a_member(session, build.an_organisation(session), Role.POSTER))


@pytest.fixture
def opened(session, owner):
    (organisation_id,) = owner.organisations
    listing = draft_listing(session, written(Kind.CHALLENGE, **TEXT), organisation_id=organisation_id, actor=owner)
    build.walk(session, build.LISTING_FLOW, listing, ListingState.PUBLISHED, by=owner)
    return listing


@pytest.fixture
def proposed(session, opened):
    """The open listing, after somebody submitted a proposal."""
    author = build.a_member(session, build.an_organisation(session))
    build.a_proposal(session, opened, author, state=ProposalState.SUBMITTED)
    session.expire_all()
    return listing_in_full(session, opened.id)


def edit(session, listing, owner, **values):
    return edit_listing(session, listing, written(Kind.CHALLENGE, **(TEXT | values)), actor=owner)


def test_each_change_of_an_open_listing_is_recorded_with_old_and_new(session, opened, owner):
    edit(session, opened, owner, summary="Clearer", budget_minor="95,000")
    edit(session, opened, owner, summary="Clearer still", budget_minor="95,000", closes_on="2027-02-15", remote=False)

    newest, first = clarifications_of(session, opened.id)
    assert (first.number, newest.number, opened.clarified_at) == (1, 2, newest.at)
    assert first.changes == [["summary", TEXT["summary"], "Clearer"], ["budget_minor", "90000 EUR", "95000 EUR"]]
    assert newest.changes == [
        ["summary", "Clearer", "Clearer still"],
        ["remote", "✓", "–"],
        ["closes_at", "2027-01-15 17:00 Europe/Brussels", "2027-02-15 17:00 Europe/Brussels"],
    ]


@ON_SQLITE
def test_drafts_and_changes_that_are_none_leave_no_record(session, opened, owner):
    version = opened.version
    assert edit(session, opened, owner) is False
    draft = draft_listing(session, written(Kind.CHALLENGE, **TEXT), organisation_id=opened.organisation_id, actor=owner)
    edit(session, draft, owner, summary="Other")

    assert (clarifications_of(session, opened.id), clarifications_of(session, draft.id)) == ([], [])
    assert (opened.version, opened.clarified_at, draft.clarified_at) == (version, None, None)


def test_the_first_proposal_settles_the_listing_and_changes_no_version(session, opened):
    version = opened.version
    author = build.a_member(session, build.an_organisation(session))
    proposal = build.a_proposal(session, opened, author)
    session.refresh(opened)
    assert opened.answered_at is None

    build.PROPOSAL_FLOW.perform(session, proposal, "submit", actor=build.actor_of(session, author))

    answered_at, now = session.execute(select(Listing.answered_at, Listing.version).where(Listing.id == opened.id)).one()
    assert (answered_at is not None, now) == (True, version)


@ON_SQLITE
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Something else"},
        {"budget_minor": "10"},
        {"criteria": "Price alone"},
        {"skills": "COBOL"},
        {"place": "Elsewhere"},
        {"ip_stance": "company"},
    ],
)
def test_what_was_asked_and_offered_holds_once_somebody_proposed(session, proposed, owner, change):
    with pytest.raises(Invalid) as refusal:
        edit(session, proposed, owner, **change)

    assert [problem.field for problem in refusal.value.all()] == list(change)


@ON_SQLITE
def test_it_can_still_be_explained_and_prolonged(session, proposed, owner):
    more = {"description": "More.", "summary": "Clearer.", "closes_on": "2027-03-01", "questions_until": "2027-02-01"}

    assert edit(session, proposed, owner, **more) is True
    assert {name for name, _, _ in clarifications_of(session, proposed.id)[0].changes} == {
        "summary",
        "description",
        "closes_at",
        "questions_until",
    }


@ON_SQLITE
def test_those_who_answer_it_are_told_and_nobody_else(session, opened, owner):
    authors = {state: build.a_person(session) for state in InterestState}
    for state, author in authors.items():
        build.an_interest(session, opened, author, state=state)
    writer, done = (build.a_member(session, build.an_organisation(session)) for _ in range(2))
    build.a_proposal(session, opened, writer)
    build.a_proposal(session, opened, done, state=ProposalState.WITHDRAWN)

    edit(session, opened, owner, summary="Clearer")

    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    told = [each.account_id for notice in NOTICES if notice.fact.kind == event.kind for each in notice.concerned(session, event)]
    silent = {InterestState.DECLINED, InterestState.WITHDRAWN, InterestState.REDIRECTED}
    assert sorted(told) == sorted([writer.id, *(who.id for state, who in authors.items() if state not in silent)])


@ON_SQLITE
def test_a_change_of_a_draft_tells_nobody(session, opened, owner):
    draft = draft_listing(session, written(Kind.CHALLENGE, **TEXT), organisation_id=opened.organisation_id, actor=owner)
    edit(session, draft, owner, summary="Other")

    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert [c for notice in NOTICES if notice.fact.kind == event.kind for c in notice.concerned(session, event)] == []


class TestPages:
    @pytest.fixture
    def listing(self, post, db, people):
        listing = post()
        author = build.a_member(db, build.an_organisation(db))
        build.a_member(db, db.get_one(type(people.organisation), people.organisation.id), Role.OFFICER)
        build.a_proposal(db, listing, author, state=ProposalState.SUBMITTED)
        db.commit()
        return listing

    def test_the_form_asks_only_what_makes_it_clearer_and_readers_see_what_changed(self, browser_of, listing):
        owner, visitor = browser_of("owner"), browser_of("visitor")
        page = owner.get(f"{listing.href}/edit")
        names = ("title", "budget_minor", "skills", "place", "time_zone", "summary", "closes_on")
        assert [name for name in names if f'name="{name}"' in page.text] == ["summary", "closes_on"]
        assert "See what changed" not in visitor.get(listing.href).text

        sent = {"title": "Ignored", "summary": "A clear summary.", "description": "A longer description.", "closes_on": ""}
        answer = owner.submit(f"{listing.href}/edit", sent | {"version": value_in(page, "version")})

        assert answer.status_code == 303
        assert "See what changed" in visitor.get(listing.href).text
        changes = visitor.get(f"{listing.href}/changes").text
        assert ("<ins>" in changes, "<del>" in changes, "Summary" in changes, "Ignored" in changes) == (True, True, True, False)

    def test_changes_are_for_readers_of_the_listing(self, browser_of, post):
        draft, open_one = post(state=ListingState.DRAFT), post()

        assert browser_of("visitor").get(f"{draft.href}/changes").status_code == 404
        assert "Nothing has changed" in browser_of("visitor").get(f"{open_one.href}/changes").text
