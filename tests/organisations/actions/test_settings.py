"""What an organisation leaves to everybody, and what people say of their own place in it."""

import datetime as dt

import pytest

from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import VISITOR, Role
from portal.organisations.actions import describe_membership, join, set_roles, set_up_organisation
from portal.organisations.inputs import Affiliation, Joining, OrganisationSettings, RolesGiven
from portal.organisations.policies import WRITE_TO
from portal.organisations.queries import membership_of, memberships_of
from portal.organisations.states import MembershipState
from portal.organisations.workflow import MEMBERSHIP_FLOW
from tests.build import a_member, a_person, actor_of, an_organisation, facts
from tests.build import join as make_member
from tests.organisations.make import administrator_of, at

# One system is enough: the columns are as plain as can be.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OPEN = {"admission": "at_once", "posting": "everybody", "contact": "registered"}


def set_up(session, organisation, **values):
    keeper = administrator_of(session, organisation)
    set_up_organisation(session, organisation, OrganisationSettings(**OPEN | values), actor=keeper)


def test_an_organisation_confirms_each_one_if_it_wants(session):
    organisation = an_organisation(session, domain="uni.example")
    set_up(session, organisation, admission="confirmed")
    ingrid = at(session, "ingrid@uni.example")

    with pytest.raises(Invalid, match="Write a sentence"):
        join(session, organisation, Joining(), actor=ingrid)
    membership = join(session, organisation, Joining(introduction="I teach hydraulics."), actor=ingrid)

    assert (membership.state, membership.introduction) == (MembershipState.REQUESTED, "I teach hydraulics.")
    assert (membership.answer_by - membership.created_at).days == 7
    assert facts(session, organisation)[-1] == "organisation.set"


def test_an_organisation_names_its_posters_if_it_wants(session):
    organisation = an_organisation(session, domain="uni.example")
    set_up(session, organisation, posting="chosen")

    membership = join(session, organisation, Joining(), actor=at(session, "ingrid@uni.example"))

    assert membership.role_set == {Role.MEMBER}


@pytest.mark.parametrize(
    ("contact", "may"),
    [("registered", {"member", "colleague", "registered"}), ("colleagues", {"member", "colleague"}), ("nobody", {"member"})],
)
def test_an_organisation_says_who_may_write_to_its_office(session, contact, may):
    organisation = an_organisation(session)
    set_up(session, organisation, contact=contact)
    people = {
        "visitor": VISITOR,
        "registered": actor_of(session, a_person(session)),
        "colleague": actor_of(session, a_member(session, an_organisation(session))),
        "member": actor_of(session, a_member(session, organisation)),
    }

    assert {name for name, actor in people.items() if WRITE_TO.holds(actor, organisation)} == may


def test_only_its_administrators_change_settings(session):
    organisation = an_organisation(session)
    officer = actor_of(session, a_member(session, organisation, Role.OFFICER))

    for actor in (officer, administrator_of(session, an_organisation(session)), VISITOR):
        with pytest.raises(Forbidden):
            set_up_organisation(session, organisation, OrganisationSettings(**OPEN), actor=actor)


def test_a_signatory_signs_up_to_an_amount_and_nobody_else_has_one(session):
    organisation = an_organisation(session)
    keeper = administrator_of(session, organisation)
    membership = membership_of(session, a_member(session, organisation).id, organisation.id)

    set_roles(session, membership, RolesGiven(["signatory"], limit_minor="50,000", limit_currency="EUR"), actor=keeper)
    assert (membership.limit_minor, membership.limit_currency) == (5_000_000, "EUR")
    set_roles(session, membership, RolesGiven(["officer"], limit_minor="50,000", limit_currency="EUR"), actor=keeper)
    assert (membership.limit_minor, membership.limit_currency) == (None, "")
    for wrong in ({"limit_minor": "lots"}, {"limit_currency": "XXX"}):
        with pytest.raises(Invalid):
            RolesGiven(["signatory"], **wrong)


def test_one_of_several_organisations_comes_first(session):
    account = a_person(session)
    places = [make_member(session, account, an_organisation(session)) for _ in range(2)]
    actor = actor_of(session, account)

    for place in places:
        describe_membership(session, place, Affiliation("Professor", "2021-10-01", None, True), actor=actor)

    assert [(each.is_main, each.began_on) for each in memberships_of(session, account.id)] == [
        (True, dt.date(2021, 10, 1)),
        (False, dt.date(2021, 10, 1)),
    ]
    assert facts(session, places[1])[-1] == "membership.described"
    with pytest.raises(Invalid, match="before"):
        Affiliation(began_on="2021-10-01", ends_on="2020-10-01")
    with pytest.raises(Forbidden):
        describe_membership(session, places[0], Affiliation(), actor=actor_of(session, a_person(session)))
    MEMBERSHIP_FLOW.perform(session, places[1], "leave", actor=actor)
    assert not places[1].is_main
    with pytest.raises(Refused):
        describe_membership(session, places[1], Affiliation(), actor=actor)
