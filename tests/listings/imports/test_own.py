"""Listings that an organisation's administrator uploads: read as written in the form, changed as the page would let them."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel.policy import Role
from portal.listings.actions import discard_draft, draft_listing
from portal.listings.imports import UPLOADS
from portal.listings.inputs import written
from portal.listings.models import Field, Listing
from portal.listings.queries import exported, listing_in_full
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from tests.build import ADMIN, a_member, actor_of, an_organisation, walk


@pytest.fixture
def keeper(session):
    organisation = an_organisation(session)
    account = a_member(session, organisation, Role.ADMINISTRATOR)
    session.commit()
    return account, organisation


def take(session, keeper, *records, kind=Kind.CHALLENGE):
    account, organisation = keeper
    terms = Terms(actor_of(session, account), organisation_id=organisation.id)
    return run_import(session, list(enumerate(records, 2)), UPLOADS[f"own_{kind.value}"].offer(terms))


def reasons(report):
    return [str(reason) for refusal in report.refusals for reason in refusal.reasons]


def only(session):
    return listing_in_full(session, session.scalars(select(Listing.id)).one())


def test_what_people_write_in_a_table_becomes_a_draft(session, keeper):
    session.add(Field(scheme="oecd-ford", code="1.2", label="Computer and information sciences"))
    session.commit()
    row = {
        "id": "7",
        "title": "  Quiet <b>pumps</b> ",
        "description": "<p>Less <em>noise</em></p><script>x</script>",
        "budget": "EUR 84,500",
        "closes_on": "31 March 2027",
        "visibility": "people with an account",
        "remote": "Yes",
        "skills": "Acoustics; Python",
        "fields": "Computer and information sciences",
        "trl": "4",
        "ip_stance": "shared",
    }
    report = take(session, keeper, row)

    assert report.created == 1, reasons(report)
    listing = only(session)
    assert listing.state is ListingState.DRAFT
    assert (listing.title, listing.description) == ("Quiet pumps", "Less *noise*")
    assert (listing.detail.budget_minor, listing.detail.trl, listing.remote) == (8450000, 4, True)
    assert (listing.visibility.value, listing.detail.ip_stance.value) == ("registered", "shared")
    assert listing.skills == ["Acoustics", "Python"]
    assert [term.code for term in listing.fields] == ["1.2"]
    assert listing.closes_at.date() == dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "A", "closes_on": "3/4/2027"}, "closes_on"),
        ({"title": "A", "remote": "perhaps"}, "remote"),
        ({"title": "A", "budget": "much"}, "budget_minor"),
        ({"title": "A", "trl": "12"}, "trl"),
        ({"title": "A", "time_zone": "Mars/Olympus", "closes_at": "2027-01-01T10:00"}, "time_zone"),
        ({"title": "A", "fields": "Alchemy"}, "fields"),
        ({"id": ""}, "id"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field(session, keeper, record, field):
    report = take(session, keeper, {"id": "1", **record})

    assert report.refused == 1
    assert field in [reason.field for refusal in report.refusals for reason in refusal.reasons]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_listing_taken_along_as_a_table_comes_back_as_it_was(session, keeper, kind):
    account, organisation = keeper
    text = {
        "title": "Quiet pumps",
        "summary": "Short.",
        "description": "### Why\n\n- *one*\n- two",
        "language": "de",
        "remote": True,
        "skills": ["Acoustics", "C++"],
        "closes_on": "2027-03-31",
        "closes_time": "17:00",
        "time_zone": "America/New_York",
    }
    draft_listing(session, written(kind, **text), organisation_id=organisation.id, actor=actor_of(session, account))
    session.commit()
    (row,) = exported(session, actor_of(session, account))
    record = {name.removesuffix("_minor"): value for name, value in row.items() if value}

    report = take(session, keeper, {**record, "id": "copy"}, kind=kind)

    assert report.created == 1, reasons(report)
    first, second = exported(session, actor_of(session, account))
    same = set(first) - {"reference", "href", "created_at"}
    assert {name: second[name] for name in same} == {name: first[name] for name in same}


def test_the_same_again_changes_nothing_and_a_changed_row_changes_its_listing(session, keeper):
    first = {"id": "7", "title": "Quiet pumps", "summary": "Short.", "description": "Long.", "closes_on": "2099-03-31"}
    take(session, keeper, first)
    assert take(session, keeper, first).unchanged == 1

    assert take(session, keeper, {**first, "title": "Quieter pumps"}).updated == 1
    assert only(session).title == "Quieter pumps"

    listing = only(session)
    walk(session, LISTING_FLOW, listing, ListingState.PUBLISHED, by=actor_of(session, keeper[0]), admin=ADMIN)
    session.commit()
    assert take(session, keeper, {**first, "title": "Quieter pumps", "summary": "Shorter."}).updated == 1
    refused = take(session, keeper, {**first, "visibility": "registered"})
    assert reasons(refused) == ["visibility: This cannot change any more: the listing is open and people rely on it."]


def test_a_colleague_changes_nothing_that_is_not_theirs(session, keeper):
    take(session, keeper, {"id": "7", "title": "Quiet pumps"})
    colleague = a_member(session, keeper[1], Role.ADMINISTRATOR)
    session.commit()

    report = take(session, (colleague, keeper[1]), {"id": "7", "title": "Mine now"})

    assert report.refused == 1
    assert only(session).title == "Quiet pumps"


def test_a_draft_that_was_discarded_comes_in_anew(session, keeper):
    take(session, keeper, {"id": "7", "title": "Quiet pumps"})
    discard_draft(session, only(session), actor=actor_of(session, keeper[0]))
    session.commit()

    assert take(session, keeper, {"id": "7", "title": "Quiet pumps"}).created == 1


def test_a_member_without_the_role_brings_nothing_in(session, keeper):
    member = a_member(session, keeper[1])
    session.commit()

    assert take(session, (member, keeper[1]), {"id": "7", "title": "Quiet pumps"}).refused == 1
