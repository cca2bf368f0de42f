"""How a person comes to belong to an organisation, and ceases to."""

import datetime as dt

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM, Role
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.organisations.events import (
    MemberAdmitted,
    MemberRemoved,
    MembershipDeclined,
    MembershipDissolved,
    MembershipMoved,
    MembershipRequested,
)
from portal.organisations.models import Membership
from portal.organisations.policies import CONFIRM, MEMBERSHIP_ADMIN, OWN_MEMBERSHIP
from portal.organisations.queries import is_verified, other_administrators
from portal.organisations.states import MembershipState as M

ANSWERED_WITHIN = dt.timedelta(days=7)  # what somebody who asks to join is told to expect


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def begin(step: Step) -> None:
    step.thing.since, step.thing.until, step.thing.note, step.thing.answer_by = clock.now(), None, "", None


def end(step: Step) -> None:
    step.thing.until, step.thing.is_main = clock.now(), False


def begin_anew(step: Step) -> None:
    """Who comes back waits from now on, and asks for roles again."""
    member = step.thing
    member.created_at, member.roles, member.note = clock.now(), [Role.MEMBER.value], ""
    member.limit_minor, member.answer_by = None, clock.now() + ANSWERED_WITHIN


def is_open_for_members(step: Step) -> str | None:
    if not is_verified(step.session, step.thing.organisation_id):
        return N_("This organisation takes no members until an administrator of the portal has checked it.")
    return None


def is_not_last_administrator(step: Step) -> str | None:
    member = step.thing
    if "administrator" in member.roles and not other_administrators(step.session, member):
        return N_("Name another administrator first: the last one cannot go.")
    return None


MEMBERSHIP_FLOW = Workflow(
    of=Membership,
    start=M.REQUESTED,
    ends=(M.DECLINED, M.ENDED),
    table=(
        T("admit", N_("Admit by domain"), (M.REQUESTED,), M.ACTIVE, SYSTEM, MemberAdmitted, effects=(begin,)),
        T("confirm", N_("Confirm"), (M.REQUESTED,), M.ACTIVE, CONFIRM, MemberAdmitted, effects=(begin,)),
        T(
            "decline",
            N_("Decline"),
            (M.REQUESTED,),
            M.DECLINED,
            CONFIRM,
            MembershipDeclined,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T(
            "ask_again",
            N_("Ask again"),
            (M.DECLINED, M.ENDED),
            M.REQUESTED,
            OWN_MEMBERSHIP,
            MembershipRequested,
            guards=(is_open_for_members,),
            effects=(begin_anew,),
        ),
        T(
            "leave",
            N_("Leave"),
            (M.ACTIVE,),
            M.ENDED,
            OWN_MEMBERSHIP,
            MemberRemoved,
            guards=(is_not_last_administrator,),
            effects=(end,),
            risk=True,
        ),
        T(
            "end",
            N_("End membership"),
            (M.ACTIVE,),
            M.ENDED,
            MEMBERSHIP_ADMIN & ~OWN_MEMBERSHIP,
            MemberRemoved,
            guards=(is_not_last_administrator,),
            effects=(end,),
            risk=True,
        ),
        # Of those whose organisation was merged into another one: nobody brings a role along.
        T(
            "move",
            N_("Move with the organisation"),
            (M.REQUESTED, M.ACTIVE),
            M.REQUESTED,
            SYSTEM,
            MembershipMoved,
            effects=(begin_anew,),
        ),
        T(
            "dissolve",
            N_("End with the organisation"),
            (M.REQUESTED, M.ACTIVE),
            M.ENDED,
            SYSTEM,
            MembershipDissolved,
            effects=(end,),
        ),
    ),
)
