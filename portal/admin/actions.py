"""Settling what the machinery could not do by itself."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.admin.events import DeadLetterSolved
from portal.kernel import clock
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import record
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.subscribers import DeadLetter, Subscriber, retry
from portal.kernel.text import N_

AT_ONCE = 100  # dead letters that one press of a button tries again


def retry_letter(session: Session, number: int, subscribers: Sequence[Subscriber], *, actor: Actor) -> None:
    """Hand a fact to its subscriber again.

    Raises:
        Missing: no such letter, or it is settled.
        Refused: the subscriber failed again; the letter stays.
    """
    letter = _open_letter(session, number, actor)
    try:
        with session.begin_nested():
            retry(session, letter, subscribers)
    except Exception as problem:  # whatever a subscriber raises is an answer here
        raise Refused(N_("It failed again: %(error)s. The letter stays."), error=type(problem).__name__) from problem
    record(session, DeadLetterSolved(), actor=actor, subject=letter)


def retry_letters(session: Session, subscribers: Sequence[Subscriber], *, actor: Actor) -> tuple[int, int]:
    """Hand the oldest `AT_ONCE` facts to their subscribers again; how many were handled, and how many failed once more."""
    require(ADMIN, actor, None)
    query = select(DeadLetter.id).where(DeadLetter.solved_at.is_(None)).order_by(DeadLetter.id).limit(AT_ONCE)
    handled = failed = 0
    for number in session.scalars(query).all():
        try:
            retry_letter(session, number, subscribers, actor=actor)
            handled += 1
        except Refused:
            failed += 1
    return handled, failed


def set_letter_aside(session: Session, number: int, given: Reason, *, actor: Actor) -> DeadLetter:
    """Settle a letter without trying again; the reason stays with it.

    Raises:
        Missing: no such letter, or it is settled.
    """
    letter = _open_letter(session, number, actor)
    letter.solved_at, letter.note = clock.now(), given.text
    record(session, DeadLetterSolved(), actor=actor, subject=letter)
    return letter


def _open_letter(session: Session, number: int, actor: Actor) -> DeadLetter:
    require(ADMIN, actor, None)
    query = select(DeadLetter).where(DeadLetter.id == number, DeadLetter.solved_at.is_(None)).with_for_update()
    letter = session.scalars(query).one_or_none()
    if letter is None:
        raise Missing
    return letter
