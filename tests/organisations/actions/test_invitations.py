"""Inviting people: bound to an address, good once and for a while, and never more than its sender may give."""

import datetime as dt

import pytest

from portal.accounts import actions as accounts
from portal.accounts.models import Kind
from portal.accounts.queries import live_ticket
from portal.accounts.states import Purpose
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import Role
from portal.organisations.actions import expire_invitations, invite, set_roles
from portal.organisations.inputs import Inviting, RolesGiven
from portal.organisations.policies import INVITATION_READ
from portal.organisations.queries import membership_of
from portal.organisations.states import InvitationState, MembershipState
from portal.organisations.workflow import INVITATION_FLOW, MEMBERSHIP_FLOW
from tests.build import a_member, a_person, actor_of, an_organisation, facts
from tests.organisations.make import account_of, administrator_of, at

# One system is enough: what is asked in SQL is as plain as can be.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OFFICER = Inviting("Nora@Elsewhere.example", ["officer"], "Counsel")


@pytest.fixture
def organisation(session):
    return an_organisation(session)


@pytest.fixture
def keeper(session, organisation):
    return administrator_of(session, organisation)


def accept(session, invitation, actor):
    INVITATION_FLOW.perform(session, invitation, "accept", actor=actor)


def test_whoever_has_the_address_becomes_what_was_named(session, organisation, keeper):
    nora = at(session, "nora@elsewhere.example")

    invitation = invite(session, organisation, OFFICER, actor=keeper)
    accept(session, invitation, nora)

    membership = membership_of(session, nora.id, organisation.id)
    assert (membership.is_active, membership.role_set, membership.title) == (True, {Role.MEMBER, Role.OFFICER}, "Counsel")
    assert facts(session, invitation) == ["invitation.sent", "invitation.accepted"]
    with pytest.raises(Refused):
        accept(session, invitation, nora)


def test_nobody_else_finds_it_until_they_have_the_address(session, organisation, keeper):
    invitation = invite(session, organisation, OFFICER, actor=keeper)
    account = a_person(session)
    assert not INVITATION_READ.holds(actor_of(session, account), invitation)
    with pytest.raises(Forbidden):
        accept(session, invitation, actor_of(session, account))

    ticket = live_ticket(session, Purpose.NEW_ADDRESS, accounts.ask_for_address(session, account, "nora@elsewhere.example"))
    accounts.change_address(session, ticket, actor=actor_of(session, account))

    accept(session, invitation, actor_of(session, account))
    assert membership_of(session, account.id, organisation.id).is_active


def test_it_ends_by_itself_and_can_be_taken_back(session, organisation, keeper):
    nora = at(session, "nora@elsewhere.example")
    late = invite(session, organisation, OFFICER, actor=keeper)
    late.expires_at = clock.now() - dt.timedelta(seconds=1)
    session.flush()
    with pytest.raises(Refused, match="expired"):
        accept(session, late, nora)

    assert expire_invitations(session) == 1
    assert late.state is InvitationState.EXPIRED
    withdrawn = invite(session, organisation, OFFICER, actor=keeper)
    INVITATION_FLOW.perform(session, withdrawn, "withdraw", actor=keeper)
    with pytest.raises(Refused):
        accept(session, withdrawn, nora)
    assert membership_of(session, nora.id, organisation.id) is None


def test_it_is_worth_what_its_sender_may_still_give(session, organisation, keeper):
    nora = at(session, "nora@elsewhere.example")
    invitation = invite(session, organisation, OFFICER, actor=keeper)
    second = administrator_of(session, organisation)
    set_roles(session, membership_of(session, keeper.id, organisation.id), RolesGiven(()), actor=second)

    with pytest.raises(Refused, match="no administrator there any more"):
        accept(session, invitation, nora)


def test_nobody_invites_themselves_to_an_office(session, organisation, keeper):
    own = account_of(session, keeper)
    invitation = invite(session, organisation, Inviting(own.email, ["signatory"]), actor=keeper)

    with pytest.raises(Refused, match="Somebody else"):
        accept(session, invitation, keeper)


def test_students_are_invited_as_members(session, organisation, keeper):
    mei = at(session, "mei@student.example", Kind.STUDENT)

    with pytest.raises(Refused, match="Students"):
        accept(session, invite(session, organisation, Inviting("mei@student.example", ["poster"]), actor=keeper), mei)


def test_one_address_one_invitation_by_administrators_of_what_was_checked(session, organisation, keeper):
    invite(session, organisation, OFFICER, actor=keeper)

    with pytest.raises(Invalid, match="invited already"):
        invite(session, organisation, OFFICER, actor=keeper)
    for actor in (actor_of(session, a_member(session, organisation, Role.OFFICER)), at(session, "x@y.example")):
        with pytest.raises(Forbidden):
            invite(session, organisation, OFFICER, actor=actor)
    unchecked = an_organisation(session, verified=False)
    with pytest.raises(Refused):
        invite(session, unchecked, OFFICER, actor=administrator_of(session, unchecked))


def test_who_left_comes_back_by_invitation_with_what_it_names_and_no_more(session, organisation, keeper):
    account = a_member(session, organisation, Role.SIGNATORY)
    membership = membership_of(session, account.id, organisation.id)
    MEMBERSHIP_FLOW.perform(session, membership, "end", actor=keeper)

    accept(session, invite(session, organisation, Inviting(account.email, ["officer"]), actor=keeper), actor_of(session, account))

    assert (membership.state, membership.role_set) == (MembershipState.ACTIVE, {Role.MEMBER, Role.OFFICER})
