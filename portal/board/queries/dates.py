"""Everything with a date that concerns one person: what they owe, what they were promised, and what comes later."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from portal.board.queries.awaited import DAYS_AHEAD, RUNNING, awaited_by
from portal.collaborations.models import Collaboration, Deliverable, Invitee, Meeting, Milestone, Report, Risk
from portal.collaborations.policies import TEAM
from portal.collaborations.queries.meetings import DAYS_AHEAD as DAYS_TO_MEETING
from portal.collaborations.queries.meetings import takes_part
from portal.collaborations.queries.risks import DAYS_AHEAD as DAYS_TO_REVIEW
from portal.collaborations.states import AHEAD, DeliverableState, MeetingState, ReportState, RiskState
from portal.collaborations.workflow import OVER
from portal.kernel import clock
from portal.kernel.db import AnySelect, AnyUnion, plain_rows
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.kernel.work import END_OF_DAY, end_of_day, promised
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.states import Kind, ListingState

MOST = 300  # dates of one calendar
_LABELS = {
    "closing": N_("Listing closes"),
    "milestone": N_("Milestone"),
    "later": N_("Deliverable"),
    "report": N_("Report"),
    "meeting": N_("Meeting"),
    "risk": N_("Risk to assess"),
    "end": N_("Collaboration ends"),
}


class Owed(Protocol):
    """One thing that waits for this person, as My work lists it."""

    asks: str
    title: str
    href: str

    @property
    def due_on(self) -> dt.date | dt.datetime | None: ...


@dataclass(frozen=True)
class Entry:
    """One date. `when` is a day that was promised, which is the same in every zone, or a moment."""

    key: str  # the same whenever it is asked for: a calendar knows the entry again
    label: str
    title: str
    href: str
    when: dt.date | dt.datetime
    mine: bool  # whether it is this person who has to act

    def day_in(self, zone: ZoneInfo) -> dt.date:
        """The day on which it is found in a calendar of that zone."""
        return self.when.astimezone(zone).date() if isinstance(self.when, dt.datetime) else self.when


def dates_for(session: Session, actor: Actor, tasks: Iterable[Owed]) -> list[Entry]:
    """All of them, the nearest first. `tasks` is what waits for this person."""
    entries = [
        Entry(f"task-{task.href}", task.asks, task.title, task.href, task.due_on, True)
        for task in tasks
        if task.due_on is not None
    ]
    entries += [
        Entry(f"{one.kind}-{one.id}", one.label, one.title, one.href, one.due_on, False)
        for one in awaited_by(session, actor)
        if one.due_on is not None
    ]
    entries += [_entry(row) for row in plain_rows(session, _later(actor))]
    return sorted(entries, key=lambda one: (_moment(one.when), one.key))


def _moment(when: dt.date | dt.datetime) -> dt.datetime:
    return when if isinstance(when, dt.datetime) else dt.datetime.combine(when, END_OF_DAY, clock.UTC)


def _entry(row: Any) -> Entry:
    when = promised(row.due_at)
    if row.kind in ("meeting", "risk"):
        return Entry(f"{row.kind}-{row.id}", _LABELS[row.kind], row.title, f"/{row.kind}s/{row.id}", when, False)
    kind: Kind | None = member_of(Kind, row.of)
    prefix, path = (kind.facts.prefix, kind.facts.path) if kind else ("CO", "collaborations")
    return Entry(f"{row.kind}-{row.id}", _LABELS[row.kind], row.title, f"/{path}/{reference(prefix, row.number)}", when, False)


def _later(actor: Actor) -> AnyUnion:
    """What no list of tasks holds yet: deadlines of own listings, parts and ends of what one takes part in."""
    runs = TEAM.where(actor), Collaboration._state.in_(RUNNING)
    later = Deliverable.due_on > clock.today() + dt.timedelta(days=DAYS_AHEAD)
    closing = _row("closing", Listing, Listing.id, cast(Listing.kind, String), Listing.closes_at)
    parts = (
        closing.where(OWNER.where(actor), Listing._state == ListingState.PUBLISHED, Listing.closes_at > clock.now()),
        _part("milestone", Milestone).where(*runs, Milestone._state.in_(AHEAD)),
        _part("later", Deliverable).where(*runs, Deliverable._state == DeliverableState.DUE, later),
        _part("report", Report, Collaboration.title).where(*runs, Report._state == ReportState.SCHEDULED),
        _meeting(actor),
        _review(actor),
        _row("end", Collaboration, Collaboration.id, literal(""), end_of_day(Collaboration.ends_on)).where(*runs),
    )
    return union_all(*(select(part.order_by(part.selected_columns.due_at).limit(MOST).subquery()) for part in parts))


def _meeting(actor: Actor) -> AnySelect:
    """Meetings to which this person is invited, as long as they do not stand on My work."""
    invited = Meeting.id.in_(select(Invitee.meeting_id).where(Invitee.account_id == actor.id))
    later = Meeting.starts_at > clock.now() + dt.timedelta(days=DAYS_TO_MEETING)
    row = _row("meeting", Meeting, Collaboration.id, literal(""), Meeting.starts_at)
    row = row.join(Collaboration, Collaboration.id == Meeting.collaboration_id).where(Collaboration._state.not_in(OVER))
    return row.where(invited, later, takes_part(actor), Meeting._state == MeetingState.PLANNED)


def _review(actor: Actor) -> AnySelect:
    """Risks that this person watches, as long as they do not stand on My work."""
    later = Risk.review_on > clock.today() + dt.timedelta(days=DAYS_TO_REVIEW)
    row = _row("risk", Risk, Collaboration.id, literal(""), end_of_day(Risk.review_on))
    row = row.join(Collaboration, Collaboration.id == Risk.collaboration_id).where(Collaboration._state.not_in(OVER))
    return row.where(Risk.owner_id == actor.id, later, Risk._state == RiskState.OPEN, takes_part(actor))


def _part(kind: str, model: Any, title: Any = None) -> AnySelect:
    row = _row(kind, model, Collaboration.id, literal(""), end_of_day(model.due_on), title)
    return row.join(Collaboration, Collaboration.id == model.collaboration_id)


def _row(kind: str, model: Any, number: Any, of: Any, due_at: Any, title: Any = None) -> AnySelect:
    names = literal(kind).label("kind"), of.label("of"), model.id.label("id"), number.label("number")
    return select(*names, (model.title if title is None else title).label("title"), due_at.label("due_at"))
