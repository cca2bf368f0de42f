"""Accounts on Flask: who is asking is settled before each request, from the cookie's token and one statement."""

from typing import Any

from flask import Flask, g, request, session
from sqlalchemy import Select

from portal.accounts.queries import identity_for
from portal.kernel.policy import VISITOR

COOKIE_KEY = "sid"  # where the cookie keeps the session token


def init_accounts(app: Flask, statement: Select[Any]) -> None:
    """Set `g.actor` before each request; `statement` comes from `identity_statement`."""

    @app.before_request
    def _who() -> None:
        g.actor = VISITOR
        token = session.get(COOKIE_KEY)
        if not token or request.endpoint == "asset":
            return
        identity = identity_for(g.db, statement, token)
        if identity is None:
            session.clear()
            return
        g.actor, g.role_line, g.session_id = identity.actor, identity.role_line, identity.session_id
