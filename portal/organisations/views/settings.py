"""What an organisation leaves to everybody, what it decides one by one, and what was verified of it."""

from typing import Any

import structlog
from flask import flash, g, redirect, render_template
from sqlalchemy.orm import undefer

from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.organisations.actions import record_check, set_up_organisation
from portal.organisations.forms import CheckForm, SettingsForm
from portal.organisations.inputs import Checked, OrganisationSettings
from portal.organisations.models import Organisation
from portal.organisations.policies import EDIT, ORGANISATION_OFFICER, READ, SETTINGS_READ
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG, checks_of
from portal.web.forms import attempt
from portal.web.guards import loads
from portal.web.words import gettext

_SET = tuple(undefer(column) for column in (Organisation.admission, Organisation.posting, Organisation.contact))


@bp.get(f"{BY_SLUG}/settings")
@loads(Organisation, READ & SETTINGS_READ, by="slug", options=_SET)
def edit_settings(organisation: Organisation) -> Any:
    """As they are. That somebody from outside the organisation looked stands in the log."""
    _log_outsider(organisation)
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


@bp.get(f"{BY_SLUG}/checks")
@loads(Organisation, READ & SETTINGS_READ, by="slug", options=(undefer(Organisation.checks),))
def index_checks(organisation: Organisation) -> Any:
    """What was verified of it and by what, for those it concerns; a form for the portal's administrators."""
    _log_outsider(organisation)
    return _draw_checks(organisation, CheckForm(), 200)


@bp.post(f"{BY_SLUG}/checks")
@loads(Organisation, READ & SETTINGS_READ, by="slug", options=(undefer(Organisation.checks),), also=ADMIN)
def create_check(organisation: Organisation) -> Any:
    """Write down one more."""
    form = CheckForm()
    _, status = attempt(form, Checked, lambda given: record_check(g.db, organisation, given, actor=g.actor))
    if status != 303:
        return _draw_checks(organisation, form, status)
    flash(gettext(N_("The check is written down.")), "good")
    return redirect(f"{organisation.href}/checks", 303)


def _log_outsider(organisation: Organisation) -> None:
    if not (EDIT | ORGANISATION_OFFICER).holds(g.actor, organisation):
        structlog.get_logger().info("organisation settings read", organisation=organisation.id, account=g.actor.id)


def _draw_checks(organisation: Organisation, form: CheckForm, status: int) -> Any:
    return render_template(
        "organisations/index_checks.html",
        organisation=organisation,
        form=form,
        checks=checks_of(organisation),
        checking=g.actor.is_admin,
    ), status


def _draw(organisation: Organisation, form: SettingsForm, status: int) -> Any:
    editable = EDIT.holds(g.actor, organisation)
    return render_template("organisations/edit_settings.html", organisation=organisation, form=form, editable=editable), status
