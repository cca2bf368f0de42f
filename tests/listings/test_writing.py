"""Writing a listing in the browser: drafts, clarifications, conflicts, and what arrives from people who try things."""

import re

import pytest
from markupsafe import escape

from portal.kernel.policy import Role
from portal.listings.states import Kind, ListingState, Visibility
from tests import build
from tests.listings.pages import HOSTILE, form_of, listings, value_in
from tests.listings.texts import TEXTS


@pytest.mark.parametrize("kind", list(Kind))
def test_a_full_form_becomes_a_draft_and_a_preview(browser_of, db, kind):
    owner = browser_of("owner")
    key = value_in(owner.get(f"/listings/new/{kind.value}"), "form_key")

    sent = form_of(TEXTS[kind]) | {"form_key": key, "fields": ["1.2", "2"], "go": "preview"}
    answer = owner.submit(f"/listings/new/{kind.value}", sent)

    (listing,) = listings(db)
    assert (answer.status_code, answer.location) == (303, listing.href)
    assert (listing.state, listing.kind, len(listing.fields)) == (ListingState.DRAFT, kind, 2)
    assert [name for name in TEXTS[kind] if name in vars(listing.detail) and getattr(listing.detail, name) is None] == []
    preview = owner.get(answer.location)
    assert (preview.status_code, "Send for review" in preview.text) == (200, True)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_title_is_enough_to_save_a_draft(browser_of, db, kind):
    answer = browser_of("owner").submit(f"/listings/new/{kind.value}", {"title": "Later more", "places": "1", "go": "leave"})

    assert (answer.status_code, answer.location) == (303, "/listings")
    assert [listing.title for listing in listings(db)] == ["Later more"]


def test_a_form_without_title_is_shown_again_with_what_was_written(browser_of, db):
    page = browser_of("owner").submit(
        "/listings/new/challenge", form_of(TEXTS[Kind.CHALLENGE]) | {"title": "", "budget_minor": "much"}
    )

    assert page.status_code == 422
    assert "<title>Error:" in page.text
    for text in ("2 answers need another look", 'href="#title"', 'href="#budget_minor"', 'value="much"', "Port Hallam"):
        assert text in page.text
    assert listings(db) == []


def test_a_double_click_makes_one_listing(browser_of, db):
    owner = browser_of("owner")
    sent = {"title": "Once", "form_key": value_in(owner.get("/listings/new/project"), "form_key")}

    first, second = [owner.submit("/listings/new/project", sent) for _ in range(2)]

    assert first.location == second.location
    assert len(listings(db)) == 1


def test_who_may_not_post_is_told_how_to_get_there(browser_of, db):
    for name in ("colleague", "operator"):
        browser = browser_of(name)
        page = browser.get("/listings/new/challenge")
        assert (page.status_code, "You cannot post yet" in page.text, "<textarea" in page.text) == (200, True, False)
        assert browser.submit("/listings/new/challenge", {"title": "T"}).status_code == 422
    assert browser_of("visitor").get("/listings/new/challenge").status_code == 303
    assert browser_of("visitor").submit("/listings/new/challenge", {"title": "T"}).status_code == 303
    assert listings(db) == []


@pytest.mark.parametrize("kind", ["", "nonsense", "Challenge", "%00", "challenge/x"])
def test_a_kind_nobody_knows_is_missing(browser_of, kind):
    assert browser_of("owner").get(f"/listings/new/{kind}").status_code == 404


def test_who_posts_for_two_organisations_chooses(browser_of, people, db):
    second = build.an_organisation(db, "Second")
    build.join(db, people.owner, second, Role.ADMINISTRATOR)
    third = build.an_organisation(db, "Third")
    build.join(db, people.owner, third)
    db.commit()
    owner = browser_of("owner")

    offered = re.findall(r'<option value="(\d+)"', owner.get("/listings/new/training").text)
    assert {int(number) for number in offered} == {people.organisation.id, second.id}

    for number, status in ((third.id, 422), ("", 422), ("x", 422), (second.id, 303)):
        answer = owner.submit("/listings/new/training", {"title": "T", "organisation_id": number})
        assert (number, answer.status_code) == (number, status)
    assert [listing.organisation.name for listing in listings(db)] == ["Second"]


@pytest.mark.parametrize("kind", list(Kind))
def test_hostile_text_in_every_field_is_refused_and_kept(browser_of, db, kind):
    owner = browser_of("owner")

    for name, hostile in HOSTILE.items():
        sent = dict.fromkeys([*TEXTS[kind], "fields", "organisation_id", "version", "go"], hostile)
        page = owner.submit(f"/listings/new/{kind.value}", sent)
        kept = str(escape(hostile.replace("\x00", ""))) in page.text.replace("\x00", "")
        assert (name, page.status_code, kept, "<script>alert" in page.text) == (name, 422, True, False)

    assert listings(db) == []


def test_100_kb_in_one_field_are_refused_there_and_kept(browser_of, db):
    owner = browser_of("owner")

    for field in ("title", "summary", "description", "skills", "place", "budget_minor", "closes_on", "time_zone"):
        page = owner.submit("/listings/new/challenge", form_of(TEXTS[Kind.CHALLENGE]) | {field: "x" * 100_000})
        told = f'href="#{field}"' in page.text and "1 answer needs another look" in page.text
        kept = "x" * 100_000 in page.text or field == "time_zone"  # an unknown choice cannot be shown
        assert (field, page.status_code, told, kept) == (field, 422, True, True)

    assert listings(db) == []


