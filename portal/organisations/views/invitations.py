"""Invitations to an organisation: sending them, and answering one."""

from typing import Any

from flask import flash, g, redirect, render_template
from sqlalchemy.orm import joinedload

from portal.accounts import mails
from portal.accounts.models import User
from portal.kernel.text import N_, Words
from portal.organisations.actions import invite
from portal.organisations.forms import InviteForm
from portal.organisations.inputs import Inviting
from portal.organisations.models import Invitation, Organisation
from portal.organisations.policies import INVITATION_READ, ORGANISATION_ADMIN, READ
from portal.organisations.queries import open_invitations
from portal.organisations.states import ROLE_LABELS, ROLE_NOTES
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.organisations.workflow import INVITATION_FLOW
from portal.web.forms import attempt
from portal.web.guards import loads, signed_in
from portal.web.limits import Limit, limited, network
from portal.web.steps import add_steps
from portal.web.words import gettext

BY_ID = "/invitations/<int:id>"
SENT = Limit("invitations", "30 per hour", network)
_WITH_NAMES = (joinedload(Invitation.organisation), joinedload(Invitation.invited_by).load_only(User.name))


@bp.get(f"{BY_SLUG}/invitations")
@loads(Organisation, READ, by="slug", also=ORGANISATION_ADMIN)
def index_invitations(organisation: Organisation) -> Any:
    """Those nobody has answered yet, and a form for one more."""
    return _draw(organisation, InviteForm(), 200)


@bp.post(f"{BY_SLUG}/invitations")
@loads(Organisation, READ, by="slug", also=ORGANISATION_ADMIN)
@limited(SENT)
def create_invitation(organisation: Organisation) -> Any:
    """Send one; the answer is the same whether or not somebody has an account with that address."""
    form = InviteForm()
    made, status = attempt(form, Inviting, lambda given: _send(organisation, given))
    if made is None:
        return _draw(organisation, form, status)
    flash(gettext(N_("%(email)s is invited."), email=made.email), "good")
    return redirect(f"{organisation.href}/invitations", 303)


@bp.get(BY_ID)
@signed_in
@loads(Invitation, INVITATION_READ, options=_WITH_NAMES)
def show_invitation(invitation: Invitation) -> Any:
    """What one will be, and until when one can say yes."""
    return render_template(
        "organisations/show_invitation.html",
        invitation=invitation,
        offered=INVITATION_FLOW.offered(g.actor, invitation, session=g.db),
        step_url=lambda action: f"{invitation.href}/steps/{action}",
        roles=[(label, ROLE_NOTES.get(role)) for role, label in ROLE_LABELS.items() if role.value in invitation.roles],
    )


add_steps(
    bp,
    BY_ID,
    INVITATION_FLOW,
    loads(Invitation, INVITATION_READ, options=_WITH_NAMES),
    forms={},
    href=lambda invitation: str(invitation.href),
)


def _send(organisation: Organisation, given: Inviting) -> Invitation:
    invitation = invite(g.db, organisation, given, actor=g.actor)
    name = {"name": organisation.name}
    letter = mails.Letter(
        Words(N_("You are invited to %(name)s"), name),
        Words(N_("An administrator of %(name)s invites you to join it on this portal."), name),
        N_("Open the invitation"),
        N_("Sign in with the account of this address, or create one. The invitation is open for fourteen days."),
        N_("You get this because this address was entered at %(address)s."),
    )
    mails.write(g.db, letter, invitation.email, "organisations.show_invitation", id=invitation.id)
    return invitation


def _draw(organisation: Organisation, form: InviteForm, status: int) -> Any:
    return render_template(
        "organisations/index_invitations.html",
        organisation=organisation,
        form=form,
        waiting=open_invitations(g.db, organisation.id),
        labels=ROLE_LABELS,
        notes={str(role.value): gettext(note) for role, note in ROLE_NOTES.items()},
    ), status
