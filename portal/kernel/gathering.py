"""Many things written in one go: while a session gathers, rows and facts wait and then go to the database together.

A row costs less the more of them go at once. What is recorded is the same as one by one, in the same order; only an answer of
the database about what still waits cannot be had. So this is for many things of one kind that do not look at one another.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

_KEY = "gathering"


class Gathering:
    """What waits in one session: facts, steps taken by rows that are not written yet, and what needs the ids of rows."""

    def __init__(self) -> None:
        self.facts: list[Any] = []
        self.sent = 0  # how often rows went to the database
        self._steps: Counter[Any] = Counter()
        self._later: list[tuple[int, Callable[[], None]]] = []  # each with how many facts there were before it

    def note_step(self, thing: Any) -> None:
        """A row takes a step before it is written: it is written as often as if it had waited for neither."""
        if inspect(thing).pending:
            self._steps[thing] += 1

    def write(self, session: Session) -> None:
        """Send all rows, then run what needed their ids; the facts stay in order."""
        session.flush()
        self._count_steps(session)
        facts, self.facts = self.facts, []
        later, self._later = self._later, []
        before = 0
        for place, do in later:
            self.facts += facts[before:place]
            do()
            before = place
        self.facts += facts[before:]
        session.flush()

    def _count_steps(self, session: Session) -> None:
        """A row that took steps before it was written has the version that it would have had one by one."""
        alike: defaultdict[tuple[Any, int], list[Any]] = defaultdict(list)
        for thing, steps in self._steps.items():
            alike[inspect(thing).mapper, steps].append(thing)
        self._steps.clear()
        for (mapper, steps), things in alike.items():
            number, own_id = mapper.version_id_col, mapper.primary_key[0]
            ids = [thing.id for thing in things]
            session.connection().execute(update(mapper.local_table).where(own_id.in_(ids)).values({number: number + steps}))
            for thing in things:
                set_committed_value(thing, number.key, getattr(thing, number.key) + steps)

    def mark(self, session: Session) -> tuple[int, ...]:
        """Differs once something was added, changed, removed, sent or recorded."""
        return len(session.new), len(session.dirty), len(session.deleted), self.sent, len(self.facts), len(self._later)

    def wait(self, do: Callable[[], None]) -> None:
        """Run `do` when all rows have their ids; the facts it records stand where they would have stood at once."""
        self._later.append((len(self.facts), do))


def gathering_of(session: Session) -> Gathering | None:
    """What waits in the session, if it gathers."""
    found: Gathering | None = session.info.get(_KEY)
    return found


@contextmanager
def gathered(session: Session, settle: Callable[[Session], None]) -> Iterator[Gathering]:
    """Gather inside the block; `settle` writes it all at the end. Where the block fails, everything is forgotten.

    The caller's transaction must be given up as well then: some rows may have been sent already.
    """
    session.info[_KEY] = waiting = Gathering()
    try:
        with session.no_autoflush:
            yield waiting
            settle(session)
    finally:
        del session.info[_KEY]


def when_written(session: Session, thing: Any, do: Callable[[], None]) -> None:
    """Do what needs the row's id: now, or together with everything that waits."""
    waiting = gathering_of(session)
    if waiting is not None:  # even where it has one: what is done stays in order
        waiting.wait(do)
        return
    if thing.id is None:
        session.flush()
    do()


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: Any) -> None:
    if (waiting := gathering_of(session)) is not None:
        waiting.sent += 1
