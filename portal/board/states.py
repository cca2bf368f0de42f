"""The six stages as lanes, and what stands in them."""

from portal.collaborations.states import CollaborationState as C
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.proposals.states import STANDING
from portal.proposals.states import InterestState as I
from portal.proposals.states import ProposalState as P


class Stage(Labelled):
    """Where something is on the road."""

    LISTING = "listing", N_("Listing")
    PROPOSAL = "proposal", N_("Proposal")
    REVIEW = "review", N_("Review & approvals")
    AGREEMENT = "agreement", N_("Agreement")
    COLLABORATION = "collaboration", N_("Collaboration")
    OUTCOMES = "outcomes", N_("Outcomes")


class What(Labelled):
    """What stands on the board."""

    INTEREST = "interest", N_("Interest")
    PROPOSAL = "proposal", N_("Proposal")
    COLLABORATION = "collaboration", N_("Collaboration")


class Together(Labelled):
    """What can be done with many things of the board in one go."""

    REMIND = "remind", N_("Remind whoever’s turn it is")
    WRITE = "write", N_("Write the same message to each")
    FOLLOW = "follow", N_("Follow each conversation")
    ACKNOWLEDGE = "acknowledge", N_("Acknowledge interests, as the owner of their listing")
    TAKE_UP = "take_up", N_("Take up proposals for review, as the owner of their listing")


class Readers(Labelled):
    """Who reads a message that is written to many things."""

    EVERYBODY = "all", N_("Everybody who takes part")
    OWN = "own", N_("Only people of my organisation")


STATES: dict[What, type[Labelled]] = {What.INTEREST: I, What.PROPOSAL: P, What.COLLABORATION: C}
PREFIXES = {What.INTEREST: "EI", What.PROPOSAL: "PR", What.COLLABORATION: "CO"}
_WRITTEN = (P.DRAFT, P.SUBMITTED, P.REVISION_REQUESTED)
_ENDED = (C.CLOSED, C.TERMINATED)

MOVING = (Stage.LISTING, Stage.PROPOSAL, Stage.REVIEW, Stage.AGREEMENT)  # where what stands still waits for somebody

# What is in which lane; the states that are named nowhere are over and leave the board.
LANES: dict[Stage, tuple[What, tuple[Labelled, ...]]] = {
    Stage.LISTING: (What.INTEREST, tuple(state for state in I if state not in (I.DRAFT, I.REDIRECTED, I.DECLINED, I.WITHDRAWN))),
    Stage.PROPOSAL: (What.PROPOSAL, _WRITTEN),
    Stage.REVIEW: (What.PROPOSAL, tuple(state for state in STANDING if state not in (*_WRITTEN, P.ACCEPTED))),
    Stage.AGREEMENT: (What.COLLABORATION, (C.PLANNED,)),
    Stage.COLLABORATION: (What.COLLABORATION, tuple(state for state in C if state not in (C.PLANNED, *_ENDED))),
    Stage.OUTCOMES: (What.COLLABORATION, _ENDED),
}
