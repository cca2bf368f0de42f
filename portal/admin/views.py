"""The operator's page: what waits, and what the machinery could not do by itself."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template

from portal.admin import queries
from portal.admin.actions import retry_letter, retry_letters, set_letter_aside
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import MODERATOR
from portal.listings.queries import FULL
from portal.listings.workflow import LISTING_FLOW
from portal.notifications.actions import retry_mail
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import loads, only
from portal.web.words import gettext as _

bp = Blueprint("admin", __name__)
_LARGEST = "int(max=2147483647)"


@bp.get("/admin")
@only(ADMIN)
def index() -> Any:
    """All queues, and the oldest entries of those that wait for a judgement."""
    return render_template(
        "admin/index.html",
        counts=queries.counts(g.db),
        most=queries.COUNTED,
        listings=queries.listings_in_review(g.db),
        organisations=queries.organisations_to_verify(g.db),
        requests=queries.requests_nobody_keeps(g.db, g.actor),
    )


@bp.get(f"/admin/listings/<{_LARGEST}:id>")
@loads(Listing, MODERATOR, options=FULL)
def show_listing(listing: Listing) -> Any:
    """One listing of the queue with what was checked beforehand, and the steps that can be taken."""
    return render_template(
        "admin/show_listing.html",
        listing=listing,
        checks=queries.checks_of(g.db, listing),
        offered=LISTING_FLOW.offered(g.actor, listing, session=g.db),
        step_url=lambda action: f"{listing.href}/steps/{action}",
    )


@bp.get("/admin/machinery")
@only(ADMIN)
def machinery() -> Any:
    """Readers of the log, timed moves, dead letters and mails that were given up."""
    return render_template(
        "admin/machinery.html",
        counts=queries.counts(g.db),
        most=queries.COUNTED,
        work=queries.work(g.db),
        letters=queries.dead_letters(g.db),
        mails=queries.failed_mails(g.db),
    )


@bp.post(f"/admin/dead-letters/<{_LARGEST}:id>/retry")
@only(ADMIN)
def update_letter(id: int) -> Any:
    """Try a dead letter again."""
    with transaction(g.db):
        retry_letter(g.db, id, current_app.extensions["subscribers"], actor=g.actor)
    return _done(N_("It was handled this time."))


@bp.post("/admin/dead-letters/retry")
@only(ADMIN)
def update_letters() -> Any:
    """Try all dead letters again."""
    with transaction(g.db):
        handled, failed = retry_letters(g.db, current_app.extensions["subscribers"], actor=g.actor)
    told = _("%(handled)s handled this time, %(failed)s failed again.", handled=handled, failed=failed)
    flash(told, "bad" if failed else "good")
    return redirect("/admin/machinery", 303)


@bp.get(f"/admin/dead-letters/<{_LARGEST}:id>/set-aside")
@only(ADMIN)
def edit_letter(id: int) -> Any:
    """Ask why it is set aside."""
    return render_template("admin/edit_letter.html", letter=queries.dead_letter(g.db, id), form=ReasonForm(formdata=None))


@bp.post(f"/admin/dead-letters/<{_LARGEST}:id>/set-aside")
@only(ADMIN)
def destroy_letter(id: int) -> Any:
    """Settle a dead letter without trying again."""
    letter, form = queries.dead_letter(g.db, id), ReasonForm()
    done, status = attempt(form, Reason, lambda given: set_letter_aside(g.db, id, given, actor=g.actor))
    if done is None:
        return render_template("admin/edit_letter.html", letter=letter, form=form), status
    return _done(N_("It is set aside."))


@bp.post(f"/admin/mails/<{_LARGEST}:id>/retry")
@only(ADMIN)
def update_mail(id: int) -> Any:
    """Put a mail back into the outbox."""
    with transaction(g.db):
        retry_mail(g.db, id, actor=g.actor)
    return _done(N_("The mail is in the outbox again."))


def _done(sentence: str) -> Any:
    flash(_(sentence), "good")
    return redirect("/admin/machinery", 303)
