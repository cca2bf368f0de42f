"""Coming to belong to an organisation."""

from typing import Any

from flask import flash, g, redirect, render_template
from sqlalchemy.orm import undefer

from portal.accounts.states import Kind
from portal.kernel.policy import SIGNED_IN
from portal.kernel.text import N_
from portal.organisations.actions import join, may_join_at_once
from portal.organisations.forms import JoinForm
from portal.organisations.inputs import Joining
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ, VERIFIED
from portal.organisations.queries import membership_of, memberships_of, organisation_for
from portal.organisations.states import JoinAs
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.web.forms import attempt
from portal.web.guards import loads, signed_in
from portal.web.words import gettext

_JOINABLE = loads(
    Organisation,
    READ & VERIFIED,
    by="slug",
    options=(undefer(Organisation.admission), undefer(Organisation.posting)),
    also=SIGNED_IN,
)


@bp.get("/join")
@signed_in
def index_memberships() -> Any:
    """Which organisation is yours: the one your address shows, and those you belong to or asked."""
    mine = memberships_of(g.db, g.actor.id)
    shown = organisation_for(g.db, g.actor)
    proposed = shown if shown is not None and shown.id not in {each.organisation_id for each in mine} else None
    return render_template("organisations/index_memberships.html", mine=mine, proposed=proposed, is_student=_is_student())


@bp.get(f"{BY_SLUG}/join")
@_JOINABLE
def new_membership(organisation: Organisation) -> Any:
    """What joining means here: at once, or after somebody confirmed it."""
    kind = JoinAs.OFFICER if g.actor.kind == Kind.OFFICER.value else JoinAs.MEMBER
    return _draw(organisation, JoinForm(student=_is_student(), join_as=kind.value), 200)


@bp.post(f"{BY_SLUG}/join")
@_JOINABLE
def create_membership(organisation: Organisation) -> Any:
    """Join, or ask."""
    form = JoinForm(student=_is_student())
    made, status = attempt(form, Joining, lambda wish: join(g.db, organisation, wish, actor=g.actor))
    if made is None:
        return _draw(organisation, form, status)
    flash(_told(made, organisation), "good" if made.is_active else "info")
    return redirect(organisation.href, 303)


def _told(membership: Membership, organisation: Organisation) -> str:
    if membership.is_active:
        return gettext(N_("You belong to %(name)s now."), name=organisation.name)
    return gettext(N_("You asked to join %(name)s. We tell you as soon as somebody there answers."), name=organisation.name)


def _is_student() -> bool:
    return bool(g.actor.kind == Kind.STUDENT.value)


def _draw(organisation: Organisation, form: JoinForm, status: int) -> Any:
    present = membership_of(g.db, g.actor.id, organisation.id)
    return render_template(
        "organisations/new_membership.html",
        organisation=organisation,
        form=form,
        present=present,
        at_once=present is None and may_join_at_once(g.db, organisation, actor=g.actor),
    ), status
