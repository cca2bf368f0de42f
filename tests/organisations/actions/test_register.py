"""Founding, editing and importing organisations, on both databases."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Kind
from portal.imports.report import Outcome
from portal.kernel.errors import Forbidden, Invalid, Refused, Stale
from portal.kernel.policy import VISITOR, Role
from portal.organisations.actions import (
    edit_organisation,
    found_organisation,
    import_organisation,
)
from portal.organisations.inputs import OrganisationProfile, OrganisationRecord
from portal.organisations.models import Membership, Organisation, OrganisationDomain
from portal.organisations.queries import domains_of, membership_of, organisation_for_address
from portal.organisations.states import MembershipState, OrganisationKind, OrganisationState
from portal.organisations.workflow import ORGANISATION_FLOW
from tests.build import ADMIN, GIVEN, a_member, actor_of, an_organisation, facts
from tests.organisations.make import administrator_of, at, new


def test_founder_is_administrator_and_poster_of_an_unverified_organisation(session):
    founder = at(session, "helena@tidewell.example")

    organisation = found_organisation(session, new(), actor=founder)

    membership = membership_of(session, founder.id, organisation.id)
    assert organisation.state is OrganisationState.UNVERIFIED
    assert membership.state is MembershipState.ACTIVE
    assert membership.role_set == {Role.MEMBER, Role.POSTER, Role.ADMINISTRATOR}
    assert facts(session, organisation) == ["organisation.added"]
    assert domains_of(session, organisation.id) == []


def test_founders_domain_counts_once_the_organisation_is_verified(session):
    organisation = found_organisation(session, new(use_domain=True), actor=at(session, "helena@tidewell.example"))

    assert organisation_for_address(session, "rui@lab.tidewell.example") is None
    ORGANISATION_FLOW.perform(session, organisation, "verify", actor=ADMIN)
    assert organisation_for_address(session, "rui@lab.tidewell.example") is organisation


@pytest.mark.parametrize("address", ["helena@gmail.com", "helena@lab.uni.example", "helena@uni.example", "helena@unl.example"])
def test_founder_cannot_claim_what_is_anybodys_or_near_anothers(session, address):
    an_organisation(session, domain="uni.example")
    an_organisation(session, domain="un1.example")

    with pytest.raises(Invalid) as refused:
        found_organisation(session, new(use_domain=True), actor=at(session, address))
    assert refused.value.field == "use_domain"


@pytest.mark.parametrize("name", ["Tidewell Water", "TIDEWELL  water", "Tidewéll Water"])
def test_an_organisation_that_is_here_is_not_entered_again(session, name):
    an_organisation(session, "Tidewell Water")

    with pytest.raises(Invalid, match="is here already"):
        found_organisation(session, new(name=name), actor=at(session, "a@b.example"))


def test_a_hidden_namesake_is_not_given_away(session):
    an_organisation(session, "Tidewell Water", verified=False)

    assert found_organisation(session, new(), actor=at(session, "a@b.example")).name == "Tidewell Water"


def test_addresses_of_namesakes_differ_and_none_is_a_page_of_ours(session):
    actors = [at(session, f"a@b{number}.example") for number in range(3)]
    slugs = [found_organisation(session, new(name="New"), actor=actor).slug for actor in actors]

    assert slugs == ["new-2", "new-3", "new-4"]


def test_visitors_and_students_found_nothing(session):
    for actor in (VISITOR, at(session, "mei@uni.example", Kind.STUDENT)):
        with pytest.raises(Forbidden):
            found_organisation(session, new(), actor=actor)


def test_nobody_has_more_than_three_waiting(session):
    founder = at(session, "helena@tidewell.example")
    for number in range(3):
        found_organisation(session, new(name=f"Tidewell {number}x"), actor=founder)

    with pytest.raises(Refused):
        found_organisation(session, new(name="Tidewell four"), actor=founder)


def test_refused_organisation_holds_neither_domain_nor_register_id(session):
    impostor = found_organisation(session, new(use_domain=True, ror="03gq8fr08"), actor=at(session, "x@tidewell.example"))
    ORGANISATION_FLOW.perform(session, impostor, "reject", actor=ADMIN, given=GIVEN["Reason"])

    real = found_organisation(session, new(use_domain=True, ror="03gq8fr08"), actor=at(session, "y@tidewell.example"))

    assert [each.domain for each in domains_of(session, real.id)] == ["tidewell.example"]
    assert real.ror == "03gq8fr08"


def test_no_table_is_left_half_written_by_a_refusal(session):
    an_organisation(session, domain="tidewell.example")
    session.commit()
    founder = at(session, "helena@tidewell.example")
    session.commit()

    with pytest.raises(Invalid):
        found_organisation(session, new(use_domain=True), actor=founder)
    session.rollback()

    assert len(session.scalars(select(Organisation)).all()) == 1
    assert len(session.scalars(select(OrganisationDomain)).all()) == 1
    assert session.scalars(select(Membership)).all() == []


def profile(organisation, **values):
    return OrganisationProfile(**{"name": organisation.name, "kind": organisation.kind} | values)


def test_edit_by_its_administrator_is_recorded_once(session):
    organisation = an_organisation(session)
    actor = administrator_of(session, organisation)

    edit_organisation(session, organisation, profile(organisation, city="Gent"), actor=actor)
    edit_organisation(session, organisation, profile(organisation, city="Gent"), actor=actor)

    assert organisation.city == "Gent"
    assert facts(session, organisation).count("organisation.changed") == 1


def test_edit_by_others_is_forbidden(session):
    organisation = an_organisation(session)
    for actor in (VISITOR, ADMIN, actor_of(session, a_member(session, organisation, Role.OFFICER))):
        with pytest.raises(Forbidden):
            edit_organisation(session, organisation, profile(organisation, city="Gent"), actor=actor)


def test_edit_of_an_older_version_changes_nothing(session):
    organisation = an_organisation(session)
    actor, seen = administrator_of(session, organisation), str(organisation.version)
    edit_organisation(session, organisation, profile(organisation, city="Gent"), actor=actor, version=seen)

    with pytest.raises(Stale):
        edit_organisation(session, organisation, profile(organisation, city="Brugge"), actor=actor, version=seen)
    assert organisation.city == "Gent"


def test_name_changes_only_until_it_is_verified(session):
    organisation = an_organisation(session, "Tidewel", verified=False)
    actor = administrator_of(session, organisation)
    edit_organisation(session, organisation, profile(organisation, name="Tidewell"), actor=actor)
    ORGANISATION_FLOW.perform(session, organisation, "verify", actor=ADMIN)

    with pytest.raises(Invalid) as refused:
        edit_organisation(session, organisation, profile(organisation, name="Lindmoor University"), actor=actor)
    assert refused.value.field == "name"


def record_of(**values):
    return OrganisationRecord(**{"name": "Rutherford Laboratory", "kind": "institute", "ror": "03gq8fr08"} | values)


def test_imported_organisation_is_verified_by_whoever_vouches(session):
    given = record_of(city="Didcot", domains=["lab.example", "gmail.com", "not a domain", "lab.example"])

    organisation, outcome = import_organisation(session, given, actor=ADMIN)

    assert outcome is Outcome.CREATED
    assert organisation.state is OrganisationState.VERIFIED
    assert facts(session, organisation) == ["organisation.added", "organisation.domain_added", "organisation.verified"]
    assert organisation_for_address(session, "a@lab.example") is organisation


def test_importing_again_changes_what_changed(session):
    organisation, _ = import_organisation(session, record_of(city="Didcot"), actor=ADMIN)

    assert import_organisation(session, record_of(city="Didcot"), actor=ADMIN) == (organisation, Outcome.UNCHANGED)
    assert import_organisation(session, record_of(city="Oxford"), actor=ADMIN) == (organisation, Outcome.UPDATED)
    assert organisation.city == "Oxford"
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_import_does_not_replace_what_its_people_wrote(session):
    organisation, _ = import_organisation(session, record_of(city="Didcot"), actor=ADMIN)
    administrator_of(session, organisation)

    _, outcome = import_organisation(session, record_of(city="Oxford", sector="Physics", name="RAL"), actor=ADMIN)

    assert outcome is Outcome.UPDATED
    assert (organisation.name, organisation.city, organisation.sector) == ("Rutherford Laboratory", "Didcot", "Physics")


def test_import_takes_no_domain_from_anybody(session):
    owner = an_organisation(session, domain="lab.example")

    import_organisation(session, record_of(domains=["lab.example"]), actor=ADMIN)

    assert organisation_for_address(session, "a@lab.example") is owner


def test_import_verifies_nobodys_claim(session):
    claimed = found_organisation(session, new(ror="03gq8fr08"), actor=at(session, "a@b.example"))

    with pytest.raises(Refused):
        import_organisation(session, record_of(), actor=ADMIN)
    assert claimed.state is OrganisationState.UNVERIFIED


def test_company_without_register_id_is_known_by_its_ledger(session):
    organisation, _ = import_organisation(session, record_of(name="3M", kind="company", ror=""), actor=ADMIN)

    found = import_organisation(
        session, record_of(name="3M", kind="company", ror="", sector="Tape"), actor=ADMIN, known=organisation
    )

    assert found == (organisation, Outcome.UPDATED)
    assert organisation.kind is OrganisationKind.COMPANY


def test_only_the_portals_administrators_import(session):
    for actor in (VISITOR, at(session, "a@b.example")):
        with pytest.raises(Forbidden):
            import_organisation(session, record_of(), actor=actor)
