"""Decisions that are held: nothing their author can reach changes before the release, and at the release everything does."""

import html
import re

import pytest
from sqlalchemy import func, select

from portal import wiring
from portal.kernel.db import transaction
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.events import Event
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.listings.models import Listing
from portal.notifications.models import Delivery, Notification
from portal.proposals.actions import drop_held, hold_decision, release_held
from portal.proposals.inputs import Acceptance, Conditional, Decline, PassOn, Reserve
from portal.proposals.models import HeldDecision, Proposal
from portal.proposals.queries import CORE, held_on
from portal.proposals.states import DeclineCode, Onward, ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import GIVEN, a_listing, a_member, a_proposal, actor_of, an_organisation

S = ProposalState


@pytest.fixture
def database_url(sqlite_url):
    """One system is enough: the statements are plain."""
    return sqlite_url


def seen(client, proposal):
    """Everything its author can look at, without what differs from one visit to the next."""
    pages = (
        proposal.href,
        proposal.listing,
        "/proposals",
        "/proposals?state=in_review",
        "/work",
        "/activity",
        "/me/notifications",
    )
    texts = [client.get(page).text.partition("<main")[2] for page in (*pages, f"{proposal.href}/versions/1")]
    return [re.sub(r'(nonce|value)="[^"]*"|<code>.*?</code>', "", text) for text in texts]


@pytest.mark.parametrize("name", ["author", "partner officer", "colleague"])
def test_no_path_of_the_authors_side_tells_of_a_held_decision(name, app, case, client_of):
    proposal = case.proposal(S.IN_REVIEW)
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    client, owner = client_of(case.people[name]), client_of(case.people["owner"])
    before = seen(client, proposal)
    mails = case.look(proposal, lambda p: case.db.scalar(select(func.count()).select_from(Delivery)))

    answers = {"action": "decline", "code": "fit", "text": "SECRET", "version": proposal.version, "go": "hold"}
    assert owner.submit(f"{proposal.href}/decision", answers).status_code == 303
    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    assert seen(client, proposal) == before
    assert case.look(proposal, lambda p: (p.state, p.version)) == (S.IN_REVIEW, proposal.version)
    assert case.look(proposal, lambda p: case.db.scalar(select(func.count()).select_from(Delivery))) == mails
    assert client.get(f"{proposal.listing}/decisions").status_code == 404
    assert client.submit("/held-decisions/1/drop").status_code == 404
    assert "Held: Decline" in html.unescape(owner.get(proposal.href).text)
    assert "Held: Decline" in html.unescape(client_of(case.people["host officer"]).get(proposal.href).text)

    owner.submit(f"{proposal.listing}/decisions", {"do": "all"})
    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    assert case.look(proposal, lambda p: (p.state, p.decision_note)) == (S.DECLINED, "SECRET")
    if name != "colleague":
        assert "SECRET" in client_of(case.people[name]).get(proposal.href).text
        kinds = select(Notification.kind).where(Notification.account_id == case.people[name].id)
        assert "proposal.decided" in case.look(proposal, lambda p: list(case.db.scalars(kinds)))


def held(session, proposal):
    query = select(Proposal).where(Proposal.id == proposal.id).options(*CORE)
    return session.scalars(query, execution_options={"populate_existing": True}).one()


DECISIONS = {
    "accept": (Acceptance("Yes."), S.IN_APPROVAL),
    "accept_conditionally": (Conditional(["Name a steward."], "Nearly."), S.CONDITIONAL),
    "ask_changes": (Reason("Dates."), S.REVISION_REQUESTED),
    "reserve": (Reserve(1, GIVEN["Reserve"].until, "Perhaps."), S.RESERVED),
    "redirect": (PassOn(Onward.OFFICE, "", "Ask them."), S.REDIRECTED),
    "decline": (Decline(DeclineCode.FIT, "No."), S.DECLINED),
}


