"""Answering a listing through its pages: the interest, the door to a proposal, the buttons on the listing."""

import pytest
from sqlalchemy import func, select

from portal.kernel.db import transaction
from portal.listings.models import Listing
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState, ProposalState
from tests.build import a_listing, a_member, an_interest, an_organisation, join

WORDS = {"motivation": "It fits our work.", "experience": "Two projects.", "declared": "y", "go": "send"}
HOSTILE = {
    "null": "a\0b",
    "control": "\x07\x1b[31m\x08",
    "direction": "\u202egnp.exe",
    "long": "x" * 100_000,
    "markup": "<script>alert(1)</script>{{ 7*7 }}%(x)s",
}


def interests(case):
    with transaction(case.db):
        return case.db.execute(select(Interest.motivation, Interest._state.label("state"))).all()


def test_interest_is_sent_at_once_and_leads_to_its_page(case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])
    assert "Send your interest" in client.get(f"{listing.href}/interest").text

    sent = client.submit(f"{listing.href}/interest", WORDS)

    assert (sent.status_code, sent.location) == (303, "/interests/EI-0001")
    assert "You get an answer by" in client.get(sent.location).text
    assert [tuple(row) for row in interests(case)] == [("It fits our work.", InterestState.SENT)]
    again = client.submit(f"{listing.href}/interest", WORDS | {"motivation": "Again."})
    assert again.location == sent.location
    assert client.get(f"{listing.href}/interest").location == sent.location
    assert len(interests(case)) == 1


def test_interest_can_be_kept_and_finished_later(case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])

    kept = client.submit(f"{listing.href}/interest", {"motivation": "Half a", "go": "leave"})

    assert kept.status_code == 303
    assert "Half a" in client.get(f"{listing.href}/interest").text
    assert client_of(case.people["owner"]).get(kept.location).status_code == 404
    assert client.submit(f"{listing.href}/interest", WORDS).location == kept.location
    assert client_of(case.people["owner"]).get(kept.location).status_code == 200


def test_interest_without_words_or_declaration_says_so_beside_the_field(case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])

    for wrong, says in (({"motivation": " "}, "Fill this in."), ({"declared": ""}, "Confirm that nothing here is confidential")):
        page = client.submit(f"{listing.href}/interest", WORDS | wrong)
        assert page.status_code == 422
        assert says in page.text
        assert "Two projects." in page.text
    assert interests(case) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_interest_with_hostile_text_is_cleaned_or_refused(name, case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])

    page = client.submit(f"{listing.href}/interest", WORDS | {"motivation": HOSTILE[name]})

    assert page.status_code in (303, 422)
    if page.status_code == 422:
        assert "Two projects." in page.text
    else:
        shown = client.get(page.location).text
        assert "<script>alert" not in shown
        assert "\0" not in shown


@pytest.mark.parametrize("wrong", [{}, {"motivation": ["a", "b"]}, {"go": "x", "declared": "maybe"}, {"unknown": "1"}])
def test_interest_with_fields_of_wrong_kind_never_breaks(wrong, case, client_of):
    listing = case.listing()
    assert client_of(case.people["author"]).submit(f"{listing.href}/interest", wrong).status_code in (303, 422)


def test_a_closed_listing_keeps_what_was_typed(case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])
    with transaction(case.db):
        case.db.get_one(Listing, listing.id).closes_at = case.db.get_one(Listing, listing.id).created_at

    late = client.submit(f"{listing.href}/interest", WORDS)

    assert late.status_code == 409
    assert "closed" in late.text
    assert "It fits our work." in late.text
    assert "closed" in client.get(f"{listing.href}/interest").text


def test_visitors_are_sent_to_sign_in_and_come_back(case, client_of):
    listing = case.listing()
    for path in ("interest", "propose"):
        answer = client_of().get(f"{listing.href}/{path}")
        assert answer.status_code == 303
        assert f"next={listing.href}/{path}" in answer.location.replace("%2F", "/")


@pytest.mark.parametrize("values", [{"state": ListingState.DRAFT}, {"visibility": Visibility.ORGANISATION}])
def test_hidden_listings_cannot_be_answered(values, case, client_of):
    listing = case.listing(**values)
    client = client_of(case.people["author"])
    for path in ("interest", "propose"):
        assert client.get(f"{listing.href}/{path}").status_code == 404
        assert client.submit(f"{listing.href}/{path}", WORDS).status_code == 404


def test_a_listing_is_answered_at_the_address_of_its_own_kind_only(case, client_of):
    listing = case.listing()
    client = client_of(case.people["author"])
    assert client.get(f"/projects/PJ-{listing.id:04d}/interest").status_code == 404
    assert client.submit(f"/projects/PJ-{listing.id:04d}/propose").status_code == 404


