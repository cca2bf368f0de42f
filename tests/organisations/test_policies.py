"""Rules that hold for the portal's administrators in general say the same of each organisation as of the table."""

import pytest
from sqlalchemy import select

from portal.kernel.policy import SYSTEM_ACTOR, VISITOR, Actor, Role
from portal.organisations import policies
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import OrganisationState
from portal.organisations.workflow import ORGANISATION_FLOW
from tests.build import ADMIN, a_member, a_person, a_request, actor_of, an_organisation, walk

OF_ORGANISATIONS = ("READ", "MEMBERS_READ", "DOMAINS_EDIT", "EDIT", "SETTINGS_READ", "WRITE_TO")
OF_MEMBERSHIPS = ("MEMBERSHIP_READ", "CONFIRM", "ROLES_EDIT")


@pytest.fixture
def actors(session):
    """One for each relation to the organisations in every state."""
    actors = [VISITOR, SYSTEM_ACTOR, ADMIN]
    for state in OrganisationState:
        organisation = an_organisation(session, verified=False)
        walk(session, ORGANISATION_FLOW, organisation, state, by=ADMIN)
        for roles in ((), (Role.OFFICER,), (Role.ADMINISTRATOR,)):
            actors.append(actor_of(session, a_member(session, organisation, *roles)))
        a_request(session, a_person(session), organisation)
    return actors


def test_rules_say_of_each_thing_what_they_filter(session, actors):
    for name in OF_ORGANISATIONS + OF_MEMBERSHIPS:
        model = Organisation if name in OF_ORGANISATIONS else Membership
        rule = getattr(policies, name)
        for actor in actors:
            said = {thing.id for thing in session.scalars(select(model)) if rule.holds(actor, thing)}
            assert (name, said) == (name, set(session.scalars(select(model.id).where(rule.where(actor)))))


def test_nobody_confirms_their_own_request(session):
    organisation = an_organisation(session)
    operator = a_person(session, admin=True)
    request = a_request(session, operator, organisation)

    assert not policies.CONFIRM.holds(actor_of(session, operator), request)
    assert policies.CONFIRM.holds(Actor(id=-1, is_admin=True), request)
