"""Work packages: adding, changing and taking them out while the work goes on."""

from collections.abc import Iterable

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.collaborations.events import PlanChanged
from portal.collaborations.inputs import PackageEntry
from portal.collaborations.models import Collaboration, Deliverable, Milestone, PackageLink, WorkPackage
from portal.collaborations.policies import LEAD
from portal.collaborations.queries import packages_of
from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow.effects import note_move
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.proposals.inputs.plan import circle_in

MOST = 40
_CHANGEABLE = (CollaborationState.PLANNED, CollaborationState.ACTIVE, CollaborationState.PAUSED)


def add_package(session: Session, collaboration: Collaboration, entry: PackageEntry, *, actor: Actor) -> WorkPackage:
    """Add a work package to the plan; it gets the first code that is free.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the collaboration is closing or over, or there are enough.
        Invalid: it builds on a work package that the plan does not have.
    """
    require(LEAD, actor, collaboration)
    require_changeable(collaboration)
    others = packages_of(session, collaboration)
    if len(others) >= MOST:
        raise Refused(N_("A plan has at most %(most)s work packages."), most=MOST)
    package = WorkPackage(collaboration=collaboration, code=_next_code(others), after=_named(entry.after, others))
    _fill(package, entry)
    session.add(package)
    _told(session, package, actor)
    return package


def change_package(session: Session, package: WorkPackage, entry: PackageEntry, *, actor: Actor) -> None:
    """Write a work package anew; where its last day moves, the old one and the reason stay readable.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the collaboration is closing or over.
        Invalid: its dates move without a reason, it builds on what is not there, or in the end on itself.
    """
    require(LEAD, actor, package.collaboration)
    require_changeable(package.collaboration)
    others = packages_of(session, package.collaboration)
    builds_on = _named(entry.after, others)
    graph = {each.code: [one.code for one in each.after] for each in others} | {package.code: [one.code for one in builds_on]}
    if circle := circle_in(graph):
        raise Invalid(
            "after",
            N_("These work packages would wait for each other in a circle: %(circle)s. Take one of these steps away."),
            circle=" → ".join(circle),
        )
    if (entry.starts_on, entry.ends_on) != (package.starts_on, package.ends_on) and not entry.reason:
        raise Invalid("reason", N_("Say why its dates move: both sides read this."))
    if entry.ends_on != package.ends_on:
        note_move(session, package, entry.ends_on, entry.reason, actor=actor)
    package.after = builds_on
    _fill(package, entry)
    _told(session, package, actor)


def remove_package(session: Session, package: WorkPackage, reason: Reason, *, actor: Actor) -> None:
    """Take a work package out of the plan. Its milestones and deliverables stay, and belong to none.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the collaboration is closing or over.
    """
    require(LEAD, actor, package.collaboration)
    require_changeable(package.collaboration)
    note_move(session, package, None, reason.text, actor=actor)
    _told(session, package, actor)
    for model in (Milestone, Deliverable):
        session.execute(update(model).where(model.package_id == package.id).values(package_id=None))
    session.execute(delete(PackageLink).where((PackageLink.package_id == package.id) | (PackageLink.after_id == package.id)))
    session.execute(delete(WorkPackage).where(WorkPackage.id == package.id))


def package_coded(session: Session, collaboration: Collaboration, code: str) -> WorkPackage:
    """The work package of that code.

    Raises:
        Invalid: the plan has none.
    """
    [found] = _named([code], packages_of(session, collaboration), field="package")
    return found


def require_changeable(collaboration: Collaboration) -> None:
    """Refuse where the plan cannot change any more.

    Raises:
        Refused: the collaboration is closing or over.
    """
    if collaboration.state not in _CHANGEABLE:
        raise Refused(N_("The plan of a collaboration that is closing or over cannot change."))


def _named(codes: Iterable[str], packages: Iterable[WorkPackage], field: str = "after") -> list[WorkPackage]:
    known = {package.code.casefold(): package for package in packages}
    for code in codes:
        if code.casefold() not in known:
            raise Invalid(field, N_("“%(code)s” is no work package of this plan."), code=code)
    return [known[code.casefold()] for code in codes]


def _next_code(others: Iterable[WorkPackage]) -> str:
    taken = {other.code.casefold() for other in others}
    return next(code for number in range(1, MOST + 2) if (code := f"WP{number}").casefold() not in taken)


def _fill(package: WorkPackage, entry: PackageEntry) -> None:
    package.title, package.goal, package.side, package.lead = entry.title, entry.goal, entry.side, entry.lead
    package.starts_on, package.ends_on = entry.starts_on, entry.ends_on


def _told(session: Session, package: WorkPackage, actor: Actor) -> None:
    session.flush()
    record(session, PlanChanged(part_id=package.id), actor=actor, subject=package.collaboration)
