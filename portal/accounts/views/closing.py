"""The whole account: what the portal keeps about one, what hangs on it, and closing it."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template
from flask import session as cookie

from portal.accounts import mails, throttles
from portal.accounts.closing import close_own_account, erase_account
from portal.accounts.entry import leave
from portal.accounts.events import DataTaken
from portal.accounts.export import Kept, document
from portal.accounts.forms import PasswordForm
from portal.accounts.freshness import fresh
from portal.accounts.passwords import is_own
from portal.accounts.queries import account_of
from portal.accounts.ties import Tied, ties_of
from portal.accounts.views.mount import bp
from portal.kernel import clock
from portal.kernel.db import Database, transaction
from portal.kernel.events import record
from portal.kernel.text import N_
from portal.web.database import database_of
from portal.web.guards import signed_in
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/me/account")
@signed_in
def leaving() -> Any:
    """What one can do with the whole account, and what has to be settled first."""
    return render_template("accounts/leaving.html", ties=_ties())


@bp.post("/me/account/data")
@fresh
def take_along() -> Any:
    """Everything the portal keeps about one, as a file."""
    with transaction(g.db):
        record(g.db, DataTaken(), actor=g.actor, subject=account_of(g.db, g.actor.id))
    pieces = _document(database_of(), g.actor.id, current_app.extensions["personal"])
    headers = {"Content-Disposition": f"attachment; filename=my-data-{clock.now():%Y-%m-%d}.json"}
    return Response(pieces, headers=headers, mimetype="application/json")


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


@bp.get("/me/account/erase")
@fresh
def erasure() -> Any:
    """What goes, what stays, and the password once more."""
    return _erasure_page(PasswordForm(formdata=None))


@bp.post("/me/account/erase")
@fresh
@limited(*throttles.PROVE)
def erase() -> Any:
    """Gone for good."""
    form = PasswordForm()
    if not is_own(g.actor.id, form.password.data or ""):
        form.refuse()
        return _erasure_page(form), 422
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        erase_account(g.db, account, _ties(), actor=g.actor)
    cookie.clear()
    flash(gettext(N_("Your account is erased. Farewell.")), "good")
    return redirect("/", 303)


def _erasure_page(form: PasswordForm) -> str:
    has_password = account_of(g.db, g.actor.id).password is not None
    return render_template("accounts/erasure.html", form=form, ties=_ties(), has_password=has_password)


def _document(database: Database, account_id: int, kept: Sequence[Kept]) -> Iterator[str]:
    """Read while it is sent, after the request's own session is gone."""
    with database.reading() as session:
        yield from document(session, account_id, kept)


def _ties() -> list[Tied]:
    return ties_of(g.db, g.actor.id, current_app.extensions["ties"])
