"""Whom a fact concerns and what they are told: declared by the features, delivered by the notifications engine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.events import Event, Fact
from portal.kernel.policy import Actor
from portal.kernel.subjects import subject_named
from portal.kernel.text import N_

_YOUR_TURN = "It is your turn"


@dataclass(frozen=True)
class Concerned:
    """One person who is to be told, and why (marked with N_): “because you posted the listing”."""

    account_id: int
    why: str


Facts = Sequence[tuple[str, Any]]  # labels (marked) and texts or moments; those without a value are left out


@dataclass(frozen=True)
class Notice:
    """What is said about one fact. All sentences are marked with N_ and may use %(title)s, %(actor)s and the fact's data."""

    fact: type[Fact]
    concerned: Callable[[Session, Event], Iterable[Concerned]]
    subject: str  # the mail's subject and the line in the list: what happened, to what
    turn: str  # the mail's first line: “It is your turn: …” and what to do, or that nothing need be done
    button: str  # the label of its one link
    mail: bool = True
    inside: bool = False  # only for people of the organisation the fact belongs to
    facts: Callable[[Any], Facts] | None = None  # of the thing, for the mail: what a receipt holds
    may: Callable[[Session, Event, Actor], bool] | None = None  # what else must be so for this person to be told, then and now
    href: Callable[[Session, Event], str] | None = None  # where the link leads, where that is not the thing's own page
    mutes: bool = False  # not told to those who muted the thing's conversation

    @property
    def key(self) -> str:
        """Tells it from all others: one fact may be told to different people in different words."""
        return f"{self.fact.kind}:{getattr(self.concerned, '__name__', '')}"

    def is_for(self, session: Session, event: Event, actor: Actor) -> bool:
        """Whether this person, who may read the thing, may be told now."""
        if self.inside and event.organisation_id not in actor.organisations:
            return False
        return self.may is None or self.may(session, event, actor)

    @property
    def is_turn(self) -> bool:
        """Whether those who are told have to act."""
        return self.turn.startswith(_YOUR_TURN)


@dataclass(frozen=True)
class Topic:
    """Kinds of news that people choose together how to be told of."""

    key: str
    label: str  # marked
    notices: tuple[Notice, ...]
    keepers: bool = False  # for administrators of the portal alone
    officers: bool = False  # for partnership officers alone
    daily: bool = False  # in one mail a day, for whoever chose nothing else


TURN = "turn"  # what waits for the reader's own step is a topic of its own, whatever it is about


def topic_of(notice: Notice, topics: Iterable[Topic]) -> str:
    """The key of the topic under which people choose how to be told of this."""
    if notice.is_turn:
        return TURN
    return next((topic.key for topic in topics if notice in topic.notices), "")


def taking_part(session: Session, event: Event) -> Iterable[Concerned]:
    """The people of a fact's subject, as the wiring names them: author and owner, the leads of both sides."""
    subject = subject_named(event.subject_type)
    thing = session.get(subject.model, event.subject_id, options=subject.options)
    why = N_("because you take part in this")
    return [Concerned(account_id, why) for account_id in subject.people(thing)] if thing is not None else []
