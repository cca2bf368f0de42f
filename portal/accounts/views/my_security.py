"""How somebody gets in: an overview, a new password, and proving once more who one is."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import actions, mails, throttles
from portal.accounts.entry import enter, target
from portal.accounts.forms import ChangePasswordForm, VerifyForm
from portal.accounts.freshness import fresh
from portal.accounts.inputs import NewPassword
from portal.accounts.passwords import about, hashed, is_own
from portal.accounts.queries import account_of, live_sessions_of
from portal.accounts.second_factor import take_code
from portal.accounts.views.demo import personas
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.web.forms import show_problems
from portal.web.guards import signed_in
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/me/security")
@signed_in
def security() -> Any:
    """Password, second factor, sessions."""
    account = account_of(g.db, g.actor.id)
    live = len(live_sessions_of(g.db, account.id, idle=g.idle))
    return render_template("accounts/security.html", account=account, live=live)


@bp.get("/me/password")
@fresh
def password() -> Any:
    """The form."""
    return _password_page(ChangePasswordForm(formdata=None))


@bp.post("/me/password")
@fresh
@limited(*throttles.PROVE)
def change_password() -> Any:
    """A new password; every other device is signed out."""
    form = ChangePasswordForm()
    given = form.read(_new_password)
    if given is None or not _is_present(form):
        return _password_page(form), 422
    _replace_password(hashed(given.password))
    flash(gettext(N_("Your new password is in force, and every other device is signed out.")), "good")
    return redirect(url_for(".security"), 303)


def _replace_password(password_hash: str) -> None:
    with transaction(g.db):
        account = account_of(g.db, g.actor.id)
        actions.set_password(g.db, account, password_hash, actor=g.actor)
        mails.write(g.db, mails.PASSWORD_CHANGED, account, "accounts.sessions")
        enter(g.db, account)


@bp.get("/verify")
@signed_in
def verify() -> Any:
    """The password once more."""
    return _verify_page(VerifyForm(formdata=None))


@bp.post("/verify")
@signed_in
@limited(*throttles.PROVE)
def prove() -> Any:
    """It is still the same person: a new session in place of the present one."""
    form = VerifyForm()
    if not is_own(g.actor.id, form.password.data or "") or not _reenter(form.code.data or ""):
        form.refuse()
        return _verify_page(form), 422
    return redirect(target(), 303)


def _reenter(code: str) -> bool:
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        if account.has_second_factor and not take_code(account, code):
            return False
        enter(g.db, account)
    return True


def _new_password(current: str, password: str) -> NewPassword:
    return NewPassword(password, about(account_of(g.db, g.actor.id)))


def _is_present(form: ChangePasswordForm) -> bool:
    if is_own(g.actor.id, form.current.data or ""):
        return True
    show_problems(form, Invalid("current", N_("This is not the password of your account.")))
    return False


def _password_page(form: ChangePasswordForm) -> str:
    has_password = account_of(g.db, g.actor.id).password is not None
    return render_template("accounts/password.html", form=form, has_password=has_password)


def _verify_page(form: VerifyForm) -> str:
    account = account_of(g.db, g.actor.id)
    persona = next((one for one in personas() if one.email == account.email), None)
    return render_template("accounts/verify.html", form=form, target=target(), account=account, persona=persona)
