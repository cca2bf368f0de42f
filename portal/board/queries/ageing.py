"""How much is in each lane and how long it has been there: one statement, which counts by state and day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from portal.board.inputs import Sought
from portal.board.queries.entries import entries_in
from portal.board.states import MOVING, Stage
from portal.kernel import clock
from portal.kernel.db import plain_rows
from portal.kernel.policy import Actor


@dataclass(frozen=True)
class Lane:
    """One stage: how many, the days half of them have been in their state at least, all their days together."""

    stage: Stage
    count: int = 0
    median_days: int = 0
    total_days: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Lanes:
    """All six; which of those where things wait holds up most (the one with the most days); the usual days of each state."""

    lanes: tuple[Lane, ...]
    bottleneck: Lane | None
    usual: Mapping[tuple[str, str], int]

    @property
    def count(self) -> int:
        """Everything that is under way."""
        return sum(lane.count for lane in self.lanes if lane.stage is not Stage.OUTCOMES)


def lanes_of(session: Session, actor: Actor, sought: Sought) -> Lanes:
    """What the filters leave, lane by lane."""
    now = clock.now()
    by_lane: dict[str, Counter[int]] = {str(stage): Counter() for stage in Stage}
    by_state: dict[tuple[str, str], Counter[int]] = {}
    late: Counter[str] = Counter()
    for row in _counted(session, actor, sought, now):
        moved_on = dt.date.fromisoformat(str(row.day))
        days = max((now.date() - moved_on).days, 0)
        by_lane[row.stage][days] += row.n
        by_state.setdefault((row.what, row.state), Counter())[days] += row.n
        late[row.stage] += row.overdue or 0
    lanes = tuple(_lane(stage, by_lane[str(stage)], late[str(stage)]) for stage in Stage)
    most = max((lane for lane in lanes if lane.stage in MOVING), key=lambda lane: lane.total_days)
    return Lanes(lanes, most if most.total_days else None, {state: _median(days) for state, days in by_state.items()})


def _counted(session: Session, actor: Actor, sought: Sought, now: dt.datetime) -> Iterable[Any]:
    parts = [
        select(
            *(each.c.stage, each.c.what, each.c.state, func.date(each.c.moved_at).label("day"), func.count().label("n")),
            func.count().filter(each.c.due_at < now).label("overdue"),
        ).group_by(each.c.stage, each.c.what, each.c.state, func.date(each.c.moved_at))
        for stage in Stage
        if (chosen := entries_in(stage, actor, sought)) is not None and (each := chosen.subquery()) is not None
    ]
    return plain_rows(session, union_all(*parts)) if parts else ()


def _lane(stage: Stage, days: Counter[int], overdue: int) -> Lane:
    total = sum(number * count for number, count in days.items())
    return Lane(stage, days.total(), _median(days), total, 0 if stage is Stage.OUTCOMES else overdue)


def _median(days: Counter[int]) -> int:
    """The days that half of them reach."""
    left = (days.total() + 1) // 2
    for number in sorted(days):
        left -= days[number]
        if left <= 0:
            return number
    return 0
