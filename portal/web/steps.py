"""The routes of a workflow, made from its table: a page for each step that asks for something, a POST for each step."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Refused, Stale
from portal.kernel.workflow import Workflow
from portal.web.forms import Form, show_problems
from portal.web.words import gettext


def add_steps(
    bp: Blueprint,
    prefix: str,
    flow: Workflow,
    load: Callable[[Any], Any],
    *,
    forms: Mapping[type, type[Form]],
    href: Callable[[Any], str],
) -> None:
    """Add `GET` and `POST {prefix}/steps/<action>` to `bp`.

    Args:
        load: the guard, `loads(Model, READ)`.
        forms: the form for each input type that a row `takes`.
        href: the thing's own page, where a finished step leads.
    """

    def step(thing: Any, action: str) -> Any:
        row = flow[action]
        form = forms[row.takes]() if row.takes else None
        if request.method == "GET":
            _require_offer(flow, thing, action)
            return _show(flow, thing, action, form, href, 200)
        _require_version(thing)
        given = form.read(row.takes) if form is not None and row.takes else None
        if form is not None and given is None:
            return _show(flow, thing, action, form, href, 422)
        return _take(flow, thing, action, form, given, href)

    step.__name__ = f"step_{flow.name}"
    step.__doc__ = f"One step of a {flow.name}."
    bp.add_url_rule(f"{prefix}/steps/<string:action>", step.__name__, load(step), methods=["GET", "POST"])


def _take(flow: Workflow, thing: Any, action: str, form: Form | None, given: Any, href: Callable[[Any], str]) -> Any:
    label = flow[action].label
    try:
        with transaction(g.db):
            flow.perform(g.db, thing, action, actor=g.actor, given=given)
            target = href(thing)
    except Invalid as invalid:
        if form is None:
            raise
        show_problems(form, invalid)
        return _show(flow, thing, action, form, href, 422)
    flash(gettext("Done: %(step)s", step=gettext(label)), "good")
    return redirect(target, 303)


def _show(flow: Workflow, thing: Any, action: str, form: Form | None, href: Callable[[Any], str], status: int) -> Any:
    return render_template(
        "web/step.html",
        row=flow[action],
        form=form,
        thing=thing,
        version=thing.version,
        back=href(thing),
        kind=flow.name,
    ), status


def _require_offer(flow: Workflow, thing: Any, action: str) -> None:
    """A step's page exists only for those who may take the step, and says why when they cannot take it now."""
    offer = next((o for o in flow.offered(g.actor, thing, session=g.db) if o.action == action), None)
    if offer is None:
        raise Missing
    if not offer.allowed and offer.why:
        raise Refused(offer.why)


def _require_version(thing: Any) -> None:
    """A form that names the version it was drawn from is refused when the thing has moved on."""
    version = request.form.get("version")
    if version is not None and version != str(thing.version):
        raise Stale
