"""How a proposal is decided: by the listing's owner, then by an officer of each side, on one and the same version."""

import datetime as dt
from dataclasses import replace

from portal.approvals.actions import Slots, open_slots, void_slots
from portal.approvals.states import Side
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM
from portal.kernel.prepared import Insertion
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step, T, Workflow
from portal.listings.actions import note_first_proposal
from portal.proposals.events import (
    ProposalAccepted,
    ProposalDecided,
    ProposalExpired,
    ProposalReturned,
    ProposalSubmitted,
    ProposalTakenUp,
    ProposalWithdrawn,
)
from portal.proposals.inputs import Acceptance, Content, Decline, asked_again, fingerprint
from portal.proposals.models import Proposal, ProposalVersion
from portal.proposals.policies import AUTHOR, AUTHOR_SIDE, LISTING_OWNER
from portal.proposals.queries import last_submitted, officers_missing, own_questions
from portal.proposals.states import ProposalState as S
from portal.proposals.workflow.completeness import gaps
from portal.proposals.workflow.eligibility import first_obstacle, proposal_conditions

DAYS_TO_DECIDE = 30
_VERSIONS = Insertion(
    ProposalVersion.metadata.tables["proposal_version"],
    *("proposal_id", "number", "content", "sha256", "submitted_by_id", "at"),
)


def is_complete(step: Step) -> str | Words | None:
    return next((gap.why for gap in gaps(Content.from_json(step.thing.draft), own_questions(step.session, step.thing))), None)


def may_still_answer(step: Step) -> str | None:
    """What was asked before the first word, asked again. A revision that was asked for may come after the listing closed."""
    if step.came_from is not S.DRAFT:
        return None
    return first_obstacle(proposal_conditions(step.actor, step.thing.listing, invited=step.thing.interest_id is not None))


def is_member(step: Step) -> str | None:
    if step.thing.organisation_id in step.actor.organisations:
        return None
    return N_("You no longer belong to the organisation that makes this proposal, so you cannot submit it.")


def has_changed(step: Step) -> str | None:
    proposal = step.thing
    if not proposal.number:
        return None
    if last_submitted(step.session, proposal) == Content.from_json(proposal.draft):
        return N_("This is still the version they have. Change what they asked for before you submit again.")
    return None


def is_confirmed(step: Step) -> str | None:
    """All stand behind one and the same text, or it does not go out in their name."""
    if not step.thing.unconfirmed:
        return None
    return N_("Every partner has to confirm exactly this text first. Who has yet to do so stands on the page of its team.")


def has_two_parties(step: Step) -> str | None:
    if step.thing.author_id in step.thing.listing.owner_ids:
        return N_("You cannot decide on your own proposal.")
    return None


def has_officers(step: Step) -> str | None:
    if officers_missing(step.session, step.thing, accepting=step.actor.id):
        return N_(
            "Each side needs a partnership officer of its own to approve this, and one of them has none: "
            "its administrator can name one."
        )
    return None


def fix_version(step: Step) -> None:
    """What is submitted becomes a version of its own, with its fingerprint; only now do lists show its title and sums."""
    proposal = step.thing
    content = Content.from_json(proposal.draft)
    content = replace(content, answers=asked_again(content.answers, own_questions(step.session, proposal)))
    stored = content.to_json()
    proposal.title = content.title
    proposal.asked_minor, proposal.own_minor = content.asked_minor, content.own_minor
    proposal.number += 1
    proposal.submitted_at = proposal.submitted_at or clock.now()
    proposal.decide_by = clock.now() + dt.timedelta(days=DAYS_TO_DECIDE)
    step.session.flush()  # whoever submits at the same time is told so here
    version = {
        "proposal_id": proposal.id,
        "number": proposal.number,
        "content": stored,
        "sha256": fingerprint(stored),
        "submitted_by_id": step.actor.id,
        "at": clock.now(),
    }
    _VERSIONS.add(step.session.connection(), [version])


def settle_listing(step: Step) -> None:
    """Whoever proposes relies on what the listing says."""
    note_first_proposal(step.session, step.thing.listing_id)


def stamp_decision(step: Step) -> None:
    proposal = step.thing
    proposal.decided_at = clock.now()
    proposal.decision_note = step.given.text if step.given else ""
    proposal.decline_code = getattr(step.given, "code", None)


def open_approvals(step: Step) -> None:
    proposal = step.thing
    slots = Slots(
        subject_type="proposal",
        subject_id=proposal.id,
        number=proposal.number,
        organisations={Side.HOST: proposal.host_id, Side.PARTNER: proposal.organisation_id},
        author_id=proposal.author_id,
        owner_id=step.actor.id or proposal.listing.owner_id,
    )
    step.also.extend(open_slots(step.session, slots))


def void_approvals(step: Step) -> None:
    void_slots(step.session, "proposal", step.thing.id)


_OPEN = (S.SUBMITTED, S.IN_REVIEW)

PROPOSAL_FLOW = Workflow(
    of=Proposal,
    start=S.DRAFT,
    ends=(S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED),
    table=(
        T(
            "submit",
            N_("Submit the proposal"),
            (S.DRAFT, S.REVISION_REQUESTED),
            S.SUBMITTED,
            AUTHOR,
            ProposalSubmitted,
            guards=(is_complete, is_member, may_still_answer, has_changed, is_confirmed),
            effects=(fix_version, settle_listing),
        ),
        T("take_up", N_("Start the review"), (S.SUBMITTED,), S.IN_REVIEW, LISTING_OWNER, ProposalTakenUp),
        T(
            "accept",
            N_("Accept"),
            _OPEN,
            S.IN_APPROVAL,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties, has_officers),
            effects=(stamp_decision, open_approvals),
            takes=Acceptance,
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            _OPEN,
            S.REVISION_REQUESTED,
            LISTING_OWNER,
            ProposalDecided,
            effects=(stamp_decision,),
            takes=Reason,
        ),
        T(
            "decline",
            N_("Decline"),
            _OPEN,
            S.DECLINED,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties,),
            effects=(stamp_decision,),
            takes=Decline,
            risk=True,
        ),
        T(
            "return",
            N_("Send back"),
            (S.IN_APPROVAL,),
            S.REVISION_REQUESTED,
            SYSTEM,
            ProposalReturned,
            effects=(void_approvals,),
        ),
        T("complete", N_("Complete the approval"), (S.IN_APPROVAL,), S.ACCEPTED, SYSTEM, ProposalAccepted),
        T(
            "withdraw",
            N_("Withdraw"),
            (S.DRAFT, *_OPEN, S.REVISION_REQUESTED, S.IN_APPROVAL),
            S.WITHDRAWN,
            AUTHOR_SIDE,
            ProposalWithdrawn,
            effects=(void_approvals,),
            risk=True,
        ),
        T("expire", N_("Expire"), (S.DRAFT,), S.EXPIRED, SYSTEM, ProposalExpired),
    ),
)
