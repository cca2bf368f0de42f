"""The plan over time."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from portal.collaborations.models import Collaboration, Deliverable, Milestone, WorkPackage
from portal.collaborations.states import AHEAD, OWED, DeliverableState, MilestoneState
from portal.kernel import clock


class _Span:
    """Days as percent of the time from the first to the last."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.whole = max((last - first).days, 1)

    def at(self, day: dt.date) -> float:
        return round(100 * min(max((day - self.first).days, 0), self.whole) / self.whole, 2)

    def frame(self) -> dict[str, Any]:
        """The ticks, and where today is if it lies within."""
        today = clock.today()
        ticks = [(self.at(day), day) for day in _months(self.first, self.last)]
        return {"ticks": ticks, "today": self.at(today) if self.first <= today <= self.last else None}


def timeline(collaboration: Collaboration) -> dict[str, Any]:
    """Milestones as bars for the chart macro: positions in percent of the whole time."""
    span = _Span(collaboration.starts_on, max([collaboration.ends_on, *(m.due_on for m in collaboration.milestones)]))
    today = clock.today()
    rows, begun = [], 0.0
    for milestone in collaboration.milestones:
        end = max(span.at(milestone.due_on), begun + 2)
        late = milestone.state in AHEAD and milestone.due_on < today
        passed = 0.0 if today <= span.first else min(max((span.at(today) - begun) / max(end - begun, 1), 0), 1) * 100
        done = 100 if milestone.state is MilestoneState.ACHIEVED else passed
        rows.append({"milestone": milestone, "from": begun, "to": end, "done": round(done), "late": late})
        begun = min(end, 96.0)
    return {"rows": rows, **span.frame()}


def gantt(collaboration: Collaboration, packages: Sequence[WorkPackage]) -> dict[str, Any]:
    """Work packages as bars with their milestones and deliverables as marks; what belongs to none stands in a row of its own."""
    parts: tuple[Milestone | Deliverable, ...] = (*collaboration.milestones, *collaboration.deliverables)
    days = [*(part.due_on for part in parts), *(package.ends_on for package in packages)]
    span = _Span(min([collaboration.starts_on, *(p.starts_on for p in packages)]), max([collaboration.ends_on, *days]))
    gone = span.at(clock.today())
    rows: list[dict[str, Any]] = []
    for package in packages:
        begin, end = span.at(package.starts_on), max(span.at(package.ends_on), span.at(package.starts_on) + 1)
        passed = min(max((gone - begin) / (end - begin), 0), 1)
        marks = [_mark(part, span) for part in parts if part.package_id == package.id]
        late = any(mark["late"] for mark in marks)
        rows.append({"package": package, "from": begin, "to": end, "done": round(100 * passed), "late": late, "marks": marks})
    if rest := [_mark(part, span) for part in parts if part.package_id is None]:
        rows.append({"package": None, "from": 0, "to": 0, "done": 0, "late": False, "marks": rest})
    places = {package.id: number for number, package in enumerate(packages)}
    links = [
        (rows[places[one.id]]["to"], places[one.id], rows[places[package.id]]["from"], places[package.id])
        for package in packages
        for one in package.after
    ]
    return {"rows": rows, "links": links, **span.frame()}


def _mark(part: Milestone | Deliverable, span: _Span) -> dict[str, Any]:
    done = part.state in (MilestoneState.ACHIEVED, DeliverableState.ACCEPTED)
    late = part.state in (*AHEAD, *OWED) and part.due_on < clock.today()
    return {"at": span.at(part.due_on), "shape": part.__tablename__, "done": done, "late": late}


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    """The firsts of at most six months, evenly apart."""
    months = [dt.date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    inside = [day for day in months if first <= day <= last] or [first]
    return inside[:: max(1, -(-len(inside) // 6))]
