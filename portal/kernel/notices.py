"""Whom a fact concerns and what they are told: declared by the features, delivered by the notifications engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.kernel.events import Event, Fact


@dataclass(frozen=True)
class Concerned:
    """One person who is to be told, and why (marked with N_): “because you posted the listing”."""

    account_id: int
    why: str


@dataclass(frozen=True)
class Notice:
    """What is said about one fact. All sentences are marked with N_ and may use %(title)s, %(actor)s and the fact's data."""

    fact: type[Fact]
    concerned: Callable[[Session, Event], Iterable[Concerned]]
    subject: str  # the mail's subject and the line in the list: what happened, to what
    turn: str  # the mail's first line: whose turn it is and what to do, or that nothing need be done
    button: str  # the label of its one link
    mail: bool = True
