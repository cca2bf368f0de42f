"""Reads over questions."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session, joinedload

from portal.kernel import clock
from portal.kernel.db import AnySelect, unindexed
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.inputs import deadline
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.queries import OUTLINE
from portal.listings.states import Kind, ListingState
from portal.questions.models import Question
from portal.questions.policies import READ

SHOWN = 200
DOUBLE_CLICK = dt.timedelta(seconds=30)
WITH_LISTING = (joinedload(Question.listing).load_only(*OUTLINE, Listing.questions_until),)


def questions_on(session: Session, actor: Actor, listing: Listing) -> Sequence[Question]:
    """The newest `SHOWN` questions about a listing that `actor` may read, those without an answer first."""
    query = select(Question).where(Question.listing_id == listing.id, READ.where(actor))
    return session.scalars(query.order_by(Question.answered_at.is_not(None), Question.id.desc()).limit(SHOWN)).all()


def asked_lately(session: Session, actor: Actor) -> int:
    """How many questions this person asked within a day, about whatever."""
    since = clock.now() - dt.timedelta(days=1)
    query = select(func.count()).select_from(Question).where(Question.author_id == actor.id, Question.asked_at > since)
    return session.scalar(query) or 0


def sent_twice(session: Session, actor: Actor, listing: Listing, text: str) -> Question | None:
    """The same words by the same person a moment ago: what a second click on the button makes."""
    same = select(Question).where(Question.listing_id == listing.id, Question.author_id == actor.id, Question.text == text)
    return session.scalars(same.where(Question.asked_at > clock.now() - DOUBLE_CLICK)).first()


def questions_close_at(listing: Listing) -> dt.datetime | None:
    """Until when questions are taken: the last minute of the day set for them, or the deadline if it comes before."""
    last = deadline(listing.questions_until, None, listing.time_zone) if listing.questions_until else None
    moments = [moment for moment in (last, listing.closes_at) if moment is not None]
    return min(moments, default=None)


def questions_to_answer(actor: Actor) -> AnySelect | None:
    """What people want to know of this person's listings."""
    if not actor.is_person:
        return None
    shown = unindexed(Listing._state).in_((ListingState.PUBLISHED, ListingState.CLOSED))
    return (
        select(
            Listing.id.label("id"),
            Listing.title.label("title"),
            cast(Listing.kind, String).label("detail"),
            Question.asked_at.label("since"),
            Listing.closes_at.label("due_at"),
        )
        .join(Question, Question.listing_id == Listing.id)
        .where(OWNER.where(actor), Question.answered_at.is_(None), shown)
    )


def _page(number: int, kind: str) -> str:
    facts = member_of(Kind, kind).facts
    return f"/{facts.path}/{reference(facts.prefix, number)}/questions"


SOURCES = (Source("question.answer", N_("Answer a question about"), N_("Open the questions"), _page, questions_to_answer),)
