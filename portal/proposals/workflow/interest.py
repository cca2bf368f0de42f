"""How an expression of interest is answered: never with silence, and never twice."""

import datetime as dt

from portal.kernel import clock
from portal.kernel.policy import SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.proposals.events import InterestAnswered, InterestBegun, InterestLapsed, InterestSent, InterestWithdrawn
from portal.proposals.inputs import Answer, Decline
from portal.proposals.models import Interest
from portal.proposals.policies import INTEREST_AUTHOR, INTEREST_OWNER
from portal.proposals.states import InterestState as S
from portal.proposals.workflow.eligibility import listing_is_open

DAYS_TO_REPLY = 14


def has_text(step: Step) -> str | None:
    return None if step.thing.motivation else N_("Say why this listing interests you first.")


def is_open(step: Step) -> str | None:
    return listing_is_open(step.thing.listing)


def is_for_somebody_else(step: Step) -> str | None:
    return N_("This is your own listing.") if step.thing.author_id in step.thing.listing.owner_ids else None


def promise_reply(step: Step) -> None:
    interest = step.thing
    interest.sent_at = clock.now()
    interest.reply_due_at = clock.now() + dt.timedelta(days=DAYS_TO_REPLY)


def keep_answer(step: Step) -> None:
    interest = step.thing
    interest.answer = step.given.text if step.given else ""
    interest.decline_code = getattr(step.given, "code", None)
    interest.answered_at = clock.now()


def start_over(step: Step) -> None:
    """Back on the author's desk: the text stays, everything about its first journey goes."""
    interest = step.thing
    interest.sent_at = interest.reply_due_at = interest.answered_at = interest.decline_code = None
    interest.answer = ""


_WAITING = (S.SENT, S.ACKNOWLEDGED)

INTEREST_FLOW = Workflow(
    of=Interest,
    start=S.DRAFT,
    ends=(S.INVITED, S.DECLINED),
    table=(
        T(
            "send",
            N_("Send"),
            (S.DRAFT,),
            S.SENT,
            INTEREST_AUTHOR,
            InterestSent,
            guards=(has_text, is_open, is_for_somebody_else),
            effects=(promise_reply,),
        ),
        T(
            "acknowledge",
            N_("Acknowledge"),
            (S.SENT,),
            S.ACKNOWLEDGED,
            INTEREST_OWNER,
            InterestAnswered,
            effects=(keep_answer,),
        ),
        T(
            "invite",
            N_("Invite"),
            (*_WAITING, S.LAPSED),
            S.INVITED,
            INTEREST_OWNER,
            InterestAnswered,
            effects=(keep_answer,),
            takes=Answer,
        ),
        T(
            "decline",
            N_("Decline"),
            (*_WAITING, S.LAPSED),
            S.DECLINED,
            INTEREST_OWNER,
            InterestAnswered,
            effects=(keep_answer,),
            takes=Decline,
            risk=True,
        ),
        T(
            "withdraw",
            N_("Withdraw"),
            (S.DRAFT, *_WAITING, S.LAPSED),
            S.WITHDRAWN,
            INTEREST_AUTHOR,
            InterestWithdrawn,
            risk=True,
        ),
        T(
            "resume",
            N_("Write again"),
            (S.WITHDRAWN,),
            S.DRAFT,
            INTEREST_AUTHOR,
            InterestBegun,
            guards=(is_open,),
            effects=(start_over,),
        ),
        T("lapse", N_("Lapse"), _WAITING, S.LAPSED, SYSTEM, InterestLapsed),
    ),
)
