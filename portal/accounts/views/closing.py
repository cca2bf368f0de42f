"""Leaving for a while: what hangs on one's account, and closing it."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template

from portal.accounts import mails
from portal.accounts.closing import close_own_account
from portal.accounts.entry import leave
from portal.accounts.freshness import fresh
from portal.accounts.queries import account_of
from portal.accounts.ties import Tie, ties_of
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.guards import signed_in
from portal.web.words import gettext


@bp.get("/me/account")
@signed_in
def leaving() -> Any:
    """What one can do with the whole account, and what has to be settled first."""
    return render_template("accounts/leaving.html", ties=_ties())


@bp.post("/me/account/close")
@fresh
def close() -> Any:
    """Closed until its owner signs in again."""
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        close_own_account(g.db, account, _ties(), actor=g.actor)
        mails.write(g.db, mails.CLOSED, account, "accounts.sign_in")
        leave(g.db)
    flash(gettext(N_("Your account is closed. Sign in whenever you want it back.")), "good")
    return redirect("/", 303)


def _ties() -> list[Tie]:
    extensions = current_app.extensions
    return ties_of(g.db, g.actor.id, extensions["ties"], extensions["settings"].portal_name)
