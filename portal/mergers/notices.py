"""Whom mergers concern."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.mergers.events import MergerAsked, MergerDeclined, MergerDone
from portal.mergers.models import EndedRoles, Merger
from portal.organisations.notices import other_administrators
from portal.organisations.queries import holders_of


def whoever_asked(session: Session, event: Event) -> Iterable[Concerned]:
    """The administrator who asked for it, unless they declined it themselves."""
    merger = session.get(Merger, event.subject_id)
    if merger is None or merger.asked_by_id == event.actor_id:
        return []
    return [Concerned(merger.asked_by_id, N_("because you asked for it"))]


def administrators_of_both(session: Session, event: Event) -> Iterable[Concerned]:
    """Administrators of the one that stays, and those who were administrators of the other."""
    merger = session.get_one(Merger, event.subject_id)
    lost = session.scalars(select(EndedRoles).where(EndedRoles.merger_id == merger.id)).all()
    told = dict.fromkeys(each.account_id for each in lost if each.administered)
    told |= dict.fromkeys(holders_of(session, merger.kept_id, Role.ADMINISTRATOR))
    return [Concerned(account_id, N_("because you administer one of the two, or did")) for account_id in told]


NOTICES = (
    Notice(
        MergerAsked,
        other_administrators,
        N_("%(actor)s asks to merge %(title)s"),
        N_("It is your turn: compare the two, then merge them or decline."),
        N_("Compare them"),
    ),
    Notice(
        MergerDeclined,
        whoever_asked,
        N_("%(title)s: they stay two"),
        N_("You need do nothing. The reason stands on the page."),
        N_("Read the reason"),
    ),
    Notice(
        MergerDone,
        administrators_of_both,
        N_("Two organisations are one now: %(title)s"),
        N_("It is your turn: confirm the people who came over, and give the roles that they need. None was given by itself."),
        N_("See what moved"),
    ),
)
