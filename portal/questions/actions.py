"""Asking and answering."""

from sqlalchemy.orm import Session

from portal.accounts.models import Kind as AccountKind
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.states import ListingState
from portal.organisations.models import Organisation
from portal.questions.events import QuestionAnswered, QuestionAsked
from portal.questions.inputs import Answered, Asked
from portal.questions.models import Question
from portal.questions.policies import ANSWER, ASK
from portal.questions.queries import asked_lately, questions_close_at, sent_twice

MOST_A_DAY = 10


def ask_question(session: Session, listing: Listing, asked: Asked, *, actor: Actor) -> Question:
    """Ask the listing's owner something; the same words sent again within half a minute are the question already there.

    Raises:
        Forbidden: the listing is `actor`'s own, or not for them.
        Refused: questions are closed, or `actor` has asked too many today.
    """
    require(ASK, actor, listing)
    if (already := sent_twice(session, actor, listing, asked.text)) is not None:
        return already
    if listing.state is ListingState.ANNOUNCED:
        raise Refused(N_("Questions are taken from the day the listing opens: until then its text may still change."))
    closes_at = questions_close_at(listing)
    if not listing.is_open or (closes_at is not None and closes_at <= clock.now()):
        raise Refused(N_("Questions about this listing are closed. What was answered stays here to be read."))
    if asked_lately(session, actor) >= MOST_A_DAY:
        raise Refused(N_("You have asked %(most)s questions since yesterday. Ask this one tomorrow."), most=MOST_A_DAY)
    organisation = session.get(Organisation, actor.seats[0].organisation_id) if actor.seats else None
    question = Question(
        listing=listing,
        host_id=listing.organisation_id,
        author_id=actor.id,
        asked_as=member_of(AccountKind, actor.kind),
        asked_from=organisation.kind if organisation else None,
        text=asked.text,
        asked_at=clock.now(),
    )
    session.add(question)
    session.flush()
    record(session, QuestionAsked(), actor=actor, subject=question)
    return question


def answer_question(session: Session, question: Question, given: Answered, *, actor: Actor) -> None:
    """Answer for everybody who reads the listing. An answer stands: what must be added is a change of the listing.

    Raises:
        Forbidden: the listing is somebody else's.
        Refused: it is answered already.
    """
    require(ANSWER, actor, question)
    if question.answered_at is not None:
        raise Refused(N_("This question is answered. If the answer was wrong, correct the listing itself."))
    question.answer = given.text
    question.answered_at = clock.now()
    session.flush()
    record(session, QuestionAnswered(), actor=actor, subject=question)
