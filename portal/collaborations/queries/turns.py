"""What of the reports and claims of one collaboration is in somebody's hands: one statement, for those who answer for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Date, Integer, String, case, cast, null, select, union_all
from sqlalchemy.orm import Session

from portal.collaborations.models import Claim, Collaboration, Report
from portal.collaborations.queries.money import CLAIM_SINCE
from portal.collaborations.states import UNPAID, ReportKind, ReportState
from portal.kernel.db import UtcDateTime
from portal.kernel.states import member_of

_OWED = (ReportState.DUE, ReportState.DRAFT)
_ANSWERED = (ReportState.SUBMITTED, ReportState.QUERIED)


@dataclass(frozen=True)
class Pending:
    """A report (of a `kind`) or a claim (of none) in somebody's hands: to be answered `since`, or to be written by `due_on`."""

    id: int
    kind: str | None
    state: str
    since: dt.datetime | None
    due_on: dt.date | None
    by_id: int | None  # who wrote the claim
    technical_by_id: int | None  # who confirmed the work it is for

    @property
    def label(self) -> str:
        return str(member_of(ReportKind, self.kind).label) if self.kind else ""

    @property
    def href(self) -> str:
        return f"/{'reports' if self.kind else 'claims'}/{self.id}"


def pending_of(session: Session, collaboration: Collaboration) -> Sequence[Pending]:
    """Reports that are due or were submitted, and claims that were sent and are not settled."""
    number, day = cast(null(), Integer), cast(null(), Date)
    submitted, asked = Report._state == ReportState.SUBMITTED, Report._state == ReportState.QUERIED
    since = case((submitted, Report.submitted_at), (asked, Report.decided_at), else_=cast(null(), UtcDateTime))
    state = cast(Report._state, String).label("state")
    reports = select(Report.id, cast(Report.kind, String).label("kind"), state, since.label("since"), Report.due_on)
    reports = reports.add_columns(number.label("by_id"), number.label("technical_by_id"))
    reports = reports.where(Report.collaboration_id == collaboration.id, Report._state.in_((*_OWED, *_ANSWERED)))
    claims = select(
        Claim.id, cast(null(), String), cast(Claim._state, String), CLAIM_SINCE, day, Claim.by_id, Claim.technical_by_id
    )
    claims = claims.where(Claim.collaboration_id == collaboration.id, Claim._state.in_(UNPAID))
    return [Pending(*row) for row in session.execute(union_all(reports, claims))]
