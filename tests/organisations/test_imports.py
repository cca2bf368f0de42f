import pytest
from sqlalchemy import select

from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel.errors import Invalid
from portal.kernel.policy import Actor
from portal.organisations.imports import OFFERS, Met, Named, organisation_for
from portal.organisations.models import Organisation, OrganisationDomain
from portal.organisations.states import OrganisationKind, OrganisationState
from tests.build import a_person, an_organisation

ROR = {
    "id": "https://ror.org/03gq8fr08",
    "name": "Rutherford Appleton Laboratory",
    "acronyms": ["RAL"],
    "types": ["facility", "funder"],
    "status": "active",
    "city": "Didcot",
    "country_code": "GB",
    "website": "https://example.org/ral/",
    "domains": ["ral.example"],
}


@pytest.fixture
def admin(session):
    account = a_person(session, "Operator", admin=True)
    session.commit()
    return Actor(id=account.id, name="Operator", is_admin=True)


@pytest.fixture
def take(session, admin):
    def run(kind, *records):
        return run_import(session, enumerate(records, 1), OFFERS[kind](Terms(admin)))

    return run


def numbers(report):
    return report.created, report.updated, report.unchanged, report.refused


def everything(session):
    return session.scalars(select(Organisation).order_by(Organisation.id)).all()


def domains(session):
    return session.scalars(select(OrganisationDomain.domain).order_by(OrganisationDomain.domain)).all()


def test_a_register_brings_verified_organisations_with_their_domains(session, take):
    report = take("organisations", ROR)

    [made] = everything(session)
    assert numbers(report) == (1, 0, 0, 0)
    assert (made.name, made.short_name, made.ror) == ("Rutherford Appleton Laboratory", "RAL", "03gq8fr08")
    assert (made.kind, made.city, made.country_code) == (OrganisationKind.INSTITUTE, "Didcot", "GB")
    assert (made.website, made.is_verified) == ("https://example.org/ral/", True)
    assert domains(session) == ["ral.example"]


def test_the_same_register_again_changes_nothing_and_a_new_one_what_is_new(session, take):
    take("organisations", ROR)

    assert numbers(take("organisations", ROR)) == (0, 0, 1, 0)
    assert numbers(take("organisations", {**ROR, "city": "Harwell"})) == (0, 1, 0, 0)
    assert [each.city for each in everything(session)] == ["Harwell"]


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["education", "funder"], OrganisationKind.UNIVERSITY),
        (["funder", "company"], OrganisationKind.COMPANY),
        (["government"], OrganisationKind.PUBLIC),
        (["funder"], OrganisationKind.PUBLIC),
        (None, OrganisationKind.PUBLIC),
    ],
)
def test_the_kind_is_told_by_the_types(session, take, types, kind):
    take("organisations", {**ROR, "types": types})

    assert [each.kind for each in everything(session)] == [kind]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "inactive"}, "The register says that this organisation is closed."),
        ({"status": "withdrawn"}, "The register says that this organisation is closed."),
        (
            {"id": "https://ror.org/03gq8fr09"},
            "id: This ROR id has a mistyped character: its last two digits do not fit the rest.",
        ),
        ({"id": None}, "id: The record has no id of its own."),
        ({"name": " "}, "name: Fill this in."),
    ],
)
def test_what_is_no_living_organisation_is_refused(session, take, values, reason):
    report = take("organisations", {**ROR, **values})

    assert [str(each) for each in report.refusals[0].reasons] == [reason]
    assert everything(session) == []


@pytest.mark.parametrize("value", [None, "", 5, [], {}, ["a", 1, None], True, "javascript:alert(1)", "x" * 3000])
def test_a_field_of_the_wrong_type_is_left_out_or_refused_but_breaks_nothing(take, value):
    records = [{**ROR, name: value} for name in ROR]

    assert take("organisations", *records).read == len(records)


def test_companies_are_found_again_under_every_way_to_write_them(session, admin, take):
    take(
        "companies",
        {"symbol": "HD", "name": "Home Depot (The)", "sub_industry": "Home Improvement", "headquarters": "Atlanta, Georgia"},
        {"symbol": "V", "name": "Visa Inc.", "headquarters": "San Francisco, California"},
    )
    depot, visa = everything(session)

    assert (depot.name, depot.sector, depot.city) == ("The Home Depot", "Home Improvement", "Atlanta")
    for name, company in [("Home Depot (The)", depot), ("HOME DEPOT", depot), ("Visa", visa), ("Visa, Inc.", visa)]:
        assert organisation_for(session, Named(name, OrganisationKind.COMPANY), actor=admin, met=Met()) is company
    for name, kind in [("Visa", OrganisationKind.PUBLIC), ("Visa Europe", OrganisationKind.COMPANY)]:
        assert organisation_for(session, Named(name, kind), actor=admin, met=Met()) not in (depot, visa)


def test_an_organisation_named_with_its_ror_id_is_that_one_whatever_its_name(session, admin, take):
    take("organisations", ROR)
    [known] = everything(session)

    named = Named("Rutherford Lab", OrganisationKind.INSTITUTE, ror="https://ror.org/03gq8fr08")

    assert organisation_for(session, named, actor=admin, met=Met()) is known


def test_an_organisation_that_nobody_knows_is_entered_and_verified(session, admin):
    made = organisation_for(session, Named("CodeRefinery", OrganisationKind.INSTITUTE), actor=admin, met=Met())

    assert (made.name, made.state) == ("CodeRefinery", OrganisationState.VERIFIED)


@pytest.mark.parametrize("name", ["", "  ", "123"])
def test_a_name_that_is_none_makes_no_organisation(session, admin, name):
    with pytest.raises(Invalid):
        organisation_for(session, Named(name, OrganisationKind.COMPANY), actor=admin, met=Met())


def test_domains_of_universities_are_added_to_those_that_are_here(session, take):
    an_organisation(session, "Lindmoor University")
    session.commit()
    take("organisations", ROR)

    report = take(
        "university_domains",
        {"name": "Lindmoor University", "domains": ["lindmoor.example"], "alpha_two_code": "NO"},
        {"name": "Rutherford", "domains": ["ral.example", "rutherford.example"], "alpha_two_code": "GB"},
        {"name": "Nowhere College", "domains": ["nowhere.example"], "alpha_two_code": "GB"},
    )

    assert numbers(report) == (0, 2, 0, 1)
    assert {"lindmoor.example", "ral.example", "rutherford.example"} <= set(domains(session))
    assert "nowhere.example" not in domains(session)
