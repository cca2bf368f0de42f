"""Whose turn it is, above all that the workspace shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.collaborations.models import Collaboration, Deliverable
from portal.collaborations.states import GIVEN, OWED, CollaborationState, DeliverableState
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Offer


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: `mine` is true, false, or None when nobody has to act."""

    mine: bool | None
    who: Words
    title: Words
    text: Words
    deliverable: Deliverable | None = None
    place: str = ""  # below the collaboration's address, where it is done


def turn(collaboration: Collaboration, actor: Actor, offered: Sequence[Offer]) -> Turn:
    """The one thing that comes next, in the words of whoever reads it; `offered`: the steps this person may take."""
    state = collaboration.state
    if state in (CollaborationState.CLOSED, CollaborationState.TERMINATED):
        nothing = Words(N_("Nothing waits for anybody."))
        return Turn(None, Words(N_("Over")), Words(state.label), nothing)
    if state is CollaborationState.PAUSED:
        title = Words(N_("On hold: %(why)s"), {"why": collaboration.note})
        return _of_leads(collaboration, actor, title, Words(N_("A lead can go on with the work at any time.")))
    if state is CollaborationState.PLANNED:
        if why := _blocked(offered, "start"):
            return _of_leads(collaboration, actor, Words(N_("Settle the set-up list")), why, "/set-up")
        title = Words(N_("Check the plan and start the work"))
        return _of_leads(collaboration, actor, title, Words(N_("Everything was carried over from the approved proposal.")))
    following = next_deliverable(collaboration)
    if following is not None:
        return _of_deliverable(collaboration, following, actor)
    if why := _blocked(offered, "close"):
        return _of_leads(collaboration, actor, Words(N_("Settle the closing list")), why, "/closing")
    title = Words(N_("Everything is handed in and accepted: close the collaboration"))
    return _of_leads(collaboration, actor, title, Words(N_("Open milestones are achieved or cancelled by name first.")))


def own_side(collaboration: Collaboration, actor: Actor) -> int | None:
    """The organisation on whose side the reader stands; None for those on neither or on both."""
    mine = actor.organisations & {collaboration.host_id, collaboration.organisation_id}
    return next(iter(mine)) if len(mine) == 1 else None


def next_deliverable(collaboration: Collaboration) -> Deliverable | None:
    """What was handed in and waits for an answer, else what is owed first."""
    waiting = [d for d in collaboration.deliverables if d.state in GIVEN]
    owed = [d for d in collaboration.deliverables if d.state in OWED]
    return next(iter(waiting or owed), None)


def _blocked(offered: Sequence[Offer], action: str) -> Words | None:
    """Why a step that this person may take cannot be taken now."""
    why = next((offer.why for offer in offered if offer.action == action and not offer.allowed), None)
    return Words(why) if isinstance(why, str) else why


def _of_leads(collaboration: Collaboration, actor: Actor, title: Words, text: Words, place: str = "") -> Turn:
    leads = (collaboration.host_lead, collaboration.partner_lead)
    mine = actor.id in [lead.id for lead in leads]
    names = {"a": leads[0].name, "b": leads[1].name}
    who = Words(N_("Your turn, %(name)s"), {"name": actor.name}) if mine else Words(N_("Waiting for %(a)s or %(b)s"), names)
    return Turn(mine, who, title, text, place=place)


def _of_deliverable(collaboration: Collaboration, deliverable: Deliverable, actor: Actor) -> Turn:
    handed_in = deliverable.state in GIVEN
    person = collaboration.host_lead if handed_in else collaboration.partner_lead
    mine = person.id == actor.id
    who = Words(N_("Your turn, %(name)s") if mine else N_("Waiting for %(name)s"), {"name": person.name})
    title = Words(
        N_("Accept “%(title)s” or ask for changes") if handed_in else N_("Hand in “%(title)s”"), {"title": deliverable.title}
    )
    if deliverable.state is DeliverableState.UNDER_REVIEW:
        text = Words(N_("It is being looked at. Without an answer it stays with the host; it is never accepted by silence."))
    elif handed_in:
        text = Words(N_("It was handed in. Without an answer it stays with the host; it is never accepted by silence."))
    elif deliverable.due_on < clock.today():
        text = Words(N_("It is late. Hand it in, or move its date with a reason that both sides read."))
    else:
        text = Words(N_("If it will be late, move its date with a reason that both sides read."))
    return Turn(mine, who, title, text, deliverable)
