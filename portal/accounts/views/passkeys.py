"""One's passkeys: making one, calling it otherwise, doing without it."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for

from portal.accounts import ceremony, mails, second_factor, throttles
from portal.accounts.entry import enter
from portal.accounts.forms import NewPasskeyForm, PasskeyNameForm
from portal.accounts.freshness import fresh
from portal.accounts.inputs import PasskeyName
from portal.accounts.models import User, WebAuthn
from portal.accounts.passkeys import (
    NewPasskey,
    add_passkey,
    ask_for_passkey,
    credentials_of,
    passkey_of,
    passkeys_of,
    remove_passkey,
    rename_passkey,
)
from portal.accounts.queries import account_of
from portal.accounts.views.mount import bp, codes_page
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.limits import limited
from portal.web.words import gettext

_ONE = "/me/passkeys/<int(max=2147483647):id>"


@bp.get("/me/passkeys")
@fresh
def passkeys() -> Any:
    """Those there are, and one more."""
    return _page(NewPasskeyForm(formdata=None))


@bp.post("/me/passkeys/question")
@fresh
def ask_to_make() -> Any:
    """What the browser shall have signed, as JSON."""
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        question = ceremony.question_to_make(account, credentials_of(g.db, account.id))
    return Response(question, mimetype="application/json")


@bp.post("/me/passkeys")
@fresh
@limited(*throttles.PROVE)
def make_passkey() -> Any:
    """In force at once; with the first second factor of an account come its recovery codes, shown this once."""
    form = NewPasskeyForm()
    given = form.read(lambda name, passkey: PasskeyName(name))
    made = ceremony.made_by(form.passkey.data or "") if given else None
    if given is None or made is None:
        return _page(form if given is None else form.refuse()), 422
    codes = _add(given.name, made)
    flash(gettext(N_("“%(name)s” is in force."), name=given.name), "good")
    return codes_page(codes) if codes else redirect(url_for(".passkeys"), 303)


@bp.get(_ONE)
@fresh
def passkey(id: int) -> Any:
    """One of them."""
    found = passkey_of(g.db, g.actor.id, id)
    return _one_page(PasskeyNameForm(formdata=None, name=found.name), found)


@bp.post(_ONE)
@fresh
def name_passkey(id: int) -> Any:
    """Another name."""
    form = PasskeyNameForm()
    given = form.read(PasskeyName)
    if given is None:
        return _one_page(form, passkey_of(g.db, g.actor.id, id)), 422
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        rename_passkey(g.db, passkey_of(g.db, account.id, id), given.name, account=account, actor=g.actor)
    return redirect(url_for(".passkeys"), 303)


@bp.post(f"{_ONE}/remove")
@fresh
def drop_passkey(id: int) -> Any:
    """It opens nothing any more."""
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        if remove_passkey(g.db, passkey_of(g.db, account.id, id), account=account, actor=g.actor):
            mails.write(g.db, mails.SECOND_FACTOR_REMOVED, account, "accounts.security")
            enter(g.db, account)
        else:
            mails.write(g.db, mails.PASSKEY_REMOVED, account, "accounts.security")
    flash(gettext(N_("That passkey opens nothing any more.")), "good")
    return redirect(url_for(".passkeys"), 303)


def _add(name: str, made: NewPasskey) -> list[str]:
    """The recovery codes that come with it, if it is the account's first second factor."""
    with transaction(g.db):
        account = account_of(g.db, g.actor.id, lock=True)
        add_passkey(g.db, account, name, made, actor=g.actor)
        mails.write(g.db, mails.PASSKEY_ADDED, account, "accounts.passkeys")
        return [] if account.has_second_factor else _ask_for_it(account)


def _ask_for_it(account: User) -> list[str]:
    codes = second_factor.new_recovery_codes()
    ask_for_passkey(g.db, account, second_factor.fingerprints(codes), actor=g.actor)
    enter(g.db, account)
    return codes


def _page(form: NewPasskeyForm) -> str:
    return render_template(
        "accounts/passkeys.html",
        form=form,
        passkeys=passkeys_of(g.db, g.actor.id),
        elsewhere=None if ceremony.works_here() else ceremony.origin(),
    )


def _one_page(form: PasskeyNameForm, found: WebAuthn) -> str:
    return render_template("accounts/passkey.html", form=form, passkey=found)
