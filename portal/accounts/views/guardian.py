"""A parent or guardian agrees that a child has an account."""

from typing import Any

from flask import g, render_template

from portal.accounts import mails
from portal.accounts.ages import ALONE
from portal.accounts.guardians import agree_as_guardian
from portal.accounts.queries import live_ticket
from portal.accounts.states import Purpose
from portal.accounts.views.mount import NOT_KEPT, bp, expired_page
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.web.guards import public


@bp.get("/guardian/<string:token>")
@public
def guardian(token: str) -> Any:
    """Whom it is about and what it means; following the link changes nothing by itself."""
    ticket = live_ticket(g.db, Purpose.GUARDIAN, token)
    if ticket is None:
        return expired_page()
    page = render_template("accounts/guardian.html", account=ticket.account, token=token, alone=ALONE, agreed=False)
    return page, 200, NOT_KEPT


@bp.post("/guardian/<string:token>")
@public
def agree(token: str) -> Any:
    """The account is open, and the child told."""
    try:
        with transaction(g.db):
            account = agree_as_guardian(g.db, token)
            mails.write(g.db, mails.GUARDIAN_AGREED, account, "accounts.sign_in")
    except Missing:
        return expired_page()
    return render_template("accounts/guardian.html", account=account, token=token, alone=ALONE, agreed=True), 200, NOT_KEPT
