"""The e-mail domains of an organisation."""

from typing import Any

from flask import flash, g, redirect, render_template

from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.text import N_
from portal.organisations.actions import add_domain, own_domain, remove_domain
from portal.organisations.forms import DomainForm
from portal.organisations.inputs import NewDomain
from portal.organisations.models import Organisation
from portal.organisations.policies import DOMAINS_EDIT, READ
from portal.organisations.queries import domains_of
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.web.forms import attempt
from portal.web.guards import loads
from portal.web.words import gettext

_ITS_DOMAINS = loads(Organisation, READ, by="slug", also=DOMAINS_EDIT)


@bp.get(f"{BY_SLUG}/domains")
@_ITS_DOMAINS
def index_domains(organisation: Organisation) -> Any:
    """Its domains, and a form for one more."""
    return _draw(organisation, DomainForm(vouching=g.actor.is_admin), 200)


@bp.post(f"{BY_SLUG}/domains")
@_ITS_DOMAINS
def create_domain(organisation: Organisation) -> Any:
    """Add one."""
    form = DomainForm(vouching=g.actor.is_admin)
    made, status = attempt(form, NewDomain, lambda given: add_domain(g.db, organisation, given, actor=g.actor))
    if made is None:
        return _draw(organisation, form, status)
    flash(gettext(N_("%(domain)s belongs to it now."), domain=made.domain), "good")
    return redirect(f"{organisation.href}/domains", 303)


@bp.post(f"{BY_SLUG}/domains/<int:id>/remove")
@_ITS_DOMAINS
def delete_domain(organisation: Organisation, id: int) -> Any:
    """Remove one; who joined by it stays."""
    domain = next((each for each in domains_of(g.db, organisation.id) if each.id == id), None)
    if domain is None:
        raise Missing
    with transaction(g.db):
        remove_domain(g.db, organisation, domain, actor=g.actor)
    flash(gettext(N_("%(domain)s belongs to it no longer."), domain=domain.domain), "good")
    return redirect(f"{organisation.href}/domains", 303)


def _draw(organisation: Organisation, form: DomainForm, status: int) -> Any:
    return render_template(
        "organisations/index_domains.html",
        organisation=organisation,
        form=form,
        domains=domains_of(g.db, organisation.id),
        own=own_domain(g.db, g.actor),
    ), status
