"""Which domains an organisation can have, on both databases."""

import pytest

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import Role
from portal.organisations.actions import add_domain, claim_domain, confirm_domain, remove_domain
from portal.organisations.inputs import ClaimedDomain, DomainCode, NewDomain
from portal.organisations.queries import domains_of, organisation_for_address
from tests.build import ADMIN, a_member, actor_of, an_organisation, facts
from tests.organisations.make import administrator_of


def test_a_code_read_at_the_domain_adds_it_once(session):
    organisation = an_organisation(session)
    keeper = administrator_of(session, organisation)

    claim, code = claim_domain(session, organisation, ClaimedDomain("@Tidewell.example", "hostmaster"), actor=keeper)
    assert claim.address == "hostmaster@tidewell.example"
    assert organisation_for_address(session, "rui@tidewell.example") is None
    with pytest.raises(Invalid):
        confirm_domain(session, organisation, DomainCode("0000000000"), actor=keeper)
    confirm_domain(session, organisation, DomainCode(f" {code[:5].lower()}-{code[5:]} "), actor=keeper)

    assert organisation_for_address(session, "rui@lab.tidewell.example") is organisation
    assert facts(session, organisation)[-2:] == ["organisation.domain_claimed", "organisation.domain_added"]
    with pytest.raises(Invalid):
        confirm_domain(session, organisation, DomainCode(code), actor=keeper)


def test_a_code_is_good_for_an_hour_for_the_last_claim_of_one_organisation(session):
    organisation, other = an_organisation(session), an_organisation(session)
    keeper, elsewhere = administrator_of(session, organisation), administrator_of(session, other)
    _, replaced = claim_domain(session, organisation, ClaimedDomain("tidewell.example"), actor=keeper)
    claim, code = claim_domain(session, organisation, ClaimedDomain("tidewell.example"), actor=keeper)

    for organisation_asking, actor, shown in ((organisation, keeper, replaced), (other, elsewhere, code)):
        with pytest.raises(Invalid):
            confirm_domain(session, organisation_asking, DomainCode(shown), actor=actor)
    claim.expires_at = clock.now()
    session.flush()
    with pytest.raises(Invalid):
        confirm_domain(session, organisation, DomainCode(code), actor=keeper)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.POSTER])
def test_only_administrators_claim_and_a_few_at_a_time(session, role):
    organisation = an_organisation(session)
    with pytest.raises(Forbidden):
        claim_domain(
            session, organisation, ClaimedDomain("a.example"), actor=actor_of(session, a_member(session, organisation, role))
        )
    keeper = administrator_of(session, organisation)
    for number in range(5):
        claim_domain(session, organisation, ClaimedDomain(f"d{number}.example"), actor=keeper)
    with pytest.raises(Refused):
        claim_domain(session, organisation, ClaimedDomain("d6.example"), actor=keeper)


@pytest.mark.parametrize("domain", ["uni.example", "lab.uni.example", "unl.example", "paypa1.example", "раураӏ.example"])
def test_nothing_near_anothers_domain_is_claimed(session, domain):
    for taken in ("uni.example", "lab.unl.example", "paypal.example"):
        an_organisation(session, domain=taken)
    organisation = an_organisation(session)

    with pytest.raises(Invalid):
        claim_domain(session, organisation, ClaimedDomain(domain), actor=administrator_of(session, organisation))


def test_only_the_portals_administrators_vouch(session):
    organisation = an_organisation(session)

    with pytest.raises(Forbidden):
        add_domain(session, organisation, NewDomain("a.example", "Mine."), actor=administrator_of(session, organisation))


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
