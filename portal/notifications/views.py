"""What a person was told, and how they want to be told."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for

from portal.accounts.models import User
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.inputs import whole
from portal.kernel.notices import Notice, Topic
from portal.kernel.policy import ADMIN, Role
from portal.kernel.text import N_
from portal.notifications.actions import choose_channels, choose_mails, mark_seen, word_mails
from portal.notifications.forms import ChoicesForm, PreferenceForm, WordingForm, choices_form
from portal.notifications.inputs import Choices, Worded, in_braces
from portal.notifications.queries import inbox_of, kinds_worded, preference_of, versions_of, worded
from portal.notifications.stopping import account_in
from portal.notifications.wording import fields_of, lines_for, sample_mail
from portal.web.filters import zone_name
from portal.web.forms import attempt
from portal.web.guards import only, public, signed_in
from portal.web.steps import is_from_work
from portal.web.words import gettext

bp = Blueprint("notifications", __name__)


@bp.get("/me/notifications")
@signed_in
def index() -> Any:
    """One's own notifications, newest first, and the choice of mails."""
    inbox = inbox_of(g.db, g.actor.id, request.args.get("after"))
    lines = lines_for(g.db, g.actor, inbox.rows.rows, current_app.extensions["notices"])
    form = PreferenceForm(data={"mails": inbox.wants_mails})
    return render_template("notifications/index.html", lines=lines, after=inbox.rows.after, form=form)


@bp.post("/me/notifications/seen")
@signed_in
def seen() -> Any:
    """Mark one notification as seen (`number`), or all of them."""
    number = whole("number", request.form.get("number"), most=2**31 - 1, required=False)
    with transaction(g.db):
        mark_seen(g.db, g.actor.id, number)
    return redirect("/work" if is_from_work() else url_for(".index"), 303)


@bp.post("/me/notifications/choice")
@signed_in
def update() -> Any:
    """Keep the choice of mails."""
    with transaction(g.db):
        choose_mails(g.db, g.actor.id, wanted=bool(PreferenceForm().mails.data))
    flash(gettext(N_("Your choice is saved.")), "good")
    return redirect(url_for(".index"), 303)


@bp.get("/me/notifications/choices")
@signed_in
def edit_choices() -> Any:
    """How one wants to be told of each kind of news."""
    topics = _topics()
    known = preference_of(g.db, g.actor.id).as_chosen(topics)
    form = choices_form(topics)(zone=zone_name(), data=known | {"time_zone": zone_name()})
    return _draw_choices(form, 200)


@bp.post("/me/notifications/choices")
@signed_in
def update_choices() -> Any:
    """Keep it."""
    form = choices_form(_topics())(zone=zone_name())

    def act(given: Choices) -> bool:
        choose_channels(g.db, g.actor.id, given)
        return True

    done, status = attempt(form, form.made, act)
    if not done:
        return _draw_choices(form, status)
    flash(gettext(N_("Your choice is saved.")), "good")
    return redirect(url_for(".index"), 303)


@bp.get("/mails/stop/<string:token>")
@public
def ask_to_stop(token: str) -> Any:
    """Where the link in a mail leads: nothing is stopped before the button is pressed, for machines follow links."""
    _account_named(token)
    return render_template("notifications/stop.html", stopped=False)


@bp.post("/mails/stop/<string:token>")
@public
def stop(token: str) -> Any:
    """Stop them: for the button, and for mail programs that do it by themselves and have no form's token."""
    with transaction(g.db):
        choose_mails(g.db, _account_named(token), wanted=False)
    return render_template("notifications/stop.html", stopped=True)


def _account_named(token: str) -> int:
    number = account_in(current_app.extensions["settings"], token)
    if number is None or g.db.get(User, number) is None:
        raise Missing
    return number


@bp.get("/admin/wordings")
@only(ADMIN)
def index_wordings() -> Any:
    """Every kind of mail about something that happened."""
    rows = [(notice, in_braces(gettext(notice.subject))) for notice in _mailed()]
    return render_template("notifications/index_wordings.html", rows=rows, own=kinds_worded(g.db))


@bp.get("/admin/wordings/<string:key>")
@only(ADMIN)
def edit_wording(key: str) -> Any:
    """How it begins, as it is now."""
    notice = _notice(key)
    subject, lead = (in_braces(gettext(sentence)) for sentence in worded(g.db, notice))
    return _draw(notice, WordingForm(data={"subject": subject, "lead": lead}), 200)


@bp.post("/admin/wordings/<string:key>")
@only(ADMIN)
def update_wording(key: str) -> Any:
    """Show it with made-up values, or – pressed `save` – let it begin so from now on."""
    notice, form = _notice(key), WordingForm()
    given = form.read(partial(Worded, known=fields_of(notice)))
    if given is None or "save" not in request.form:
        return _draw(notice, form, 422 if given is None else 200)
    with transaction(g.db):
        word_mails(g.db, notice, given, actor=g.actor)
    return _worded(N_("These mails begin so from now on."), key)


@bp.post("/admin/wordings/<string:key>/reset")
@only(ADMIN)
def reset_wording(key: str) -> Any:
    """The portal's own words again."""
    with transaction(g.db):
        word_mails(g.db, _notice(key), None, actor=g.actor)
    return _worded(N_("These mails have the portal’s own words again."), key)


def _topics() -> list[Topic]:
    """Those this person may ever hear of."""
    officer = bool(g.actor.organisations_as(Role.OFFICER))
    topics: list[Topic] = current_app.extensions["topics"]
    return [each for each in topics if (g.actor.is_admin or not each.keepers) and (officer or not each.officers)]


def _draw_choices(form: ChoicesForm, status: int) -> Any:
    mails = preference_of(g.db, g.actor.id).mails
    return render_template("notifications/edit_choices.html", form=form, mails=mails), status


def _mailed() -> list[Notice]:
    return [notice for notice in current_app.extensions["notices"] if notice.mail]


def _notice(key: str) -> Notice:
    found = next((notice for notice in _mailed() if notice.key == key), None)
    if found is None:
        raise Missing
    return found


def _worded(sentence: str, key: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(f"/admin/wordings/{key}", 303)


def _draw(notice: Notice, form: WordingForm, status: int) -> Any:
    sample = None
    if status == 200:
        settings = current_app.extensions["settings"]
        sample = sample_mail(notice, form.subject.data or "", form.lead.data or "", settings, _rendered)
    shown = {"fields": fields_of(notice), "sample": sample, "versions": versions_of(g.db, notice.key)}
    return render_template("notifications/edit_wording.html", notice=notice, form=form, **shown), status


def _rendered(name: str, values: Mapping[str, Any]) -> str:
    return current_app.jinja_env.get_template(name).render(values)
