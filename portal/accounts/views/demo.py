"""Demonstration: one click makes you one of the invented people. These routes exist in demo mode only."""

from typing import Any, NamedTuple

from flask import current_app, g, redirect, render_template
from flask.blueprints import BlueprintSetupState

from portal.accounts.entry import enter, target
from portal.accounts.queries import account_by_email
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.web.guards import public


class Persona(NamedTuple):
    """Somebody one can be, from the application's configuration `PERSONAS`."""

    slug: str
    name: str
    role_line: str
    email: str


def personas() -> list[Persona]:
    """The people one can be; none outside demo mode."""
    if not current_app.extensions["settings"].demo:
        return []
    return [Persona(*row) for row in current_app.config.get("PERSONAS", ())]


@public
def demo() -> Any:
    """The people one can be."""
    return render_template("accounts/demo.html", personas=personas(), target=target())


@public
def demo_sign_in(slug: str) -> Any:
    """Be that person from now on."""
    persona = next((persona for persona in personas() if persona.slug == slug), None)
    if persona is None:
        raise Missing
    with transaction(g.db):
        account = account_by_email(g.db, persona.email.lower())
        if account is None or not account.may_enter:
            raise Missing
        enter(g.db, account)
    return redirect(target(), 303)


@bp.record
def _mount(state: BlueprintSetupState) -> None:
    if state.app.extensions["settings"].demo:
        state.add_url_rule("/demo", "demo", demo, methods=["GET"])
        state.add_url_rule("/demo/sign-in/<string:slug>", "demo_sign_in", demo_sign_in, methods=["POST"])
