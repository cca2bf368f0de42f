"""States of interests and proposals, with a word for each audience where they differ."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.listings.states import Kind

# Internships and training lead to a place, not to a work plan with a budget.
WITH_PROPOSAL = (Kind.PROJECT, Kind.CHALLENGE, Kind.COMPUTE)


class InterestState(Labelled):
    """Where an expression of interest stands."""

    DRAFT = "draft", N_("Draft")
    SENT = "sent", N_("Sent"), "info"
    ACKNOWLEDGED = "acknowledged", N_("Being read"), "info"
    ASKED = "asked", N_("A question for the author"), "turn"
    INVITED = "invited", N_("Invited"), "good"
    REDIRECTED = "redirected", N_("Passed on"), "info"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    LAPSED = "lapsed", N_("Not answered in time"), "bad"


# The owner owes an answer; and the same with the question an author has yet to answer.
AWAITED = (InterestState.SENT, InterestState.ACKNOWLEDGED)
UNSETTLED = (*AWAITED, InterestState.ASKED, InterestState.LAPSED)


class Onward(Labelled):
    """Where somebody is passed on to."""

    LISTING = "listing", N_("Another listing")
    PERSON = "person", N_("A person")
    OFFICE = "office", N_("Our role mailbox")


class ProposalState(Labelled):
    """Where a proposal stands."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted"), "info"
    IN_REVIEW = "in_review", N_("In review"), "info"
    REVISION_REQUESTED = "revision_requested", N_("Changes asked for"), "turn"
    CONDITIONAL = "conditional", N_("Conditions to confirm"), "turn"
    RESERVED = "reserved", N_("On the reserve list"), "info"
    IN_APPROVAL = "in_approval", N_("In approval"), "info"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    REDIRECTED = "redirected", N_("Passed on"), "info"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")
    LAPSED = "lapsed", N_("Reserve list ended")


class Screening(Labelled):
    """Whether a version may be judged at all: a question apart from its merit, and asked before it."""

    PASSED = "passed", N_("Eligible and complete"), "good"
    INCOMPLETE = "incomplete", N_("Not complete yet"), "turn"
    INELIGIBLE = "ineligible", N_("Not eligible"), "bad"


# A proposal in one of these states is the author's answer to its listing; only the others leave room for a new one.
_OVER = ("redirected", "declined", "withdrawn", "expired", "lapsed")
STANDING = tuple(state for state in ProposalState if state.value not in _OVER)
JUDGED = (ProposalState.IN_REVIEW, ProposalState.RESERVED)  # its merit can be decided on


class Right(Labelled):
    """What somebody may do with a proposal they did not begin."""

    VIEW = "view", N_("May read")
    COMMENT = "comment", N_("May read and comment")
    EDIT = "edit", N_("May write")


class CoAuthorState(Labelled):
    """Whether somebody takes part in writing a proposal."""

    INVITED = "invited", N_("Invited"), "turn"
    ACTIVE = "active", N_("Takes part"), "good"
    DECLINED = "declined", N_("Does not want to")
    WITHDRAWN = "withdrawn", N_("Invitation withdrawn")
    EXPIRED = "expired", N_("Not answered in time")
    ENDED = "ended", N_("No longer takes part")


class ConfirmationState(Labelled):
    """Whether a partner stands behind what a proposal says now."""

    OPEN = "open", N_("Not asked yet")
    ASKED = "asked", N_("Asked to confirm"), "turn"
    CONFIRMED = "confirmed", N_("Confirmed"), "good"
    OBJECTED = "objected", N_("Objects"), "bad"
    LEFT_OUT = "left_out", N_("No partner any more")


class View(Labelled):
    """Whose interests or proposals a list shows."""

    MINE = "mine", N_("Mine")
    RECEIVED = "received", N_("On my listings")
    ORGANISATION = "organisation", N_("My organisation's")


class DeclineCode(Labelled):
    """Why something was declined, in one word; the text beside it says more."""

    FIT = "fit", N_("Does not fit what we look for")
    CAPACITY = "capacity", N_("No capacity at present")
    BUDGET = "budget", N_("Beyond our budget")
    QUALITY = "quality", N_("The plan does not convince us yet")
    ELIGIBILITY = "eligibility", N_("A condition is not met")
    OTHER = "other", N_("Another reason")


class CostCategory(Labelled):
    """What a budget line pays for."""

    STAFF = "staff", N_("Staff")
    EQUIPMENT = "equipment", N_("Equipment")
    TRAVEL = "travel", N_("Travel")
    MATERIALS = "materials", N_("Materials")
    SERVICES = "services", N_("Services")
    OVERHEAD = "overhead", N_("Overhead")


class Funding(Labelled):
    """Who carries a budget line, and how."""

    ASKED = "asked", N_("Asked from the host")
    OWN_CASH = "own_cash", N_("Own cash")
    IN_KIND = "in_kind", N_("Own in-kind contribution")


class Valuation(Labelled):
    """How the value of an in-kind contribution was found."""

    ACTUAL = "actual", N_("Actual cost, such as payroll")
    RATES = "rates", N_("Published rates")
    MARKET = "market", N_("Market price")
    BOOK = "book", N_("Book value, less depreciation")
    ESTIMATE = "estimate", N_("Estimate agreed by the partners")


class Ethics(Labelled):
    """Whether an ethics board has to approve the work, and whether it has."""

    NOT_NEEDED = "not_needed", N_("No approval is needed")
    TO_ASK = "to_ask", N_("Approval is needed and not asked for yet")
    ASKED = "asked", N_("Approval is asked for")
    GIVEN = "given", N_("Approval is given")


class FileCategory(Labelled):
    """What a file is that goes with a proposal."""

    LETTER = "letter", N_("Letter of support")
    CV = "cv", N_("Curriculum vitae")
    ANNEX = "annex", N_("Technical annex")
    QUOTE = "quote", N_("Quote")
    PAPER = "paper", N_("Paper on data or ethics")
    OTHER = "other", N_("Something else")
