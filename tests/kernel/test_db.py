"""Transactions and inserts that may meet somebody faster."""

from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.organisations.models import Organisation, OrganisationDomain
from tests.build import an_organisation, facts


def a_domain(organisation: Organisation) -> OrganisationDomain:
    return OrganisationDomain(organisation_id=organisation.id, domain="uni.example", verified_at=clock.now())


def test_add_unique_says_whether_it_was_first_and_leaves_the_rest_in_place(session):
    first, second = an_organisation(session), an_organisation(session)

    assert add_unique(session, a_domain(first))
    assert not add_unique(session, a_domain(second))

    third = an_organisation(session)
    session.commit()
    assert session.scalars(select(OrganisationDomain.organisation_id)).all() == [first.id]
    assert "organisation.verified" in facts(session, third)
