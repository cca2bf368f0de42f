"""What came of the demonstration's work: reported at the close, mostly confirmed some days later; some of it waits for those who
can be tried.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select

from portal.collaborations.actions import record_outcome, release_collaboration, show_outcome
from portal.collaborations.inputs import Correction, OutcomeEntry
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.queries import FULL
from portal.collaborations.states import CollaborationState, OutcomeKind
from portal.collaborations.workflow import OUTCOME_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor, Role
from portal.kernel.seeding import Stage
from portal.kernel.states import member_of
from portal.organisations.queries import holders_of

_ASKED = ("helena", "ingrid")
_EARLY = OutcomeEntry(OutcomeKind.DATA, "Vibration spectra of forty pumps, with the dates of their repairs")
_QUESTION = Reason("Where can it be seen? We should not confirm what nobody finds.")
_SHOWN_AT = "https://example.org/outcomes"


def report(stage: Stage, collaboration: Collaboration, told: Sequence[str], sides: tuple[Actor, Actor]) -> None:
    """The first of the two reports it, the other confirms it – now and then after a question and a correction."""
    reporter, other = sides
    kind, title = member_of(OutcomeKind, told[0]) or OutcomeKind.OTHER, told[1]
    doi = f"10.5072/{collaboration.reference.lower()}" if kind in (OutcomeKind.PAPER, OutcomeKind.DATA) else None
    outcome = record_outcome(stage.session, collaboration, OutcomeEntry(kind, title, identifier=doi), actor=reporter)

    def take(action: str, actor: Actor, given: Reason | Correction | None = None) -> None:
        OUTCOME_FLOW.perform(stage.session, outcome, action, actor=actor, given=given)

    days = 3
    if collaboration.id % 4 == 1 and doi is None:
        fixed = Correction(kind, title, _SHOWN_AT, text="The address was missing.")
        stage.plan(clock.now() + dt.timedelta(days=2), lambda: take("query", other, _QUESTION))
        stage.plan(clock.now() + dt.timedelta(days=5), lambda: take("correct", reporter, fixed))
        days = 7
    stage.plan(clock.now() + dt.timedelta(days=days), lambda: take("confirm", other))
    if collaboration.id % 3:
        stage.plan(clock.now() + dt.timedelta(days=days + 4), lambda: _show(stage, outcome))


def _show(stage: Stage, outcome: Outcome) -> None:
    """The offices of both sides let everybody know of the work, and of what came of it."""
    work = outcome.collaboration
    offices = [set(holders_of(stage.session, side, Role.OFFICER)) for side in (work.host_id, work.organisation_id)]
    pair = [office - other for office, other in (offices, offices[::-1])]
    for officers in pair if all(pair) and outcome.kind is not OutcomeKind.HIRE else ():
        officer = stage.actor_of(stage.made["account key", str(min(officers))])
        release_collaboration(stage.session, work, shown=True, actor=officer)
        show_outcome(stage.session, outcome, shown=True, actor=officer)


def ask_the_personas(stage: Stage) -> list[Collaboration]:
    """In one running collaboration of each the other side has just reported something, and it waits for them; returns those."""
    asked = []
    for key in _ASKED:
        me = stage.actor_of(key)
        mine = or_(Collaboration.host_lead_id == me.id, Collaboration.partner_lead_id == me.id)
        running = select(Collaboration).where(mine, Collaboration._state == CollaborationState.ACTIVE).options(*FULL)
        for one in stage.session.scalars(running.order_by(Collaboration.id).limit(1)).unique().all():
            other_id = one.partner_lead_id if one.host_lead_id == me.id else one.host_lead_id
            other = stage.actor_of(stage.made["account key", str(other_id)])
            record_outcome(stage.session, one, _EARLY, actor=other)
            asked.append(one)
    return asked
