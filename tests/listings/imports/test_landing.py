"""Records come in as listings: new, changed, unchanged, over, refused – on both databases."""

import pytest
from sqlalchemy import select

from portal.imports.models import ImportedRecord
from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel.db import transaction
from portal.kernel.policy import Actor
from portal.listings.imports import OFFERS
from portal.listings.models import Listing
from portal.listings.queries import listing_in_full
from portal.listings.states import Kind, ListingState
from portal.organisations.models import Organisation
from tests.build import a_person, facts

FIELDS = [
    {"scheme": "oecd-ford", "code": "1.6", "label": "Biological sciences"},
    {"scheme": "oecd-ford", "code": "2.5", "label": "Materials engineering"},
]
PROJECT = {
    "id": "nsf-1",
    "source": "nsf",
    "title": "Microbes in soils",
    "abstract": "They eat carbon.",
    "institution": "Lindmoor University",
    "programme": "Division Of Environmental Biology",
    "url": "https://example.org/nsf-1",
    "licence": "US-Gov-PD",
}
CHALLENGE = {
    "id": "challengegov-1",
    "source": "challenge.gov",
    "title": "Rust Busters",
    "description": "<p>Steel rusts.</p>",
    "format": "html",
    "organisation": "Bureau of Reclamation",
    "closes": "01/16/2020 08:00 PM",
}


@pytest.fixture
def operator(session):
    with transaction(session):
        return a_person(session, "Operator", admin=True)


@pytest.fixture
def take(session, operator):
    def run(kind, *records, **how):
        actor = Actor(id=operator.id, name=operator.name, is_admin=True)
        dry_run = how.pop("dry_run", False)
        importer = OFFERS[kind](Terms(actor, **how))
        return run_import(session, enumerate(records, 1), importer, dry_run=dry_run)

    return run


def listings(session):
    ids = session.scalars(select(Listing.id).order_by(Listing.id)).all()
    return [listing_in_full(session, listing_id) for listing_id in ids]


def numbers(report):
    return report.created, report.updated, report.unchanged, report.refused


def test_a_record_comes_in_as_an_open_listing_with_credit(session, operator, take):
    take("fields", *FIELDS)

    report = take("projects", PROJECT)

    [listing] = listings(session)
    assert numbers(report) == (1, 0, 0, 0)
    assert (listing.kind, listing.state, listing.owner_id) == (Kind.PROJECT, ListingState.PUBLISHED, operator.id)
    assert (listing.organisation.name, listing.organisation.is_verified) == ("Lindmoor University", True)
    assert [field.code for field in listing.fields] == ["1.6"]
    assert listing.source_url == "https://example.org/nsf-1"
    assert listing.source_note == "National Science Foundation, Award Search · public domain"
    assert facts(session, listing) == ["listing.drafted", "listing.published"]


def test_the_same_record_again_changes_nothing(session, take):
    take("projects", PROJECT)
    before = facts(session)

    assert numbers(take("projects", PROJECT)) == (0, 0, 1, 0)
    assert facts(session) == before


def test_a_record_that_changed_changes_its_listing(session, take):
    take("projects", PROJECT)

    report = take("projects", {**PROJECT, "abstract": "They breathe it out."})

    [listing] = listings(session)
    assert numbers(report) == (0, 1, 0, 0)
    assert listing.description == "They breathe it out."
    assert facts(session, listing)[-1] == "listing.changed"


def test_a_change_that_no_listing_shows_is_no_update_and_is_not_looked_at_again(session, take):
    take("projects", PROJECT)
    changed = {**PROJECT, "instrument": "Standard Grant"}

    assert numbers(take("projects", changed)) == (0, 0, 1, 0)
    assert numbers(take("projects", changed)) == (0, 0, 1, 0)
    assert len(session.scalars(select(ImportedRecord).where(ImportedRecord.subject_type == "listing")).all()) == 1


def test_what_is_over_at_its_source_comes_in_closed(session, take):
    take("challenges", CHALLENGE)

    [listing] = listings(session)
    assert listing.state is ListingState.CLOSED
    assert facts(session, listing) == ["listing.drafted", "listing.published", "listing.closed"]


def test_what_is_over_can_be_kept_open_for_a_demonstration(session, take):
    take("challenges", CHALLENGE, keep_open=True)

    [listing] = listings(session)
    assert (listing.state, listing.closes_at) == (ListingState.PUBLISHED, None)


def test_the_deadline_is_one_of_the_sources_clocks(session, take):
    take("challenges", {**CHALLENGE, "closes": "07/16/2090 08:00 PM"})

    [listing] = listings(session)
    assert listing.closes_at.isoformat() == "2090-07-17T00:00:00+00:00"
    assert listing.state is ListingState.PUBLISHED


def test_fields_that_are_not_in_the_vocabulary_are_left_out(session, take):
    assert numbers(take("projects", PROJECT)) == (1, 0, 0, 0)
    assert listings(session)[0].fields == []


def test_a_record_without_title_is_refused_beside_its_field_and_leaves_no_organisation(session, take):
    report = take("projects", {**PROJECT, "title": "<b></b>"}, {**PROJECT, "id": "nsf-2"})

    assert numbers(report) == (1, 0, 0, 1)
    assert [str(reason) for reason in report.refusals[0].reasons] == ["title: Fill this in."]
    assert [organisation.name for organisation in session.scalars(select(Organisation))] == ["Lindmoor University"]


def test_an_organisation_without_name_is_refused(session, take):
    report = take("projects", {**PROJECT, "institution": None, "funder": None})

    assert [str(reason) for reason in report.refusals[0].reasons] == ["name: Fill this in."]
    assert listings(session) == []


def test_a_dry_run_leaves_nothing(session, take):
    before = facts(session)

    report = take("projects", PROJECT, dry_run=True)

    assert numbers(report) == (1, 0, 0, 0)
    assert listings(session) == []
    assert facts(session) == before


def test_listings_of_one_organisation_share_it(session, take):
    take("projects", PROJECT, {**PROJECT, "id": "nsf-2", "institution": "LINDMOOR  university"})

    first, second = listings(session)
    assert first.organisation_id == second.organisation_id


def test_whoever_is_named_for_an_organisation_answers_for_its_listings(session, take):
    somebody = a_person(session, "Helena")
    session.commit()

    take("projects", PROJECT, owner_of=lambda session: somebody.id)

    assert listings(session)[0].owner_id == somebody.id


def test_a_source_address_that_is_no_page_is_left_out(session, take):
    take("projects", {**PROJECT, "url": "mailto:somebody@example.org"})

    assert listings(session)[0].source_url == ""
