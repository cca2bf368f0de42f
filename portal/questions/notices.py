"""Whom questions and answers concern."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.questions.events import QuestionAnswered, QuestionAsked
from portal.questions.models import Question


def owner(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who answer for the listing."""
    query = select(Listing).join(Question, Question.listing_id == Listing.id).where(Question.id == event.subject_id)
    owners = (number for listing in session.scalars(query) for number in listing.owner_ids)
    return [Concerned(number, N_("because you own this listing")) for number in owners]


def asker(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever asked."""
    question = session.get(Question, event.subject_id)
    return [Concerned(question.author_id, N_("because you asked"))] if question is not None else []


NOTICES = (
    Notice(
        QuestionAsked,
        owner,
        N_("A question about “%(title)s”"),
        N_("It is your turn: answer it. Everybody who reads the listing can then read both."),
        N_("Open the question"),
    ),
    Notice(
        QuestionAnswered,
        asker,
        N_("Your question about “%(title)s” is answered"),
        N_("You need do nothing now."),
        N_("Read the answer"),
    ),
)
