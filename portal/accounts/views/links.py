"""Other services that open one's account: linking one, and doing without it."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import arrival, mails, throttles
from portal.accounts.arrival import LINK
from portal.accounts.freshness import fresh
from portal.accounts.links import link_account, links_of, unlink_account
from portal.accounts.queries import account_of
from portal.accounts.views.elsewhere import send
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.errors import Refused
from portal.kernel.text import N_
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/me/links")
@fresh
def links() -> Any:
    """Those there are, those there could be, and the one that has just been shown."""
    found = arrival.arrived()
    return render_template(
        "accounts/links.html",
        links=links_of(g.db, g.actor.id),
        providers={one.issuer: one for one in arrival.providers()},
        found=found if found and found.purpose == LINK else None,
    )


@bp.get("/me/links/<string:key>")
@fresh
@limited(*throttles.ELSEWHERE)
def show_link(key: str) -> Any:
    """Out to a provider, to come back with who one is there."""
    return send(key, LINK, url_for(".links"))


@bp.post("/me/links")
@fresh
def make_link() -> Any:
    """Whom the provider showed opens this account from now on."""
    found = arrival.arrived()
    if found is None or found.purpose != LINK:
        raise Refused(N_("Nobody was shown. Start again with one of the services."))
    arrival.forget()
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        link_account(g.db, account, found.shown, actor=g.actor)
        mails.write(g.db, mails.LINKED, account, "accounts.links")
    flash(gettext(N_("It opens your account from now on.")), "good")
    return redirect(url_for(".links"), 303)


@bp.post("/me/links/<int(max=2147483647):id>/remove")
@fresh
def drop_link(id: int) -> Any:
    """It opens this account no longer."""
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        unlink_account(g.db, account, id, actor=g.actor)
        mails.write(g.db, mails.UNLINKED, account, "accounts.security")
    flash(gettext(N_("It opens your account no longer.")), "good")
    return redirect(url_for(".links"), 303)
