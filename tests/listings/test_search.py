"""What the search is told of listings, and what its results show."""

import datetime as dt

import pytest
from markupsafe import Markup, escape
from sqlalchemy import select

from portal.kernel.events import Event
from portal.kernel.policy import VISITOR, Role
from portal.listings.actions import add_field, draft_listing
from portal.listings.inputs import written
from portal.listings.models import Field
from portal.listings.policies import FINDABLE
from portal.listings.search import SEARCHED
from portal.listings.states import Kind, ListingState, Visibility
from tests import build
from tests.listings.texts import TEXTS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(session):
    return build.an_organisation(session, "Tidewell Water")


@pytest.fixture
def owner(session, organisation):
    return build.a_member(session, organisation, Role.POSTER)


def opened(session, organisation, owner, kind=Kind.CHALLENGE, **values):
    actor = build.actor_of(session, owner)
    text = written(kind, **(TEXTS[kind] | {"visibility": "public"} | values))
    listing = draft_listing(session, text, organisation_id=organisation.id, actor=actor)
    build.walk(session, build.LISTING_FLOW, listing, ListingState.PUBLISHED, by=actor)
    return listing


def mark(text, _most, _number):
    return Markup("<mark>{}</mark>").format(text)


def test_a_document_says_what_the_listing_says(session, organisation, owner):
    listing = opened(session, organisation, owner)

    (document,) = SEARCHED.documents(session, [listing.id])

    assert (document.reference, document.title, document.kind) == (listing.reference, listing.title, "challenge")
    assert (document.organisation, document.organisation_id) == ("Tidewell Water", organisation.id)
    assert (document.paid, document.remote, document.place) == (True, True, "Port Hallam")
    assert document.closes_at == int(dt.datetime(2027, 1, 15, 16, tzinfo=dt.UTC).timestamp())
    assert (document.skills, document.trl) == (("Python", "Signal processing"), 3)
    for word in ("engineers", "runs offline", "University groups"):
        assert word in document.text
    assert "##" not in document.text


def test_a_field_is_found_by_what_it_belongs_to(session, organisation, owner):
    for code, label, parent in (("1", "Natural sciences", ""), ("1.2", "Computing", "1"), ("1.2.1", "Robotics", "1.2")):
        add_field(session, "oecd-ford", code, label, parent=parent)
    field = session.scalars(select(Field).where(Field.label == "Robotics")).one()
    listing = build.a_listing(session, owner, organisation)
    listing.fields.append(field)
    session.flush()

    (document,) = SEARCHED.documents(session, [listing.id])

    upwards = ("Robotics", "Computing", "Natural sciences")
    assert (document.fields, tuple(document.topics.split("\n")[-3:])) == (upwards, upwards)
    above = session.scalars(select(Field).where(Field.label == "Natural sciences")).one()
    renamed = Event(kind="field.changed", subject_type="field", subject_id=above.id, data={"into_id": None})
    assert SEARCHED.touched(session, [renamed]) == {listing.id}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_told_and_shown(session, organisation, owner, kind):
    listing = opened(session, organisation, owner, kind)

    (document,) = SEARCHED.documents(session, [listing.id])
    (row,) = SEARCHED.rows(session, VISITOR, [listing.id], mark)

    assert (document.kind, row["kind"], row["href"]) == (str(kind.value), str(kind.value), listing.href)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [(Visibility.PUBLIC, {"public"}), (Visibility.REGISTERED, {"registered"}), (Visibility.ORGANISATION, {"org:{}"})],
)
def test_readers_are_those_it_was_published_for(session, organisation, owner, visibility, readers):
    listing = build.a_listing(session, owner, organisation, visibility=visibility)

    (document,) = SEARCHED.documents(session, [listing.id])

    assert set(document.readers) == {token.format(organisation.id) for token in readers}


@pytest.mark.parametrize("state", [state for state in ListingState if state not in FINDABLE])
def test_what_is_neither_open_nor_announced_is_not_told(session, organisation, owner, state):
    listing = build.a_listing(session, owner, organisation, state=state)

    assert SEARCHED.documents(session, [listing.id]) == []
    assert list(SEARCHED.all_ids(session)) == []
    assert SEARCHED.rows(session, build.actor_of(session, owner), [listing.id], mark) == []


def test_results_are_checked_once_more_and_keep_their_order(session, organisation, owner):
    first, second, inside = [build.a_listing(session, owner, organisation) for _ in range(3)]
    inside.visibility = Visibility.ORGANISATION
    session.flush()

    rows = SEARCHED.rows(session, VISITOR, [second.id, inside.id, first.id], mark)

    assert [row["href"] for row in rows] == [second.href, first.href]


def test_titles_of_results_are_escaped(session, organisation, owner):
    listing = opened(session, organisation, owner, title="<script>alert(1)</script>")

    (row,) = SEARCHED.rows(session, VISITOR, [listing.id], mark)

    assert escape(row["title"]) == Markup("<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark>")


def test_events_touch_their_listing_and_all_of_a_changed_organisation(session, organisation, owner):
    listing, other = opened(session, organisation, owner), build.a_listing(session)
    events = session.scalars(select(Event).order_by(Event.id)).all()

    of_listing = [e for e in events if e.subject_type == "listing" and e.subject_id == listing.id]
    of_organisation = [e for e in events if e.subject_type == "organisation" and e.subject_id == organisation.id]

    assert SEARCHED.touched(session, of_listing) == {listing.id}
    assert SEARCHED.touched(session, of_organisation) == {listing.id}
    assert SEARCHED.touched(session, events) == {listing.id, other.id}
    assert SEARCHED.organisations(session, [organisation.id]) == {organisation.id: "Tidewell Water"}
