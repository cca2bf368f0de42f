"""Whom a reading in an emergency concerns."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.emergencies.events import EmergencyAsked, EmergencyDeclined, EmergencyEnded, EmergencyOpened
from portal.emergencies.models import Emergency, EmergencyParty
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.organisations.notices import other_administrators


def whoever_asked(session: Session, event: Event) -> Iterable[Concerned]:
    """The administrator who asked for it, unless they declined it themselves."""
    emergency = session.get(Emergency, event.subject_id)
    if emergency is None or emergency.asked_by_id == event.actor_id:
        return []
    return [Concerned(emergency.asked_by_id, N_("because you asked for it"))]


def both_parties(session: Session, event: Event) -> Iterable[Concerned]:
    """Those who take part, and the partnership officers of both sides."""
    told = session.scalars(select(EmergencyParty.account_id).where(EmergencyParty.emergency_id == event.subject_id))
    return [Concerned(account_id, N_("because it is yours, or you are an officer of one side")) for account_id in told]


def both_parties_and_asker(session: Session, event: Event) -> Iterable[Concerned]:
    """The parties, who should know, and whoever may read now."""
    return [*both_parties(session, event), *whoever_asked(session, event)]


NOTICES = (
    Notice(
        EmergencyAsked,
        other_administrators,
        N_("%(actor)s asks to read %(title)s"),
        N_("It is your turn: read the reason, then allow it or not."),
        N_("Read the reason"),
    ),
    Notice(
        EmergencyDeclined,
        whoever_asked,
        N_("%(title)s may not be read"),
        N_("You need do nothing. The reason stands on the page."),
        N_("Read the reason"),
    ),
    Notice(
        EmergencyOpened,
        both_parties_and_asker,
        N_("An administrator of the portal may read %(title)s for a day"),
        N_("You need do nothing. The page says who, why, and until when."),
        N_("See who and why"),
    ),
    Notice(
        EmergencyEnded,
        both_parties,
        N_("No administrator of the portal reads %(title)s any more"),
        N_("You need do nothing."),
        N_("See who and why"),
    ),
)
