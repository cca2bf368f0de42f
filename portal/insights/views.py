"""The home page, and the help drawn from what the portal is made of: workflows, rules, facts, settings and commands."""

from typing import Any

from flask import Blueprint, current_app, g, render_template

from portal.insights.queries import (
    Figures,
    answers_of,
    commands,
    facts_told,
    figures,
    listings_of,
    people_of,
    released_of,
    replies_of,
    rules_by_feature,
)
from portal.kernel.settings import explained
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_
from portal.kernel.workflow import Workflow
from portal.listings.queries import newest_by_kind
from portal.listings.states import Kind
from portal.organisations.models import Organisation
from portal.organisations.policies import ORGANISATION_ADMIN, ORGANISATION_OFFICER, READ, VERIFIED
from portal.organisations.states import ROLE_LABELS
from portal.web.caching import Remembered, kept
from portal.web.diagrams import diagram
from portal.web.guards import loads, public
from portal.web.words import gettext as _

bp = Blueprint("insights", __name__)
LOOKS_AFTER = ORGANISATION_ADMIN | ORGANISATION_OFFICER

STAGES = (
    (N_("Listing"), N_("A problem, project or post, with a deadline and a contact.")),
    (N_("Proposal"), N_("One form, saved as you go, with your team, plan and budget.")),
    (N_("Review & approvals"), N_("The owner decides with reasons; each side’s officer approves the same version.")),
    (N_("Agreement"), N_("What both sides approved is fixed, with its fingerprint.")),
    (N_("Collaboration"), N_("Milestones and deliverables that both sides see.")),
    (N_("Outcomes"), N_("Papers, data, software and patents, with credit to each person.")),
)


@bp.get("/")
@kept
@public
def index() -> Any:
    """The front page; the same bytes until something happens."""
    return _home()


@bp.get("/help")
@public
def help() -> Any:
    """Every workflow as the engine runs it, and who may see what."""
    flows: dict[str, Workflow] = current_app.extensions["flows"]
    return render_template("insights/help.html", flows=[_described(flow) for flow in flows.values()], readers=_readers())


@bp.get("/help/rules")
@public
def rules() -> Any:
    """Every rule by its name in the code, and the people for whom it holds."""
    return render_template("insights/rules.html", features=rules_by_feature())


@bp.get("/help/facts")
@public
def facts() -> Any:
    """Everything that is ever recorded, the sentence told of it, and who sees that."""
    return render_template("insights/facts.html", facts=facts_told())


@bp.get("/help/operators")
@public
def operators() -> Any:
    """What can be set and what can be called. Names and defaults only: what is in force here is nobody else's business."""
    called = list(commands(current_app.extensions["commands"]))
    return render_template("insights/operators.html", settings=explained(), commands=called)


@bp.get("/organisations/<string:slug>/record")
@loads(Organisation, VERIFIED, by="slug")
def record(organisation: Organisation) -> Any:
    """How it answers and with whom it works, as far as everybody may know."""
    return render_template(
        "insights/record.html",
        organisation=organisation,
        replies=replies_of(g.db, organisation.id),
        released=released_of(g.db, organisation),
        keeps=LOOKS_AFTER.holds(g.actor, organisation),
    )


@bp.get("/organisations/<string:slug>/console")
@loads(Organisation, READ, by="slug", also=LOOKS_AFTER)
def console(organisation: Organisation) -> Any:
    """What its people do: for its administrators without what was written to others, for its officers with it."""
    reads, keeps = (rule.holds(g.actor, organisation) for rule in (ORGANISATION_OFFICER, ORGANISATION_ADMIN))
    offices, invited, members = people_of(g.db, organisation.id)
    counts, listings = listings_of(g.db, g.actor, organisation, open_to=reads)
    values = {"offices": offices, "invited": invited, "members": members, "counts": counts, "listings": listings}
    values |= {"answers": answers_of(g.db, organisation.id, titles=reads), "labels": ROLE_LABELS}
    values["base"] = current_app.extensions["settings"].base_url.rstrip("/") if organisation.is_verified else None
    return render_template("insights/console.html", organisation=organisation, reads=reads, keeps=keeps, **values)


def _home() -> str:
    remembered: Remembered[Figures] = current_app.extensions.setdefault("figures", Remembered(60))
    now = remembered.get(lambda: figures(g.db))
    newest = newest_by_kind(g.db)
    groups = [{"kind": kind, "count": now.open_by_kind.get(kind, 0), "rows": newest[kind]} for kind in Kind if newest.get(kind)]
    return render_template(
        "insights/index.html",
        figures=now,
        open={kind.value: number for kind, number in now.open_by_kind.items()},
        newest=groups,
        stages=[(_(title), _(text)) for title, text in STAGES],
    )


def _described(flow: Workflow) -> dict[str, Any]:
    rows = [
        (_(row.label), ", ".join(_(s.label) for s in row.source), _(row.target.label), _(row.who.words)) for row in flow.table
    ]
    return {"name": flow.name, "title": all_subjects()[flow.name].label, "rows": rows, "diagram": diagram(flow)}


def _readers() -> list[tuple[str, str]]:
    return [(_(subject.label), _(subject.read.words)) for subject in all_subjects().values()]
