"""Whom facts about claims and contributions concern."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import ClaimMoved, ContributionRecorded
from portal.collaborations.notices.work import leads
from portal.collaborations.queries import parties_of
from portal.collaborations.states import ClaimState
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.organisations.queries import holders_of

_OF_LEAD = (ClaimState.SUBMITTED, ClaimState.FINANCE_CHECK, ClaimState.WAIVED)
_OF_OFFICE = (ClaimState.TECHNICAL_CHECK, ClaimState.APPROVED)


def whose_claim_it_is(session: Session, event: Event) -> Iterable[Concerned]:
    """Who has to look at it next: the host's lead or its office; in the end, or with questions, who claims."""
    if not (parties := parties_of(session, event)):
        return
    state = event.data["state"]
    if state in _OF_LEAD:
        yield Concerned(parties[0], N_("because you lead this collaboration for your side"))
    if state in _OF_OFFICE:
        because = N_("because you are a partnership officer of the side that pays")
        yield from (Concerned(who, because) for who in holders_of(session, parties[2], Role.OFFICER))
    if state in (ClaimState.APPROVED, ClaimState.PAID, ClaimState.QUERIED, ClaimState.DECLINED):
        yield Concerned(parties[1], N_("because your side claims it"))


NOTICES = (
    Notice(
        ClaimMoved,
        whose_claim_it_is,
        N_("Claim on “%(title)s”: %(state)s"),
        N_("The page says who looks at it next. Without a yes by name nothing is approved or paid."),
        N_("Open the claim"),
    ),
    Notice(
        ContributionRecorded,
        leads,
        N_("A contribution to “%(title)s” was recorded"),
        N_("You need do nothing. It stands beside the budget with what shows it."),
        N_("Open the collaboration"),
        mail=False,
    ),
)
