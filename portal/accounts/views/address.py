"""Another e-mail address: asked for with the password, in force once its owner has followed the link sent there."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import actions, mails, throttles
from portal.accounts.forms import NewAddressForm
from portal.accounts.freshness import fresh
from portal.accounts.inputs import NewAddress
from portal.accounts.models import Ticket
from portal.accounts.passwords import is_own
from portal.accounts.queries import account_of, live_ticket
from portal.accounts.states import Purpose
from portal.accounts.views.mount import NOT_KEPT, bp, expired_page
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.text import N_
from portal.web.guards import signed_in
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/me/email")
@fresh
def address() -> Any:
    """The form."""
    return _page(NewAddressForm(formdata=None))


@bp.post("/me/email")
@fresh
@limited(*throttles.PROVE, *throttles.NEW_ADDRESS)
def ask_for_address() -> Any:
    """The same answer whether the new address has an account or not: the difference is in the mail."""
    form = NewAddressForm()
    given = form.read(_wanted)
    if given is None:
        return _page(form), 422
    if not is_own(g.actor.id, form.password.data or ""):
        form.refuse()
        return _page(form), 422
    with transaction(g.db):
        mails.ask_both(g.db, account_of(g.db, g.actor.id, lock=True), given.email)
    return redirect(url_for(".address_asked"), 303)


@bp.get("/me/email/sent")
@signed_in
def address_asked() -> Any:
    """What to do next."""
    return render_template("accounts/address_asked.html")


@bp.get("/email/<string:token>")
@signed_in
def confirm_address(token: str) -> Any:
    """One button: following a link changes nothing by itself."""
    ticket = _ticket(token)
    if ticket is None:
        return expired_page()
    return render_template("accounts/confirm_address.html", ticket=ticket, token=token), 200, NOT_KEPT


@bp.post("/email/<string:token>")
@signed_in
def change_address(token: str) -> Any:
    """The new address is in force, and the old one told."""
    try:
        with transaction(g.db):
            ticket = _ticket(token, lock=True)
            if ticket is None:
                raise Missing
            _change(ticket)
    except Missing:
        return expired_page()
    flash(gettext(N_("Your new address is in force. Sign in with it from now on.")), "good")
    return redirect(url_for(".security"), 303)


def _change(ticket: Ticket) -> None:
    account = ticket.account
    before = actions.change_address(g.db, ticket, actor=g.actor, keep=g.session_id)
    mails.write(g.db, mails.ADDRESS_LEFT, before, "accounts.sign_in")
    mails.write(g.db, mails.ADDRESS_CHANGED, account, "accounts.security")


def _ticket(token: str, *, lock: bool = False) -> Ticket | None:
    """For the account that asked only: a stranger who gets the link by a typing mistake must not get the account by it."""
    ticket = live_ticket(g.db, Purpose.NEW_ADDRESS, token, lock=lock)
    return ticket if ticket is not None and ticket.account_id == g.actor.id else None


def _wanted(email: str, password: str) -> NewAddress:
    return NewAddress(email, account_of(g.db, g.actor.id).email)


def _page(form: NewAddressForm) -> str:
    account = account_of(g.db, g.actor.id)
    return render_template("accounts/address.html", form=form, account=account)
