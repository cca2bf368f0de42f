"""One table per workflow: who may move a thing from which state to which, what must be true, and what then happens.

The engine is the only door to a state: `state` has no setter, and everything that shows a workflow – buttons, routes, help,
permission matrices, demo data – is derived from the same rows.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel import clock
from portal.kernel.db import UtcTime
from portal.kernel.errors import Forbidden, Missing, Refused
from portal.kernel.events import About, Fact, record
from portal.kernel.gathering import gathering_of
from portal.kernel.policy import SYSTEM, Actor, Rule
from portal.kernel.states import Labelled
from portal.kernel.text import N_, Words


class Stateful:
    """Mixin of models with a workflow: the column is `_state`, everybody else reads `state`."""

    _state: Any

    @property
    def state(self) -> Any:
        return self._state


class Dated(Stateful):
    """One that also knows since when it is in its state: whoever looks after many sees which of them stand still."""

    # Few pages show it. Always there: it may be missing only so that no table has to be written anew for it.
    moved_at: Mapped[UtcTime | None] = mapped_column(default=clock.now, deferred=True)


@event.listens_for(Stateful, "init", propagate=True)
def _begin(thing: Any, _arguments: Any, given: dict[str, Any]) -> None:
    """A thing has its first state from the moment it is made, not only once it is written."""
    given.setdefault("_state", type(thing).__table__.c.state.default.arg)


@dataclass(frozen=True)
class Step:
    """One attempt: what guards, effects and facts get to see."""

    session: Session
    thing: Any
    actor: Actor
    row: "T"
    given: Any = None
    came_from: Any = None
    also: list[About] = field(default_factory=list)  # facts about other things, to be recorded with the step's own


Guard = Callable[[Step], str | Words | None]
Effect = Callable[[Step], None]


@dataclass(frozen=True)
class T:
    """One row: `action` takes a thing from one of `source` to `target` when `who` asks and every guard is silent."""

    action: str
    label: str
    source: tuple[Labelled, ...]
    target: Labelled
    who: Rule
    fact: type[Fact]
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    takes: type | None = None
    risk: bool = False  # refuses or ends something: drawn apart, asks for reasons


@dataclass(frozen=True)
class Offer:
    """A step as a person sees it: allowed, or blocked with the reason."""

    action: str
    label: str
    allowed: bool
    why: str | Words | None = None
    needs_input: bool = False
    risk: bool = False


@dataclass(frozen=True)
class Workflow:
    """The table of one model, checked when it is made."""

    of: type
    start: Labelled
    table: tuple[T, ...]
    ends: tuple[Labelled, ...] = ()
    _by_action: dict[str, tuple[T, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, tuple[T, ...]] = {}
        for row in self.table:
            grouped[row.action] = (*grouped.get(row.action, ()), row)
        object.__setattr__(self, "_by_action", grouped)

    @property
    def name(self) -> str:
        """The table's name of the thing it moves, `proposal`."""
        return str(self.of.__tablename__)  # type: ignore[attr-defined]  # every workflow is of a mapped class

    def __getitem__(self, action: str) -> T:
        """The first row of `action`.

        Raises:
            Missing: there is no such action.
        """
        try:
            return self._by_action[action][0]
        except KeyError:
            raise Missing from None

    def rows_from(self, state: Labelled) -> tuple[T, ...]:
        """The rows that start in `state`."""
        return tuple(row for row in self.table if state in row.source)

    def offered(self, actor: Actor, thing: Any, *, session: Session) -> list[Offer]:
        """The steps this person may take now, blocked ones with their reason."""
        offers = []
        for row in self.rows_from(thing.state):
            if not row.who.holds(actor, thing):
                continue
            step = Step(session, thing, actor, row, came_from=thing.state)
            why = next((reason for guard in row.guards if (reason := guard(step))), None)
            offers.append(Offer(row.action, row.label, why is None, why, row.takes is not None, row.risk))
        return offers

    def perform(self, session: Session, thing: Any, action: str, *, actor: Actor, given: Any = None) -> None:
        """Take one step inside the caller's transaction.

        Raises:
            Missing: no such action.
            Forbidden: this person may not take it.
            Refused: not from the present state, or a guard has a reason against it.
        """
        row = self._row_for(thing, action, actor)
        step = Step(session, thing, actor, row, given, thing.state)
        for guard in row.guards:
            if reason := guard(step):
                raise Refused(reason)
        thing._state = row.target
        if isinstance(thing, Dated):
            thing.moved_at = clock.now()
        for effect in row.effects:
            effect(step)
        if (waiting := gathering_of(session)) is not None:
            waiting.note_step(thing)
        else:
            session.flush()
        record(session, row.fact.of(step), actor=actor, subject=thing, also=step.also)

    def _row_for(self, thing: Any, action: str, actor: Actor) -> T:
        rows = self._by_action.get(action)
        if not rows:
            raise Missing
        mine = [row for row in rows if row.who.holds(actor, thing)]
        if not mine:
            raise Forbidden(N_("Only %(who)s may do this."), who=rows[0].who.words)
        for row in mine:
            if thing.state in row.source:
                return row
        raise Refused(
            N_("“%(step)s” is not possible any more: this is now “%(state)s”."),
            step=Words(mine[0].label),
            state=Words(thing.state.label),
        )

    def path_to(self, state: Labelled, *, timed: bool = True) -> tuple[T, ...]:
        """The fewest rows that lead from the start to `state`; without `timed`, none that only the portal takes.

        Raises:
            Missing: no row leads there.
        """
        queue: deque[tuple[Labelled, tuple[T, ...]]] = deque([(self.start, ())])
        seen = {self.start}
        while queue:
            here, path = queue.popleft()
            if here is state:
                return path
            for row in self.rows_from(here):
                if row.target not in seen and (timed or row.who is not SYSTEM):
                    seen.add(row.target)
                    queue.append((row.target, (*path, row)))
        raise Missing

    def states(self) -> Sequence[Any]:
        """All states in the order of their enum."""
        return list(type(self.start))