def test_every_kind_is_released_together_with_one_fact_each_and_by_whoever_took_it(session):
    host, university = an_organisation(session), an_organisation(session)
    host.role_mailbox = "office@host.example"
    owner, author = a_member(session, host, Role.POSTER), a_member(session, university)
    for side in (host, university):
        a_member(session, side, Role.OFFICER)
    listing = a_listing(session, owner, host)
    proposals = {action: a_proposal(session, listing, a_member(session, university), state=S.IN_REVIEW) for action in DECISIONS}
    for action, proposal in proposals.items():
        hold_decision(session, held(session, proposal), action, DECISIONS[action][0], actor=actor_of(session, owner))
    co_owner = a_member(session, host, Role.POSTER)
    with pytest.raises(Forbidden):
        hold_decision(session, proposals["accept"], "accept", Acceptance(), actor=actor_of(session, author))

    told = release_held(session, listing, None, actor=actor_of(session, co_owner))

    assert [one.why for one in told] == [None] * len(DECISIONS)
    assert {action: proposal.state for action, proposal in proposals.items()} == {a: s for a, (_g, s) in DECISIONS.items()}
    decided = session.execute(select(Event.subject_id, Event.actor_id).where(Event.kind == "proposal.decided")).all()
    assert sorted(decided) == sorted((proposal.id, owner.id) for proposal in proposals.values())
    assert held_on(session, listing.id) == []
    assert release_held(session, listing, None, actor=actor_of(session, owner)) == []


def test_only_the_chosen_are_told_and_what_cannot_be_told_holds_up_no_other(session):
    host, university = an_organisation(session), an_organisation(session)
    owner = a_member(session, host, Role.POSTER)
    listing = a_listing(session, owner, host)
    actor = actor_of(session, owner)
    first, second, third = (a_proposal(session, listing, a_member(session, university), state=S.IN_REVIEW) for _ in range(3))
    rows = [
        hold_decision(session, held(session, each), "reserve", Reserve(rank, GIVEN["Reserve"].until, "Perhaps."), actor=actor)
        for each, rank in ((first, 1), (second, 1), (third, 2))
    ]

    told = release_held(session, listing, [rows[0].id, rows[1].id], actor=actor)

    assert [one.why is None for one in told] == [True, False]
    assert "Another proposal has this place" in str(told[1].why)
    assert [held(session, each).state for each in (first, second, third)] == [S.RESERVED, S.IN_REVIEW, S.IN_REVIEW]
    assert [each.id for each in held_on(session, listing.id)] == [rows[1].id, rows[2].id]


def test_a_held_decision_is_replaced_dropped_and_overtaken(session):
    proposal = a_proposal(session, state=S.IN_REVIEW)
    owner = actor_of(session, proposal.listing.owner)
    no, yes = DECISIONS["decline"][0], DECISIONS["reserve"][0]

    hold_decision(session, proposal, "decline", no, actor=owner)
    again = hold_decision(session, proposal, "reserve", yes, actor=owner)
    assert [each.action for each in held_on(session, proposal.listing_id)] == ["reserve"]
    drop_held(session, again, actor=owner)
    assert held_on(session, proposal.listing_id) == []
    with pytest.raises(Refused):
        hold_decision(session, a_proposal(session, proposal.listing, state=S.SUBMITTED), "decline", no, actor=owner)

    hold_decision(session, proposal, "reserve", yes, actor=owner)
    author = actor_of(session, proposal.author)
    PROPOSAL_FLOW.perform(session, proposal, "withdraw", actor=author)
    assert held_on(session, proposal.listing_id) == []
    assert session.scalar(select(func.count()).select_from(HeldDecision)) == 3


def test_the_page_of_held_decisions_is_its_owners_and_costs_the_same_for_three(case, client_of, count_statements):
    proposal = case.proposal(S.IN_REVIEW)
    owner = client_of(case.people["owner"])

    def cost():
        with count_statements() as asked:
            assert owner.get(f"{proposal.listing}/decisions").status_code == 200
        return len(asked)

    hold = {"action": "ask_changes", "text": "Dates.", "go": "hold", "version": proposal.version}
    assert owner.submit(f"{proposal.href}/decision", hold).status_code == 303
    one = cost()
    with transaction(case.db):
        listing = case.db.get_one(Listing, int(proposal.listing.rpartition("-")[2]))
        for _ in range(2):
            other = a_proposal(case.db, listing, a_member(case.db, case.partner), state=S.IN_REVIEW)
            hold_decision(case.db, other, "ask_changes", Reason("Dates."), actor=case.actor("owner"))
    assert cost() == one <= 6
    assert "3 decisions are held" in owner.get(proposal.listing).text
    for name in ("author", "host officer", "host member", "stranger", "visitor"):
        assert client_of(case.people[name]).get(f"{proposal.listing}/decisions").status_code == 404
