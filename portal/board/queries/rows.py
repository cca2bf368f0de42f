"""The rows themselves: the first of each lane, or one page of all, those that stand longest first."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, cast, literal, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.board.inputs import Sought
from portal.board.queries.entries import BRANCHES, entries_in
from portal.board.states import LANES, MOVING, PREFIXES, STATES, Stage, What
from portal.collaborations.models import Collaboration
from portal.collaborations.queries import red_risks_of
from portal.collaborations.states import Health
from portal.kernel import clock
from portal.kernel.db import AnySelect, UtcDateTime, plain_rows
from portal.kernel.ids import reference
from portal.kernel.paging import PAGE, Slice, decode, encode
from portal.kernel.policy import Actor
from portal.kernel.states import Labelled, member_of
from portal.organisations.models import Organisation

SHOWN = 6  # tickets of a lane; the table has the rest
LONG = 1.5  # times the usual days of its state: longer is marked, if it is …
_FEW_DAYS = 3  # … more than these
_Host, _Partner, _Work = aliased(Organisation), aliased(Organisation), aliased(Collaboration)


@dataclass(frozen=True)
class Entry:
    """One thing on the board. `tone`: bad past its date, turn where it waits longer than usual."""

    id: int
    what: What
    stage: Stage
    title: str
    state: Labelled
    moved_at: dt.datetime
    due_at: dt.datetime | None
    host: str
    partner: str
    person: str
    person_id: int | None
    days: int
    tone: str
    health: Health | None = None  # of running work, as its leads judged it last
    health_text: str = ""
    red_risks: int = 0  # open ones

    @property
    def reference(self) -> str:
        return reference(PREFIXES[self.what], self.id)

    @property
    def href(self) -> str:
        return f"/{self.what}s/{self.reference}"

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.what}-{self.id}"


Usual = Mapping[tuple[str, str], int]


def tickets_of(session: Session, actor: Actor, sought: Sought, usual: Usual) -> dict[Stage, list[Entry]]:
    """The first of each lane: those that have stood longest, of what is over the newest."""
    parts = []
    for stage in Stage:
        if (chosen := entries_in(stage, actor, sought)) is not None:
            each = chosen.subquery().c
            order = each.moved_at.desc() if stage is Stage.OUTCOMES else each.moved_at
            parts.append(select(select(*each).order_by(order, each.id).limit(SHOWN).subquery()))
    lanes: dict[Stage, list[Entry]] = {stage: [] for stage in Stage}
    for entry in _entries(session, union_all(*parts), usual) if parts else ():
        lanes[entry.stage].append(entry)
    return {stage: sorted(lane, key=lambda one: one.days, reverse=stage is not Stage.OUTCOMES) for stage, lane in lanes.items()}


def table_of(session: Session, actor: Actor, sought: Sought, usual: Usual, after: str | None) -> Slice[Entry]:
    """One page of everything, from the cursor on."""
    parts = [chosen for stage in Stage if (chosen := entries_in(stage, actor, sought)) is not None]
    if not parts:
        return Slice([])
    each = union_all(*parts).subquery().c
    query = select(*each).order_by(each.moved_at, each.what, each.id).limit(PAGE + 1)
    if (values := decode(after, 3)) is not None and (moment := _moment(values[0])) is not None:
        place = tuple_(literal(moment, UtcDateTime()), literal(str(values[1])), literal(values[2]))
        query = query.where(tuple_(each.moved_at, each.what, each.id) > place) if isinstance(values[2], int) else query
    entries = _entries(session, query, usual)
    entries.sort(key=lambda one: (one.moved_at, one.what, one.id))
    if len(entries) <= PAGE:
        return Slice(entries)
    last = entries[PAGE - 1]
    return Slice(entries[:PAGE], encode([last.moved_at.isoformat(), str(last.what), last.id]))


def entries_of(session: Session, actor: Actor, picks: Collection[tuple[What, int]]) -> list[Entry]:
    """Those of these things that stand on the board of `actor`, in the order given."""
    parts = []
    for stage, (what, _states) in LANES.items():
        numbers = [number for kind, number in picks if kind is what]
        if numbers and (chosen := entries_in(stage, actor, Sought())) is not None:
            parts.append(chosen.where(BRANCHES[what].model.id.in_(numbers)))
    found = {(each.what, each.id): each for each in _entries(session, union_all(*parts), {})} if parts else {}
    return [found[pick] for pick in picks if pick in found]


def named(session: Session, rows: Any) -> Sequence[Any]:
    """`rows` (a statement over entries) with the names of both sides and of whose turn it is, and how running work stands: both
    offices of a collaboration read its health and its risks."""
    each = rows.subquery().c
    named_ = _Host.name.label("host"), _Partner.name.label("partner"), User.name.label("person")
    stands = cast(_Work.health, String).label("health"), _Work.health_text, red_risks_of(_Work.id).label("red_risks")
    query: AnySelect = (
        select(*each, *named_, *stands)
        .join(_Host, _Host.id == each.host_id)
        .outerjoin(_Partner, _Partner.id == each.organisation_id)
        .outerjoin(User, User.id == each.person_id)
        .outerjoin(_Work, and_(_Work.id == each.id, each.stage == str(Stage.COLLABORATION)))
    )
    return plain_rows(session, query)


def _entries(session: Session, rows: Any, usual: Usual) -> list[Entry]:
    now = clock.now()
    return [_entry(row, usual, now) for row in named(session, rows)]


def _entry(row: Any, usual: Usual, now: dt.datetime) -> Entry:
    what, stage = member_of(What, row.what), member_of(Stage, row.stage)
    days = max((now.date() - row.moved_at.date()).days, 0)
    is_long = stage in MOVING and days > max(LONG * usual.get((row.what, row.state), 0), _FEW_DAYS)
    late = row.due_at is not None and row.due_at < now
    tone = "" if stage is Stage.OUTCOMES else "bad" if late else "turn" if is_long else ""
    names = row.host or "", row.partner or "", row.person or "", row.person_id
    state = member_of(STATES[what], row.state)
    stands = member_of(Health, row.health), row.health_text or "", row.red_risks or 0
    return Entry(row.id, what, stage, row.title, state, row.moved_at, row.due_at, *names, days, tone, *stands)


def _moment(text: Any) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
