"""What tests of organisations begin with."""

from portal.accounts.models import Kind, User
from portal.kernel.policy import Role
from portal.organisations.inputs import NewOrganisation
from tests.build import a_member, a_person, actor_of


def new(**values):
    """A company that is not here yet."""
    return NewOrganisation(**{"name": "Tidewell Water", "kind": "company"} | values)


def at(session, address, kind=Kind.COMPANY):
    """An actor with that confirmed address."""
    account = a_person(session, kind=kind)
    account.email = address
    session.flush()
    return actor_of(session, account)


def account_of(session, actor):
    return session.get_one(User, actor.id)


def administrator_of(session, organisation, *roles):
    """An actor who administers `organisation`."""
    return actor_of(session, a_member(session, organisation, Role.ADMINISTRATOR, *roles))
