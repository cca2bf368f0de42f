"""How an expression of interest is answered: never with silence, and never twice."""

import datetime as dt

from portal.kernel import clock
from portal.kernel.events import About
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.proposals.events import (
    InterestAnswered,
    InterestAsked,
    InterestBegun,
    InterestLapsed,
    InterestReceived,
    InterestReplied,
    InterestSent,
    InterestWithdrawn,
)
from portal.proposals.inputs import Answer, Decline, PassOn, Query, Reply
from portal.proposals.models import Interest
from portal.proposals.policies import INTEREST_AUTHOR, INTEREST_OWNER
from portal.proposals.states import AWAITED, UNSETTLED
from portal.proposals.states import InterestState as S
from portal.proposals.workflow.eligibility import listing_is_open
from portal.proposals.workflow.onward import pass_on

DAYS_TO_REPLY = 14
DAYS_AFTER_REPLY = 7  # at least so many are left once the author has answered a question


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


def give_receipt(step: Step) -> None:
    """The author is told as well, by the portal: nobody is told of what they did themselves."""
    interest = step.thing
    step.also.append(About(InterestReceived(), Interest, interest.id, interest.organisation_id, SYSTEM_ACTOR))


def note_question(step: Step) -> None:
    asked = {"question": step.given.text, "asked_at": clock.now().isoformat()}
    step.thing.asked = [*step.thing.asked, asked]


def note_reply(step: Step) -> None:
    """Whoever asked gets some days for what they were told; the promise becomes no shorter by it."""
    interest = step.thing
    *before, last = interest.asked
    interest.asked = [*before, last | {"reply": step.given.text, "replied_at": clock.now().isoformat()}]
    interest.reply_due_at = max(interest.reply_due_at, clock.now() + dt.timedelta(days=DAYS_AFTER_REPLY))


def keep_answer(step: Step) -> None:
    interest = step.thing
    interest.answer = step.given.text if step.given else ""
    interest.decline_code = getattr(step.given, "code", None)
    interest.answered_at = clock.now()


def start_over(step: Step) -> None:
    """Back on the author's desk: the text stays, everything about its first journey goes."""
    interest = step.thing
    interest.sent_at = interest.reply_due_at = interest.answered_at = interest.decline_code = interest.declared_at = None
    interest.answer, interest.asked = "", []


INTEREST_FLOW = Workflow(
    of=Interest,
    start=S.DRAFT,
    ends=(S.INVITED, S.REDIRECTED, S.DECLINED),
    table=(
        T(
            "send",
            N_("Send"),
            (S.DRAFT,),
            S.SENT,
            INTEREST_AUTHOR,
            InterestSent,
            guards=(has_text, is_open, is_for_somebody_else),
            effects=(promise_reply, give_receipt),
        ),
        T(
            "acknowledge",
            N_("Acknowledge"),
            (S.SENT,),
            S.ACKNOWLEDGED,
            INTEREST_OWNER,
            InterestAnswered,
        ),
        T(
            "ask",
            N_("Ask a question"),
            (*AWAITED, S.LAPSED),
            S.ASKED,
            INTEREST_OWNER,
            InterestAsked,
            effects=(note_question,),
            takes=Query,
        ),
        T(
            "reply",
            N_("Answer the question"),
            (S.ASKED,),
            S.ACKNOWLEDGED,
            INTEREST_AUTHOR,
            InterestReplied,
            effects=(note_reply,),
            takes=Reply,
        ),
        T(
            "invite",
            N_("Invite"),
            UNSETTLED,
            S.INVITED,
            INTEREST_OWNER,
            InterestAnswered,
            effects=(keep_answer,),
            takes=Answer,
        ),
        T(
            "redirect",
            N_("Pass on"),
            UNSETTLED,
            S.REDIRECTED,
            INTEREST_OWNER,
            InterestAnswered,
            effects=(keep_answer, pass_on),
            takes=PassOn,
        ),
        T(
            "decline",
            N_("Decline"),
            UNSETTLED,
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
            (S.DRAFT, *UNSETTLED),
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
        T("lapse", N_("Lapse"), AWAITED, S.LAPSED, SYSTEM, InterestLapsed),
    ),
)
