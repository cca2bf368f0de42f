"""One's tokens for programs: making one, seeing it once, ending it."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import mails, throttles
from portal.accounts.forms import NewTokenForm
from portal.accounts.freshness import fresh
from portal.accounts.inputs import NewToken
from portal.accounts.queries import account_of
from portal.accounts.tokens import end_token, make_token, tokens_of
from portal.accounts.views.mount import NOT_KEPT, bp
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.forms import attempt
from portal.web.limits import limited
from portal.web.words import gettext


@bp.get("/me/tokens")
@fresh
def tokens() -> Any:
    """Those there are, and one more."""
    return _page(NewTokenForm(formdata=None, days="90"))


@bp.post("/me/tokens")
@fresh
@limited(*throttles.PROVE)
def add_token() -> Any:
    """The text of a new one, shown this once."""
    form = NewTokenForm()
    text, status = attempt(form, NewToken, _make)
    if text is None:
        return _page(form), status
    return render_template("accounts/token.html", text=text, name=form.name.data), 200, NOT_KEPT


@bp.post("/me/tokens/<int(max=2147483647):id>/end")
@fresh
def drop_token(id: int) -> Any:
    """It opens nothing any more."""
    with transaction(g.db):
        end_token(g.db, account_of(g.db, g.actor.id), id, actor=g.actor)
    flash(gettext(N_("That token opens nothing any more.")), "good")
    return redirect(url_for(".tokens"), 303)


def _make(wanted: NewToken) -> str:
    account = account_of(g.db, g.actor.id, lock=True)
    text = make_token(g.db, account, wanted, actor=g.actor)
    mails.write(g.db, mails.TOKEN_MADE, account, "accounts.tokens")
    return text


def _page(form: NewTokenForm) -> str:
    return render_template("accounts/tokens.html", form=form, tokens=tokens_of(g.db, g.actor.id), now=clock.now())
