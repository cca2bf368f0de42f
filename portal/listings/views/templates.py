"""Templates of an organisation: kept from a listing, begun with, removed."""

from typing import Any

from flask import flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.text import N_, one_line
from portal.listings.actions import begin_from_template, remove_template, save_template
from portal.listings.forms import TemplateForm
from portal.listings.inputs import TemplateName
from portal.listings.models import Listing, ListingTemplate
from portal.listings.policies import COPY, READ
from portal.listings.queries import FULL
from portal.listings.views.mount import at_each_address, bp
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, loads, signed_in
from portal.web.words import gettext

_NUMBER = "int(max=2147483647)"


@at_each_address("/template")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=COPY)
def new_template(listing: Listing) -> Any:
    """Its name, asked."""
    return _draw(listing, TemplateForm(data={"name": listing.title[:120]}), 200)


@at_each_address("/template", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=COPY)
def create_template(listing: Listing) -> Any:
    """Keep what it says."""
    form, kind = TemplateForm(), listing.kind

    def act(given: TemplateName) -> ListingTemplate:
        return save_template(g.db, listing, given, actor=g.actor)

    done, status = attempt(form, TemplateName, act)
    return _done(N_("It is a template now."), str(kind.value)) if done else _draw(listing, form, status)


@bp.post(f"/listings/templates/<{_NUMBER}:id>/begin")
@signed_in
def begin_template(id: int) -> Any:
    """A new draft; the same button pressed twice makes one."""
    with transaction(g.db):
        form_key = one_line(request.form.get("form_key") or "")[:64]
        made = begin_from_template(g.db, id, actor=g.actor, form_key=form_key)
    return redirect(f"{made.href}/edit", 303)


@bp.post(f"/listings/templates/<{_NUMBER}:id>/remove")
@signed_in
def destroy_template(id: int) -> Any:
    """Nobody begins with it any more."""
    with transaction(g.db):
        remove_template(g.db, id, actor=g.actor)
    return _done(N_("The template is removed."), one_line(request.form.get("kind") or "")[:20])


def _done(sentence: str, kind: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(f"/listings/new/{kind}" if kind.isalpha() and kind.isascii() else "/listings", 303)


def _draw(listing: Listing, form: TemplateForm, status: int) -> Any:
    return render_template("listings/new_template.html", listing=listing, form=form), status
