"""The routes of a workflow, made from its table: a page for each step that asks for something, a POST for each step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Refused, Stale
from portal.kernel.subjects import all_subjects
from portal.kernel.text import Words
from portal.kernel.workflow import T, Workflow
from portal.web.forms import Form, show_problems
from portal.web.words import gettext


def add_steps(
    bp: Blueprint,
    prefix: str | Sequence[str],
    flow: Workflow,
    load: Callable[[Any], Any],
    *,
    forms: Mapping[type, type[Form]],
    href: Callable[[Any], str],
) -> None:
    """Add `GET` and `POST {prefix}/steps/<action>` to `bp`.

    Args:
        prefix: the thing's address, or several where its kinds have addresses of their own.
        load: the guard, `loads(Model, READ)`.
        forms: the form for each input type that a row `takes`.
        href: the thing's own page, where a finished step leads.
    """

    def step(thing: Any, action: str) -> Any:
        row = flow[action]
        page = _StepPage(flow, row, forms[row.takes]() if row.takes else None, thing, href(thing))
        if request.method == "GET":
            _require_offer(flow, thing, action)
            return page.draw(200)
        return page.take(href)

    step.__name__ = f"step_{flow.name}"
    step.__doc__ = f"One step of a {flow.name}."
    view = load(step)
    for address in (prefix,) if isinstance(prefix, str) else prefix:
        bp.add_url_rule(f"{address}/steps/<string:action>", step.__name__, view, methods=["GET", "POST"])


@dataclass(frozen=True)
class _StepPage:
    """One step as somebody wants to take it. `back` is worked out before a refusal could make the thing unreadable."""

    flow: Workflow
    row: T
    form: Form | None
    thing: Any
    back: str

    def take(self, href: Callable[[Any], str]) -> Any:
        """Take the step and lead to the thing, or show the form again with what was typed and why it was refused."""
        given = self.form.read(self.row.takes) if self.form is not None and self.row.takes else None
        if self.form is not None and given is None:
            return self.draw(422)
        try:
            _require_version(self.thing)
            with transaction(g.db):
                self.flow.perform(g.db, self.thing, self.row.action, actor=g.actor, given=given)
                target, name = href(self.thing), _name_of(self.thing) if is_from_work() else ""
        except (Invalid, Refused) as problem:
            if self.form is None:
                raise
            return self._draw_again(self.form, problem)
        return _leave(gettext(self.row.label), name, target)

    def draw(self, status: int, problem: Words | None = None) -> Any:
        """The page of the step."""
        return render_template(
            "web/step.html",
            row=self.row,
            form=self.form,
            thing=self.thing,
            version=self.thing.version,
            back=self.back,
            name=_name_of(self.thing),
            kind=self.flow.name,
            problem=problem,
        ), status

    def _draw_again(self, form: Form, problem: Invalid | Refused) -> Any:
        if isinstance(problem, Invalid):
            show_problems(form, problem)
            return self.draw(problem.status)
        return self.draw(problem.status, problem.why)


def _leave(step: str, name: str, target: str) -> Any:
    """To the thing, or back to My work where the step was taken from there; that page has to say what it was about."""
    if not is_from_work():
        flash(gettext("Done: %(step)s", step=step), "good")
        return redirect(target, 303)
    flash(gettext("Done: %(step)s, %(name)s", step=step, name=name), "good")
    return redirect("/work", 303)


def is_from_work() -> bool:
    """Whether a button was pressed on My work."""
    return request.form.get("from") == "work"


def _name_of(thing: Any) -> str:
    """What people call the thing; one without a name of its own, such as an approval, is called by what it is about."""
    own = next((name for name in ("called", "title", "name", "reference") if getattr(thing, name, None)), None)
    if own:
        called = getattr(thing, own)
        return gettext(called) if isinstance(called, Words) else str(called)
    subject = all_subjects().get(thing.__tablename__)
    return subject.title(thing) if subject else ""


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