def test_hostile_text_as_form_key_changes_nothing(browser_of, db):
    owner = browser_of("owner")

    for name, hostile in HOSTILE.items():
        answer = owner.submit("/listings/new/project", {"title": name, "form_key": hostile})
        assert (name, answer.status_code) == (name, 303)

    assert [listing.title for listing in listings(db)] == list(HOSTILE)


def test_broken_bodies_are_no_failure(browser_of, db):
    owner = browser_of("owner")
    token = value_in(owner.get("/listings/new/project"), "csrf_token").encode()
    bodies = {
        b"title=%ED%A0%80": 303,
        b"title=%FF%FE": 303,
        b"title[]=x": 422,
        b"%00=%00": 422,
        b"title=&title=b": 422,
        b"&&===": 422,
    }

    for body, status in bodies.items():
        sent = {"data": b"csrf_token=" + token + b"&" + body, "content_type": "application/x-www-form-urlencoded"}
        assert (body, owner.post("/listings/new/project", **sent).status_code) == (body, status)

    assert [listing.title for listing in listings(db)] == ["%ED%A0%80", "%FF%FE"]


def test_nothing_is_saved_without_the_forms_token(browser_of, db):
    assert browser_of("owner").post("/listings/new/project", data={"title": "T"}).status_code == 400
    assert listings(db) == []


class TestEditing:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_the_form_shows_the_listing_and_saves_what_changed(self, browser_of, post, db, kind):
        listing = post(kind=kind, state=ListingState.DRAFT)
        owner = browser_of("owner")
        page = owner.get(f"{listing.href}/edit")
        sent = form_of(TEXTS[kind]) | {"version": value_in(page, "version")}

        assert listing.title in page.text
        answer = owner.submit(f"{listing.href}/edit", sent)

        assert (answer.status_code, answer.location) == (303, listing.href)
        assert listings(db)[0].title == TEXTS[kind]["title"]

    def test_an_old_version_is_refused_and_the_text_kept_for_a_second_try(self, browser_of, post, db):
        listing = post(state=ListingState.DRAFT)
        owner = browser_of("owner")
        old = value_in(owner.get(f"{listing.href}/edit"), "version")
        owner.submit(f"{listing.href}/edit", {"title": "Faster", "version": old})

        page = owner.submit(f"{listing.href}/edit", {"title": "Slower", "description": "All my work", "version": old})

        assert (page.status_code, "Somebody was faster" in page.text, "All my work" in page.text) == (409, True, True)
        assert listings(db)[0].title == "Faster"
        again = owner.submit(f"{listing.href}/edit", {"title": "Slower", "version": value_in(page, "version")})
        assert (again.status_code, listings(db)[0].title) == (303, "Slower")

    def test_a_version_that_never_was_is_refused(self, browser_of, post, db):
        listing = post(state=ListingState.DRAFT)
        owner = browser_of("owner")

        for sent in ({}, *({"version": version} for version in ("", "x", "0", "-1", "\x00", "9" * 100))):
            assert (sent, owner.submit(f"{listing.href}/edit", {"title": "New"} | sent).status_code) == (sent, 409)
        assert listings(db)[0].title == listing.title

    def test_what_went_to_review_meanwhile_is_refused_with_the_text(self, browser_of, post):
        listing = post(state=ListingState.IN_REVIEW)
        owner = browser_of("owner")

        page = owner.submit(
            f"{listing.href}/edit", {"title": "New", "description": "All my work", "version": str(listing.version)}
        )

        assert (page.status_code, "In review" in page.text, "All my work" in page.text) == (409, True, True)
        assert owner.get(f"{listing.href}/edit").status_code == 409

    @pytest.mark.parametrize(
        ("state", "answers"),
        [
            ("published", {"visitor": 303, "stranger": 403, "colleague": 403, "officer": 403, "operator": 403, "owner": 200}),
            ("draft", {"visitor": 404, "stranger": 404, "colleague": 404, "administrator": 404, "officer": 403, "operator": 404}),
        ],
    )
    def test_only_the_owner_edits(self, browser_of, post, db, state, answers):
        listing = post(state=ListingState(state))
        sent = {"title": "Taken over", "version": str(listing.version)}

        for name, status in answers.items():
            assert (name, browser_of(name).get(f"{listing.href}/edit").status_code) == (name, status)
            if name != "owner":
                assert (name, browser_of(name).submit(f"{listing.href}/edit", sent).status_code) == (name, status)
        assert listings(db)[0].title == listing.title

    def test_an_open_listing_keeps_what_people_rely_on(self, browser_of, post, db):
        listing = post(visibility=Visibility.REGISTERED)
        owner = browser_of("owner")
        page = owner.get(f"{listing.href}/edit")

        assert ('name="visibility"' in page.text, 'name="currency"' in page.text) == (False, False)
        sent = {"title": "Clearer", "summary": "s", "description": "d", "visibility": "public", "currency": "USD"}
        owner.submit(f"{listing.href}/edit", sent | {"version": value_in(page, "version")})

        (saved,) = listings(db)
        assert (saved.title, saved.visibility, saved.currency) == ("Clearer", Visibility.REGISTERED, "EUR")

    def test_a_deadline_brought_forward_is_refused_at_its_field(self, browser_of, post, db):
        listing = post()
        sent = form_of(TEXTS[Kind.CHALLENGE]) | {"closes_on": "2026-12-01", "version": str(listing.version)}

        page = browser_of("owner").submit(f"{listing.href}/edit", sent)

        assert (page.status_code, 'href="#closes_on"' in page.text, "Port Hallam" in page.text) == (422, True, True)
        assert listings(db)[0].title == listing.title
