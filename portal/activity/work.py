"""What waits for one person: counted in the header of every page, listed on My work."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, func, literal, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.prepared import Prepared, moment
from portal.kernel.work import Source, promised, waiting
from portal.web.pages import Badges

MOST = 100  # tasks shown; who has more sees the most urgent


@dataclass(frozen=True)
class Task:
    """One thing that waits: “Decide on” a title, where that is done, since when and until when."""

    asks: str
    title: str
    href: str
    button: str
    since: dt.datetime | None
    due_at: dt.datetime | None
    at_once: tuple[str, str] | None = None  # the button and the address of a step that can be taken from here

    @property
    def due_on(self) -> dt.date | dt.datetime | None:
        """What is printed: a day that was promised, or a moment."""
        return promised(self.due_at) if self.due_at else None


class Desk:
    """Counts and lists over all sources and the unread notifications.

    `unread` gives, for an account's id, the count as a statement: it comes from a neighbour on the same floor. `marks` gives
    columns that others want for each page, and that cost no statement of their own here; `works` one that says whether a
    person has work that the header leads to.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        unread: Any,
        marks: Callable[[Any], tuple[Any, ...]] = lambda account_id: (),
        works: Callable[[Actor], Any] = lambda actor: false(),
    ) -> None:
        self._sources = {source.key: source for source in sources}
        self._unread, self._marks, self._works = unread, marks, works
        self._counts, self._lists = Prepared(), Prepared()

    def badges(self, session: Session, actor: Actor) -> Badges:
        """How much waits, as far as `MOST`, and how much is unread, in one statement."""
        row: Any = self._counts.rows(session, _key(actor), lambda: self._count(actor))[0]
        return Badges(waiting=row[0], unread=row[1], works=bool(row[2]), marks=tuple(row[3:]))

    def tasks(self, session: Session, actor: Actor) -> list[Task]:
        """What waits, the most urgent first: by the date it is due, then by how long it has waited."""
        rows = self._lists.rows(session, _key(actor), lambda: self._list(actor))
        return [self._task(row) for row in rows]

    def _count(self, actor: Actor) -> AnySelect:
        everything = waiting(tuple(self._sources.values()), actor)
        how_many: Any = literal(0)
        if everything is not None:
            how_many = select(func.count()).select_from(everything.limit(MOST).subquery()).scalar_subquery()
        return select(how_many, self._unread(actor.id).scalar_subquery(), self._works(actor), *self._marks(actor.id))

    def _list(self, actor: Actor) -> AnySelect:
        everything = waiting(tuple(self._sources.values()), actor)
        if everything is None:
            return select(literal(0)).where(literal(1) == literal(0))
        each = everything.subquery().c
        return select(*each).order_by(each.due_at.is_(None), each.due_at, each.since, each.id).limit(MOST)

    def _task(self, row: Any) -> Task:
        source = self._sources[row.source]
        href = source.href(row.id, row.detail)
        step = source.at_once and source.at_once.href(row.id, row.detail)
        at_once = (source.at_once.button, step) if source.at_once and step else None
        return Task(source.asks, row.title, href, source.button, moment(row.since), moment(row.due_at), at_once)


def _key(actor: Actor) -> Hashable:
    """Who asks, with their seats, and the hour: what time alone makes wait may be counted up to an hour late."""
    return (actor, clock.now().replace(minute=0, second=0, microsecond=0))
