"""Whose turn it is, above all that the workspace shows."""

import datetime as dt
from collections.abc import Sequence

from portal.collaborations.models import Collaboration, Deliverable
from portal.collaborations.panels.pending import Turn, turn_of_pending
from portal.collaborations.queries import Pending
from portal.collaborations.queries.waiting import DAYS_AHEAD
from portal.collaborations.states import GIVEN, OWED, CollaborationState, DeliverableState
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Offer


def turn(collaboration: Collaboration, actor: Actor, offered: Sequence[Offer], pending: Sequence[Pending] = ()) -> Turn:
    """The one thing that comes next, in the words of whoever reads it.

    Args:
        offered: the steps this person may take.
        pending: reports and claims in somebody's hands; none for those who may not read them.
    """
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
    if following := _following(collaboration, actor, pending):
        return following
    if why := _blocked(offered, "close"):
        return _of_leads(collaboration, actor, Words(N_("Settle the closing list")), why, "/closing")
    title = Words(N_("Everything is handed in and accepted: close the collaboration"))
    return _of_leads(collaboration, actor, title, Words(N_("Open milestones are achieved or cancelled by name first.")))


def own_side(collaboration: Collaboration, actor: Actor) -> int | None:
    """The organisation on whose side the reader stands; None for those on neither or on both."""
    mine = actor.organisations & {collaboration.host_id, collaboration.organisation_id}
    return next(iter(mine)) if len(mine) == 1 else None


def _following(collaboration: Collaboration, actor: Actor, pending: Sequence[Pending]) -> Turn | None:
    """Of what waits or is owed soon that which the reader has in hand, else what waits for an answer, else what is owed; each by
    its day."""
    soon = clock.today() + dt.timedelta(days=DAYS_AHEAD)
    found: list[tuple[dt.datetime | None, dt.date | None, Turn]] = [
        (part.submitted_at if part.state in GIVEN else None, part.due_on, _of_deliverable(collaboration, part, actor))
        for part in collaboration.deliverables
        if part.state in (*GIVEN, *OWED)
    ]
    found += [(one.since, one.due_on, turn_of_pending(collaboration, one, actor)) for one in pending]

    def place(one: tuple[dt.datetime | None, dt.date | None, Turn]) -> tuple[bool, bool, str]:
        since, due_on, shown = one
        is_near = since is not None or (due_on is not None and due_on <= soon)
        return not (shown.mine and is_near), since is None, str(since or due_on)

    return min(found, key=place)[2] if found else None


def _blocked(offered: Sequence[Offer], action: str) -> Words | None:
    """Why a step that this person may take cannot be taken now."""
    why = next((offer.why for offer in offered if offer.action == action and not offer.allowed), None)
    return Words(why) if isinstance(why, str) else why


def _of_leads(collaboration: Collaboration, actor: Actor, title: Words, text: Words, place: str = "") -> Turn:
    leads = (collaboration.host_lead, collaboration.partner_lead)
    mine = actor.id in [lead.id for lead in leads]
    names = {"a": leads[0].name, "b": leads[1].name}
    who = Words(N_("Your turn, %(name)s"), {"name": actor.name}) if mine else Words(N_("Waiting for %(a)s or %(b)s"), names)
    href = f"{collaboration.href}{place}" if place else ""
    return Turn(mine, who, title, text, href, N_("Open the list"))


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
    href = f"{collaboration.href}#deliverable-{deliverable.id}"
    return Turn(mine, who, title, text, href, N_("Go to the deliverable"))
