"""Setting up an authenticator app, making recovery codes, and doing without again."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import actions, mails, second_factor, throttles
from portal.accounts.entry import enter
from portal.accounts.forms import SetUpForm
from portal.accounts.freshness import fresh
from portal.accounts.models import User
from portal.accounts.queries import account_of
from portal.accounts.views.mount import bp, codes_page
from portal.kernel.db import transaction
from portal.kernel.errors import Refused
from portal.kernel.text import N_
from portal.web.limits import limited
from portal.web.words import gettext

_SECURITY = "accounts.security"


@bp.get("/me/second-factor")
@fresh
def authenticator() -> Any:
    """What there is, or how to set it up."""
    account = account_of(g.db, g.actor.id)
    if account.has_app:
        return render_template("accounts/authenticator.html", account=account)
    form = SetUpForm(formdata=None, set_up=second_factor.new_set_up(account.id))
    return _set_up_page(form, account)


@bp.post("/me/second-factor")
@fresh
@limited(*throttles.PROVE)
def add() -> Any:
    """In force once the first code is right; the recovery codes are shown this once."""
    form = SetUpForm()
    codes = second_factor.new_recovery_codes()
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        secret = _secret(form, account)
        if secret is None:
            return redirect(url_for(".authenticator"), 303)
        right = _add(account, secret, form.code.data or "", codes)
    return codes_page(codes) if right else (_set_up_page(form.refuse(), account), 422)


@bp.post("/me/second-factor/codes")
@fresh
def new_codes() -> Any:
    """New recovery codes in place of the old ones, shown this once."""
    codes = second_factor.new_recovery_codes()
    with transaction(g.db):
        account = _account_with_factor()
        actions.replace_recovery_codes(g.db, account, second_factor.fingerprints(codes), actor=g.actor)
    return codes_page(codes)


@bp.post("/me/second-factor/remove")
@fresh
def remove() -> Any:
    """No codes of the app from now on: a passkey, or else the password alone."""
    with transaction(g.db):
        account = _account_with_factor(app=True)
        actions.remove_app(g.db, account, actor=g.actor)
        mails.write(g.db, mails.APP_REMOVED if account.has_second_factor else mails.SECOND_FACTOR_REMOVED, account, _SECURITY)
        enter(g.db, account)
    alone = N_("Signing in asks for your password alone now.")
    flash(gettext(N_("The app is removed; a passkey is still asked for.") if account.has_second_factor else alone), "good")
    return redirect(url_for(".security"), 303)


def _add(account: User, secret: str, code: str, codes: list[str]) -> bool:
    if not second_factor.proves(account, secret, code):
        return False
    actions.add_second_factor(g.db, account, secret, second_factor.fingerprints(codes), actor=g.actor)
    mails.write(g.db, mails.SECOND_FACTOR_ADDED, account, _SECURITY)
    enter(g.db, account)
    return True


def _secret(form: SetUpForm, account: User) -> str | None:
    """None where the form was open too long, is somebody else's, or there is an authenticator already."""
    if account.has_app:
        return None
    return second_factor.secret_in(form.set_up.data or "", account.id)


def _account_with_factor(*, app: bool = False) -> User:
    account = account_of(g.db, g.actor.id, lock=True)
    if not (account.has_app if app else account.has_second_factor):
        raise Refused(N_("Your account has no authenticator app. Set one up first."))
    return account


def _set_up_page(form: SetUpForm, account: User) -> str:
    secret = second_factor.secret_in(form.set_up.data or "", account.id) or ""
    shown = second_factor.shown(account, secret)
    return render_template("accounts/set_up.html", form=form, shown=shown, required=g.owes_factor)
