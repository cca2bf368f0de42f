"""In with a password, a second step for those who have one, and out again."""

from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template

from portal.accounts import ceremony, mails, throttles
from portal.accounts.actions import count_failure, note_failure
from portal.accounts.arrival import providers
from portal.accounts.entry import enter, leave, proceed, target, waiting_ticket
from portal.accounts.forms import CodeForm, PasskeyForm, SignInForm
from portal.accounts.models import Ticket, User
from portal.accounts.passkeys import credentials_of
from portal.accounts.passwords import account_with
from portal.accounts.queries import account_of
from portal.accounts.second_factor import take_code
from portal.accounts.views.demo import personas
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.guards import public
from portal.web.limits import has_room, limited
from portal.web.words import gettext


@bp.get("/sign-in")
@public
def sign_in() -> Any:
    """The form, in demo mode with the people one can be."""
    return _sign_in_page(SignInForm(formdata=None))


@bp.post("/sign-in")
@public
@limited(*throttles.SIGN_IN)
def check_password() -> Any:
    """The first step."""
    form = SignInForm()
    account = account_with(form.email.data or "", form.password.data or "")
    if account is not None and account.is_confirmed:
        return proceed(account.id)
    _follow_up(account, form.email.data or "")
    form.refuse()
    return _sign_in_page(form), 422


def _follow_up(account: User | None, email: str) -> None:
    """Remind somebody whose address is not confirmed, and tell the owner of an account of a wrong password; neither often."""
    if account is not None and has_room(throttles.REMIND):
        with transaction(g.db):
            mails.welcome(g.db, account_of(g.db, account.id), account.email)
    elif account is None and has_room(throttles.NOTED):
        with transaction(g.db):
            note_failure(g.db, email)


@bp.get("/sign-in/code")
@public
def code() -> Any:
    """The second step."""
    return _code_page(CodeForm(formdata=None)) if waiting_ticket() else _back_to_start()


@bp.post("/sign-in/code")
@public
@limited(*throttles.CODE)
def check_code() -> Any:
    """In, if the code fits; back to the first step after too many that did not."""
    form = CodeForm()
    with transaction(g.db):
        ticket = waiting_ticket(lock=True)
        if ticket is None:
            return _back_to_start()
        if take_code(ticket.account, form.code.data or ""):
            return _go_in(ticket)
        again = count_failure(g.db, ticket)
    return (_code_page(form.refuse()), 422) if again else _back_to_start()


def _go_in(ticket: Ticket) -> Any:
    account = ticket.account
    g.db.delete(ticket)
    enter(g.db, account)
    return redirect(target(), 303)


@bp.post("/sign-in/passkey/question")
@public
def ask_to_show() -> Any:
    """What the browser shall have signed, as JSON: by a passkey of whoever gave the right password, else by any."""
    ticket = waiting_ticket()
    question = ceremony.question_to_show(credentials_of(g.db, ticket.account_id) if ticket else None)
    return Response(question, mimetype="application/json")


@bp.post("/sign-in/passkey")
@public
@limited(*throttles.PASSKEY)
def check_passkey() -> Any:
    """In: with a passkey that checked its user alone, with any after the right password."""
    with transaction(g.db):
        ticket = waiting_ticket(lock=True)
        account = _who_shows(PasskeyForm().passkey.data or "", ticket)
        if account is not None:
            enter(g.db, account)
            return redirect(target(), 303)
    flash(gettext(N_("This passkey opens no account. Use another way to sign in.")), "turn")
    return (_code_page(CodeForm(formdata=None)) if ticket else _sign_in_page(SignInForm(formdata=None))), 422


def _who_shows(answer: str, ticket: Ticket | None) -> User | None:
    shown = ceremony.shown_by(answer)
    if shown is None:
        return None
    passkey, checked = shown
    account: User = passkey.user
    besides = ticket is not None and ticket.account_id == account.id
    if not (account.may_enter and account.is_confirmed and (checked or besides)):
        return None
    if ticket is not None:
        g.db.delete(ticket)
    return account


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """Out, at the server as well."""
    with transaction(g.db):
        leave(g.db)
    flash(gettext(N_("You are signed out.")), "good")
    return redirect("/", 303)


def _sign_in_page(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        target=target(),
        personas=personas(),
        passkeys=ceremony.works_here(),
        providers=providers(),
    )


def _code_page(form: CodeForm) -> str:
    ticket = waiting_ticket()
    usable = ceremony.works_here() and ticket is not None and credentials_of(g.db, ticket.account_id)
    return render_template("accounts/code.html", form=form, target=target(), passkeys=usable)


def _back_to_start() -> Any:
    flash(gettext(N_("Start again with your password.")), "turn")
    return redirect(current_app.url_for("accounts.sign_in", next=target()), 303)
