"""What the steps leave behind, on both databases."""

import pytest

from portal.kernel.errors import Forbidden, Refused
from portal.kernel.policy import Role
from portal.organisations.queries import domains_of, membership_of
from portal.organisations.states import MembershipState
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from tests.build import ADMIN, GIVEN, a_member, a_person, a_request, actor_of, an_organisation
from tests.organisations.make import administrator_of


def test_asking_again_keeps_no_former_role(session):
    organisation = an_organisation(session)
    account = a_member(session, organisation, Role.OFFICER, Role.ADMINISTRATOR)
    membership = membership_of(session, account.id, organisation.id)
    MEMBERSHIP_FLOW.perform(session, membership, "end", actor=administrator_of(session, organisation))

    MEMBERSHIP_FLOW.perform(session, membership, "ask_again", actor=actor_of(session, account))

    assert (membership.state, membership.role_set) == (MembershipState.REQUESTED, {Role.MEMBER})


def test_nobody_asks_again_where_nobody_can_join(session):
    organisation = an_organisation(session)
    account = a_member(session, organisation)
    membership = membership_of(session, account.id, organisation.id)
    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=actor_of(session, account))
    ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=ADMIN, given=GIVEN["Reason"])

    with pytest.raises(Refused):
        MEMBERSHIP_FLOW.perform(session, membership, "ask_again", actor=actor_of(session, account))


def test_suspended_organisation_keeps_its_domains_and_is_restored(session):
    organisation = an_organisation(session, domain="uni.example")
    ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=ADMIN, given=GIVEN["Reason"])
    assert organisation.note == "Because of the test."

    ORGANISATION_FLOW.perform(session, organisation, "restore", actor=ADMIN)

    assert organisation.is_verified
    assert organisation.note == ""
    assert [each.domain for each in domains_of(session, organisation.id)] == ["uni.example"]


def test_officers_confirm_nobody_and_end_nothing(session):
    organisation = an_organisation(session)
    officer = actor_of(session, a_member(session, organisation, Role.OFFICER))
    membership = membership_of(session, a_member(session, organisation).id, organisation.id)

    with pytest.raises(Forbidden):
        MEMBERSHIP_FLOW.perform(session, membership, "end", actor=officer)
    with pytest.raises(Forbidden):
        MEMBERSHIP_FLOW.perform(session, a_request(session, a_person(session), organisation), "confirm", actor=officer)
