"""How what was agreed is changed: assessed, agreed by everybody affected, and only then in force."""

import datetime as dt

from sqlalchemy.orm import Session

from portal.collaborations.events import ChangeMoved
from portal.collaborations.inputs import Assessment
from portal.collaborations.models import ChangeConsent, ChangeRequest, Collaboration
from portal.collaborations.policies import CHANGE_ASKER, CHANGE_OTHERS
from portal.collaborations.queries import granted_minor
from portal.collaborations.states import MUST_AGREE, ChangeKind, CollaborationState, PartState, Stand
from portal.collaborations.states import ChangeState as C
from portal.collaborations.workflow.collaboration import COLLABORATION_FLOW
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR
from portal.kernel.text import N_, Words
from portal.kernel.units import format_amount
from portal.kernel.workflow import Step, T, Workflow

DAYS_TO_ANSWER = 14
_CHANGEABLE = (CollaborationState.ACTIVE, CollaborationState.PAUSED, CollaborationState.CLOSING)
_MOVES = {ChangeKind.PAUSE: "pause", ChangeKind.END: "end_agreed"}  # the collaboration's own steps


def is_changeable(step: Step) -> str | None:
    if step.thing.collaboration.state in _CHANGEABLE:
        return None
    return N_("The collaboration is not running: there is nothing to change.")


def has_every_consent(step: Step) -> str | None:
    return N_("Not everybody who must agree has.") if step.thing.missing else None


def has_its_person(step: Step) -> str | None:
    person = step.thing.person
    if person is None or person.state is PartState.ACTIVE:
        return None
    return N_("The person it is about takes no part any more.")


def covers_what_is_granted(step: Step) -> Words | None:
    """A smaller sum than what is approved already would make what was promised more than what is agreed."""
    return below_what_is_granted(step.session, step.thing.collaboration, step.thing.amount_minor)


def below_what_is_granted(session: Session, collaboration: Collaboration, amount_minor: int | None) -> Words | None:
    """Why the agreed sum cannot become this one, if it cannot; None where no sum is asked for."""
    granted, currency = granted_minor(session, collaboration), collaboration.currency
    if amount_minor is None or amount_minor >= granted:
        return None
    amounts = {"granted": format_amount(granted, currency), "currency": currency}
    return Words(N_("Claims over %(granted)s %(currency)s are approved already: ask for at least as much."), amounts)


def stamp_submitted(step: Step) -> None:
    """Whoever asks agrees as the lead of their side, and fills no other place."""
    change, now = step.thing, clock.now()
    change.submitted_at, change.due_at = now, now + dt.timedelta(days=DAYS_TO_ANSWER)
    leads = {
        Stand.HOST_LEAD: change.collaboration.host_lead_id,
        Stand.PARTNER_LEAD: change.collaboration.partner_lead_id,
    }
    own = next((stand for stand, lead in leads.items() if lead == step.actor.id and stand in MUST_AGREE[change.kind]), None)
    if own is not None:
        change.consents.append(ChangeConsent(stand=own, by_id=step.actor.id, at=now))


def keep_assessment(step: Step) -> None:
    step.thing.assessment, step.thing.assessed_by_id = step.given.text, step.actor.id


def stamp_decided(step: Step) -> None:
    step.thing.decided_at = clock.now()


def apply_change(step: Step) -> None:
    """Let the collaboration be as was agreed; what it was before stays on the change."""
    change, collaboration = step.thing, step.thing.collaboration
    if change.kind is ChangeKind.EXTENSION:
        change.before_on, collaboration.ends_on = collaboration.ends_on, change.until_on
    elif change.kind is ChangeKind.MONEY:
        change.before_minor, collaboration.asked_minor = collaboration.asked_minor, change.amount_minor
    elif change.kind is ChangeKind.PEOPLE:
        change.person.is_key = True
    if (action := _MOVES.get(change.kind)) is not None:
        COLLABORATION_FLOW.perform(step.session, collaboration, action, actor=SYSTEM_ACTOR, given=Reason(change.text[:2000]))


CHANGE_FLOW = Workflow(
    of=ChangeRequest,
    start=C.DRAFT,
    ends=(C.IN_FORCE, C.REFUSED, C.WITHDRAWN),
    table=(
        T(
            "submit",
            N_("Submit the change"),
            (C.DRAFT,),
            C.SUBMITTED,
            CHANGE_ASKER,
            ChangeMoved,
            guards=(is_changeable,),
            effects=(stamp_submitted,),
        ),
        T(
            "assess",
            N_("Assess the change"),
            (C.SUBMITTED,),
            C.ASSESSED,
            CHANGE_OTHERS,
            ChangeMoved,
            guards=(is_changeable,),
            effects=(keep_assessment,),
            takes=Assessment,
        ),
        T(
            "put_in_force",
            N_("Put in force"),
            (C.ASSESSED,),
            C.IN_FORCE,
            SYSTEM,
            ChangeMoved,
            guards=(is_changeable, has_every_consent, has_its_person, covers_what_is_granted),
            effects=(apply_change, stamp_decided),
        ),
        T(
            "refuse",
            N_("Refuse the change"),
            (C.SUBMITTED, C.ASSESSED),
            C.REFUSED,
            CHANGE_OTHERS,
            ChangeMoved,
            effects=(keep_reason, stamp_decided),
            takes=Reason,
            risk=True,
        ),
        T(
            "withdraw",
            N_("Withdraw the change"),
            (C.DRAFT, C.SUBMITTED, C.ASSESSED),
            C.WITHDRAWN,
            CHANGE_ASKER,
            ChangeMoved,
            effects=(stamp_decided,),
        ),
    ),
)
