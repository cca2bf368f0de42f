"""How an invitation becomes a membership, or nothing."""

from portal.accounts.states import Kind
from portal.kernel import clock
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR, Role
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.organisations.events import InvitationAccepted, InvitationDeclined, InvitationExpired, InvitationWithdrawn
from portal.organisations.models import Invitation, Membership
from portal.organisations.policies import INVITED, INVITING
from portal.organisations.queries import holders_of, is_verified, membership_of
from portal.organisations.states import InvitationState as I
from portal.organisations.states import MembershipState
from portal.organisations.workflow.membership import MEMBERSHIP_FLOW


def is_in_time(step: Step) -> str | None:
    return None if clock.now() < step.thing.expires_at else N_("This invitation has expired. Ask for another one.")


def is_still_backed(step: Step) -> str | None:
    """The right to invite is looked at again: an invitation outlives no administrator."""
    invitation = step.thing
    if not is_verified(step.session, invitation.organisation_id):
        return N_("This organisation takes no members until an administrator of the portal has checked it.")
    if invitation.invited_by_id == step.actor.id:
        return N_("Somebody else has to invite you.")
    if invitation.invited_by_id not in holders_of(step.session, invitation.organisation_id, Role.ADMINISTRATOR):
        return N_("Whoever invited you is no administrator there any more. Ask for another invitation.")
    return None


def is_fit_for_roles(step: Step) -> str | None:
    if step.actor.kind == Kind.STUDENT.value and set(step.thing.roles) != {Role.MEMBER.value}:
        return N_("Students can be members. Ask for an invitation as a member.")
    return None


def join_as_invited(step: Step) -> None:
    """Belong with the roles named, on top of those that somebody has there already."""
    session, invitation = step.session, step.thing
    membership = membership_of(session, step.actor.id, invitation.organisation_id) if step.actor.id is not None else None
    if membership is None:
        membership = Membership(
            account_id=step.actor.id, organisation_id=invitation.organisation_id, roles=[], created_at=clock.now()
        )
        session.add(membership)
        session.flush()
    if membership.state in (MembershipState.DECLINED, MembershipState.ENDED):
        MEMBERSHIP_FLOW.perform(session, membership, "ask_again", actor=step.actor)
    if membership.state is MembershipState.REQUESTED:
        MEMBERSHIP_FLOW.perform(session, membership, "admit", actor=SYSTEM_ACTOR)
    held = {*membership.roles, *invitation.roles}
    membership.roles = [role.value for role in Role if role.value in held]
    membership.title = membership.title or invitation.title
    session.flush()


INVITATION_FLOW = Workflow(
    of=Invitation,
    start=I.OPEN,
    ends=(I.ACCEPTED, I.DECLINED, I.WITHDRAWN, I.EXPIRED),
    table=(
        T(
            "accept",
            N_("Accept"),
            (I.OPEN,),
            I.ACCEPTED,
            INVITED,
            InvitationAccepted,
            guards=(is_in_time, is_still_backed, is_fit_for_roles),
            effects=(join_as_invited,),
        ),
        T("decline", N_("Decline"), (I.OPEN,), I.DECLINED, INVITED, InvitationDeclined, risk=True),
        T("withdraw", N_("Withdraw"), (I.OPEN,), I.WITHDRAWN, INVITING, InvitationWithdrawn, risk=True),
        T("expire", N_("Expire"), (I.OPEN,), I.EXPIRED, SYSTEM, InvitationExpired),
    ),
)
