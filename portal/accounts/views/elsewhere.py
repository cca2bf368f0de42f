"""Signing in over another service: out, back, and in – or to a new account."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from portal.accounts import arrival, mails, throttles
from portal.accounts.arrival import AGAIN, ENTER, LINK, Arrival
from portal.accounts.entry import proceed, target
from portal.accounts.fetching import Unreachable
from portal.accounts.forms import NewcomerForm
from portal.accounts.inputs import Newcomer
from portal.accounts.links import link_of, register_with
from portal.accounts.oidc import NotShown
from portal.accounts.views.mount import bp
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.guards import local_target, public
from portal.web.limits import limited
from portal.web.words import gettext

_AWAY = N_("The other service does not answer. Try again later, or sign in another way.")
_NOT_SHOWN = N_("The other service did not show who you are. Start again, or sign in another way.")


@bp.get("/sign-in/with/<string:key>")
@public
@limited(*throttles.ELSEWHERE)
def go_elsewhere(key: str) -> Any:
    """Out to a provider; to sign in there anew where the address says so."""
    return send(key, AGAIN if "again" in request.args else ENTER, target())


@bp.get("/sign-in/with/<string:key>/back")
@public
@limited(*throttles.ELSEWHERE)
def come_back(key: str) -> Any:
    """Back from there: nothing but this browser's cookie knows of it until a button is pressed."""
    g.db.rollback()  # asking the provider may take seconds
    try:
        going = local_target(arrival.come_in(key), url_for(".security"))
    except (Unreachable, NotShown) as problem:
        return _failed(key, problem)
    return redirect(url_for(".arrived", next=going), 303)


@bp.get("/sign-in/with")
@public
def arrived() -> Any:
    """Whom the provider showed, and what that opens here."""
    found = arrival.arrived()
    return _arrived_page(found, NewcomerForm(formdata=None, name=found.shown.name)) if found else _start_again()


@bp.post("/sign-in/with")
@public
@limited(*throttles.ELSEWHERE)
def go_in() -> Any:
    """In, over the second step where there is one."""
    found = arrival.arrived()
    account_id = _opened(found) if found else None
    if account_id is None:
        arrival.forget()
        return _start_again()
    return proceed(account_id)


@bp.post("/register/with")
@public
@limited(*throttles.REGISTER)
def create_with() -> Any:
    """The same answer whether the address is known or not: the difference is in the mail."""
    found, form = arrival.arrived(), NewcomerForm()
    if found is None or not found.shown.email:
        return _start_again()
    wanted = form.read(Newcomer, email=found.shown.email)
    if wanted is None:
        return _arrived_page(found, form), 422
    with transaction(g.db):
        mails.welcome(g.db, register_with(g.db, wanted, found.shown), wanted.email)
    return redirect(url_for(".registered"), 303)


def send(key: str, purpose: str, going: str) -> Any:
    """Send the browser to a provider."""
    g.db.rollback()  # as above
    try:
        return redirect(arrival.set_out(key, purpose, going), 303)
    except Unreachable as problem:
        return _failed(key, problem)


def _opened(found: Arrival) -> int | None:
    """The account that this opens, now and once; somebody who was to show again who they are opens no other."""
    with transaction(g.db):
        link = link_of(g.db, found.shown.issuer, found.shown.subject, lock=True)
        if link is None or not found.opens(link) or not (link.account.may_enter and link.account.is_confirmed):
            return None
        if found.purpose == LINK or (found.purpose == AGAIN and g.actor.is_person and link.account_id != g.actor.id):
            return None
        link.used_at = clock.now()
        return link.account_id


def _arrived_page(found: Arrival, form: NewcomerForm) -> Any:
    link = link_of(g.db, found.shown.issuer, found.shown.subject)
    going = target()
    if found.purpose == LINK:  # the page of links asks for the rest
        return redirect(going, 303)
    if link is not None and not link.account.is_confirmed:  # registered, and on the way back to the link in the mail
        return redirect(going if going.startswith("/confirm/") else url_for(".registered"), 303)
    return render_template(
        "accounts/arrived.html",
        found=found,
        account=link.account if link else None,
        form=form,
        target=going,
    )


def _failed(key: str, problem: Exception) -> Any:
    arrival.note(key, problem)
    flash(gettext(_AWAY if isinstance(problem, Unreachable) else _NOT_SHOWN), "bad")
    return redirect(url_for(".links" if g.actor.is_person else ".sign_in"), 303)


def _start_again() -> Any:
    flash(gettext(_NOT_SHOWN), "turn")
    return redirect(url_for(".sign_in", next=target()), 303)
