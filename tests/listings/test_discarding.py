"""Drafts that nobody else ever read can be removed for good."""

import pytest

from portal.kernel.errors import Forbidden
from portal.listings.actions import discard_draft
from portal.listings.states import Kind, ListingState
from tests import build
from tests.listings.pages import listings


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_is_gone_with_all_its_parts(session, kind):
    listing = build.a_listing(session, kind=kind, state=ListingState.DRAFT)
    owner = build.actor_of(session, listing.owner)

    discard_draft(session, listing, actor=owner)

    for table in ("listing", f"listing_{kind.value}"):
        assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    assert build.facts(session)[-1] == "listing.discarded"


@pytest.mark.parametrize("state", [ListingState.IN_REVIEW, ListingState.PUBLISHED, ListingState.WITHDRAWN])
def test_what_others_have_read_stays(session, state):
    listing = build.a_listing(session, state=state)

    with pytest.raises(Forbidden):
        discard_draft(session, listing, actor=build.actor_of(session, listing.owner))


def test_discarding_asks_first(db, browser_of, post):
    listing, owner = post(state=ListingState.DRAFT), browser_of("owner")
    assert browser_of("officer").get(f"{listing.href}/discard").status_code == 403
    assert browser_of("colleague").submit(f"{listing.href}/discard").status_code == 404
    assert "Nobody can bring it back" in owner.get(f"{listing.href}/discard").text
    assert f"{listing.href}/discard" in owner.get(listing.href).text

    assert owner.submit(f"{listing.href}/discard").location == "/listings"
    assert listings(db) == []
    assert owner.get(listing.href).status_code == 404
    assert owner.get("/me/activity").status_code == 200
