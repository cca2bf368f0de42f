"""Lists and pages: what they cost, what they hold, and what strange addresses get."""

import pytest

from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.proposals.actions import save_content
from portal.proposals.inputs import BudgetLine
from portal.proposals.models import Proposal
from portal.proposals.states import CostCategory, Funding, InterestState, ProposalState
from portal.threads.actions import post_message
from tests.build import a_proposal, content

S = ProposalState
MOST = 6  # statements of a page, with the one for the person and the one for the header


def several(case, how_many):
    """Proposals of one author and interests for as many listings."""
    for _ in range(how_many):
        case.proposal()
        case.interest()


@pytest.mark.parametrize("path", ["/proposals?view={}", "/interests?view={}"])
@pytest.mark.parametrize(("name", "view"), [("author", "mine"), ("owner", "received"), ("host officer", "organisation")])
def test_lists_ask_the_same_few_questions_for_one_and_three_rows(path, name, view, case, client_of, count_statements):
    asked = []
    client = client_of(case.people[name])
    for more in (1, 2):
        several(case, more)
        with count_statements() as statements:
            page = client.get(path.format(view))
        assert page.status_code == 200
        asked.append(len(statements))
    assert asked[0] == asked[1] <= MOST


def test_the_queue_asks_the_same_few_questions_for_one_and_three_rows(case, client_of, count_statements):
    asked = []
    client = client_of(case.people["host officer"])
    for more in (1, 2):
        for _ in range(more):
            case.proposal(S.IN_APPROVAL)
        with count_statements() as statements:
            page = client.get("/approvals")
        asked.append((len(statements), page.text.count('name="pick"')))
    assert [rows for _, rows in asked] == [1, 3]
    assert asked[0][0] == asked[1][0] <= MOST


@pytest.mark.parametrize(
    "state", [S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.REVISION_REQUESTED, S.IN_APPROVAL, S.ACCEPTED, S.DECLINED]
)
def test_a_proposal_costs_the_same_with_and_without_company(state, case, client_of, count_statements):
    proposal = case.proposal(state)
    names = [
        n
        for n in ("author", "partner officer", "owner", "host officer")
        if state is not S.DRAFT or n not in ("owner", "host officer")
    ]
    clients = {name: client_of(case.people[name]) for name in names}
    asked = {name: [] for name in names}
    for _ in range(2):
        for name, client in clients.items():
            with count_statements() as statements:
                assert client.get(proposal.href).status_code == 200
            asked[name].append(len(statements))
        with transaction(case.db):
            for number in range(3):
                post_message(case.db, "proposal", proposal.id, f"Message {number}", actor=case.actor("author"))
    assert all(one == two <= MOST for one, two in asked.values()), asked


@pytest.mark.parametrize("path", ["/team", "/edit/summary", "/edit/plan", "/edit/budget", "/edit/check", "/steps/withdraw"])
def test_pages_around_a_draft_cost_little(path, case, client_of, count_statements):
    proposal = case.proposal(S.DRAFT)
    client = client_of(case.people["author"])
    with count_statements() as statements:
        assert client.get(proposal.href + path).status_code == 200
    assert len(statements) <= MOST


def test_pages_around_an_interest_and_a_listing_cost_little(case, client_of, count_statements):
    interest, listing = case.interest(), case.listing()
    versions = case.proposal(S.REVISION_REQUESTED)
    client = client_of(case.people["author"])
    for path in (
        interest.href,
        f"{listing.href}/interest",
        f"{listing.href}/propose",
        listing.href,
        f"{versions.href}/versions/1",
        f"{versions.href}/compare?from=1&to=1",
    ):
        with count_statements() as statements:
            assert client.get(path).status_code == 200
        assert (path, len(statements) <= MOST) == (path, True)


def test_lists_go_on_where_the_last_page_ended(case, client_of):
    with transaction(case.db):
        for _ in range(26):
            a_proposal(case.db, None, case.people["author"])
    client = client_of(case.people["author"])

    first = client.get("/proposals?view=mine").text
    after = first.partition("after=")[2].partition('"')[0]
    second = client.get(f"/proposals?view=mine&after={after}").text

    assert (first.count("/proposals/PR-"), second.count("/proposals/PR-")) == (25, 1)


def test_lists_can_be_narrowed_to_a_state_and_a_listing(case, client_of):
    one, two = case.proposal(S.SUBMITTED), case.proposal(S.DECLINED)
    client = client_of(case.people["author"])

    assert one.href not in client.get("/proposals?view=mine&state=declined").text
    assert two.href in client.get("/proposals?view=mine&state=declined").text
    owner = client_of(case.people["owner"])
    with transaction(case.db):
        number = case.db.get_one(Proposal, one.id).listing_id
    narrowed = owner.get(f"/proposals?view=received&listing={number}").text
    assert one.href in narrowed
    assert two.href not in narrowed


