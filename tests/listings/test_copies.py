"""A new draft made of an old listing, and the page as readers will see it."""

import dataclasses
import datetime as dt

import pytest

from portal.kernel import clock
from portal.listings.actions import add_field
from portal.listings.states import Intake, Kind, ListingState, Visibility
from tests import build
from tests.listings.pages import HOSTILE, form_of, listings, value_in
from tests.listings.texts import TEXTS

DATES = {"closes_on", "starts_on", "ends_on"}


def without_dates(name, value):
    """What a copy says instead: phases without their days, and no sessions at all."""
    if name == "phases":
        return tuple(dataclasses.replace(phase, ends_on=None) for phase in value)
    return () if name == "sessions" else None if name in DATES else value


@pytest.fixture
def written_by(browser_of, db):
    """`written_by("owner", kind)`: a draft that says everything, written in that person's browser."""

    def make(name, kind):
        sent = form_of(TEXTS[kind]) | {"fields": ["1.2", "2"]}
        assert browser_of(name).submit(f"/listings/new/{kind.value}", sent).status_code == 303
        return listings(db)[-1]

    return make


@pytest.mark.parametrize("kind", list(Kind))
def test_a_copy_says_all_but_the_dates(browser_of, written_by, db, kind):
    original = written_by("owner", kind)

    answer = browser_of("owner").submit(f"{original.href}/copy")

    first, copy = listings(db)
    assert (answer.status_code, answer.location) == (303, f"{copy.href}/edit")
    assert (copy.state, copy.owner_id, copy.organisation_id) == (ListingState.DRAFT, first.owner_id, first.organisation_id)
    assert (copy.title, copy.description, copy.skills) == (first.title, first.description, first.skills)
    assert (copy.visibility, copy.intake) == (Visibility.REGISTERED, Intake.PROPOSAL)
    assert (first.questions_until is None, copy.questions_until) == (False, None)
    assert [term.code for term in copy.fields] == ["1.2", "2"]
    assert (first.closes_at is None, copy.closes_at) == (False, None)
    for name in {column.name for column in first.detail.__table__.columns} - {"listing_id"}:
        expected = without_dates(name, getattr(first.detail, name))
        assert (name, getattr(copy.detail, name)) == (name, expected)
    assert build.facts(db, copy) == ["listing.drafted"]


def test_a_copy_of_what_was_closed_begins_anew(browser_of, post, db):
    closed = post(state=ListingState.CLOSED, title="Every spring")

    browser_of("owner").submit(f"{closed.href}/copy")

    copy = listings(db)[-1]
    assert (copy.title, copy.state, copy.published_at, copy.note) == ("Every spring", ListingState.DRAFT, None, "")


def test_the_same_button_pressed_twice_makes_one_copy(browser_of, post, db):
    listing, owner = post(), browser_of("owner")
    key = value_in(owner.get(listing.href), "form_key")

    answers = [owner.submit(f"{listing.href}/copy", {"form_key": key}).location for _ in range(2)]

    assert len(set(answers)) == 1
    assert len(listings(db)) == 2


def test_whoever_posts_for_the_organisation_copies_what_they_can_read(browser_of, post, db):
    """Administrators of an organisation may post; an officer may read a draft and not post."""
    open_one, draft = post(), post(state=ListingState.DRAFT)
    expected = {
        open_one.href: {"visitor": 303, "stranger": 403, "colleague": 403, "officer": 403, "operator": 403, "administrator": 303},
        draft.href: {"visitor": 404, "stranger": 404, "colleague": 404, "officer": 403, "operator": 404, "administrator": 404},
    }

    for href, answers in expected.items():
        for name, status in answers.items():
            assert (href, name, browser_of(name).submit(f"{href}/copy").status_code) == (href, name, status)

    copies = [listing.owner.name for listing in listings(db) if listing.id not in (open_one.id, draft.id)]
    assert copies == ["Ada Admin"]


def test_the_copy_is_offered_to_those_who_may_make_one(browser_of, post):
    listing = post()

    shown = {
        name: f'{listing.href}/copy"' in browser_of(name).get(listing.href).text for name in ("owner", "officer", "stranger")
    }

    assert shown == {"owner": True, "officer": False, "stranger": False}


def test_what_was_taken_over_from_a_source_is_not_copied(browser_of, post, db):
    listing = post(source_note="NSF Award Search, public domain")

    assert browser_of("owner").submit(f"{listing.href}/copy").status_code == 403
    assert len(listings(db)) == 1


def test_hostile_keys_make_a_copy_and_no_failure(browser_of, post, db):
    listing, owner = post(), browser_of("owner")

    for name, hostile in HOSTILE.items():
        assert (name, owner.submit(f"{listing.href}/copy", {"form_key": hostile}).status_code) == (name, 303)


class TestPreview:
    def test_shows_what_readers_will_see_and_nothing_of_the_owners(self, browser_of, post):
        draft = post(state=ListingState.DRAFT, title="Soon open")
        owner = browser_of("owner")

        page = owner.get(f"{draft.href}/preview")

        assert (page.status_code, "Soon open" in page.text, "How to answer" in page.text) == (200, True, True)
        assert "Helena Brandt answers for this listing" in page.text
        for own in ("Send for review", "Your turn", "/copy", "/edit", "Draft"):
            assert (own, own in page.text) == (own, False)
        assert f'href="{draft.href}/preview"' in owner.get(draft.href).text

    def test_visitors_see_no_name(self, browser_of, post):
        draft = post(state=ListingState.DRAFT)

        page = browser_of("owner").get(f"{draft.href}/preview?as=visitor").text

        assert ("Helena Brandt answers" in page, "Visitors do not find this listing" in page) == (False, False)

    @pytest.mark.parametrize("visibility", [Visibility.REGISTERED, Visibility.ORGANISATION])
    def test_says_what_visitors_do_not_find(self, browser_of, post, visibility):
        draft = post(state=ListingState.DRAFT, visibility=visibility)

        assert "Visitors do not find this listing" in browser_of("owner").get(f"{draft.href}/preview?as=visitor").text

    def test_is_the_owners_alone(self, browser_of, post):
        draft, open_one = post(state=ListingState.DRAFT), post()
        answers = {"visitor": (404, 303), "stranger": (404, 403), "officer": (403, 403), "operator": (404, 403)}

        for name, statuses in answers.items():
            browser = browser_of(name)
            assert (name, *(browser.get(f"{x.href}/preview").status_code for x in (draft, open_one))) == (name, *statuses)

    def test_asks_the_database_as_often_for_many_fields_as_for_one(self, browser_of, count_statements, post, db):
        terms = [add_field(db, "oecd-ford", code, code)[0] for code in ("5", "6", "7")]
        db.commit()
        owner = browser_of("owner")

        def asked(listing):
            owner.get(f"{listing.href}/preview")
            with count_statements() as statements:
                assert owner.get(f"{listing.href}/preview").status_code == 200
            return len(statements)

        one, many = (asked(post(state=ListingState.DRAFT, fields=chosen)) for chosen in (terms[:1], terms))
        assert one == many <= 6

    def test_a_deadline_that_passed_shows_as_it_will(self, browser_of, post):
        past = clock.now() - dt.timedelta(days=1)
        draft = post(state=ListingState.DRAFT, closes_at=past)

        assert "How to answer" not in browser_of("owner").get(f"{draft.href}/preview").text
