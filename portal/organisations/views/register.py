"""The directory, an organisation's page, founding one and changing what it says."""

import datetime as dt
import functools
from typing import Any

from flask import flash, g, redirect, render_template, request
from sqlalchemy.orm import undefer

from portal.kernel.errors import Missing
from portal.kernel.inputs import Reason
from portal.kernel.paging import Slice
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.organisations.actions import claimable_domain, edit_organisation, found_organisation
from portal.organisations.forms import FindForm, NewOrganisationForm, OrganisationForm, RegisterForm
from portal.organisations.inputs import Finding, NewOrganisation, OrganisationProfile, RegisterLookup
from portal.organisations.models import Organisation
from portal.organisations.policies import DOMAINS_EDIT, EDIT, MEMBERS_READ, READ, SETTINGS_READ, WRITE_TO
from portal.organisations.queries import domains_of, membership_of, moved_to, organisations_like, register_entry
from portal.organisations.states import Check, OrganisationState
from portal.organisations.views.mount import bp
from portal.organisations.workflow import ORGANISATION_FLOW
from portal.web.caching import kept
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import View, loads, public, signed_in
from portal.web.panels import panels_for
from portal.web.steps import add_steps
from portal.web.words import gettext

BY_SLUG = "/organisations/<string:slug>"
_PARTS = (undefer(Organisation.names), undefer(Organisation.units))
_SHOWN = (*_PARTS, undefer(Organisation.contact), undefer(Organisation.checks))


def follows_mergers(view: View) -> View:
    """Lead from the page of an organisation that was merged to the one in its place, for good."""

    @functools.wraps(view)
    def followed(slug: str) -> Any:
        try:
            return view(slug=slug)
        except Missing:
            target = moved_to(g.db, slug)
            if target is None:
                raise
            return redirect(target, 301)

    return followed  # type: ignore[return-value]


@bp.get("/organisations")
@public
def index() -> Any:
    """Those who may be seen, by name."""
    form = FindForm(request.args)
    wanted = form.read(Finding)
    found: Slice[Organisation] = organisations_like(g.db, wanted, actor=g.actor) if wanted else Slice(())
    return render_template("organisations/index.html", form=form, found=found), 200 if wanted else 422


@bp.get(BY_SLUG)
@follows_mergers
@kept
@loads(Organisation, READ, by="slug", options=_SHOWN)
def show(organisation: Organisation) -> Any:
    """One organisation, with what other features know of it."""
    if organisation.state is OrganisationState.MERGED:
        raise Missing  # to be followed, by those who run the portal as well
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        checks=checks_of(organisation),
        panels=panels_for("organisation", organisation),
        side=panels_for("organisation.side", organisation),
        **_around(organisation),
    )


@bp.get("/organisations/new")
@signed_in
def new() -> Any:
    """An empty form, or one with what the public register says of a ROR id."""
    lookup = RegisterForm(request.args)
    found = lookup.read(RegisterLookup)
    entry = register_entry(found.ror) if found and found.ror else None
    form = NewOrganisationForm(domain=claimable_domain(g.db, g.actor), data=entry)
    return _draw_new(form, 200 if found else 422, lookup, unknown=bool(found and found.ror and entry is None))


@bp.post("/organisations/new")
@signed_in
def create() -> Any:
    """Enter it; the portal's administrators check it next."""
    form = NewOrganisationForm(domain=claimable_domain(g.db, g.actor))
    made, status = attempt(form, NewOrganisation, lambda given: found_organisation(g.db, given, actor=g.actor))
    if made is None:
        return _draw_new(form, status)
    flash(gettext(N_("%(name)s is entered. We tell you once it is checked."), name=made.name), "good")
    return redirect(made.href, 303)


@bp.get(f"{BY_SLUG}/edit")
@loads(Organisation, READ, by="slug", options=_PARTS, also=EDIT)
def edit(organisation: Organisation) -> Any:
    """The form with what the page says."""
    return _draw_edit(organisation, OrganisationForm(organisation=organisation), 200)


@bp.post(f"{BY_SLUG}/edit")
@loads(Organisation, READ, by="slug", options=_PARTS, also=EDIT)
def update(organisation: Organisation) -> Any:
    """Save it, unless the page changed meanwhile: then the text stays in the form."""
    form = OrganisationForm(organisation=organisation)
    status = _save(organisation, form)
    if status != 303:
        return _draw_edit(organisation, form, status)
    flash(gettext(N_("The profile is saved.")), "good")
    return redirect(organisation.href, 303)


add_steps(
    bp,
    BY_SLUG,
    ORGANISATION_FLOW,
    loads(Organisation, READ, by="slug"),
    forms={Reason: ReasonForm},
    href=lambda organisation: organisation.href,
)


def _around(organisation: Organisation) -> dict[str, Any]:
    """What the reader may do here, and what only insiders see."""
    inside = MEMBERS_READ.holds(g.actor, organisation)
    asks = g.actor.is_person and organisation.id not in g.actor.organisations
    return {
        "offered": ORGANISATION_FLOW.offered(g.actor, organisation, session=g.db),
        "step_url": lambda action: f"{organisation.href}/steps/{action}",
        "editable": EDIT.holds(g.actor, organisation),
        "inside": inside,
        "settings_readable": SETTINGS_READ.holds(g.actor, organisation),
        "writable": WRITE_TO.holds(g.actor, organisation),
        "keeps_domains": DOMAINS_EDIT.holds(g.actor, organisation),
        "domains": domains_of(g.db, organisation.id) if inside else (),
        "membership": membership_of(g.db, g.actor.id, organisation.id) if asks else None,
        "joinable": asks and organisation.is_verified,
    }


def checks_of(organisation: Organisation) -> list[tuple[str, dt.date, dt.date | None, str]]:
    """What was verified, when, until when that counts and by what, the latest first."""
    rows = [
        (member_of(Check, each["what"]).label, dt.date.fromisoformat(each["on"]), _day(each["until"]), each["evidence"])
        for each in organisation.checks
    ]
    return sorted(rows, key=lambda row: row[1], reverse=True)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _draw_new(form: NewOrganisationForm, status: int, lookup: RegisterForm | None = None, *, unknown: bool = False) -> Any:
    lookup = lookup or RegisterForm(formdata=None)
    return render_template("organisations/new.html", form=form, lookup=lookup, unknown=unknown), status


def _draw_edit(organisation: Organisation, form: OrganisationForm, status: int) -> Any:
    return render_template("organisations/edit.html", organisation=organisation, form=form), status


def _save(organisation: Organisation, form: OrganisationForm) -> int:
    fixed = {"name": organisation.name, "kind": organisation.kind} if organisation.is_verified else {}

    def save(given: OrganisationProfile) -> None:
        edit_organisation(g.db, organisation, given, actor=g.actor, version=form.version.data)

    _, status = attempt(form, OrganisationProfile, save, **fixed)
    if status == 409:
        form.version.data = str(organisation.version)  # sent again, it goes over what is there now, knowingly
    return status
