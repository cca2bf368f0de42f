"""What an organisation leaves to everybody, and what it decides one by one."""

from typing import Any

import structlog
from flask import flash, g, redirect, render_template
from sqlalchemy.orm import undefer

from portal.kernel.text import N_
from portal.organisations.actions import set_up_organisation
from portal.organisations.forms import SettingsForm
from portal.organisations.inputs import OrganisationSettings
from portal.organisations.models import Organisation
from portal.organisations.policies import EDIT, ORGANISATION_OFFICER, READ, SETTINGS_READ
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.web.forms import attempt
from portal.web.guards import loads
from portal.web.words import gettext

_SET = tuple(undefer(column) for column in (Organisation.admission, Organisation.posting, Organisation.contact))


@bp.get(f"{BY_SLUG}/settings")
@loads(Organisation, READ & SETTINGS_READ, by="slug", options=_SET)
def edit_settings(organisation: Organisation) -> Any:
    """As they are. That somebody from outside the organisation looked stands in the log."""
    if not (EDIT | ORGANISATION_OFFICER).holds(g.actor, organisation):
        structlog.get_logger().info("organisation settings read", organisation=organisation.id, account=g.actor.id)
    return _draw(organisation, SettingsForm(organisation=organisation), 200)


@bp.post(f"{BY_SLUG}/settings")
@loads(Organisation, READ & SETTINGS_READ, by="slug", options=_SET, also=EDIT)
def update_settings(organisation: Organisation) -> Any:
    """Save them."""
    form = SettingsForm(organisation=organisation)
    _, status = attempt(form, OrganisationSettings, lambda given: set_up_organisation(g.db, organisation, given, actor=g.actor))
    if status != 303:
        return _draw(organisation, form, status)
    flash(gettext(N_("The settings are saved.")), "good")
    return redirect(f"{organisation.href}/settings", 303)


def _draw(organisation: Organisation, form: SettingsForm, status: int) -> Any:
    editable = EDIT.holds(g.actor, organisation)
    return render_template("organisations/edit_settings.html", organisation=organisation, form=form, editable=editable), status
