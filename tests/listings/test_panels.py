"""What listings add to an organisation's page."""

import pytest

from portal.kernel.policy import VISITOR, Role
from portal.listings.panels import ORGANISATION
from portal.listings.states import ListingState, Visibility
from tests import build

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_panel_shows_open_listings_or_stays_away(session):
    organisation = build.an_organisation(session)
    owner = build.a_member(session, organisation, Role.POSTER)
    build.a_listing(session, owner, organisation, state=ListingState.DRAFT)
    inside = build.a_listing(session, owner, organisation, visibility=Visibility.ORGANISATION)

    assert ORGANISATION.load(session, VISITOR, organisation) is None
    shown = ORGANISATION.load(session, build.actor_of(session, owner), organisation)
    assert [line.id for line in shown["listings"]] == [inside.id]
