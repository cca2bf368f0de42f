"""The way in and out of this browser: from a proven person to a token in the cookie, over a second step where there is one."""

import contextlib
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask import session as cookie
from sqlalchemy.orm import Session

from portal.accounts.actions import end_session, issue_ticket, open_session
from portal.accounts.closing import return_to_account
from portal.accounts.devices import device_of, network_of
from portal.accounts.mails import RETURNED, write
from portal.accounts.models import Ticket, User
from portal.accounts.queries import account_of, live_ticket
from portal.accounts.states import Purpose
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.text import N_
from portal.web.guards import local_target
from portal.web.words import gettext

COOKIE_KEY = "sid"  # where the cookie keeps the session token
SECOND_STEP_KEY = "second-step"  # and where the ticket of somebody whose password was right
START = "/work"  # where people land who were not on their way elsewhere


def target() -> str:
    """Where the person was going: a path inside the portal."""
    return local_target(request.values.get("next"), START)


def enter(session: Session, account: User) -> None:
    """Sign `account` in here, under a new token; whoever was signed in before is no longer."""
    leave(session)
    if return_to_account(session, account):
        write(session, RETURNED, account, "accounts.security")
        flash(gettext(N_("Welcome back: your account is open again.")), "good")
    device, network = device_of(request.user_agent.string), network_of(request.remote_addr)
    cookie[COOKIE_KEY] = open_session(session, account, device=device, network=network)


def leave(session: Session) -> None:
    """Sign out here: the row ends, and the cookie forgets everything."""
    if g.actor.is_person:
        with contextlib.suppress(Missing):  # ended elsewhere, or by what has just been done
            end_session(session, account_of(session, g.actor.id), g.session_id, actor=g.actor)
    cookie.clear()


def proceed(account_id: int) -> Any:
    """After the right password: in, or on to the second step."""
    with transaction(g.db):
        account = account_of(g.db, account_id)
        if not account.has_second_factor:
            enter(g.db, account)
            return redirect(target(), 303)
        leave(g.db)
        cookie[SECOND_STEP_KEY] = issue_ticket(g.db, account, Purpose.SECOND_STEP)
    return redirect(url_for("accounts.code", next=target()), 303)


def waiting_ticket(*, lock: bool = False) -> Ticket | None:
    """The ticket of somebody whose password was right in this browser and whose code is awaited."""
    return live_ticket(g.db, Purpose.SECOND_STEP, cookie.get(SECOND_STEP_KEY, ""), lock=lock)
