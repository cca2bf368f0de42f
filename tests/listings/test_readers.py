"""For whom a listing is published: named organisations and people, and moving it from some readers to others."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR, Role
from portal.listings.actions import admit_named, release_listing
from portal.listings.inputs import Readers
from portal.listings.models import Listing
from portal.listings.notices import NOTICES
from portal.listings.policies import AUDIENCE, reader_tokens
from portal.listings.queries import readers_of
from portal.listings.search import SEARCHED
from portal.listings.states import ListingState, Visibility
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.workflow import ORGANISATION_FLOW
from tests import build
from tests.listings.pages import HOSTILE, listings, value_in

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(session):
    return build.an_organisation(session, "Tidewell Water")


@pytest.fixture
def owner(session, organisation):
    return build.actor_of(session, build.a_member(session, organisation, Role.POSTER))


@pytest.fixture
def listing(session, organisation, owner):
    return build.a_listing(session, session.get_one(User, owner.id), organisation)


def named(*organisations, people=()):
    return Readers(Visibility.NAMED, "\n".join(organisations), "\n".join(people))


def may_read(session, listing, account):
    actor = build.actor_of(session, account) if account else VISITOR
    (number,) = session.scalars(select(Listing.id).where(Listing.id == listing.id, AUDIENCE.where(actor))).all() or (None,)
    shown = SEARCHED.rows(session, actor, [listing.id], lambda text, _most, _number: text)
    found = bool(set(reader_tokens(listing)) & set(actor.reader_tokens))
    assert len({AUDIENCE.holds(actor, listing), number is not None, bool(shown), found}) == 1  # all forms of the rule agree
    return found


def test_those_named_read_it_and_nobody_else(session, listing, owner):
    lindmoor = build.an_organisation(session, "Lindmoor University")
    inside, guest, stranger = build.a_member(session, lindmoor), build.a_person(session), build.a_person(session)
    colleague = build.a_member(session, session.get_one(type(lindmoor), listing.organisation_id))

    release_listing(session, listing, named("lindmoor university", people=[guest.email.upper()]), actor=owner)

    readers = {name: may_read(session, listing, who) for name, who in {"inside": inside, "guest": guest}.items()}
    others = [may_read(session, listing, who) for who in (stranger, colleague, None)]
    assert (readers, others) == ({"inside": True, "guest": True}, [False] * 3)
    assert readers_of(session, listing.id) == (["Lindmoor University"], [guest.email])


def test_each_change_is_a_fact_that_names_nobody(session, listing, owner):
    guest = build.a_person(session)

    release_listing(session, listing, named(people=[guest.email]), actor=owner)
    release_listing(session, listing, Readers(Visibility.REGISTERED), actor=owner)

    events = session.scalars(select(Event).where(Event.kind.in_(["listing.released", "listing.invited"])).order_by(Event.id))
    assert [event.data for event in events] == [
        {"before": "public", "after": "named"},
        {"account_id": guest.id},
        {"before": "named", "after": "registered"},
    ]
    assert may_read(session, listing, build.a_person(session))


@ON_SQLITE
def test_whoever_is_taken_off_the_list_reads_no_more(session, listing, owner):
    first, second = build.a_person(session), build.a_person(session)
    release_listing(session, listing, named(people=[first.email, second.email]), actor=owner)

    release_listing(session, listing, named(people=[second.email]), actor=owner)

    assert [may_read(session, listing, who) for who in (first, second)] == [False, True]
    assert build.facts(session, listing).count("listing.invited") == 2  # each was told once


@ON_SQLITE
def test_an_address_nobody_confirmed_waits_for_its_account(session, listing, owner):
    newcomer = build.a_person(session)
    address, newcomer.email = newcomer.email, "another@example.org"
    session.flush()
    release_listing(session, listing, named(people=[address]), actor=owner)
    assert may_read(session, listing, newcomer) is False

    newcomer.email = address
    admit_named(session, None, newcomer, build.actor_of(session, newcomer))

    assert may_read(session, listing, newcomer) is True
    assert build.facts(session, listing)[-1] == "listing.invited"


@ON_SQLITE
def test_an_account_that_was_never_confirmed_is_not_bound(session, listing, owner):
    guest = build.a_person(session)
    guest.confirmed_at = None
    session.flush()

    release_listing(session, listing, named(people=[guest.email]), actor=owner)

    assert may_read(session, listing, guest) is False


@ON_SQLITE
@pytest.mark.parametrize("state", [ListingState.IN_REVIEW, ListingState.SCHEDULED, ListingState.ARCHIVED, ListingState.SUSPENDED])
def test_what_is_checked_or_gone_keeps_its_readers(session, organisation, owner, state):
    listing = build.a_listing(session, session.get_one(User, owner.id), organisation, state=state)

    with pytest.raises(Forbidden):
        release_listing(session, listing, Readers(Visibility.REGISTERED), actor=owner)


@ON_SQLITE
def test_only_its_owner_moves_it_and_only_while_they_could_publish(session, listing, owner, organisation):
    colleague = build.actor_of(session, build.a_member(session, organisation, Role.POSTER, Role.OFFICER, Role.ADMINISTRATOR))
    with pytest.raises(Forbidden):
        release_listing(session, listing, Readers(Visibility.REGISTERED), actor=colleague)

    ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=build.ADMIN, given=build.GIVEN["Reason"])
    with pytest.raises(Refused, match="not verified"):
        release_listing(session, listing, Readers(Visibility.REGISTERED), actor=owner)
    assert listing.visibility is Visibility.PUBLIC


@ON_SQLITE
@pytest.mark.parametrize("name", ["Nowhere", "Not verified", "%", "lindmoor"])
def test_an_organisation_nobody_verified_cannot_be_named(session, listing, owner, name):
    build.an_organisation(session, "Not verified", verified=False)
    build.an_organisation(session, "Lindmoor University")

    with pytest.raises(Invalid) as refusal:
        release_listing(session, listing, named(name), actor=owner)

    assert refusal.value.field == "organisations"


@ON_SQLITE
def test_nothing_is_sent_for_review_that_names_nobody(session, organisation, owner):
    draft = build.a_listing(session, session.get_one(User, owner.id), organisation, state=ListingState.DRAFT)
    draft.visibility = Visibility.NAMED
    with pytest.raises(Refused, match="Name at least one"):
        LISTING_FLOW.perform(session, draft, "submit", actor=owner)

    release_listing(session, draft, named(people=["somebody@example.org"]), actor=owner)
    LISTING_FLOW.perform(session, draft, "submit", actor=owner)

    assert draft.state is ListingState.IN_REVIEW


@ON_SQLITE
def test_those_named_hear_when_it_opens_and_not_before(session, organisation, owner):
    guest = build.a_person(session)
    draft = build.a_listing(session, session.get_one(User, owner.id), organisation, state=ListingState.DRAFT)
    release_listing(session, draft, named(people=[guest.email]), actor=owner)
    assert "listing.invited" not in build.facts(session, draft)

    LISTING_FLOW.perform(session, draft, "submit", actor=owner)
    LISTING_FLOW.perform(session, draft, "publish", actor=build.ADMIN)

    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    told = {each.account_id for notice in NOTICES if notice.fact.kind == event.kind for each in notice.concerned(session, event)}
    assert told == {guest.id, owner.id}


def test_inputs_are_read_line_by_line():
    readers = Readers("named", " Lindmoor \n\nLindmoor\n", "A@Example.org\r\na@example.org")

    assert readers == Readers(Visibility.NAMED, ("Lindmoor",), ("a@example.org",))
    for wrong in ({"people": "nobody"}, {"organisations": "\n".join(str(n) for n in range(51))}, {}):
        with pytest.raises(Invalid):
            Readers("named", **wrong)


class TestPages:
    def test_the_owner_names_somebody_and_the_listing_is_gone_for_the_others(self, browser_of, post, db):
        listing, owner = post(), browser_of("owner")
        page = owner.get(f"{listing.href}/readers")
        sent = {"visibility": "named", "organisations": "Elsewhere", "version": value_in(page, "version")}

        answer = owner.submit(f"{listing.href}/readers", sent)

        assert (answer.status_code, answer.location) == (303, listing.href)
        statuses = {
            name: browser_of(name).get(listing.href).status_code for name in ("visitor", "colleague", "stranger", "officer")
        }
        assert statuses == {"visitor": 404, "colleague": 404, "stranger": 200, "officer": 200}
        assert "Elsewhere" in owner.get(f"{listing.href}/readers").text

    def test_what_is_wrong_is_said_beside_its_field_and_kept(self, browser_of, post, db):
        listing, owner = post(), browser_of("owner")
        sent = {"visibility": "named", "organisations": "Nowhere Inc", "version": str(listing.version)}

        page = owner.submit(f"{listing.href}/readers", sent)

        assert (page.status_code, "Nowhere Inc</textarea>" in page.text, 'href="#organisations"' in page.text) == (
            422,
            True,
            True,
        )
        assert owner.submit(f"{listing.href}/readers", {"visibility": "public", "version": "0"}).status_code == 409
        for name, hostile in HOSTILE.items():
            sent = dict.fromkeys(("visibility", "organisations", "people", "version"), hostile)
            assert (name, owner.submit(f"{listing.href}/readers", sent).status_code) == (name, 422)
        assert listings(db)[0].visibility is Visibility.PUBLIC

    def test_the_page_is_the_owners(self, browser_of, post):
        listing, waiting = post(), post(state=ListingState.IN_REVIEW)
        answers = {"visitor": 303, "stranger": 403, "officer": 403, "operator": 403, "owner": 200}

        for name, status in answers.items():
            assert (name, browser_of(name).get(f"{listing.href}/readers").status_code) == (name, status)
        assert browser_of("owner").get(f"{waiting.href}/readers").status_code == 409
