"""What people may send: interests, answers, and the whole content of a proposal."""

from portal.proposals.inputs.answers import Acceptance, Answer, Decline, InterestText, PassOn, Query, Reply
from portal.proposals.inputs.budget import BudgetLine, budget_line
from portal.proposals.inputs.content import MOST_LINES, MOST_PACKAGES, MOST_SUMMARY, MOST_TITLE, Content, fingerprint
from portal.proposals.inputs.plan import WorkPackage
from portal.proposals.inputs.rows import each
from portal.proposals.inputs.together import NewCoAuthor, RightGiven

__all__ = [
    "Acceptance",
    "Answer",
    "Decline",
    "InterestText",
    "PassOn",
    "Query",
    "Reply",
    "BudgetLine",
    "budget_line",
    "MOST_LINES",
    "MOST_PACKAGES",
    "MOST_SUMMARY",
    "MOST_TITLE",
    "Content",
    "fingerprint",
    "WorkPackage",
    "each",
    "NewCoAuthor",
    "RightGiven",
]
