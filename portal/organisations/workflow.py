"""How an organisation is accepted, and how a person comes to belong to one."""

from sqlalchemy import delete

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, SYSTEM, Role
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.organisations.events import (
    MemberAdmitted,
    MemberRemoved,
    MembershipDeclined,
    MembershipRequested,
    OrganisationAdded,
    OrganisationRefused,
    OrganisationVerified,
)
from portal.organisations.models import Membership, Organisation, OrganisationDomain
from portal.organisations.policies import CONFIRM, MEMBERSHIP_ADMIN, ORGANISATION_ADMIN, OWN_MEMBERSHIP
from portal.organisations.queries import is_verified, other_administrators
from portal.organisations.states import MembershipState as M
from portal.organisations.states import OrganisationState as O


def stamp_verified(step: Step) -> None:
    step.thing.verified_at = clock.now()
    step.thing.note = ""


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def release_domains(step: Step) -> None:
    """Whom domains and register id really belong to must be able to bring them."""
    step.thing.ror = None
    step.session.execute(delete(OrganisationDomain).where(OrganisationDomain.organisation_id == step.thing.id))


def begin(step: Step) -> None:
    step.thing.since, step.thing.until, step.thing.note = clock.now(), None, ""


def end(step: Step) -> None:
    step.thing.until = clock.now()


def begin_anew(step: Step) -> None:
    """Who comes back waits from now on, and asks for roles again."""
    step.thing.created_at, step.thing.roles, step.thing.note = clock.now(), [Role.MEMBER.value], ""


def is_open_for_members(step: Step) -> str | None:
    if not is_verified(step.session, step.thing.organisation_id):
        return N_("This organisation takes no members until an administrator of the portal has checked it.")
    return None


def is_not_last_administrator(step: Step) -> str | None:
    member = step.thing
    if "administrator" in member.roles and not other_administrators(step.session, member):
        return N_("Name another administrator first: the last one cannot go.")
    return None


ORGANISATION_FLOW = Workflow(
    of=Organisation,
    start=O.UNVERIFIED,
    ends=(O.REJECTED,),
    table=(
        T("verify", N_("Verify"), (O.UNVERIFIED,), O.VERIFIED, ADMIN, OrganisationVerified, effects=(stamp_verified,)),
        T(
            "reject",
            N_("Do not accept"),
            (O.UNVERIFIED,),
            O.REJECTED,
            ADMIN,
            OrganisationRefused,
            effects=(keep_reason, release_domains),
            takes=Reason,
            risk=True,
        ),
        T("ask_again", N_("Ask again"), (O.REJECTED,), O.UNVERIFIED, ORGANISATION_ADMIN, OrganisationAdded),
        T(
            "suspend",
            N_("Suspend"),
            (O.VERIFIED,),
            O.SUSPENDED,
            ADMIN,
            OrganisationRefused,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T("restore", N_("Restore"), (O.SUSPENDED,), O.VERIFIED, ADMIN, OrganisationVerified, effects=(stamp_verified,)),
    ),
)

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
    ),
)
