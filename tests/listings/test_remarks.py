"""Remarks of moderation on single parts, read by the owner where they are to be followed."""

import pytest

from portal.kernel.errors import Invalid
from portal.listings.inputs import Review
from portal.listings.states import ListingState
from tests.listings.pages import HOSTILE, listings

SENT = {"text": "Two things.", "summary": "Name the <result>.", "details": "Which budget?", "title": "  "}


def test_only_parts_that_something_was_said_about_are_kept():
    assert Review("Two things.", summary=" Clearer ", title="").remarks == {"summary": "Clearer"}
    with pytest.raises(Invalid) as refusal:
        Review("", title="x" * 1001)
    assert {problem.field for problem in refusal.value.all()} == {"text", "title"}


def test_remarks_stand_beside_their_fields_until_the_listing_is_sent_again(browser_of, post, db):
    listing = post(state=ListingState.IN_REVIEW)
    operator, owner = browser_of("operator"), browser_of("owner")
    assert 'name="summary"' in operator.get(f"{listing.href}/steps/ask_changes").text

    assert operator.submit(f"{listing.href}/steps/ask_changes", SENT).status_code == 303

    assert listings(db)[0].remarks == {"summary": "Name the <result>.", "details": "Which budget?"}
    page = owner.get(f"{listing.href}/edit").text
    assert page.index("Name the &lt;result&gt;.") < page.index('name="summary"') < page.index("Which budget?")
    assert owner.submit(f"{listing.href}/edit", {"title": "", "version": "0"}).text.count("Which budget?") == 1

    owner.submit(f"{listing.href}/steps/submit")
    assert (listings(db)[0].state, listings(db)[0].remarks) == (ListingState.IN_REVIEW, {})


def test_readers_see_none_of_them(browser_of, post):
    listing = post(state=ListingState.IN_REVIEW)
    browser_of("operator").submit(f"{listing.href}/steps/ask_changes", SENT)

    for name in ("officer", "owner"):
        assert "Which budget?" not in browser_of(name).get(listing.href).text


def test_hostile_remarks_are_kept_as_text_or_refused(browser_of, post):
    operator = browser_of("operator")
    for name, hostile in HOSTILE.items():
        listing = post(state=ListingState.IN_REVIEW)
        answer = operator.submit(f"{listing.href}/steps/ask_changes", {"text": "Why", "summary": hostile})
        assert (name, answer.status_code) == (name, 422 if len(hostile) > 1000 else 303)
