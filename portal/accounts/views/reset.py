"""A forgotten password: a link by mail, and a new one."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import actions, mails, throttles
from portal.accounts.forms import AddressForm, NewPasswordForm
from portal.accounts.inputs import Address, NewPassword
from portal.accounts.links import forget_links
from portal.accounts.passwords import about, hashed
from portal.accounts.queries import account_by_email, live_ticket
from portal.accounts.states import Purpose
from portal.accounts.views.mount import NOT_KEPT, bp, expired_page
from portal.kernel.db import transaction
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.web.guards import public
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/reset")
@public
def reset() -> Any:
    """Whose password?"""
    return render_template("accounts/reset.html", form=AddressForm(formdata=None))


@bp.post("/reset")
@public
@limited(*throttles.RESET)
def send() -> Any:
    """The same answer whether the address is known or not."""
    form = AddressForm()
    given = form.read(Address)
    if given is None:
        return render_template("accounts/reset.html", form=form), 422
    with transaction(g.db):
        mails.help_in(g.db, account_by_email(g.db, given.email), given.email)
    return redirect(url_for(".sent"), 303)


@bp.get("/reset/sent")
@public
def sent() -> Any:
    """What to do next."""
    return render_template("accounts/sent.html")


@bp.get("/reset/<string:token>")
@public
def choose(token: str) -> Any:
    """The form for the new password."""
    if live_ticket(g.db, Purpose.RESET, token) is None:
        return expired_page()
    return _choose_page(NewPasswordForm(formdata=None), token)


@bp.post("/reset/<string:token>")
@public
def replace(token: str) -> Any:
    """The new password is in force, and everybody who was signed in with the old one is out."""
    form = NewPasswordForm()
    ticket = live_ticket(g.db, Purpose.RESET, token)
    if ticket is None:
        return expired_page()
    given = form.read(NewPassword, about=about(ticket.account))
    if given is None:
        return _choose_page(form, token, 422)
    _replace(token, hashed(given.password))
    flash(gettext(N_("Your new password is in force. Sign in with it.")), "good")
    return redirect(url_for(".sign_in"), 303)


def _replace(token: str, password_hash: str) -> None:
    """Following the link proves the address as well; who registered it over another service has not done so, and is unlinked."""
    with transaction(g.db):
        account = actions.take_ticket(g.db, Purpose.RESET, token)
        is_new = not account.is_confirmed
        actions.confirm(g.db, account)
        actions.set_password(g.db, account, password_hash, actor=Actor(account.id))
        if is_new:
            forget_links(g.db, account)
            mails.involve_guardian(g.db, account)
        mails.write(g.db, mails.PASSWORD_CHANGED, account, "accounts.sessions")


def _choose_page(form: NewPasswordForm, token: str, status: int = 200) -> Any:
    return render_template("accounts/choose.html", form=form, token=token), status, NOT_KEPT
