"""How a proposal is decided: by the listing's owner, then by an officer of each side, on one and the same version."""

from dataclasses import replace

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM
from portal.kernel.prepared import Change
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.listings.actions import note_first_proposal
from portal.proposals.events import (
    ProposalAccepted,
    ProposalConditionsMet,
    ProposalDecided,
    ProposalExpired,
    ProposalLapsed,
    ProposalObjected,
    ProposalReturned,
    ProposalScreened,
    ProposalSubmitted,
    ProposalTakenUp,
    ProposalWithdrawn,
)
from portal.proposals.inputs import Acceptance, Conditional, Decline, PassOn, Reserve, Screened, asked_again, fingerprint
from portal.proposals.models import Proposal, ProposalVersion
from portal.proposals.policies import AUTHOR, AUTHOR_SIDE, LISTING_OWNER
from portal.proposals.queries import officers_missing, own_questions
from portal.proposals.states import JUDGED
from portal.proposals.states import ProposalState as S
from portal.proposals.workflow.approving import open_approvals, void_approvals, void_open_approvals
from portal.proposals.workflow.deciding import (
    are_confirmed,
    end_held,
    note_objection,
    pass_screening,
    put_in_reserve,
    screen_out,
    set_conditions,
    stamp_decision,
    start_judging,
)
from portal.proposals.workflow.files import are_harmless, freeze_files
from portal.proposals.workflow.onward import pass_on
from portal.proposals.workflow.submitting import has_changed, is_complete, is_confirmed, is_member, may_still_answer

_VERSIONS = Change.adding(
    ProposalVersion.metadata.tables["proposal_version"],
    *("proposal_id", "number", "content", "sha256", "submitted_by_id", "at"),
)


def has_two_parties(step: Step) -> str | None:
    if step.thing.author_id in step.thing.listing.owner_ids:
        return N_("You cannot decide on your own proposal.")
    return None


def has_officers(step: Step) -> str | None:
    if officers_missing(step.session, step.thing, accepting=step.actor.id or step.thing.decided_by_id):
        return N_(
            "Each side needs a partnership officer of its own to approve this, and one of them has none: "
            "its administrator can name one."
        )
    return None


def fix_version(step: Step) -> None:
    """What is submitted becomes a version of its own, with its fingerprint; only now do lists show its title and sums."""
    proposal = step.thing
    content = proposal.written
    if content.answers:
        content = replace(content, answers=asked_again(content.answers, own_questions(step.session, proposal)))
    stored = content.to_json()
    proposal.title = content.title
    proposal.asked_minor, proposal.own_minor = content.asked_minor, content.own_minor
    proposal.number += 1
    proposal.submitted_at = proposal.submitted_at or clock.now()
    step.session.flush()  # whoever submits at the same time is told so here
    version = {
        "proposal_id": proposal.id,
        "number": proposal.number,
        "content": stored,
        "sha256": fingerprint(stored),
        "submitted_by_id": step.actor.id,
        "at": clock.now(),
    }
    _VERSIONS.make(step.session.connection(), version)
    freeze_files(step.session, proposal, content)


def settle_listing(step: Step) -> None:
    """Whoever proposes relies on what the listing says."""
    note_first_proposal(step.session, step.thing.listing_id)


PROPOSAL_FLOW = Workflow(
    of=Proposal,
    start=S.DRAFT,
    ends=(S.ACCEPTED, S.REDIRECTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED, S.LAPSED),
    table=(
        T(
            "submit",
            N_("Submit the proposal"),
            (S.DRAFT, S.REVISION_REQUESTED),
            S.SUBMITTED,
            AUTHOR,
            ProposalSubmitted,
            guards=(is_complete, are_harmless, is_member, may_still_answer, has_changed, is_confirmed),
            effects=(start_judging, fix_version, settle_listing),
        ),
        T(
            "take_up",
            N_("Eligible and complete: start the review"),
            (S.SUBMITTED,),
            S.IN_REVIEW,
            LISTING_OWNER,
            ProposalTakenUp,
            effects=(pass_screening,),
        ),
        T(
            "incomplete",
            N_("Not complete yet"),
            (S.SUBMITTED,),
            S.REVISION_REQUESTED,
            LISTING_OWNER,
            ProposalScreened,
            effects=(screen_out,),
            takes=Screened,
        ),
        T(
            "ineligible",
            N_("Not eligible"),
            (S.SUBMITTED,),
            S.DECLINED,
            LISTING_OWNER,
            ProposalScreened,
            guards=(has_two_parties,),
            effects=(screen_out,),
            takes=Screened,
            risk=True,
        ),
        T(
            "accept",
            N_("Accept"),
            JUDGED,
            S.IN_APPROVAL,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties, has_officers),
            effects=(stamp_decision, open_approvals),
            takes=Acceptance,
        ),
        T(
            "accept_conditionally",
            N_("Accept with conditions"),
            JUDGED,
            S.CONDITIONAL,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties,),
            effects=(stamp_decision, set_conditions),
            takes=Conditional,
        ),
        T(
            "ask_changes",
            N_("Ask for changes"),
            JUDGED,
            S.REVISION_REQUESTED,
            LISTING_OWNER,
            ProposalDecided,
            effects=(stamp_decision,),
            takes=Reason,
        ),
        T(
            "reserve",
            N_("Put on the reserve list"),
            (S.IN_REVIEW,),
            S.RESERVED,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties,),
            effects=(stamp_decision, put_in_reserve),
            takes=Reserve,
        ),
        T(
            "redirect",
            N_("Pass on"),
            JUDGED,
            S.REDIRECTED,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties,),
            effects=(stamp_decision, pass_on),
            takes=PassOn,
        ),
        T(
            "decline",
            N_("Decline"),
            (*JUDGED, S.CONDITIONAL),
            S.DECLINED,
            LISTING_OWNER,
            ProposalDecided,
            guards=(has_two_parties,),
            effects=(stamp_decision,),
            takes=Decline,
            risk=True,
        ),
        T(
            "object",
            N_("Object to the conditions"),
            (S.CONDITIONAL,),
            S.IN_REVIEW,
            AUTHOR,
            ProposalObjected,
            effects=(note_objection,),
            takes=Reason,
            risk=True,
        ),
        T(
            "agree",
            N_("Agree to all conditions"),
            (S.CONDITIONAL,),
            S.IN_APPROVAL,
            SYSTEM,
            ProposalConditionsMet,
            guards=(are_confirmed, has_officers),
            effects=(open_approvals,),
        ),
        T(
            "return",
            N_("Send back"),
            (S.IN_APPROVAL,),
            S.REVISION_REQUESTED,
            SYSTEM,
            ProposalReturned,
            effects=(void_open_approvals,),
        ),
        T("complete", N_("Complete the approval"), (S.IN_APPROVAL,), S.ACCEPTED, SYSTEM, ProposalAccepted),
        T(
            "withdraw",
            N_("Withdraw"),
            (S.DRAFT, S.SUBMITTED, S.REVISION_REQUESTED, *JUDGED, S.CONDITIONAL, S.IN_APPROVAL),
            S.WITHDRAWN,
            AUTHOR_SIDE,
            ProposalWithdrawn,
            effects=(void_approvals, end_held),
            risk=True,
        ),
        T("expire", N_("Expire"), (S.DRAFT,), S.EXPIRED, SYSTEM, ProposalExpired),
        T("lapse", N_("Lapse"), (S.RESERVED,), S.LAPSED, SYSTEM, ProposalLapsed),
    ),
)
