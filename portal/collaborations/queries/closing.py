"""What is still open when a collaboration shall close, beside the parts of its plan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.collaborations.models import CheckItem, Claim, Collaboration, Report
from portal.collaborations.states import TO_WRITE, UNPAID, Checklist, ClaimState, ItemState, ReportKind, ReportState
from portal.kernel.states import Labelled, member_of

_OPEN = (*TO_WRITE, ReportState.SUBMITTED)


@dataclass(frozen=True)
class Left:
    """How many of each are open: items of the closing list, reports, claims that were sent and not settled."""

    items: int
    reports: int
    claims: int


@dataclass(frozen=True)
class Unsettled:
    """One report that is neither accepted nor skipped, or one claim that is neither paid, declined nor waived."""

    href: str
    report: ReportKind | None
    on: dt.date
    minor: int
    state: Labelled


def left_to_close(session: Session, collaboration: Collaboration) -> Left:
    """Count what keeps it from closing."""
    items = select(func.count()).where(
        CheckItem.collaboration_id == collaboration.id,
        CheckItem.checklist == Checklist.CLOSING,
        CheckItem._state == ItemState.OPEN,
    )
    counts = (items, *(select(func.count()).where(*_unsettled(of, collaboration)) for of in (Report, Claim)))
    return Left(*session.execute(select(*(one.scalar_subquery() for one in counts))).one())


def unsettled_of(session: Session, collaboration: Collaboration) -> Sequence[Unsettled]:
    """Its open reports by their days, then its open claims."""
    reports = select(
        literal("reports").label("place"),
        Report.id.label("id"),
        cast(Report.kind, String).label("kind"),
        Report.due_on.label("on"),
        literal(0).label("minor"),
        cast(Report._state, String).label("state"),
    ).where(*_unsettled(Report, collaboration))
    claims = select(literal("claims"), Claim.id, literal(""), Claim.to_on, Claim.total_minor, cast(Claim._state, String)).where(
        *_unsettled(Claim, collaboration)
    )
    rows = session.execute(union_all(reports, claims)).all()
    return [_unsettled_row(row) for row in sorted(rows, key=lambda row: (row.place == "claims", row.on, row.id))]


def _unsettled(model: Any, collaboration: Collaboration) -> tuple[Any, ...]:
    return model.collaboration_id == collaboration.id, model._state.in_(_OPEN if model is Report else UNPAID)


def _unsettled_row(row: Any) -> Unsettled:
    kind = ReportState if row.place == "reports" else ClaimState
    href = f"/{row.place}/{row.id}"
    return Unsettled(href, member_of(ReportKind, row.kind), row.on, row.minor, member_of(kind, row.state))
