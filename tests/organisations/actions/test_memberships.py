"""Joining, asking and roles, on both databases."""

import pytest

from portal.accounts.models import Kind
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import VISITOR, Role
from portal.organisations.actions import (
    join,
    join_by_domain,
    request_membership,
    set_roles,
)
from portal.organisations.inputs import Joining, RolesGiven
from portal.organisations.queries import membership_of
from portal.organisations.states import JoinAs, MembershipState
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from tests.build import ADMIN, GIVEN, a_member, a_person, a_request, actor_of, an_organisation, facts
from tests.organisations.make import account_of, administrator_of, at

MEMBER, OFFICER = Joining(introduction="Ask Ada."), Joining(JoinAs.OFFICER, introduction="Ask Ada.")


def test_address_in_the_domain_joins_at_once_as_poster(session):
    organisation = an_organisation(session, domain="uni.example")

    membership = join(session, organisation, Joining(title="Professor"), actor=at(session, "ingrid@cs.uni.example"))

    assert (membership.state, membership.title) == (MembershipState.ACTIVE, "Professor")
    assert membership.role_set == {Role.MEMBER, Role.POSTER}
    assert facts(session, membership) == ["membership.admitted"]


def test_student_joins_as_member_only_and_never_as_officer(session):
    organisation = an_organisation(session, domain="uni.example")
    student = at(session, "mei@student.uni.example", Kind.STUDENT)

    with pytest.raises(Invalid):
        join(session, organisation, OFFICER, actor=student)
    assert join(session, organisation, MEMBER, actor=student).role_set == {Role.MEMBER}


@pytest.mark.parametrize("address", ["x@uni.example.evil.example", "x@myuni.example", "x@gmail.com"])
def test_address_elsewhere_asks(session, address):
    organisation = an_organisation(session, domain="uni.example")
    actor = at(session, address)

    with pytest.raises(Refused):
        join_by_domain(session, organisation, MEMBER, actor=actor)
    membership = join(session, organisation, MEMBER, actor=actor)

    assert membership.state is MembershipState.REQUESTED
    assert facts(session, membership) == ["membership.requested"]
    assert actor_of(session, account_of(session, actor)).seats == ()


def test_address_that_never_answered_shows_nothing(session):
    organisation = an_organisation(session, domain="uni.example")
    actor = at(session, "ingrid@uni.example")
    account_of(session, actor).confirmed_at = None
    session.flush()

    assert join(session, organisation, MEMBER, actor=actor).state is MembershipState.REQUESTED


def test_officer_waits_for_somebody_else_whatever_the_address(session):
    organisation = an_organisation(session, domain="uni.example")
    officer = at(session, "nora@uni.example")

    membership = join(session, organisation, OFFICER, actor=officer)

    assert membership.state is MembershipState.REQUESTED
    with pytest.raises(Forbidden):
        MEMBERSHIP_FLOW.perform(session, membership, "confirm", actor=officer)
    MEMBERSHIP_FLOW.perform(session, membership, "confirm", actor=ADMIN)
    assert Role.OFFICER in membership.role_set


@pytest.mark.parametrize("state", ["unverified", "suspended"])
def test_nobody_joins_what_is_not_verified(session, state):
    organisation = an_organisation(session, domain="uni.example", verified=state == "suspended")
    if state == "suspended":
        ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=ADMIN, given=GIVEN["Reason"])

    with pytest.raises(Refused):
        join(session, organisation, MEMBER, actor=at(session, "ingrid@uni.example"))


def test_asking_twice_is_refused_with_the_reason(session):
    organisation, actor = an_organisation(session), at(session, "a@b.example")
    request_membership(session, organisation, MEMBER, actor=actor)

    with pytest.raises(Refused, match="You asked already"):
        join(session, organisation, MEMBER, actor=actor)
    MEMBERSHIP_FLOW.perform(session, membership_of(session, actor.id, organisation.id), "confirm", actor=ADMIN)
    with pytest.raises(Refused, match="You belong to"):
        join(session, organisation, MEMBER, actor=actor)


def test_nobody_asks_everywhere(session):
    actor = at(session, "a@b.example")
    for _ in range(5):
        join(session, an_organisation(session), MEMBER, actor=actor)

    with pytest.raises(Refused):
        join(session, an_organisation(session), MEMBER, actor=actor)


def test_who_was_sent_away_comes_back_by_asking_and_without_former_roles(session):
    organisation = an_organisation(session, domain="uni.example")
    actor = at(session, "ingrid@uni.example")
    membership = join(session, organisation, MEMBER, actor=actor)
    keeper = administrator_of(session, organisation)
    set_roles(session, membership, RolesGiven(["officer", "administrator"]), actor=keeper)
    MEMBERSHIP_FLOW.perform(session, membership, "end", actor=keeper)

    again = join(session, organisation, MEMBER, actor=actor)

    assert again is membership
    assert again.state is MembershipState.REQUESTED
    assert again.role_set == {Role.MEMBER, Role.POSTER}


def test_administrator_gives_and_takes_roles(session):
    organisation = an_organisation(session)
    keeper = administrator_of(session, organisation)
    membership = membership_of(session, a_member(session, organisation).id, organisation.id)

    set_roles(session, membership, RolesGiven(["officer"], title="Counsel"), actor=keeper)

    assert (membership.role_set, membership.title) == ({Role.MEMBER, Role.OFFICER}, "Counsel")
    assert facts(session, membership)[-1] == "membership.roles_changed"
    set_roles(session, membership, RolesGiven(()), actor=keeper)
    assert membership.role_set == {Role.MEMBER}


@pytest.mark.parametrize("role", ["officer", "signatory"])
def test_nobody_gives_themselves_power(session, role):
    organisation = an_organisation(session)
    keeper = administrator_of(session, organisation)
    own = membership_of(session, keeper.id, organisation.id)

    with pytest.raises(Invalid, match="Somebody else"):
        set_roles(session, own, RolesGiven(["administrator", role]), actor=keeper)
    set_roles(session, own, RolesGiven(["administrator", "poster"]), actor=keeper)

    second = administrator_of(session, organisation)
    set_roles(session, own, RolesGiven(["administrator", role]), actor=second)
    assert Role(role) in own.role_set


def test_administrator_of_another_organisation_changes_nothing_here(session):
    organisation = an_organisation(session)
    membership = membership_of(session, a_member(session, organisation).id, organisation.id)
    officer = actor_of(session, a_member(session, organisation, Role.OFFICER))

    for actor in (administrator_of(session, an_organisation(session)), officer, VISITOR):
        with pytest.raises(Forbidden):
            set_roles(session, membership, RolesGiven(["officer"]), actor=actor)


def test_last_administrator_stays_until_there_is_another(session):
    organisation = an_organisation(session)
    keeper = administrator_of(session, organisation)
    own = membership_of(session, keeper.id, organisation.id)

    with pytest.raises(Refused, match="Name another administrator"):
        set_roles(session, own, RolesGiven(()), actor=keeper)
    with pytest.raises(Refused, match="Name another administrator"):
        MEMBERSHIP_FLOW.perform(session, own, "leave", actor=keeper)

    administrator_of(session, organisation)
    MEMBERSHIP_FLOW.perform(session, own, "leave", actor=keeper)
    assert own.state is MembershipState.ENDED


def test_roles_of_who_only_asked_cannot_be_set(session):
    organisation = an_organisation(session)
    request = a_request(session, a_person(session), organisation)

    with pytest.raises(Refused):
        set_roles(session, request, RolesGiven(["officer"]), actor=ADMIN)
