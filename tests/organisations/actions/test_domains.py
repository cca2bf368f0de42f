"""Which domains an organisation can have, on both databases."""

import pytest

from portal.kernel.errors import Forbidden, Invalid
from portal.organisations.actions import (
    add_domain,
    remove_domain,
)
from portal.organisations.inputs import NewDomain
from portal.organisations.queries import domains_of, organisation_for_address
from tests.build import ADMIN, a_member, actor_of, an_organisation, facts
from tests.organisations.make import account_of, administrator_of


def administrator_at(session, organisation, address):
    """An actor with that address who administers `organisation`."""
    account = account_of(session, administrator_of(session, organisation))
    account.email = address
    session.flush()
    return actor_of(session, account)


def test_administrator_adds_the_domain_of_the_own_address_only(session):
    organisation = an_organisation(session)
    actor = administrator_at(session, organisation, "helena@tidewell.example")

    add_domain(session, organisation, NewDomain("tidewell.example"), actor=actor)
    for domain in ("lab.tidewell.example", "other.example"):
        with pytest.raises(Invalid):
            add_domain(session, organisation, NewDomain(domain), actor=actor)

    assert organisation_for_address(session, "rui@lab.tidewell.example") is organisation
    assert facts(session, organisation)[-1] == "organisation.domain_added"


@pytest.mark.parametrize("address", ["a@uni.example", "a@lab.uni.example", "a@example", "a@unl.example", "a@paypa1.example"])
def test_administrator_adds_nothing_near_anothers_domain(session, address):
    an_organisation(session, domain="uni.example")
    an_organisation(session, domain="lab.unl.example")
    an_organisation(session, domain="paypal.example")
    organisation = an_organisation(session)
    actor = administrator_at(session, organisation, address)

    with pytest.raises(Invalid):
        add_domain(session, organisation, NewDomain(address.partition("@")[2]), actor=actor)


def test_portal_administrator_adds_any_domain_with_a_note(session):
    organisation = an_organisation(session)

    with pytest.raises(Invalid) as refused:
        add_domain(session, organisation, NewDomain("uni.example"), actor=ADMIN)
    assert refused.value.field == "note"
    add_domain(session, organisation, NewDomain("uni.example", note="Its website."), actor=ADMIN)


def test_a_domain_belongs_to_one_organisation(session):
    an_organisation(session, domain="uni.example")
    other = an_organisation(session)

    with pytest.raises(Invalid):
        add_domain(session, other, NewDomain("uni.example", note="Its letter.", despite_likeness=True), actor=ADMIN)


def test_a_lookalike_is_added_knowingly_or_not_at_all(session):
    an_organisation(session, domain="lindmoor.example")
    other = an_organisation(session)

    with pytest.raises(Invalid, match=r"looks like lindmoor\.example"):
        add_domain(session, other, NewDomain("lindrnoor.example", note="Its letter."), actor=ADMIN)
    add_domain(session, other, NewDomain("lindrnoor.example", note="Compared.", despite_likeness=True), actor=ADMIN)


def test_a_part_of_an_organisation_may_have_its_own_domain_and_wins(session):
    university, hospital = an_organisation(session, domain="uni.example"), an_organisation(session)
    add_domain(session, hospital, NewDomain("hospital.uni.example", note="Its letter."), actor=ADMIN)

    assert organisation_for_address(session, "a@ward.hospital.uni.example") is hospital
    assert organisation_for_address(session, "a@cs.uni.example") is university


def test_removed_domain_admits_nobody_more(session):
    organisation = an_organisation(session, domain="uni.example")
    stranger = actor_of(session, a_member(session, organisation))
    (domain,) = domains_of(session, organisation.id)

    with pytest.raises(Forbidden):
        remove_domain(session, organisation, domain, actor=stranger)
    remove_domain(session, organisation, domain, actor=administrator_of(session, organisation))
    assert organisation_for_address(session, "a@uni.example") is None