def test_the_owner_invites_and_the_proposal_takes_the_text_over(case, client_of):
    interest = case.interest(intake=Intake.INTEREST)
    owner, author = client_of(case.people["owner"]), client_of(case.people["author"])
    assert "ask for an expression of interest first" in author.get(f"{interest.listing}/propose").text
    assert author.submit(f"{interest.listing}/propose").status_code == 409

    invited = owner.submit(f"{interest.href}/steps/invite", {"version": interest.version, "text": "Please do."})
    assert invited.status_code == 303
    assert "Please do." in author.get(interest.href).text
    begun = author.submit(f"{interest.listing}/propose")

    assert (begun.status_code, begun.location) == (303, "/proposals/PR-0001/edit/summary")
    assert "It fits our work." in author.get(begun.location).text
    assert author.submit(f"{interest.listing}/propose").location == begun.location
    assert author.get(f"{interest.listing}/propose").location == begun.location


def test_the_owner_declines_only_with_code_and_text(case, client_of):
    interest = case.interest()
    owner = client_of(case.people["owner"])

    for wrong in ({"text": "No."}, {"code": "fit"}, {"code": "gold", "text": "No."}, {"code": "fit", "text": "x" * 100_000}):
        page = owner.submit(f"{interest.href}/steps/decline", {"version": interest.version} | wrong)
        assert page.status_code == 422
    sent = owner.submit(f"{interest.href}/steps/decline", {"version": interest.version, "code": "fit", "text": "No."})
    assert sent.status_code == 303
    stale = owner.submit(f"{interest.href}/steps/invite", {"version": interest.version, "text": "Or yes?"})
    assert (stale.status_code, "Or yes?" in stale.text) == (409, True)


def test_a_person_of_several_organisations_chooses_one(case, client_of):
    listing = case.listing()
    with transaction(case.db):
        other = an_organisation(case.db, "Second Institute")
        join(case.db, case.people["author"], other)
        number = other.id
    client = client_of(case.people["author"])
    assert "Second Institute" in client.get(f"{listing.href}/propose").text

    for wrong in ("", "9999", "x", "²", "9" * 50):
        assert client.submit(f"{listing.href}/propose", {"organisation_id": wrong}).status_code == 422
    assert client.submit(f"{listing.href}/propose", {"organisation_id": number}).status_code == 303
    with transaction(case.db):
        assert case.db.scalar(select(Proposal.organisation_id)) == number
        assert case.db.scalar(select(func.count()).select_from(Proposal)) == 1


@pytest.mark.parametrize(
    ("values", "name", "says", "silent"),
    [
        ({}, "author", ["Start a proposal", "Show your interest"], ["Open your"]),
        ({"intake": Intake.INTEREST}, "author", ["Show your interest", "ask for an expression of interest first"], ["Start a"]),
        ({}, "administrator", ["Show your interest", "Join yours first"], ["Start a proposal"]),
        ({}, "visitor", ["Start a proposal", "Show your interest"], ["Join yours first"]),
        ({"kind": Kind.INTERNSHIP}, "author", ["Show your interest"], ["Start a proposal", "ask for an expression"]),
        ({"state": ListingState.CLOSED}, "author", ["closed and takes no more answers"], ["Show your interest", "Start a"]),
        ({}, "owner", ["0 proposals", "0 interests"], ["Show your interest", "Start a proposal"]),
        ({}, "host officer", ["0 proposals", "Show your interest"], []),
    ],
)
def test_the_listing_offers_what_this_person_can_do(values, name, says, silent, case, client_of):
    listing = case.listing(**values)
    page = client_of(case.people[name]).get(listing.href).text
    assert [words for words in says if words not in page] == []
    assert [words for words in silent if words in page] == []


def test_the_listing_leads_back_to_what_was_begun(case, client_of):
    author = client_of(case.people["author"])
    proposal, interest = case.proposal(), case.interest()
    invited, draft = case.interest(InterestState.INVITED), case.interest(InterestState.DRAFT)
    withdrawn = case.proposal(ProposalState.WITHDRAWN)

    page = author.get(proposal.listing).text
    assert ("Open your proposal" in page, "Start a proposal" in page) == (True, False)
    page = author.get(interest.listing).text
    assert ("Open your interest" in page, "Show your interest" in page) == (True, False)
    assert "Start the proposal" in author.get(invited.listing).text
    assert "Finish your interest" in author.get(draft.listing).text
    assert "Start a proposal" in author.get(withdrawn.listing).text


def test_the_owner_sees_how_much_has_arrived(case, client_of):
    interest = case.interest()
    with transaction(case.db):
        listing = case.db.scalars(select(Listing).where(Listing.id == case.db.get_one(Interest, interest.id).listing_id)).one()
        an_interest(case.db, listing, a_member(case.db, case.partner), state=InterestState.DECLINED)
        an_interest(case.db, listing, a_member(case.db, case.partner), state=InterestState.DRAFT)
        a_listing(case.db)

    page = client_of(case.people["owner"]).get(interest.listing).text

    assert "2 interests" in page
    assert "1 waits for an answer" in page
    assert "2 interests" not in client_of(case.people["author"]).get(interest.listing).text
