"""Organisations that publish at once, the check afterwards, and appeals against a suspension."""

import pytest

from portal.kernel.errors import Forbidden, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.listings.actions import end_trust, give_trust
from portal.listings.inputs import Trust
from portal.listings.queries import appeals_to_answer, listing_in_full, listings_to_check, trusted_organisations
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW
from tests import build
from tests.listings.pages import listings, value_in

WHY = Reason("Because of the test.")


@pytest.fixture
def operator(session):
    return build.actor_of(session, build.a_person(session, admin=True))


@pytest.fixture
def host(session, operator):
    host = build.an_organisation(session, "Quay Works")
    give_trust(session, Trust("Twenty listings without a fault.", "quay works"), actor=operator)
    return host


def draft(session, host, **values):
    owner = build.a_member(session, host, Role.POSTER)
    listing = build.a_listing(session, owner, host, state=ListingState.DRAFT, **values)
    return listing_in_full(session, listing.id), build.actor_of(session, owner)


def waits_for(session, source, actor):
    return [row.id for row in session.execute(source(actor))]


def steps(session, listing, actor):
    return [offer.action for offer in LISTING_FLOW.offered(actor, listing, session=session)]


def test_a_trusted_organisation_publishes_at_once_and_is_checked_afterwards(session, host, operator):
    listing, owner = draft(session, host)
    assert steps(session, listing, owner) == ["publish_at_once"]

    LISTING_FLOW.perform(session, listing, "publish_at_once", actor=owner)
    assert (listing.state, waits_for(session, listings_to_check, operator)) == (ListingState.PUBLISHED, [listing.id])

    LISTING_FLOW.perform(session, listing, "check", actor=operator)
    assert (listing.state, waits_for(session, listings_to_check, operator)) == (ListingState.PUBLISHED, [])
    assert build.facts(session, listing)[-2:] == ["listing.published", "listing.checked"]


def test_others_are_checked_before(session, operator):
    listing, owner = draft(session, build.an_organisation(session))

    assert steps(session, listing, owner) == ["submit"]
    with pytest.raises(Forbidden):
        LISTING_FLOW.perform(session, listing, "publish_at_once", actor=owner)


def test_the_first_suspension_ends_the_trust(session, host, operator):
    listing, owner = draft(session, host)
    LISTING_FLOW.perform(session, listing, "publish_at_once", actor=owner)

    LISTING_FLOW.perform(session, listing, "suspend", actor=operator, given=WHY)

    assert trusted_organisations(session) == []
    assert build.facts(session, host)[-2:] == ["listing.trust_given", "listing.trust_ended"]
    assert steps(session, listing_in_full(session, draft(session, host)[0].id), owner) == []
    with pytest.raises(Refused):
        give_trust(session, Trust("Again.", "Quay Works"), actor=build.actor_of(session, _insider(session, host)))


def _insider(session, host):
    account = build.a_member(session, host)
    account.is_admin = True
    session.flush()
    return account


def test_trust_is_given_once_and_ended_by_administrators_only(session, host, operator):
    outsider = build.actor_of(session, build.a_member(session, host, Role.ADMINISTRATOR))
    for forbidden in (
        lambda: give_trust(session, Trust("Why", "Quay Works"), actor=outsider),
        lambda: end_trust(session, host.id, actor=outsider),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    with pytest.raises(Refused, match="already"):
        give_trust(session, Trust("Twice.", "Quay Works"), actor=operator)

    end_trust(session, host.id, actor=operator)
    assert trusted_organisations(session) == []


def suspended(session, by):
    listing = build.a_listing(session)
    LISTING_FLOW.perform(session, listing, "suspend", actor=by, given=WHY)
    return listing, build.actor_of(session, listing.owner)


def test_an_appeal_is_made_once_and_answered_by_somebody_else(session, operator):
    other = build.actor_of(session, build.a_person(session, admin=True))
    listing, owner = suspended(session, operator)

    LISTING_FLOW.perform(session, listing, "appeal", actor=owner, given=Reason("It was another company’s text."))
    assert "appeal" not in steps(session, listing, owner)
    assert (waits_for(session, appeals_to_answer, operator), waits_for(session, appeals_to_answer, other)) == ([], [listing.id])
    for action in ("restore", "uphold"):
        with pytest.raises(Refused, match="another administrator"):
            LISTING_FLOW.perform(session, listing, action, actor=operator, given=WHY)

    LISTING_FLOW.perform(session, listing, "uphold", actor=other, given=Reason("It is the same text."))
    assert (listing.state, listing.note) == (ListingState.SUSPENDED, "It is the same text.")
    assert waits_for(session, appeals_to_answer, other) == []
    with pytest.raises(Forbidden):
        LISTING_FLOW.perform(session, listing, "appeal", actor=owner, given=WHY)


def test_the_only_administrator_answers_the_appeal_themselves(session, operator):
    listing, owner = suspended(session, operator)
    LISTING_FLOW.perform(session, listing, "appeal", actor=owner, given=WHY)

    assert waits_for(session, appeals_to_answer, operator) == [listing.id]
    LISTING_FLOW.perform(session, listing, "restore", actor=operator)
    assert listing.state is ListingState.PUBLISHED


def test_trust_walks_through_its_pages(app, db, people, browser_of, post):
    operator, owner = browser_of("operator"), browser_of("owner")
    assert owner.get("/admin/trusted").status_code == 404
    wrong = operator.submit("/admin/trusted", {"organisation": "Nobody", "text": "A reason"})
    assert (wrong.status_code, "A reason" in wrong.text, "No verified organisation" in wrong.text) == (422, True, True)

    assert operator.submit("/admin/trusted", {"organisation": "Tidewell Water", "text": "Long known"}).status_code == 303
    assert "Long known" in operator.get("/admin/trusted").text
    listing = post(state=ListingState.DRAFT)
    assert owner.submit(f"{listing.href}/steps/publish_at_once").status_code == 303
    assert "not checked yet" in operator.get("/admin").text
    page = operator.get(f"/admin/listings/{listing.id}")
    assert operator.submit(f"{listing.href}/steps/check", {"version": value_in(page, "version")}).status_code == 303

    sent = {"text": "A complaint"}
    assert operator.submit(f"{listing.href}/steps/suspend", sent).status_code == 303
    assert owner.submit(f"{listing.href}/steps/appeal", {"text": "A misunderstanding"}).status_code == 303
    assert "A misunderstanding" in operator.get(listing.href).text
    assert listings(db)[0].state is ListingState.SUSPENDED
    assert operator.submit(f"/admin/trusted/{people.organisation.id}/end").status_code == 404  # it ended already
