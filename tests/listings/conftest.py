"""A company with everybody who has to do with its listings, and browsers for them."""

from types import SimpleNamespace

import pytest

from portal.kernel.policy import Role
from portal.listings.actions import add_field
from tests import build


@pytest.fixture
def people(db):
    """`people.owner`, `.officer`, `.administrator`, `.colleague`, `.stranger`, `.operator`, and their `.organisation`."""
    organisation = build.an_organisation(db, "Tidewell Water")
    for code, label in (("1", "Natural sciences"), ("1.2", "Computer sciences"), ("2", "Engineering")):
        add_field(db, "oecd-ford", code, label)
    made = SimpleNamespace(
        organisation=organisation,
        owner=build.a_member(db, organisation, Role.POSTER, name="Helena Brandt"),
        officer=build.a_member(db, organisation, Role.OFFICER, name="Olaf Officer"),
        administrator=build.a_member(db, organisation, Role.ADMINISTRATOR, name="Ada Admin"),
        colleague=build.a_member(db, organisation, name="Cora Colleague"),
        stranger=build.a_member(db, build.an_organisation(db, "Elsewhere"), Role.POSTER, Role.OFFICER, name="Sid Stranger"),
        operator=build.a_person(db, "Otto Operator", admin=True),
    )
    db.commit()
    return made


@pytest.fixture
def browser_of(people, client_of):
    """`browser_of("owner")`: that person's browser; `browser_of("visitor")` one of nobody."""
    return lambda name: client_of(getattr(people, name, None))


@pytest.fixture
def post(db, people):
    """`post(…)`: a listing of the company, committed."""

    def make(**values):
        listing = build.a_listing(db, people.owner, people.organisation, **values)
        db.commit()
        return listing

    return make