STRANGE = [
    "view=%00",
    "state=gone",
    "after=%F0%9F",
    "after=WzFd" + "A" * 500,
    "listing=-1",
    "listing=²",
    "listing=" + "9" * 400,
    "view=organisation",
]


@pytest.mark.parametrize("query", STRANGE)
@pytest.mark.parametrize("path", ["/proposals", "/interests", "/approvals"])
def test_strange_filters_are_no_filters(query, path, case, client_of):
    assert client_of(case.people["author"]).get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "from=1", "from=0&to=1", "from=1&to=9", "from=x&to=y", "from=²&to=1", "from=" + "1" * 5000 + "&to=1"]
)
def test_versions_that_do_not_exist_cannot_be_compared(query, case, client_of):
    proposal = case.proposal()
    assert client_of(case.people["author"]).get(f"{proposal.href}/compare?{query}").status_code == 404


def test_the_difference_of_two_versions_is_shown_with_real_marks(case, client_of):
    proposal = case.proposal(S.REVISION_REQUESTED)
    with transaction(case.db):
        found = case.db.get_one(Proposal, proposal.id)
        lines = [*content().lines, BudgetLine("Integration", CostCategory.SERVICES, Funding.ASKED, 900_000)]
        changed = content(summary="We learn the <b>usual</b> state and report departures.", lines=lines)
        save_content(case.db, found, changed, actor=case.actor("author"), version=found.version)
    case.step(proposal, "submit", "author")

    page = client_of(case.people["host officer"]).get(f"{proposal.href}/compare?from=1&to=2").text

    assert "<del>normal</del>" in page
    assert "<ins>&lt;b&gt;usual&lt;/b&gt;</ins>" in page
    assert "<ins>€9,000</ins>" in page
    assert "<b>usual" not in page


@pytest.mark.parametrize(
    ("state", "name", "says"),
    [
        (S.DRAFT, "author", "Your turn, Anna Author"),
        (S.DRAFT, "partner officer", "Waiting for Anna Author"),
        (S.SUBMITTED, "author", "Waiting for Olive Owner, Host Water"),
        (S.SUBMITTED, "owner", "Your turn, Olive Owner"),
        (S.SUBMITTED, "host officer", "Waiting for Olive Owner"),
        (S.REVISION_REQUESTED, "author", "Change the proposal and submit it again"),
        (S.REVISION_REQUESTED, "owner", "Waiting for Anna Author"),
        (S.IN_APPROVAL, "partner officer", "Your turn, Petra Partnerofficer"),
        (S.IN_APPROVAL, "host officer", "Your turn, Hugo Hostofficer"),
        (S.IN_APPROVAL, "author", "Waiting for the partnership offices of both sides"),
        (S.ACCEPTED, "author", "Both sides accepted version 1"),
        (S.DECLINED, "author", "a new proposal can begin with it"),
        (S.EXPIRED, "author", "This draft expired"),
    ],
)
def test_the_banner_says_whose_turn_it_is(state, name, says, case, client_of):
    proposal = case.proposal(state)
    assert says in client_of(case.people[name]).get(proposal.href).text


@pytest.mark.parametrize(
    ("state", "name", "says"),
    [
        (InterestState.DRAFT, "author", "Finish your expression of interest"),
        (InterestState.SENT, "author", "You get an answer by"),
        (InterestState.SENT, "owner", "Your turn, Olive Owner"),
        (InterestState.SENT, "host officer", "The answer was promised by"),
        (InterestState.ACKNOWLEDGED, "owner", "Your turn, Olive Owner"),
        (InterestState.INVITED, "author", "start the proposal"),
        (InterestState.INVITED, "owner", "Anna Author is invited"),
        (InterestState.LAPSED, "owner", "answer now"),
        (InterestState.LAPSED, "author", "not as refused"),
        (InterestState.DECLINED, "author", "Does not fit what we look for"),
    ],
)
def test_the_banner_of_an_interest_says_whose_turn_it_is(state, name, says, case, client_of):
    interest = case.interest(state)
    assert says in client_of(case.people[name]).get(interest.href).text


def test_the_reason_of_a_decision_stands_on_the_page(case, client_of):
    proposal = case.proposal(S.IN_REVIEW)
    case.step(proposal, "ask_changes", "owner", Reason("Move the dates."))
    for name in ("author", "owner", "partner officer", "host officer"):
        assert "Move the dates." in client_of(case.people[name]).get(proposal.href).text
