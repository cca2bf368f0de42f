"""Pages about readings in an emergency: those there were, one of them, and the text while it is open."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template

from portal.emergencies import inputs
from portal.emergencies.actions import ask_to_read
from portal.emergencies.forms import EmergencyForm
from portal.emergencies.models import Emergency
from portal.emergencies.policies import READ, READ_TEXT
from portal.emergencies.queries import FULL, newest, thing_of
from portal.emergencies.workflow import EMERGENCY_FLOW
from portal.files.queries import files_for
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, VISITOR
from portal.kernel.text import N_
from portal.proposals.inputs import Content
from portal.proposals.queries import version_of
from portal.threads.queries import earlier_texts, messages_for
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import loads, only
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("emergencies", __name__)
ONE = "/emergencies/<int(max=2147483647):id>"


@bp.get("/admin/emergencies")
@only(ADMIN)
def index() -> Any:
    """What waits, what is open, what there was, and a form to ask."""
    return _draw_index(EmergencyForm(), 200)


@bp.post("/admin/emergencies")
@only(ADMIN)
def create() -> Any:
    """Ask the other administrators."""
    form = EmergencyForm()
    made, status = attempt(form, inputs.Emergency, lambda given: ask_to_read(g.db, given, actor=g.actor))
    if made is None:
        return _draw_index(form, status)
    flash(gettext(N_("The other administrators are asked. Nothing can be read yet.")), "good")
    return redirect(made.href, 303)


@bp.get(ONE)
@loads(Emergency, READ, options=FULL)
def show(emergency: Emergency) -> Any:
    """Who wants to read what, why, and until when. Never the text."""
    return render_template(
        "emergencies/show.html",
        emergency=emergency,
        offered=EMERGENCY_FLOW.offered(g.actor, emergency, session=g.db),
        step_url=lambda action: f"{emergency.href}/text" if action == "read" else f"{emergency.href}/steps/{action}",
        running=g.actor.is_admin,
    )


@bp.post(f"{ONE}/text")
@loads(Emergency, READ_TEXT, options=FULL)
def text(emergency: Emergency) -> Any:
    """What was sent, the messages that both sides read, and the names of files. Each reading is a fact, so it is no GET."""
    with transaction(g.db):
        EMERGENCY_FLOW.perform(g.db, emergency, "read", actor=g.actor)
    about = (emergency.subject_type, emergency.subject_id)
    thing = thing_of(g.db, *about)
    content = _content(thing) if emergency.subject_type == "proposal" else None
    shown: dict[str, Any] = {"messages": messages_for(g.db, VISITOR, *about), "earlier": earlier_texts(g.db, *about)}
    shown["files"] = files_for(g.db, VISITOR, *about)
    return render_template("emergencies/text.html", emergency=emergency, thing=thing, content=content, **shown)


add_steps(
    bp,
    ONE,
    EMERGENCY_FLOW,
    loads(Emergency, READ, options=FULL),
    forms={Reason: ReasonForm},
    href=lambda emergency: emergency.href,
)


def _content(proposal: Any) -> Content:
    """The version submitted last: a draft is its author's alone, and confidential answers are the parties'."""
    (version,) = version_of(g.db, proposal, proposal.number)
    return Content.from_json(version.content).for_outsiders()


def _draw_index(form: EmergencyForm, status: int) -> Any:
    return render_template("emergencies/index.html", form=form, emergencies=newest(g.db)), status
