"""Accounts as the portal's administrators see them: finding one, closing it, opening it again."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for

from portal.accounts import mails
from portal.accounts.closing import deactivate_account, restore_account
from portal.accounts.forms import SoughtForm
from portal.accounts.inputs import Sought
from portal.accounts.models import User
from portal.accounts.queries import accounts_called
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.paging import Slice
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.web.guards import only
from portal.web.words import gettext

_ONE = "/admin/accounts/<int(max=2147483647):id>"


@bp.get("/admin/accounts")
@only(ADMIN)
def accounts() -> Any:
    """All of them, the newest first, or those whose name or address holds what is looked for."""
    form = SoughtForm(request.args)
    sought = form.read(Sought)
    found = accounts_called(g.db, sought.q, request.args.get("after")) if sought else Slice[User]([])
    return render_template("accounts/accounts.html", form=form, found=found, actor_id=g.actor.id), 200 if sought else 422


@bp.post(f"{_ONE}/close")
@only(ADMIN)
def close_account(id: int) -> Any:
    """Closed at once, and only an administrator opens it again."""
    with transaction(g.db):
        account = _account(id)
        deactivate_account(g.db, account, actor=g.actor)
        mails.write(g.db, mails.DEACTIVATED, account, "insights.index")
    return _done(account, N_("The account of %(name)s is closed."))


@bp.post(f"{_ONE}/restore")
@only(ADMIN)
def open_account(id: int) -> Any:
    """Open again, with all that it had."""
    with transaction(g.db):
        account = _account(id)
        restore_account(g.db, account, actor=g.actor)
        mails.write(g.db, mails.RESTORED, account, "accounts.sign_in")
    return _done(account, N_("The account of %(name)s is open again."))


def _account(number: int) -> User:
    if (account := g.db.get(User, number, with_for_update=True)) is None:
        raise Missing
    found: User = account
    return found


def _done(account: User, sentence: str) -> Any:
    flash(gettext(sentence, name=account.name), "good")
    return redirect(url_for(".accounts", q=account.email), 303)
