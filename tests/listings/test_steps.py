"""Moving a listing along in the browser."""

import pytest

from portal.listings.states import ListingState
from tests import build
from tests.listings.pages import HOSTILE, listings, value_in


def test_a_listing_walks_from_draft_to_closed(browser_of, post, db):
    listing = post(state=ListingState.DRAFT)
    owner, operator = browser_of("owner"), browser_of("operator")

    for browser, action in ((owner, "submit"), (operator, "publish"), (owner, "close")):
        answer = browser.submit(f"{listing.href}/steps/{action}")
        assert (action, answer.status_code, answer.location) == (action, 303, listing.href)

    assert listings(db)[0].state is ListingState.CLOSED
    assert build.facts(db, listing) == ["listing.submitted", "listing.published", "listing.closed"]


def test_a_step_taken_twice_happens_once(browser_of, post, db):
    listing = post()
    owner = browser_of("owner")

    answers = [owner.submit(f"{listing.href}/steps/close").status_code for _ in range(2)]

    assert answers == [303, 409]
    assert build.facts(db, listing).count("listing.closed") == 1


def test_a_step_from_an_old_page_is_refused(browser_of, post, db):
    listing = post()

    answer = browser_of("owner").submit(f"{listing.href}/steps/close", {"version": str(listing.version - 1)})

    assert (answer.status_code, listings(db)[0].state) == (409, ListingState.PUBLISHED)


def test_a_step_that_needs_a_reason_asks_for_it(browser_of, post, db):
    listing = post()
    owner = browser_of("owner")
    page = owner.get(f"{listing.href}/steps/withdraw")
    assert (page.status_code, "btn-risk" in page.text, "Withdrawn" in page.text) == (200, True, True)

    assert owner.submit(f"{listing.href}/steps/withdraw", {"text": " "}).status_code == 422
    sent = {"text": "The money is gone.", "version": value_in(page, "version")}
    assert owner.submit(f"{listing.href}/steps/withdraw", sent).status_code == 303

    (saved,) = listings(db)
    assert (saved.state, saved.note) == (ListingState.WITHDRAWN, "The money is gone.")


def test_a_reason_for_an_old_page_is_kept(browser_of, post):
    listing = post()

    page = browser_of("owner").submit(f"{listing.href}/steps/withdraw", {"text": "My reasons", "version": "0"})

    assert (page.status_code, "My reasons" in page.text, "Somebody was faster" in page.text) == (409, True, True)
    assert value_in(page, "version") == str(listing.version)


def test_hostile_reasons_and_versions_are_refused(browser_of, post, db):
    listing, owner = post(), browser_of("owner")

    for name, hostile in HOSTILE.items():
        answer = owner.submit(f"{listing.href}/steps/withdraw", {"text": hostile, "version": hostile})
        assert (name, answer.status_code) == (name, 422 if len(hostile) > 2000 else 409)
    assert listings(db)[0].state is ListingState.PUBLISHED


@pytest.mark.parametrize("name", ["stranger", "owner", "visitor"])
def test_steps_of_others_and_unknown_ones_are_refused(browser_of, post, db, name):
    listing, browser = post(), browser_of(name)
    refused = {"publish": 403, "take_over": 403, "expire": 403, "nonsense": 404, "_state": 404}

    for action, status in (refused | {"submit": 409 if name == "owner" else 403}).items():
        assert (action, browser.submit(f"{listing.href}/steps/{action}").status_code) == (action, status)
        assert (action, browser.get(f"{listing.href}/steps/{action}").status_code) == (action, 404)
    assert listings(db)[0].state is ListingState.PUBLISHED


def test_nobody_moves_what_they_cannot_read(browser_of, post, db):
    listing = post(state=ListingState.DRAFT)

    for name in ("visitor", "stranger", "colleague", "administrator", "operator"):
        assert browser_of(name).submit(f"{listing.href}/steps/submit").status_code == 404
    assert listings(db)[0].state is ListingState.DRAFT
