"""Who is told of what, and never somebody who may not read it."""

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts import actions as accounts
from portal.accounts.actions import ask_for_address
from portal.accounts.queries import live_ticket
from portal.accounts.states import Purpose
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.kernel.subjects import load_subject
from portal.organisations.actions import join, request_membership, set_roles
from portal.organisations.inputs import Joining, RolesGiven
from portal.organisations.notices import NOTICES
from portal.organisations.queries import membership_of
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from tests.build import ADMIN, GIVEN, a_member, a_person, actor_of, an_organisation, facts
from tests.organisations.make import administrator_of, at


def told(session, kind):
    """Account ids of those who are told of the last fact of that kind."""
    event = session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id.desc())).first()
    return [each.account_id for notice in NOTICES if notice.fact.kind == kind for each in notice.concerned(session, event)]


def test_a_request_is_told_to_those_who_answer_it(session):
    organisation = an_organisation(session)
    a_person(session, admin=True)
    keepers = [a_member(session, organisation, Role.ADMINISTRATOR).id for _ in range(2)]
    a_member(session, organisation, Role.OFFICER)

    request_membership(session, organisation, Joining(introduction="I work there."), actor=at(session, "a@b.example"))

    assert told(session, "membership.requested") == keepers


def change_address(session, account, address):
    ticket = live_ticket(session, Purpose.NEW_ADDRESS, ask_for_address(session, account, address))
    accounts.change_address(session, ticket, actor=actor_of(session, account))


def test_a_member_whose_new_address_is_elsewhere_stays_and_their_keepers_are_told(session):
    organisation = an_organisation(session, domain="fjorden.example")
    keeper = a_member(session, organisation, Role.ADMINISTRATOR)
    member = a_member(session, organisation)

    change_address(session, member, "ada@elsewhere.example")

    assert told(session, "membership.address_left") == [keeper.id]
    assert membership_of(session, member.id, organisation.id).is_active


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("fjorden.example", "ada@fjorden.example"),
        ("fjorden.example", "ada@physics.fjorden.example"),
        (None, "ada@elsewhere.example"),
    ],
)
def test_nobody_is_told_where_the_address_says_nothing_new(session, domain, address):
    organisation = an_organisation(session, domain=domain)
    a_member(session, organisation, Role.ADMINISTRATOR)

    change_address(session, a_member(session, organisation), address)

    assert "membership.address_left" not in facts(session)


def test_a_request_that_nobody_keeps_is_told_to_the_portals_administrators(session):
    organisation = an_organisation(session)
    operator, closed = a_person(session, admin=True), a_person(session, admin=True)
    closed.active = False
    a_member(session, organisation)

    request_membership(session, organisation, Joining(introduction="I work there."), actor=at(session, "a@b.example"))

    assert told(session, "membership.requested") == [operator.id]


def test_the_person_hears_the_answer_and_of_their_roles(session):
    organisation = an_organisation(session)
    keeper, person = administrator_of(session, organisation), at(session, "a@b.example")
    membership = request_membership(session, organisation, Joining(introduction="I work there."), actor=person)

    MEMBERSHIP_FLOW.perform(session, membership, "decline", actor=keeper, given=GIVEN["Reason"])
    assert told(session, "membership.declined") == [person.id]
    request_membership(session, organisation, Joining(introduction="I work there."), actor=person)
    MEMBERSHIP_FLOW.perform(session, membership, "confirm", actor=keeper)
    assert told(session, "membership.admitted") == [person.id]
    set_roles(session, membership, RolesGiven(["officer"]), actor=keeper)
    assert told(session, "membership.roles_changed") == [person.id]
    MEMBERSHIP_FLOW.perform(session, membership, "end", actor=keeper)
    assert told(session, "membership.ended") == [person.id]


def test_who_joined_by_address_needs_no_message(session):
    organisation = an_organisation(session, domain="uni.example")

    join(session, organisation, Joining(introduction="I work there."), actor=at(session, "a@uni.example"))

    assert told(session, "membership.admitted") == []


def test_the_check_is_told_to_the_organisations_administrators(session):
    organisation = an_organisation(session, verified=False)
    keeper = administrator_of(session, organisation)
    a_member(session, organisation)

    ORGANISATION_FLOW.perform(session, organisation, "reject", actor=ADMIN, given=GIVEN["Reason"])
    assert told(session, "organisation.refused") == [keeper.id]
    ORGANISATION_FLOW.perform(session, organisation, "ask_again", actor=keeper)
    ORGANISATION_FLOW.perform(session, organisation, "verify", actor=ADMIN)
    assert told(session, "organisation.verified") == [keeper.id]


def test_everybody_who_is_told_may_open_what_the_message_links_to(session):
    organisation = an_organisation(session)
    a_member(session, organisation, Role.ADMINISTRATOR)
    person = a_person(session)
    membership = request_membership(session, organisation, Joining(introduction="I work there."), actor=actor_of(session, person))

    for account_id in (*told(session, "membership.requested"), person.id):
        actor = wiring.actor_for(session, account_id)
        assert load_subject(session, "membership", membership.id, actor=actor) is membership
