"""Who has power over others – officers, signatories, administrators – has a second factor before they do anything else."""

from typing import Any

from flask import g, redirect, request, url_for

from portal.kernel.policy import Actor, Role

# What it takes to set one up, or to leave: showing who one is, and a password for those who have none yet.
_OPEN = frozenset(
    f"accounts.{name}"
    for name in (
        *("authenticator", "add", "passkeys", "ask_to_make", "make_passkey", "verify", "ask_again", "prove", "sign_out"),
        *("reset", "send", "sent", "choose", "replace", "go_elsewhere", "come_back", "arrived", "go_in"),
    )
) | {"display", "set_display"}


def has_power(actor: Actor) -> bool:
    """Whether somebody acts for others."""
    return actor.is_admin or bool(actor.organisations_as(Role.OFFICER, Role.SIGNATORY, Role.ADMINISTRATOR))


def lead_to_set_up() -> Any:
    """Before a request: somebody who owes a second factor gets the page that sets one up, whatever they asked for."""
    if not g.get("owes_factor") or request.endpoint in _OPEN:
        return None
    return redirect(url_for("accounts.authenticator"), 303)
