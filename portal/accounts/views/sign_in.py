"""In with a password, a second step for those who have one, and out again."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template

from portal.accounts import mails, throttles
from portal.accounts.actions import count_failure
from portal.accounts.entry import enter, leave, proceed, target, waiting_ticket
from portal.accounts.forms import CodeForm, SignInForm
from portal.accounts.models import Ticket
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
    if account is not None and has_room(throttles.REMIND):
        with transaction(g.db):
            mails.welcome(g.db, account_of(g.db, account.id), account.email)
    form.refuse()
    return _sign_in_page(form), 422


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


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """Out, at the server as well."""
    with transaction(g.db):
        leave(g.db)
    flash(gettext(N_("You are signed out.")), "good")
    return redirect("/", 303)


def _sign_in_page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, target=target(), personas=personas())


def _code_page(form: CodeForm) -> str:
    return render_template("accounts/code.html", form=form, target=target())


def _back_to_start() -> Any:
    flash(gettext(N_("Start again with your password.")), "turn")
    return redirect(current_app.url_for("accounts.sign_in", next=target()), 303)
