"""What organisations and those who ask to join them wait for."""

from sqlalchemy import DateTime, cast, exists, null, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.kernel.db import AnySelect, those_in
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import AtOnce, Source
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.queries.memberships import KEEPERS, holds
from portal.organisations.states import InvitationState, MembershipState, OrganisationState


def memberships_to_confirm(actor: Actor) -> AnySelect | None:
    """Who asks to join the organisations this person keeps; for the portal's administrators those that nobody keeps."""
    kept = actor.organisations_as(*KEEPERS)
    if not kept and not actor.is_admin:
        return None
    keeper = aliased(Membership)
    unkept = ~exists().where(
        keeper.organisation_id == Membership.organisation_id,
        keeper._state == MembershipState.ACTIVE,
        holds(*KEEPERS, membership=keeper),
    )
    mine = Membership.organisation_id.in_(kept)
    return (
        select(
            Membership.id.label("id"),
            User.name.label("title"),
            Organisation.slug.label("detail"),
            Membership.created_at.label("since"),
            Membership.answer_by.label("due_at"),
        )
        .join(Membership.account)
        .join(Membership.organisation)
        .where(those_in(MembershipState.REQUESTED, Membership._state), Membership.account_id != actor.id)
        .where(or_(mine, unkept) if actor.is_admin else mine)
    )


def organisations_to_verify(actor: Actor) -> AnySelect | None:
    """What the portal's administrators have not checked yet."""
    if not actor.is_admin:
        return None
    return select(
        Organisation.id.label("id"),
        Organisation.name.label("title"),
        Organisation.slug.label("detail"),
        Organisation.created_at.label("since"),
        cast(null(), DateTime).label("due_at"),
    ).where(Organisation._state == OrganisationState.UNVERIFIED)


def invitations_to_answer(actor: Actor) -> AnySelect | None:
    """The organisations that invite this person."""
    if not actor.is_person:
        return None
    return (
        select(
            Invitation.id.label("id"),
            Organisation.name.label("title"),
            Organisation.slug.label("detail"),
            Invitation.created_at.label("since"),
            Invitation.expires_at.label("due_at"),
        )
        .join(Invitation.organisation)
        .where(Invitation.account_id == actor.id, Invitation._state == InvitationState.OPEN)
    )


SOURCES = (
    Source(
        "invitation.answer",
        N_("Answer an invitation"),
        N_("Open the invitation"),
        lambda number, _detail: f"/invitations/{number}",
        invitations_to_answer,
    ),
    Source(
        "membership.confirm",
        N_("Confirm or decline"),
        N_("Look at the request"),
        lambda number, detail: f"/organisations/{detail}/members",
        memberships_to_confirm,
        AtOnce(N_("Confirm"), lambda number, _detail: f"/memberships/{number}/steps/confirm"),
    ),
    Source(
        "organisation.verify",
        N_("Check the organisation"),
        N_("Open the organisation"),
        lambda number, detail: f"/organisations/{detail}",
        organisations_to_verify,
    ),
)
