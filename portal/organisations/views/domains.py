"""The e-mail domains of an organisation."""

from typing import Any

from flask import flash, g, redirect, render_template

from portal.accounts import mails
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_, Words
from portal.organisations.actions import add_domain, claim_domain, confirm_domain, remove_domain
from portal.organisations.forms import ClaimForm, CodeForm, DomainForm
from portal.organisations.inputs import ClaimedDomain, DomainCode, NewDomain
from portal.organisations.models import DomainClaim, Organisation, OrganisationDomain
from portal.organisations.policies import DOMAINS_EDIT, ORGANISATION_ADMIN, READ
from portal.organisations.queries import domains_of, open_claims
from portal.organisations.views.mount import bp
from portal.organisations.views.register import BY_SLUG
from portal.web.forms import Form, attempt
from portal.web.guards import loads
from portal.web.limits import Limit, limited, network
from portal.web.words import gettext

CLAIMS = Limit("domain claims", "10 per hour", network)
CODES = Limit("domain codes", "20 per hour", network)
_ITS_DOMAINS = loads(Organisation, READ, by="slug", also=DOMAINS_EDIT)


@bp.get(f"{BY_SLUG}/domains")
@_ITS_DOMAINS
def index_domains(organisation: Organisation) -> Any:
    """Its domains, and how to add one more."""
    return _draw(organisation, 200)


@bp.post(f"{BY_SLUG}/domains")
@loads(Organisation, READ, by="slug", also=ADMIN)
def create_domain(organisation: Organisation) -> Any:
    """Add one that an administrator of the portal vouches for."""
    form = DomainForm()
    made, status = attempt(form, NewDomain, lambda given: add_domain(g.db, organisation, given, actor=g.actor))
    return _draw(organisation, status, vouching=form) if made is None else _added(organisation, made)


@bp.post(f"{BY_SLUG}/domains/claims")
@loads(Organisation, READ, by="slug", also=ORGANISATION_ADMIN)
@limited(CLAIMS)
def create_claim(organisation: Organisation) -> Any:
    """Send a code to the domain."""
    form = ClaimForm()
    made, status = attempt(form, ClaimedDomain, lambda given: _send(organisation, given))
    if made is None:
        return _draw(organisation, status, claiming=form)
    flash(gettext(N_("A code is on its way to %(address)s."), address=made.address), "info")
    return redirect(f"{organisation.href}/domains", 303)


@bp.post(f"{BY_SLUG}/domains/code")
@loads(Organisation, READ, by="slug", also=ORGANISATION_ADMIN)
@limited(CODES)
def confirm_claim(organisation: Organisation) -> Any:
    """Add the domain whose code this is."""
    form = CodeForm()
    made, status = attempt(form, DomainCode, lambda given: confirm_domain(g.db, organisation, given, actor=g.actor))
    return _draw(organisation, status, confirming=form) if made is None else _added(organisation, made)


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


def _send(organisation: Organisation, given: ClaimedDomain) -> DomainClaim:
    claim, code = claim_domain(g.db, organisation, given, actor=g.actor)
    told = {"name": organisation.name, "domain": claim.domain, "code": f"{code[:5]}-{code[5:]}"}
    letter = mails.Letter(
        Words(N_("A code for %(name)s"), told),
        Words(
            N_("%(name)s says that %(domain)s is its own, and that you run it. If that is right, give them this code: %(code)s"),
            told,
        ),
        N_("See who asks"),
        N_("The code works for one hour. If you do not know them, do nothing: without the code nothing changes."),
        N_("You get this because this address was entered at %(address)s."),
    )
    mails.write(g.db, letter, claim.address, "organisations.show", slug=organisation.slug)
    return claim


def _added(organisation: Organisation, made: OrganisationDomain) -> Any:
    flash(gettext(N_("%(domain)s belongs to it now."), domain=made.domain), "good")
    return redirect(f"{organisation.href}/domains", 303)


def _draw(organisation: Organisation, status: int, **filled: Form) -> Any:
    forms: dict[str, Form] = {}
    if g.actor.is_admin:
        forms["vouching"] = filled.get("vouching") or DomainForm(formdata=None)
    if ORGANISATION_ADMIN.holds(g.actor, organisation):
        forms["claiming"] = filled.get("claiming") or ClaimForm(formdata=None)
        forms["confirming"] = filled.get("confirming") or CodeForm(formdata=None)
    return render_template(
        "organisations/index_domains.html",
        organisation=organisation,
        domains=domains_of(g.db, organisation.id),
        claims=open_claims(g.db, organisation.id) if "claiming" in forms else (),
        filled=next(iter(filled.values()), None),
        **forms,
    ), status
