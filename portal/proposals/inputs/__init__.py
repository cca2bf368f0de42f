"""What people may send: interests, answers, and the whole content of a proposal."""

from portal.proposals.inputs.answers import MOST_INTEREST, Acceptance, Answer, Decline, InterestText, PassOn, Query, Reply
from portal.proposals.inputs.budget import BudgetLine, Partner, budget_line, partner
from portal.proposals.inputs.content import MOST_SUMMARY, MOST_TITLE, ROWS, Content, fingerprint
from portal.proposals.inputs.decisions import Conditional, Reserve, Screened
from portal.proposals.inputs.files import Enclosed, Enclosing
from portal.proposals.inputs.given import Given, asked_again, values_of
from portal.proposals.inputs.partners import Confirming, PartKept
from portal.proposals.inputs.plan import Deliverable, Member, Milestone, WorkPackage
from portal.proposals.inputs.rows import each
from portal.proposals.inputs.sums import Total, totals
from portal.proposals.inputs.together import NewCoAuthor, RightGiven

__all__ = [
    "MOST_SUMMARY",
    "MOST_TITLE",
    "ROWS",
    "Confirming",
    "PartKept",
    "MOST_INTEREST",
    "Acceptance",
    "Answer",
    "BudgetLine",
    "Content",
    "Decline",
    "Deliverable",
    "Enclosed",
    "Enclosing",
    "Given",
    "InterestText",
    "Member",
    "Milestone",
    "NewCoAuthor",
    "Partner",
    "PassOn",
    "Conditional",
    "Reserve",
    "Screened",
    "Query",
    "Reply",
    "RightGiven",
    "Total",
    "WorkPackage",
    "asked_again",
    "budget_line",
    "each",
    "fingerprint",
    "partner",
    "totals",
    "values_of",
]
