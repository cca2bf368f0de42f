"""What waits for whom, and the counts that others show."""

import pytest
from sqlalchemy import select

from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.policy import VISITOR, Role
from portal.kernel.work import waiting
from portal.organisations.models import Organisation
from portal.proposals.queries import SOURCES, changes_between, counts_on, figures, standing_of
from portal.proposals.states import InterestState, ProposalState
from tests.build import a_listing, a_member, a_proposal, actor_of, an_interest, an_organisation, content, join

S, E = ProposalState, InterestState


def waits_for(session, actor):
    """Pairs of source and id, as My work shows them; each row's address can be made."""
    statement = waiting(SOURCES, actor)
    if statement is None:
        return []
    rows = session.execute(statement).all()
    by_key = {source.key: source for source in SOURCES}
    assert all(by_key[row.source].href(row.id, row.detail).startswith("/") for row in rows)
    assert all(row.since is not None and row.title for row in rows)
    return sorted((row.source, row.id) for row in rows)


@pytest.fixture
def cast(session):
    host, partner = an_organisation(session), an_organisation(session)
    return {
        "host": host,
        "partner": partner,
        "owner": a_member(session, host, Role.POSTER),
        "author": a_member(session, partner),
        "host officer": a_member(session, host, Role.OFFICER),
        "partner officer": a_member(session, partner, Role.OFFICER),
    }


def test_what_waits_waits_for_exactly_one_side(session, cast):
    def listing():
        return a_listing(session, cast["owner"], cast["host"])

    proposals = {state: a_proposal(session, listing(), cast["author"], state=state) for state in S if state is not S.ACCEPTED}
    interests = {state: an_interest(session, listing(), cast["author"], state=state) for state in E}
    slots = session.scalars(select(Approval).order_by(Approval.id)).all()

    assert waits_for(session, actor_of(session, cast["owner"])) == sorted(
        [
            ("interest.answer", interests[E.SENT].id),
            ("interest.answer", interests[E.ACKNOWLEDGED].id),
            ("proposal.decide", proposals[S.SUBMITTED].id),
            ("proposal.decide", proposals[S.IN_REVIEW].id),
            ("proposal.reserved", proposals[S.RESERVED].id),
        ]
    )
    assert waits_for(session, actor_of(session, cast["author"])) == sorted(
        [
            ("interest.finish", interests[E.DRAFT].id),
            ("interest.invited", interests[E.INVITED].id),
            ("interest.reply", interests[E.ASKED].id),
            ("proposal.confirm", proposals[S.CONDITIONAL].id),
            ("proposal.finish", proposals[S.DRAFT].id),
            ("proposal.revise", proposals[S.REVISION_REQUESTED].id),
        ]
    )
    for name, slot in zip(("host officer", "partner officer"), slots, strict=True):
        assert waits_for(session, actor_of(session, cast[name])) == [("approval.give", slot.id)]
    assert waits_for(session, VISITOR) == []
    assert figures(session) == dict.fromkeys(proposals, 1)


def test_an_invitation_waits_until_a_proposal_is_begun(session, cast):
    interest = an_interest(session, a_listing(session, cast["owner"], cast["host"]), cast["author"], state=E.INVITED)
    author = actor_of(session, cast["author"])
    assert waits_for(session, author) == [("interest.invited", interest.id)]

    proposal = a_proposal(session, interest.listing, cast["author"])

    assert waits_for(session, author) == [("proposal.finish", proposal.id)]


def test_a_slot_does_not_wait_for_whoever_filled_the_other_or_wrote_the_proposal(session, cast):
    both = a_member(session, cast["host"], Role.OFFICER)
    join(session, both, cast["partner"], Role.OFFICER)
    proposal = a_proposal(session, a_listing(session, cast["owner"], cast["host"]), cast["author"], state=S.IN_APPROVAL)
    first, second = session.scalars(select(Approval).where(Approval.subject_id == proposal.id).order_by(Approval.id)).all()
    assert len(waits_for(session, actor_of(session, both))) == 2
    join(session, cast["author"], cast["host"], Role.OFFICER)
    assert waits_for(session, actor_of(session, cast["author"])) == []

    APPROVAL_FLOW.perform(session, first, "approve", actor=actor_of(session, both), given=Consent())

    assert waits_for(session, actor_of(session, both)) == []
    assert waits_for(session, actor_of(session, cast["partner officer"])) == [("approval.give", second.id)]


def test_counts_leave_out_what_never_arrived(session, cast):
    listing = a_listing(session, cast["owner"], cast["host"])
    a_proposal(session, listing, cast["author"], state=S.SUBMITTED)
    a_proposal(session, listing, a_member(session, cast["partner"]), state=S.DRAFT)
    a_proposal(session, listing, a_member(session, cast["partner"]), state=S.DECLINED)
    an_interest(session, listing, cast["author"])
    an_interest(session, listing, a_member(session, cast["partner"]), state=E.DRAFT)

    counts = counts_on(session, listing)

    assert (counts.proposals, counts.interests, counts.waiting) == (2, 1, 2)


def test_standing_knows_the_proposal_that_stands_and_forgets_the_one_that_failed(session, cast):
    listing = a_listing(session, cast["owner"], cast["host"])
    author = actor_of(session, cast["author"])
    assert standing_of(session, author, listing).proposal_href is None
    a_proposal(session, listing, cast["author"], state=S.DECLINED)
    assert standing_of(session, author, listing).proposal_href is None

    interest = an_interest(session, listing, cast["author"], state=E.INVITED)
    proposal = a_proposal(session, listing, cast["author"])

    standing = standing_of(session, author, listing)
    assert (standing.interest_href, standing.proposal_href, standing.invited) == (interest.href, proposal.href, True)
    assert session.get(Organisation, listing.organisation_id) is cast["host"]


def test_changes_name_what_differs_and_count_the_rest():
    before, after = content(), content(summary="Other.", team="New.")

    changes = changes_between(before, after)

    assert [label for label, _ in changes.texts] == ["Summary", "Team"]
    assert (changes.choices, any(changes.rows.values()), changes.sums) == ((), False, ())
    assert changes.unchanged == 6 + 10 + 3
    assert changes_between(before, before).texts == ()
