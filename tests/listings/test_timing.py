"""What time alone does to listings: opening, closing, reminding, expiring – each once."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.policy import Role
from portal.listings.actions import close_due, draft_listing, edit_listing, open_due, remind_expiring
from portal.listings.inputs import written
from portal.listings.models import LIFETIME, REMINDED_BEFORE
from portal.listings.queries import listings_to_renew
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.workflow import ORGANISATION_FLOW
from tests import build

SECOND = dt.timedelta(seconds=1)
TEXT = {"title": "T", "summary": "s", "description": "d"}


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def owner(session, organisation):
    return build.actor_of(session, build.a_member(session, organisation, Role.POSTER))


@pytest.fixture
def operator(session):
    return build.actor_of(session, build.a_person(session, admin=True))


@pytest.fixture
def sent(session, organisation, owner):
    """`sent(closes_on=…)`: a listing that waits for moderation."""

    def make(**values):
        text = written(Kind.CHALLENGE, **(TEXT | values))
        listing = draft_listing(session, text, organisation_id=organisation.id, actor=owner)
        LISTING_FLOW.perform(session, listing, "submit", actor=owner)
        return listing

    return make


@pytest.fixture
def opened(session, operator, sent):
    def make(**values):
        listing = sent(**values)
        LISTING_FLOW.perform(session, listing, "publish", actor=operator)
        return listing

    return make


def offered(session, listing, actor):
    return {offer.action: offer.allowed for offer in LISTING_FLOW.offered(actor, listing, session=session)}


class TestOpening:
    DAY = dt.datetime(2027, 3, 1, 8, 0, tzinfo=dt.UTC)  # 09:00 in Brussels
    WRITTEN = {"opens_on": "2027-03-01", "opens_time": "09:00", "closes_on": "2027-06-01"}

    @pytest.fixture(autouse=True)
    def _before(self):
        with clock.at(self.DAY - dt.timedelta(days=30)):
            yield

    def test_what_was_approved_opens_when_its_moment_comes_and_not_before(self, session, sent, operator):
        listing = sent(**self.WRITTEN)
        LISTING_FLOW.perform(session, listing, "approve", actor=operator)
        assert (listing.state, listing.opens_at) == (ListingState.SCHEDULED, self.DAY)

        with clock.at(self.DAY - SECOND):
            assert open_due(session) == 0
        with clock.at(self.DAY):
            assert (open_due(session), open_due(session)) == (1, 0)

        assert (listing.state, listing.published_at) == (ListingState.PUBLISHED, self.DAY)
        assert build.facts(session, listing)[-2:] == ["listing.approved", "listing.published"]

    def test_nothing_opens_that_nobody_approved(self, session, sent):
        listing = sent(**self.WRITTEN)

        with clock.at(self.DAY + dt.timedelta(days=9)):
            assert open_due(session) == 0

        assert listing.state is ListingState.IN_REVIEW

    def test_moderation_approves_before_the_day_and_publishes_after_it(self, session, sent, operator):
        listing = sent(**self.WRITTEN)

        assert {"approve", "publish"} & set(offered(session, listing, operator)) == {"approve"}
        with clock.at(self.DAY):
            assert {"approve", "publish"} & set(offered(session, listing, operator)) == {"publish"}

    def test_its_owner_may_open_it_early_or_take_it_back(self, session, sent, operator, owner):
        listing = sent(**self.WRITTEN)
        LISTING_FLOW.perform(session, listing, "approve", actor=operator)
        assert offered(session, listing, owner) == {"open_now": True, "announce": True, "take_back": True}

        LISTING_FLOW.perform(session, listing, "open_now", actor=owner)

        assert (listing.state, listing.published_at) == (ListingState.PUBLISHED, clock.now())

    def test_what_may_not_open_waits_and_holds_up_nothing(self, session, sent, operator):
        """Its organisation is no longer verified, or the deadline passed while no worker ran."""
        late, fine = sent(**self.WRITTEN), sent(**(self.WRITTEN | {"closes_on": None}))
        for listing in (late, fine):
            LISTING_FLOW.perform(session, listing, "approve", actor=operator)

        with clock.at(self.DAY + dt.timedelta(days=200)):
            assert open_due(session) == 1
            assert (late.state, fine.state) == (ListingState.SCHEDULED, ListingState.PUBLISHED)

    def test_an_organisation_that_is_suspended_opens_nothing(self, session, sent, operator, organisation):
        listing = sent(**self.WRITTEN)
        LISTING_FLOW.perform(session, listing, "approve", actor=operator)
        ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=operator, given=build.GIVEN["Reason"])

        with clock.at(self.DAY):
            assert open_due(session) == 0


class TestAYearWithoutDeadline:
    def test_it_closes_when_nobody_renews_it_and_says_why(self, session, opened):
        listing = opened()
        end = listing.expires_at

        with clock.at(end - SECOND):
            assert close_due(session) == 0
        with clock.at(end):
            assert (close_due(session), close_due(session)) == (1, 0)

        assert listing.state is ListingState.CLOSED
        assert build.facts(session, listing)[-1] == "listing.expired"

    def test_its_owner_is_reminded_once_and_finds_it_in_their_work(self, session, opened, owner):
        listing = opened()
        first = listing.expires_at - REMINDED_BEFORE

        with clock.at(first - SECOND):
            assert (remind_expiring(session), waiting(session, owner)) == (0, [])
        with clock.at(first):
            assert (remind_expiring(session), remind_expiring(session)) == (1, 0)
            assert waiting(session, owner) == [listing.id]
        with clock.at(listing.expires_at):
            assert remind_expiring(session) == 0

    def test_renewed_it_lasts_another_year_with_another_reminder(self, session, opened, owner):
        listing = opened()

        with clock.at(listing.expires_at - dt.timedelta(days=1)):
            remind_expiring(session)
            LISTING_FLOW.perform(session, listing, "renew", actor=owner)
            assert listing.expires_at == clock.now() + LIFETIME
            assert waiting(session, owner) == []
            renewed_at = clock.now()
        with clock.at(renewed_at + dt.timedelta(days=2)):
            assert close_due(session) == 0
        with clock.at(listing.expires_at - REMINDED_BEFORE):
            assert remind_expiring(session) == 1

    def test_it_cannot_be_renewed_long_before(self, session, opened, owner):
        listing = opened()

        with pytest.raises(Refused, match="30 days before"):
            LISTING_FLOW.perform(session, listing, "renew", actor=owner)

    def test_opened_again_its_year_begins_anew(self, session, opened, owner):
        listing = opened()
        with clock.at(listing.expires_at):
            close_due(session)

        with clock.at(listing.expires_at + dt.timedelta(days=40)):
            LISTING_FLOW.perform(session, listing, "reopen", actor=owner)
            assert close_due(session) == 0
            assert listing.expires_at == clock.now() + LIFETIME

    @pytest.mark.parametrize("values", [{"closes_on": "2031-01-15"}, {"source": "NSF Award Search"}])
    def test_neither_a_deadline_nor_a_source_leaves_anything_to_renew(self, session, opened, owner, values):
        listing = opened(closes_on=values.get("closes_on"))
        listing.source_note = values.get("source", "")
        session.flush()

        with clock.at(clock.now() + LIFETIME + dt.timedelta(days=1)):
            assert (close_due(session), remind_expiring(session)) == (0, 0)
            assert "renew" not in offered(session, listing, owner)
        assert listing.expires_at is None

    def test_a_deadline_taken_away_leaves_a_year(self, session, opened, owner):
        listing = opened(closes_on="2031-01-15")

        with clock.at(clock.now() + LIFETIME * 2):
            edit_listing(session, listing, written(Kind.CHALLENGE, **TEXT), actor=owner)
            assert listing.expires_at == clock.now() + LIFETIME


def waiting(session, actor):
    return [row.id for row in session.execute(listings_to_renew(actor))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_saving_an_approved_day_again_changes_nothing(session, organisation, owner):
    values = TEXT | {"opens_on": "2027-10-31", "opens_time": "02:30"}  # shown twice that night
    listing = draft_listing(session, written(Kind.CHALLENGE, **values), organisation_id=organisation.id, actor=owner)

    assert edit_listing(session, listing, written(Kind.CHALLENGE, **values), actor=owner) is False
    assert listing.opens_at == dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)
