"""Whom facts about collaborations concern."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import (
    ChangeMoved,
    CollaborationMoved,
    CollaborationOpened,
    CollaborationReleased,
    DeliverableMoved,
    HealthJudged,
    MilestoneMoved,
    PlanChanged,
)
from portal.collaborations.queries import parties_of
from portal.collaborations.states import DeliverableState
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.organisations.queries import holders_of

_YOU_LEAD = N_("because you lead this collaboration for your side")
_YOUR_OFFICE = N_("because you are a partnership officer of one side")


def leads(session: Session, event: Event) -> Iterable[Concerned]:
    """The leads of both sides."""
    if parties := parties_of(session, event):
        yield Concerned(parties[0], _YOU_LEAD)
        yield Concerned(parties[1], _YOU_LEAD)


def leads_and_officers(session: Session, event: Event) -> Iterable[Concerned]:
    """The leads and the partnership officers of both sides."""
    yield from leads(session, event)
    if parties := parties_of(session, event):
        for organisation_id in parties[2:]:
            yield from (Concerned(who, _YOUR_OFFICE) for who in holders_of(session, organisation_id, Role.OFFICER))


def other_office(session: Session, event: Event) -> Iterable[Concerned]:
    """The partnership officers of the side that has not decided, or learns that the public does not know of it any more."""
    if parties := parties_of(session, event):
        others = [number for number in parties[2:] if number != event.data["side_id"]]
        yield from (Concerned(who, _YOUR_OFFICE) for number in others for who in holders_of(session, number, Role.OFFICER))


def whose_turn_it_is(session: Session, event: Event) -> Iterable[Concerned]:
    """The host's lead when something was handed in, the partner's lead when it was answered."""
    if parties := parties_of(session, event):
        handed_in = event.data["state"] == DeliverableState.SUBMITTED.value
        yield Concerned(parties[0] if handed_in else parties[1], _YOU_LEAD)


NOTICES = (
    Notice(
        ChangeMoved,
        leads_and_officers,
        N_("A change of “%(title)s” is now: %(state)s"),
        N_("If it is to be assessed or agreed, the page says by whom. Without everybody's yes nothing changes."),
        N_("Look at the change"),
    ),
    Notice(
        CollaborationOpened,
        leads_and_officers,
        N_("The collaboration “%(title)s” is open"),
        N_("Both sides approved the proposal. The leads check the plan and start the work."),
        N_("Open the collaboration"),
    ),
    Notice(
        CollaborationMoved,
        leads,
        N_("“%(title)s” is now: %(state)s"),
        N_("You need do nothing, unless the page says that it is your turn."),
        N_("Open the collaboration"),
    ),
    Notice(
        CollaborationReleased,
        other_office,
        N_("The other side decided whether the public knows of “%(title)s”"),
        N_("You need do nothing. Everybody can read its title once both sides released it."),
        N_("Open the collaboration"),
    ),
    Notice(
        DeliverableMoved,
        whose_turn_it_is,
        N_("Deliverable “%(title)s”: %(state)s"),
        N_("If it was handed in, it is your turn to accept it or to ask for changes. If changes are asked for, they are yours."),
        N_("Open the collaboration"),
    ),
    Notice(
        MilestoneMoved,
        leads,
        N_("Milestone “%(title)s”: %(state)s"),
        N_("You need do nothing. If it slipped, the plan says why and until when."),
        N_("Open the plan"),
        mail=False,
    ),
    Notice(
        PlanChanged,
        leads,
        N_("The plan of “%(title)s” was changed"),
        N_("You need do nothing. Each date that moved stands in the plan with the reason."),
        N_("Open the plan"),
        mail=False,
    ),
    Notice(
        HealthJudged,
        leads_and_officers,
        N_("“%(title)s” was judged: %(health)s"),
        N_("You need do nothing. The reason stands on the page; say there what would help."),
        N_("Read why"),
    ),
)
