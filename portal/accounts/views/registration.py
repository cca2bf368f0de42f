"""A new account, and the proof that its address is its owner's."""

from typing import Any

from flask import current_app, g, redirect, render_template, url_for

from portal.accounts import actions, mails, throttles
from portal.accounts.arrival import arrived, providers
from portal.accounts.entry import proceed
from portal.accounts.forms import PasswordForm, RegisterForm
from portal.accounts.inputs import Registration
from portal.accounts.links import links_of
from portal.accounts.models import User
from portal.accounts.passwords import hashed, is_own
from portal.accounts.queries import live_ticket
from portal.accounts.states import Purpose
from portal.accounts.views.mount import NOT_KEPT, bp, expired_page
from portal.kernel.db import transaction
from portal.web.guards import public
from portal.web.limits import limited


@bp.get("/register")
@public
def register() -> Any:
    """The form."""
    return _register_page(RegisterForm(formdata=None))


@bp.post("/register")
@public
@limited(*throttles.REGISTER)
def create() -> Any:
    """The same answer whether the address is known or not: the difference is in the mail."""
    form = RegisterForm()
    wanted = form.read(Registration, portal_name=current_app.extensions["settings"].portal_name)
    if wanted is None:
        return _register_page(form), 422
    password_hash = hashed(wanted.password)
    with transaction(g.db):
        account = actions.register(g.db, wanted, password_hash=password_hash)
        mails.welcome(g.db, account, wanted.email)
    return redirect(url_for(".registered"), 303)


@bp.get("/register/sent")
@public
def registered() -> Any:
    """What to do next."""
    return render_template("accounts/registered.html")


@bp.get("/register/guardian")
@public
def guardian_asked() -> Any:
    """What to do next, for the young."""
    return render_template("accounts/guardian_asked.html")


@bp.get("/confirm/<string:token>")
@public
def confirm(token: str) -> Any:
    """Asks for the password chosen: whoever registered with somebody else's address never gets it confirmed."""
    ticket = live_ticket(g.db, Purpose.CONFIRM, token)
    if ticket is None:
        return expired_page()
    if ticket.account.password is None:
        return _confirm_with_page(ticket.account, token)
    return _confirm_page(PasswordForm(formdata=None), token)


@bp.post("/confirm/<string:token>")
@public
@limited(*throttles.CONFIRM)
def update(token: str) -> Any:
    """The address is confirmed, and its owner is in."""
    form = PasswordForm()
    ticket = live_ticket(g.db, Purpose.CONFIRM, token)
    if ticket is None:
        return expired_page()
    account = ticket.account
    if account.password is None and not _is_shown(account):
        return _confirm_with_page(account, token)
    if account.password is not None and not is_own(account.id, form.password.data or ""):
        form.refuse()
        return _confirm_page(form, token, 422)
    return _let_in(token)


def _let_in(token: str) -> Any:
    with transaction(g.db):
        account = actions.take_ticket(g.db, Purpose.CONFIRM, token)
        actions.confirm(g.db, account)
        mails.involve_guardian(g.db, account)
        account_id, is_open = account.id, account.is_confirmed
    return proceed(account_id) if is_open else redirect(url_for(".guardian_asked"), 303)


def _is_shown(account: User) -> bool:
    """Whether this browser has shown whoever registered the account over another service."""
    found = arrived()
    return found is not None and any(found.is_of(link) for link in links_of(g.db, account.id))


def _confirm_with_page(account: User, token: str) -> Any:
    issuers = {link.issuer for link in links_of(g.db, account.id)}
    linked = [one for one in providers() if one.issuer in issuers]
    page = render_template("accounts/confirm_with.html", token=token, shown=_is_shown(account), providers=linked)
    return page, 200, NOT_KEPT


def _register_page(form: RegisterForm) -> str:
    return render_template("accounts/register.html", form=form)


def _confirm_page(form: PasswordForm, token: str, status: int = 200) -> Any:
    return render_template("accounts/confirm.html", form=form, token=token), status, NOT_KEPT
