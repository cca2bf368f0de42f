"""Writing listings: what is kept, what is refused, and that nothing happens twice."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.actions import add_field, add_skill, close_due, draft_listing, edit_listing, publish_imported, renew_imported
from portal.listings.inputs import written
from portal.listings.models import Field, Listing, Skill
from portal.listings.queries import listing_in_full
from portal.listings.states import Kind, ListingState
from tests import build
from tests.listings.texts import TEXTS

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # rules, the same on every database


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def poster(session, organisation):
    return build.actor_of(session, build.a_member(session, organisation, Role.POSTER))


@pytest.fixture
def fields(session):
    for code, label in (("1", "Natural sciences"), ("1.2", "Computer sciences"), ("2", "Engineering")):
        add_field(session, "oecd-ford", code, label)
    session.flush()


def drafted(session, organisation, poster, kind=Kind.CHALLENGE, **values):
    return draft_listing(session, written(kind, **{"title": "T", **values}), organisation_id=organisation.id, actor=poster)


def opened(session, organisation, poster, **values):
    text = {"summary": "s", "description": "d", "closes_on": "2027-01-15", "visibility": "public"} | values
    listing = drafted(session, organisation, poster, **text)
    build.walk(session, build.LISTING_FLOW, listing, ListingState.PUBLISHED, by=poster)
    return listing, text


@pytest.mark.parametrize("kind", list(Kind))
def test_draft_keeps_all_that_was_written(session, organisation, poster, fields, kind):
    text = written(kind, **TEXTS[kind], fields=["1.2", "2"])

    number = draft_listing(session, text, organisation_id=organisation.id, actor=poster).id
    session.expire_all()
    listing = listing_in_full(session, number)

    assert (listing.state, listing.kind, listing.owner_id) == (ListingState.DRAFT, kind, poster.id)
    assert [term.code for term in listing.fields] == ["1.2", "2"]
    assert listing.closes_at == dt.datetime(2027, 1, 15, 16, tzinfo=dt.UTC)
    for name, value in vars(text.details).items():
        assert (name, getattr(listing.detail, name)) == (name, value)
    assert build.facts(session, listing) == ["listing.drafted"]


@ON_SQLITE
@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.SIGNATORY])
def test_only_posters_and_administrators_begin_listings(session, organisation, role):
    member = build.actor_of(session, build.a_member(session, organisation, *([role] if role else [])))

    with pytest.raises(Forbidden, match="poster"):
        drafted(session, organisation, member)


@ON_SQLITE
def test_nobody_posts_for_another_organisation(session, poster):
    with pytest.raises(Forbidden):
        drafted(session, build.an_organisation(session), poster)


def test_a_form_sent_twice_makes_one_listing(session, organisation, poster):
    text = written(Kind.PROJECT, title="Once")

    first = draft_listing(session, text, organisation_id=organisation.id, actor=poster, form_key="the form")
    second = draft_listing(session, text, organisation_id=organisation.id, actor=poster, form_key="the form")

    assert first is second
    assert session.scalar(select(func.count()).select_from(Listing)) == 1
    assert build.facts(session, first) == ["listing.drafted"]


@ON_SQLITE
def test_the_key_of_somebody_elses_form_is_free(session, organisation, poster):
    other = build.actor_of(session, build.a_member(session, organisation, Role.POSTER))
    text = written(Kind.PROJECT, title="Mine")

    mine = draft_listing(session, text, organisation_id=organisation.id, actor=poster, form_key="the form")
    theirs = draft_listing(session, text, organisation_id=organisation.id, actor=other, form_key="the form")

    assert (mine.owner_id, theirs.owner_id) == (poster.id, other.id)


@ON_SQLITE
def test_a_field_nobody_knows_is_refused_and_nothing_written(session, organisation, poster, fields):
    with pytest.raises(Invalid) as refusal:
        drafted(session, organisation, poster, fields=["1", "9.9"])

    assert refusal.value.field == "fields"
    assert session.scalar(select(func.count()).select_from(Listing)) == 0


@ON_SQLITE
def test_saving_the_same_again_changes_nothing(session, organisation, poster, fields):
    values = {**TEXTS[Kind.INTERNSHIP], "fields": ["1"]}
    listing = drafted(session, organisation, poster, Kind.INTERNSHIP, **values)
    version = listing.version

    assert edit_listing(session, listing, written(Kind.INTERNSHIP, **values), actor=poster) is False
    assert (listing.version, build.facts(session, listing)) == (version, ["listing.drafted"])


@pytest.mark.parametrize(
    "change", [{"title": "New"}, {"budget_minor": "7"}, {"fields": ["2"]}, {"skills": "R"}, {"closes_on": None}]
)
@ON_SQLITE
def test_each_change_is_one_fact_and_one_version(session, organisation, poster, fields, change):
    values = {"closes_on": "2027-01-15", "fields": ["1"]}
    listing = drafted(session, organisation, poster, **values)
    version = listing.version

    text = written(Kind.CHALLENGE, **({"title": "T"} | values | change))

    assert edit_listing(session, listing, text, actor=poster) is True
    assert listing.version == version + 1
    assert build.facts(session, listing) == ["listing.drafted", "listing.changed"]


@ON_SQLITE
def test_fields_that_nobody_can_choose_are_kept(session, organisation, poster, fields):
    foreign, _ = add_field(session, "euroscivoc", "/natural", "Natural")
    listing = drafted(session, organisation, poster, fields=["1"])
    listing.fields.append(foreign)
    session.flush()

    edit_listing(session, listing, written(Kind.CHALLENGE, title="T", fields=["2"]), actor=poster)

    assert {term.code for term in listing.fields} == {"/natural", "2"}


def test_seconds_of_a_deadline_survive_a_form_that_shows_none(session, organisation, poster):
    listing = drafted(session, organisation, poster, closes_on="2027-01-15", closes_time="17:00")
    listing.closes_at = listing.closes_at.replace(second=59)
    session.flush()

    text = written(Kind.CHALLENGE, title="New", closes_on="2027-01-15", closes_time="17:00")
    edit_listing(session, listing, text, actor=poster)

    assert listing.closes_at.second == 59


@ON_SQLITE
@pytest.mark.usefixtures("frozen")
class TestOpenListing:
    def edited(self, session, organisation, poster, **change):
        listing, text = opened(session, organisation, poster)
        return listing, edit_listing(session, listing, written(Kind.CHALLENGE, **({"title": "T"} | text | change)), actor=poster)

    def test_a_clarification_is_material(self, session, organisation, poster):
        listing, changed = self.edited(session, organisation, poster, description="clearer")

        assert changed
        data = session.scalars(select(Event.data).where(Event.kind == "listing.changed")).all()
        assert (listing.state, data) == (ListingState.PUBLISHED, [{"material": True}])

    @pytest.mark.parametrize("change", [{"visibility": "registered"}, {"intake": "proposal"}, {"currency": "USD"}])
    def test_what_people_rely_on_stays(self, session, organisation, poster, change):
        with pytest.raises(Invalid) as refusal:
            self.edited(session, organisation, poster, **change)
        assert refusal.value.field in change

    def test_the_deadline_can_be_prolonged_or_dropped(self, session, organisation, poster):
        listing, _ = self.edited(session, organisation, poster, closes_on="2027-01-16")
        assert listing.closes_at.day == 16

        listing, _ = self.edited(session, organisation, poster, closes_on=None)
        assert listing.closes_at is None

    def test_the_deadline_cannot_be_brought_forward(self, session, organisation, poster):
        with pytest.raises(Invalid, match="rely on the deadline"):
            self.edited(session, organisation, poster, closes_on="2027-01-14")

    def test_a_deadline_given_later_must_be_to_come(self, session, organisation, poster):
        listing, text = opened(session, organisation, poster, closes_on=None)
        past = written(Kind.CHALLENGE, **({"title": "T"} | text | {"closes_on": "2026-03-01"}))

        with pytest.raises(Invalid, match="still to come"):
            edit_listing(session, listing, past, actor=poster)


@ON_SQLITE
@pytest.mark.parametrize("state", [s for s in ListingState if s.value not in ("draft", "edits_requested", "published")])
def test_what_is_not_the_owners_to_change_is_forbidden(session, organisation, state):
    owner = build.a_member(session, organisation, Role.POSTER)
    listing = build.a_listing(session, owner, organisation, state=state)

    with pytest.raises(Forbidden):
        edit_listing(session, listing, written(Kind.CHALLENGE, title="New"), actor=build.actor_of(session, owner))


@ON_SQLITE
def test_nobody_else_changes_a_draft(session, organisation, poster):
    listing = drafted(session, organisation, poster)
    officer = build.actor_of(session, build.a_member(session, organisation, Role.OFFICER, Role.ADMINISTRATOR))

    with pytest.raises(Forbidden):
        edit_listing(session, listing, written(Kind.CHALLENGE, title="New"), actor=officer)


def test_an_imported_record_is_open_at_once_and_credited(session, organisation):
    owner = build.a_person(session)

    listing = publish_imported(
        session,
        written(Kind.TRAINING, **TEXTS[Kind.TRAINING]),
        organisation=organisation,
        owner_id=owner.id,
        source_url="https://example.org/1",
        source_note="A source, CC BY 4.0",
    )

    assert (listing.state, listing.source_note) == (ListingState.PUBLISHED, "A source, CC BY 4.0")
    assert build.facts(session, listing) == ["listing.drafted", "listing.published"]


def test_an_imported_record_is_renewed_only_when_it_differs(session, organisation):
    text, credit = written(Kind.PROJECT, title="T", acronym="A"), {"source_url": "https://example.org/1", "source_note": "S"}
    owner = build.a_person(session)
    listing = publish_imported(session, text, organisation=organisation, owner_id=owner.id, **credit)

    assert renew_imported(session, listing, text, **credit) is False
    assert renew_imported(session, listing, written(Kind.PROJECT, title="T", acronym="B"), **credit) is True
    assert build.facts(session, listing)[2:] == ["listing.changed"]


@ON_SQLITE
def test_a_source_that_is_no_web_address_is_refused(session, organisation):
    with pytest.raises(Invalid):
        publish_imported(
            session,
            written(Kind.PROJECT, title="T"),
            organisation=organisation,
            owner_id=build.a_person(session).id,
            source_url="javascript:alert(1)",
        )


@pytest.mark.parametrize(("seconds", "closed"), [(-1, 0), (0, 1), (1, 1)])
def test_listings_close_at_their_deadline_and_not_before(session, organisation, poster, frozen, seconds, closed):
    listing, _ = opened(session, organisation, poster)
    endless, _ = opened(session, organisation, poster, closes_on=None)

    with clock.at(listing.closes_at + dt.timedelta(seconds=seconds)):
        assert close_due(session) == closed
        assert close_due(session) == 0

    assert (listing.state is ListingState.CLOSED) is bool(closed)
    assert endless.state is ListingState.PUBLISHED


def test_terms_are_added_once_and_renamed(session):
    term, new = add_field(session, "oecd-ford", "1", "Natural sciences")
    session.flush()
    again, changed = add_field(session, "oecd-ford", "1", "Natural sciences")
    renamed, differs = add_field(session, "oecd-ford", "1", "Nature")

    assert (new, changed, differs) == (True, False, True)
    assert term is again is renamed
    assert session.scalars(select(Field.label)).all() == ["Nature"]


def test_skills_are_added_once(session):
    for _ in range(2):
        add_skill(session, "esco", "http://example.org/s", "manage data", description="Produce data.")
        session.flush()

    assert session.scalars(select(Skill.label)).all() == ["manage data"]
