"""Organisations that publish at once: who they are, and changing that."""

from typing import Any

from flask import flash, g, redirect, render_template

from portal.kernel.db import transaction
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.listings.actions import end_trust, give_trust
from portal.listings.forms import TrustForm
from portal.listings.inputs import Trust
from portal.listings.models import TrustedOrganisation
from portal.listings.queries import trusted_organisations
from portal.listings.views.mount import bp
from portal.web.forms import attempt
from portal.web.guards import only
from portal.web.words import gettext


@bp.get("/admin/trusted")
@only(ADMIN)
def index_trusted() -> Any:
    """Each with the reason, and the form to name another."""
    return _draw(TrustForm(), 200)


@bp.post("/admin/trusted")
@only(ADMIN)
def create_trust() -> Any:
    """Trust one more."""
    form = TrustForm()

    def act(given: Trust) -> TrustedOrganisation:
        return give_trust(g.db, given, actor=g.actor)

    done, status = attempt(form, Trust, act)
    return _done(N_("Its listings open at once from now on, and wait here to be checked.")) if done else _draw(form, status)


@bp.post("/admin/trusted/<int(max=2147483647):id>/end")
@only(ADMIN)
def destroy_trust(id: int) -> Any:
    """Check its listings beforehand again."""
    with transaction(g.db):
        end_trust(g.db, id, actor=g.actor)
    return _done(N_("Its listings are checked before they open from now on."))


def _done(sentence: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect("/admin/trusted", 303)


def _draw(form: TrustForm, status: int) -> Any:
    return render_template("listings/index_trusted.html", form=form, trusted=trusted_organisations(g.db)), status
