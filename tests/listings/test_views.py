"""Pages of listings as each person sees them."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.listings.actions import add_field
from portal.listings.states import Kind, ListingState, Visibility
from tests import build

EVERYBODY = ("visitor", "stranger", "colleague", "administrator", "officer", "owner", "operator")
INSIDE = ("colleague", "administrator", "officer", "owner")
READERS = {
    "draft": {"officer", "owner"},
    "in_review": {"officer", "owner", "operator"},
    "edits_requested": {"officer", "owner", "operator"},
    "rejected": {"officer", "owner", "operator"},
    "suspended": {"officer", "owner", "operator"},
    "withdrawn": {"officer", "owner", "operator"},
    "scheduled": {"officer", "owner", "operator"},
    "announced": set(EVERYBODY),
    "published": set(EVERYBODY),
    "closed": set(EVERYBODY),
    "archived": set(EVERYBODY),
}


def statuses(browser_of, path, names=EVERYBODY):
    return {name: browser_of(name).get(path).status_code for name in names}


@pytest.mark.parametrize("kind", list(Kind))
def test_an_open_listing_shows_what_decides(browser_of, post, people, kind):
    listing = post(kind=kind, title="Predict <pump> failure", place="Port Hallam", skills=["R&D"], language="nl")

    page = browser_of("visitor").get(listing.href)

    assert page.status_code == 200
    assert '<h1 class="mt-1"><span lang="nl" dir="auto">Predict &lt;pump&gt; failure</span></h1>' in page.text
    for text in ("Tidewell Water", "60 days left", "Port Hallam", listing.reference, "R&amp;D", "A longer description."):
        assert text in page.text
    assert "Helena Brandt" not in page.text


@pytest.mark.parametrize("state", list(ListingState))
def test_readers_of_a_public_listing_are_those_of_the_matrix(browser_of, post, state):
    listing = post(state=state)
    otherwise = 410 if state is ListingState.WITHDRAWN else 404

    expected = {name: 200 if name in READERS[state.value] else otherwise for name in EVERYBODY}

    assert statuses(browser_of, listing.href) == expected


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.REGISTERED, set(EVERYBODY) - {"visitor"}),
        (Visibility.ORGANISATION, set(INSIDE)),
        (Visibility.NAMED, {"owner", "officer"}),
    ],
)
def test_a_listing_for_some_is_missing_for_the_others(browser_of, post, visibility, readers):
    listing = post(visibility=visibility)

    assert statuses(browser_of, listing.href) == {name: 200 if name in readers else 404 for name in EVERYBODY}


def test_hidden_and_missing_look_the_same(browser_of, post):
    hidden = post(state=ListingState.DRAFT)
    visitor = browser_of("visitor")

    refused, missing = visitor.get(hidden.href), visitor.get("/challenges/CH-9999")

    assert (refused.status_code, missing.status_code) == (404, 404)
    assert hidden.title not in refused.text


@pytest.mark.parametrize("visibility", [Visibility.REGISTERED, Visibility.ORGANISATION])
def test_a_withdrawn_listing_is_gone_only_for_its_former_readers(browser_of, post, visibility):
    listing = post(state=ListingState.WITHDRAWN, visibility=visibility)
    former = {"colleague", "administrator"} | ({"stranger"} if visibility is Visibility.REGISTERED else set())

    answers = statuses(browser_of, listing.href, ("visitor", "stranger", "colleague", "administrator"))

    assert {name for name, status in answers.items() if status == 410} == former
    assert {name for name, status in answers.items() if status == 404} == set(answers) - former


def test_the_page_of_a_withdrawn_listing_tells_nothing_of_it_but_what_resembles_it(browser_of, post):
    listing, alike = post(state=ListingState.WITHDRAWN, title="The secret one"), post(title="The other one")

    page = browser_of("visitor").get(listing.href)

    assert (alike.title in page.text, listing.title in page.text, "Because of the test" in page.text) == (True, False, False)


@pytest.mark.parametrize("path", ["", "/edit", "/steps/close", "/steps/withdraw"])
def test_a_number_is_found_only_at_the_address_of_its_kind(browser_of, post, path):
    listing = post(kind=Kind.CHALLENGE)
    owner = browser_of("owner")

    for kind in Kind:
        facts = kind.facts
        found = owner.get(f"/{facts.path}/{facts.prefix}-{listing.id:04d}{path}").status_code
        assert (kind, found == 404) == (kind, kind is not Kind.CHALLENGE)


@pytest.mark.parametrize("reference", ["CH-1", "CH-00001", "ch-0001", "CH-0000", "CH-999999999999", "PJ-0001", "CH-0001x", "%00"])
def test_what_is_no_reference_of_ours_is_missing(browser_of, post, reference):
    post()

    assert browser_of("visitor").get(f"/challenges/{reference}").status_code == 404


def test_a_closed_listing_says_since_when_and_shows_no_way_to_answer(browser_of, post):
    listing = post(state=ListingState.CLOSED)

    page = browser_of("visitor").get(listing.href).text

    assert ("Closed on " in page, "How to answer" in page, "Deadline" in page) == (True, False, False)


def test_a_listing_past_its_deadline_is_closed_before_anybody_closes_it(browser_of, post):
    listing = post(closes_at=(clock.now() + dt.timedelta(days=60)).replace(second=0, microsecond=0))
    visitor = browser_of("visitor")

    with clock.at(listing.closes_at - dt.timedelta(seconds=1)):
        before = visitor.get(listing.href).text
    with clock.at(listing.closes_at):
        after = visitor.get(listing.href).text

    assert ("closes today" in before, "Closed on " in before) == (True, False)
    assert "Closed on " in after


def test_a_deadline_of_another_zone_is_told_in_both(browser_of, post):
    listing = post(closes_at=dt.datetime(2099, 1, 15, 22, tzinfo=dt.UTC), time_zone="America/New_York")

    page = browser_of("visitor").get(listing.href).text

    assert "Thu 15 Jan 2099, 23:00 CET" in page
    assert "(17:00 in New York)" in page


def test_an_imported_record_credits_its_source_and_names_no_person(browser_of, post):
    listing = post(source_note="NSF Award Search, public domain", source_url="https://example.org/award")

    page = browser_of("stranger").get(listing.href).text

    assert "NSF Award Search, public domain" in page
    assert '<a href="https://example.org/award" rel="nofollow noopener">' in page
    assert "Helena Brandt" not in page


@pytest.mark.parametrize(
    ("state", "name", "offered"),
    [
        ("draft", "owner", {"submit"}),
        ("draft", "officer", set()),
        ("in_review", "owner", {"take_back"}),
        ("in_review", "operator", {"publish", "ask_changes", "reject"}),
        ("edits_requested", "owner", {"submit"}),
        ("scheduled", "owner", {"announce", "open_now", "take_back"}),
        ("announced", "owner", {"open_now", "stop_announcing", "take_back"}),
        ("announced", "operator", {"ask_changes"}),
        ("scheduled", "operator", {"ask_changes"}),
        ("published", "owner", {"close", "withdraw"}),
        ("published", "operator", {"suspend"}),
        ("published", "stranger", set()),
        ("closed", "owner", {"reopen", "archive", "withdraw"}),
        ("suspended", "owner", {"appeal"}),
        ("suspended", "operator", {"restore"}),
    ],
)
def test_steps_are_offered_to_whom_they_belong(browser_of, post, state, name, offered):
    listing = post(state=ListingState(state))

    page = browser_of(name).get(listing.href).text

    actions = {row.action for row in build.LISTING_FLOW.table}
    assert {action for action in actions if f'{listing.href}/steps/{action}"' in page} == offered


def test_what_was_asked_stands_where_it_is_the_owners_turn(browser_of, post):
    page = browser_of("owner").get(post(state=ListingState.EDITS_REQUESTED).href).text

    assert "Your turn" in page
    assert "Because of the test." in page


def test_my_listings_ask_visitors_to_sign_in(browser_of):
    answer = browser_of("visitor").get("/listings")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/listings")


def test_my_listings_show_mine_and_those_i_look_after(browser_of, post):
    draft, elsewhere = post(state=ListingState.DRAFT, title="My draft"), "/listings?of=organisation"

    assert draft.title in browser_of("owner").get("/listings").text
    assert draft.title not in browser_of("officer").get("/listings").text
    assert f'href="{draft.href}"' in browser_of("officer").get(elsewhere).text
    for name in ("colleague", "stranger", "operator"):
        assert draft.title not in browser_of(name).get(elsewhere).text


def test_administrators_of_the_organisation_see_that_a_draft_is_there_and_no_more(browser_of, post):
    draft = post(state=ListingState.DRAFT, title="Their draft", summary="What nobody else reads")
    administrator = browser_of("administrator")

    page = administrator.get("/listings?of=organisation").text

    assert ("Their draft" in page, draft.href in page, "What nobody else reads" in page) == (True, False, False)
    assert administrator.get(draft.href).status_code == 404


@pytest.mark.parametrize("after", ["", "x", "%00", "W10", "WyJhIl0"])
def test_a_spoilt_cursor_is_page_one(browser_of, post, after):
    listing = post()

    assert listing.title in browser_of("owner").get(f"/listings?after={after}").text


class TestStatements:
    """At most four of its own for each page: one of six is the actor's, one the header's."""

    def asked(self, browser_of, count_statements, name, path):
        browser = browser_of(name)
        browser.get(path)
        with count_statements() as asked:
            assert browser.get(path).status_code in (200, 410)
        return len(asked)

    @pytest.mark.parametrize(
        ("state", "name"),
        [
            ("published", "visitor"),
            ("published", "stranger"),
            ("published", "owner"),
            ("draft", "owner"),
            ("withdrawn", "visitor"),
        ],
    )
    def test_of_a_listing_stay_few_however_many_are_similar(self, browser_of, count_statements, post, db, state, name):
        terms = [add_field(db, "oecd-ford", code, code)[0] for code in ("5", "6", "7")]
        listing = post(state=ListingState(state), fields=terms[:1])
        post(fields=terms)
        one = self.asked(browser_of, count_statements, name, listing.href)
        for _ in range(2):
            post(fields=terms)

        assert self.asked(browser_of, count_statements, name, listing.href) == one
        assert one <= 6

    @pytest.mark.parametrize("path", ["/listings", "/listings?of=organisation"])
    def test_of_my_listings_stay_few(self, browser_of, count_statements, post, path):
        post()
        one = self.asked(browser_of, count_statements, "owner", path)
        for _ in range(2):
            post(state=ListingState.DRAFT)

        assert self.asked(browser_of, count_statements, "owner", path) == one
        assert one <= 6

    def test_of_the_forms_stay_few(self, browser_of, count_statements, post):
        listing = post(state=ListingState.DRAFT)

        assert self.asked(browser_of, count_statements, "owner", f"{listing.href}/edit") <= 6
        assert self.asked(browser_of, count_statements, "owner", "/listings/new/challenge") <= 6


def test_owners_are_led_to_the_conversation_of_their_team(db, client_of):
    listing = build.a_listing(db)
    other = build.a_person(db)
    db.commit()
    here = f"/threads/listing/{listing.id}"
    assert here in client_of(listing.owner).get(listing.href).text
    assert client_of(listing.owner).get(here).status_code == 200
    assert here not in client_of(other).get(listing.href).text
    assert client_of(other).get(here).status_code == 404
