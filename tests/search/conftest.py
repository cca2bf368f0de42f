"""Some listings, found."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.listings.states import Kind, Visibility
from portal.organisations.states import OrganisationKind
from portal.search.indexing import rebuild_all
from tests import build


@pytest.fixture
def found(app, db):
    """Listings in the index; gives the function that takes in what was added."""

    def take_in():
        db.commit()
        rebuild_all(app.extensions["database"], app.extensions["shelves"])

    tidewell = build.an_organisation(db, "Tidewell Water", kind=OrganisationKind.COMPANY)
    soon = clock.now() + dt.timedelta(days=10)
    build.a_listing(db, organisation=tidewell, title="Predict pump failures", place="Lindmoor", remote=True, closes_at=soon)
    build.a_listing(db, title="Pump station survey", kind=Kind.INTERNSHIP, place="Norrby", remote=False)
    build.a_listing(db, title="=SUM(A1) of pumps", place="@home", closes_at=None)
    build.a_listing(db, title="Hidden pump", visibility=Visibility.ORGANISATION, place="Atlantis")
    take_in()
    return take_in


@pytest.fixture
def take_in(app, db):
    """Puts everything into the indexes."""

    def take_in():
        db.commit()
        rebuild_all(app.extensions["database"], app.extensions["shelves"])

    return take_in
