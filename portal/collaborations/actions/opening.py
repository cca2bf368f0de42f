"""Opening a collaboration, and letting the public know of it."""

import calendar
import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.approvals.states import Side
from portal.collaborations.actions.people import carry_team_over
from portal.collaborations.events import CollaborationOpened, CollaborationReleased
from portal.collaborations.models import BudgetItem, Collaboration, Deliverable, Milestone, WorkPackage
from portal.collaborations.policies import OFFICER
from portal.collaborations.workflow.checklists import set_up_list
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.listings.actions import fill_place
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.events import ProposalAccepted
from portal.proposals.inputs import Content
from portal.proposals.inputs.plan import Deliverable as ProposedDeliverable
from portal.proposals.inputs.plan import Milestone as ProposedMilestone
from portal.proposals.models import Proposal, ProposalVersion

DAYS_TO_START = 14  # when the proposal named no date


def open_for_accepted(session: Session, fact: ProposalAccepted, proposal: Proposal, actor: Actor) -> None:
    """Turn an accepted proposal into a collaboration: everything is carried over, nothing typed again."""
    content = _content_of(session, proposal, fact.number)
    listing = session.get_one(Listing, proposal.listing_id)
    starts_on = content.starts_on or clock.today() + dt.timedelta(days=DAYS_TO_START)
    collaboration = Collaboration(
        proposal_id=proposal.id,
        number=fact.number,
        title=proposal.title,
        summary=content.summary,
        host_id=proposal.host_id,
        organisation_id=proposal.organisation_id,
        host_lead_id=listing.owner_id,
        partner_lead_id=proposal.author_id,
        currency=content.currency,
        asked_minor=content.asked_minor,
        own_minor=content.own_minor,
        starts_on=starts_on,
        ends_on=months_after(starts_on, max(content.duration_months, 1)),
        opened_at=clock.now(),
    )
    session.add(collaboration)
    session.flush()
    sides = [session.get_one(Organisation, number) for number in (proposal.host_id, proposal.organisation_id)]
    _carry_plan(session, collaboration, content, sides[0].name)
    _carry_budget(session, collaboration, content)
    session.add_all(set_up_list(collaboration, *sides))
    session.flush()
    carry_team_over(session, collaboration, proposal)
    record(session, CollaborationOpened(), actor=SYSTEM_ACTOR, subject=collaboration)
    fill_place(session, listing)


def release_collaboration(session: Session, collaboration: Collaboration, *, shown: bool, actor: Actor) -> None:
    """Let everybody know of it for the one side whose officer `actor` is, or no longer: its title, the two sides and the years.

    Raises:
        Forbidden: `actor` is no partnership officer of a side.
        Refused: `actor` is one of both: each side decides for itself.
    """
    side = side_of_officer(collaboration, actor)
    column = "host_released_at" if side == collaboration.host_id else "partner_released_at"
    if (getattr(collaboration, column) is not None) is shown:
        return
    setattr(collaboration, column, clock.now() if shown else None)
    session.flush()
    record(session, CollaborationReleased(side_id=side, shown=shown), actor=actor, subject=collaboration)


def side_of_officer(collaboration: Collaboration, actor: Actor) -> int:
    """The one side whose partnership officer this is.

    Raises:
        Forbidden: they are of none.
        Refused: they are of both: each side decides for itself.
    """
    require(OFFICER, actor, collaboration)
    sides = {collaboration.host_id, collaboration.organisation_id} & actor.organisations_as(Role.OFFICER)
    if len(sides) != 1:
        raise Refused(N_("You are an officer of both sides: somebody else decides for each of them."))
    [side] = sides
    return side


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _carry_plan(session: Session, collaboration: Collaboration, content: Content, host: str) -> None:
    """Months become days: a package begins on the first day of its first month and ends before that of the next."""
    start, names = collaboration.starts_on, content.partner_names
    packages = {
        each.code: WorkPackage(
            collaboration=collaboration,
            code=each.code,
            title=each.title,
            goal=each.goal,
            side=Side.HOST if names.get(each.lead) == host else Side.PARTNER,
            lead=names.get(each.lead, ""),
            starts_on=months_after(start, each.first_month - 1),
            ends_on=months_after(start, each.last_month) - dt.timedelta(days=1),
            after=[],
        )
        for each in content.packages
    }
    for each in content.packages:
        packages[each.code].after = [packages[code] for code in each.after]
    session.add_all(packages.values())
    session.flush()

    def part(model: type[Milestone] | type[Deliverable], entry: ProposedMilestone | ProposedDeliverable, **more: Any) -> None:
        package = packages.get(entry.package)
        due_on, of = months_after(start, entry.month), package.id if package else None
        session.add(model(collaboration=collaboration, title=entry.title, package_id=of, due_on=due_on, **more))

    for point in content.checkpoints:
        part(Milestone, point, proof=point.proof, planned_on=months_after(start, point.month))
    for result in content.deliverables:
        part(Deliverable, result)


def _carry_budget(session: Session, collaboration: Collaboration, content: Content) -> None:
    """Line by line, with what the partners' rates add; the sums are those both sides approved."""
    names = content.partner_names
    for line in content.costs:
        cell = {"category": line.category, "funding": line.funding, "year": line.year, "amount_minor": line.amount_minor}
        session.add(BudgetItem(collaboration_id=collaboration.id, partner=names.get(line.partner, ""), **cell))


def _content_of(session: Session, proposal: Proposal, number: int) -> Content:
    stored = session.scalars(
        select(ProposalVersion.content).where(ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == number)
    ).one()
    return Content.from_json(stored)
