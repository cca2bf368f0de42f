"""Who belongs to an organisation, who asks to, and what each may do there."""

from typing import Any

from flask import flash, g, redirect, render_template, request
from sqlalchemy.orm import joinedload

from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.organisations.actions import describe_membership, set_roles
from portal.organisations.forms import AffiliationForm, RolesForm
from portal.organisations.inputs import Affiliation, RolesGiven
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import (
    CONFIRM,
    DESCRIBE,
    MEMBERS_READ,
    MEMBERSHIP_ADMIN,
    MEMBERSHIP_READ,
    ORGANISATION_ADMIN,
    OWN_MEMBERSHIP,
    ROLES_EDIT,
)
from portal.organisations.queries import members_page, requests_to
from portal.organisations.states import ROLE_LABELS, ROLE_NOTES
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import loads
from portal.web.steps import add_steps
from portal.web.words import gettext

BY_ID = "/memberships/<int:id>"
_WITH_NAMES = (joinedload(Membership.organisation), joinedload(Membership.account))


@bp.get(f"{BY_SLUG}/members")
@loads(Organisation, MEMBERS_READ, by="slug")
def index_members(organisation: Organisation) -> Any:
    """Those who wait, for those who may answer them; then the members."""
    waiting = [each for each in requests_to(g.db, organisation.id) if MEMBERSHIP_READ.holds(g.actor, each)]
    found = members_page(g.db, organisation.id, request.args.get("after"))
    return render_template(
        "organisations/index_members.html",
        organisation=organisation,
        waiting=[(each, CONFIRM.holds(g.actor, each)) for each in waiting],
        members=[_row(each) for each in found.rows],
        after=found.after,
        labels=ROLE_LABELS,
        inviting=ORGANISATION_ADMIN.holds(g.actor, organisation),
    )


@bp.get(BY_ID)
@loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES)
def show_membership(membership: Membership) -> Any:
    """Where this membership is dealt with: mails and lists link here, whoever reads them."""
    return redirect(_place(membership), 303)


@bp.get(f"{BY_ID}/roles")
@loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES, also=ROLES_EDIT)
def edit_membership(membership: Membership) -> Any:
    """The roles as they are."""
    return _draw_roles(membership, RolesForm(membership=membership), 200)


@bp.post(f"{BY_ID}/roles")
@loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES, also=ROLES_EDIT)
def update_membership(membership: Membership) -> Any:
    """Give exactly these."""
    form = RolesForm(membership=membership)
    status = _save_roles(membership, form)
    if status != 303:
        return _draw_roles(membership, form, status)
    flash(gettext(N_("The roles of %(name)s are saved."), name=membership.account.name), "good")
    return redirect(f"{membership.organisation.href}/members", 303)


@bp.get(f"{BY_ID}/affiliation")
@loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES, also=DESCRIBE)
def edit_affiliation(membership: Membership) -> Any:
    """What stands beside one's own name there."""
    return _draw_affiliation(membership, AffiliationForm(membership=membership), 200)


@bp.post(f"{BY_ID}/affiliation")
@loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES, also=DESCRIBE)
def update_affiliation(membership: Membership) -> Any:
    """Save it."""
    form = AffiliationForm(membership=membership)

    def save(given: Affiliation) -> None:
        describe_membership(g.db, membership, given, actor=g.actor, version=form.version.data)

    _, status = attempt(form, Affiliation, save)
    if status != 303:
        return _draw_affiliation(membership, form, status)
    flash(gettext(N_("What stands beside your name at %(name)s is saved."), name=membership.organisation.name), "good")
    return redirect("/join", 303)


def _place(membership: Membership) -> str:
    if OWN_MEMBERSHIP.holds(g.actor, membership) and not membership.is_active:
        return "/join"
    return f"{membership.organisation.href}/members"


add_steps(
    bp,
    BY_ID,
    MEMBERSHIP_FLOW,
    loads(Membership, MEMBERSHIP_READ, options=_WITH_NAMES),
    forms={Reason: ReasonForm},
    href=_place,
)


def _row(membership: Membership) -> dict[str, Any]:
    """One member with what the reader may do about them; whether it is possible now, the step's own page says."""
    return {
        "membership": membership,
        "own": OWN_MEMBERSHIP.holds(g.actor, membership),
        "roles_editable": ROLES_EDIT.holds(g.actor, membership),
        "endable": MEMBERSHIP_ADMIN.holds(g.actor, membership),
    }


def _save_roles(membership: Membership, form: RolesForm) -> int:
    def save(given: RolesGiven) -> None:
        set_roles(g.db, membership, given, actor=g.actor, version=form.version.data)

    _, status = attempt(form, RolesGiven, save)
    if status == 409:
        form.version.data = str(membership.version)
    return status


def _draw_roles(membership: Membership, form: RolesForm, status: int) -> Any:
    notes = {str(role.value): gettext(note) for role, note in ROLE_NOTES.items()}
    return render_template("organisations/edit_membership.html", membership=membership, form=form, notes=notes), status


def _draw_affiliation(membership: Membership, form: AffiliationForm, status: int) -> Any:
    if status == 409:
        form.version.data = str(membership.version)
    return render_template("organisations/edit_affiliation.html", membership=membership, form=form), status
