"""How somebody gets in: an overview, a new password, and proving once more who one is."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for

from portal.accounts import actions, ceremony, mails, throttles
from portal.accounts.arrival import providers
from portal.accounts.entry import enter, target
from portal.accounts.forms import ChangePasswordForm, VerifyForm
from portal.accounts.freshness import fresh
from portal.accounts.inputs import NewPassword
from portal.accounts.links import links_of
from portal.accounts.passkeys import credentials_of, passkeys_of
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
    links = len(links_of(g.db, account.id))
    return render_template(
        "accounts/security.html",
        account=account,
        live=live,
        passkeys=passkeys_of(g.db, account.id),
        links=links,
        services=bool(links or providers()),
    )


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
    """The password or a passkey once more."""
    return _verify_page(VerifyForm(formdata=None))


@bp.post("/verify/question")
@signed_in
def ask_again() -> Any:
    """What the browser shall have signed by one of this person's passkeys, as JSON."""
    question = ceremony.question_to_show(credentials_of(g.db, g.actor.id))
    return Response(question, mimetype="application/json")


@bp.post("/verify")
@signed_in
@limited(*throttles.PROVE)
def prove() -> Any:
    """It is still the same person: a new session in place of the present one."""
    form = VerifyForm()
    password = form.password.data or ""
    if not _reenter(form, knows_password=bool(password) and is_own(g.actor.id, password)):
        form.refuse()
        return _verify_page(form), 422
    return redirect(target(), 303)


def _reenter(form: VerifyForm, *, knows_password: bool) -> bool:
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        shown = ceremony.shown_by(form.passkey.data or "")
        checked = own = shown is not None and shown[0].user_id == account.id
        if shown is not None:
            checked = own and shown[1]
        besides = not account.has_second_factor or own
        if not checked and not (knows_password and (besides or take_code(account, form.code.data or ""))):
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
    issuers = {link.issuer for link in links_of(g.db, account.id)}
    linked = [one for one in providers() if one.issuer in issuers]
    usable = ceremony.works_here() and passkeys_of(g.db, account.id)
    return render_template(
        "accounts/verify.html", form=form, target=target(), account=account, persona=persona, passkeys=usable, linked=linked
    )
