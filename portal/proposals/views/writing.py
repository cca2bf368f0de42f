"""Writing a proposal in parts. Each part saves for itself; nothing typed is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Stale
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step
from portal.proposals.actions import keep_part, require_writable, save_content
from portal.proposals.forms import ASKED, PARTS, PartForm, PartKeptForm, answers_form
from portal.proposals.inputs import Content, PartKept
from portal.proposals.models import Proposal
from portal.proposals.policies import AUTHOR, WRITER
from portal.proposals.queries import FULL, co_authors_of, compute_offer, draft_at, own_questions, proposal_in_full
from portal.proposals.views.approving import approvals_after
from portal.proposals.views.enclosed import FileLine, file_lines
from portal.proposals.views.sections import keeping_of, names_of, sections_of, writers_of
from portal.proposals.workflow import PROPOSAL_FLOW, are_harmless, file_gaps, gaps, is_complete
from portal.web.forms import attempt, show_problems
from portal.web.guards import loads
from portal.web.merging import clashes_between, merge, typed_in
from portal.web.rows import reshaped
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

bp = Blueprint("writing", __name__)
CHECK, FILES = "check", "files"
LABELS = {
    "summary": N_("Summary"),
    "team": N_("Team"),
    "plan": N_("Work plan"),
    "budget": N_("Budget"),
    "rights": N_("Data and rights"),
    FILES: N_("Files"),
    ASKED: N_("Their questions"),
    CHECK: N_("Check and submit"),
}


@dataclass(frozen=True)
class PartLink:
    """One part in the row of steps above the form."""

    label: str
    href: str
    done: bool
    current: bool


@dataclass(frozen=True)
class Obstacle:
    """Something to mend before submitting, and where."""

    why: str | Words
    href: str | None


@bp.get("/proposals/<ref(PR):id>/edit/<string:step>")
@loads(Proposal, WRITER, options=FULL)
def edit(proposal: Proposal, step: str) -> Any:
    """One part with what is saved, or the check before submitting."""
    content = _writable(proposal)
    if step == CHECK:
        return _draw_check(proposal, content)
    return draw_part(proposal, step, resumed(_as_saved(proposal, step)), 200)


@bp.post("/proposals/<ref(PR):id>/edit/<string:step>")
@loads(Proposal, WRITER, options=FULL)
def update(proposal: Proposal, step: str) -> Any:
    """Save one part, and go on or leave; a button that adds or removes a row only draws the form again."""
    _writable(proposal)
    form = _part(proposal, step)()
    if reshaped(form, request.form):
        return draw_part(proposal, step, form, 200)
    if "merge" in request.form and not merge(form, _as_saved(proposal, step), request.form):
        return _draw_merge(proposal, step, form, 422)
    return _saved(proposal, step, form)


@bp.post("/proposals/<ref(PR):id>/edit/<string:step>/owner")
@loads(Proposal, WRITER, options=FULL)
def update_owner(proposal: Proposal, step: str) -> Any:
    """Say who writes the part, and whether it is done."""
    _writable(proposal)
    _part(proposal, step)
    form, target = PartKeptForm(writers_of(proposal)), f"{proposal.href}/edit/{step}"
    done, status = attempt(form, PartKept, lambda given: _kept(proposal, step, given))
    if done is None:
        return draw_part(proposal, step, _as_saved(proposal, step), status, keeping=form)
    flash(gettext(N_("Saved. The team sees it.")), "good")
    return redirect(target, 303)


def _kept(proposal: Proposal, step: str, given: PartKept) -> bool:
    keep_part(g.db, proposal, step, given, actor=g.actor)
    return True


def _saved(proposal: Proposal, step: str, form: PartForm) -> Any:
    """Save this part into the whole as it stands: where others saved other parts meanwhile, there is nothing to ask."""
    number, leaving, saved = proposal.id, request.form.get("go") == "leave", _as_saved(proposal, step)
    target = proposal.href if leaving else f"{proposal.href}/edit/{after_part(proposal, step)}"
    content = form.content(_writable(proposal))
    if content is None:
        return draw_part(proposal, step, form, 422)
    seen = saved.seen if form.is_over(saved) else form.seen
    try:
        with transaction(g.db):
            save_content(g.db, proposal, content, actor=g.actor, version=seen)
    except Stale:
        return _met(proposal_in_full(g.db, number), step, form)
    except Invalid as invalid:
        show_problems(form, invalid)
        return draw_part(proposal_in_full(g.db, number), step, form, 422)
    settle()
    if leaving:
        flash(gettext(N_("Saved. Only your side can read it.")), "good")
    return redirect(target, 303)


def _met(proposal: Proposal, step: str, form: PartForm) -> Any:
    """Somebody saved first: another part, the same words, or something that has to be put together with what was typed."""
    saved = _as_saved(proposal, step)
    if form.is_over(saved) or not clashes_between(form, saved):
        form.drawn_from(saved)
        return _saved(proposal, step, form)
    return _draw_merge(proposal, step, form, 409)


def _draw_merge(proposal: Proposal, step: str, form: PartForm, status: int) -> Any:
    """What is saved beside what was typed, which the page carries along; nothing is chosen unasked."""
    saved = _as_saved(proposal, step)
    form.offer(proposal.written)
    form.drawn_from(saved)
    clashes = clashes_between(form, saved, request.form if "merge" in request.form else None)
    page = {"proposal": proposal, "form": form, "here": step, "labels": LABELS, "missing": status == 422}
    carried, leaving = typed_in(form), request.form.get("go") == "leave"
    return render_template("proposals/merge.html", clashes=clashes, carried=carried, leaving=leaving, **page), status


def _as_saved(proposal: Proposal, step: str) -> PartForm:
    """The part as it is saved."""
    content = proposal.written
    form = _part(proposal, step).of(content, proposal.version)
    form.offer(content)
    form.drawn_from(form)
    return form


def draw_part(
    proposal: Proposal,
    step: str,
    form: PartForm,
    status: int,
    *,
    keeping: PartKeptForm | None = None,
    lines: Sequence[FileLine] | None = None,
) -> Any:
    """The page of one part; `lines` of the files that are there, where one of them is to be drawn with its problem."""
    content = proposal.written
    form.offer(content)
    names, parts = list(labels_of(proposal)), _links(proposal, content, step)
    begun = any(part.done and part.current for part in parts)  # nobody is told off for what they have not begun
    return render_template(
        f"proposals/edit_{step}.html",
        proposal=proposal,
        content=content,
        form=form,
        parts=parts,
        back=names[names.index(step) - 1] if names.index(step) else None,
        after=after_part(proposal, step),
        here=step,
        labels=LABELS,
        gaps=[gap for gap in gaps(content, own_questions(g.db, proposal)) if gap.part == step and begun],
        keeping=keeping or keeping_of(proposal, step),
        lines=file_lines(proposal, content) if lines is None and step == FILES else lines,
    ), status


def _draw_check(proposal: Proposal, content: Content) -> Any:
    return render_template(
        "proposals/edit_check.html",
        proposal=proposal,
        content=content,
        parts=_links(proposal, content, CHECK),
        obstacles=_obstacles(proposal, content),
        offer=compute_offer(g.db, g.actor, content.compute_listing),
        files_at=draft_at(proposal),
        sections=sections_of(proposal, labels_of(proposal), names_of(proposal, co_authors_of(g.db, proposal.id)), writes=True),
        submits=AUTHOR.holds(g.actor, proposal),
        approvals=approvals_after(proposal, content),
        back=list(labels_of(proposal))[-2],
        labels=LABELS,
    )


def _obstacles(proposal: Proposal, content: Content) -> list[Obstacle]:
    """What the text lacks, each with its field; then, for whoever may submit, every other reason against doing so now."""
    row = PROPOSAL_FLOW["submit"]
    step = Step(g.db, proposal, g.actor, row, came_from=proposal.state)
    found = (*gaps(content, own_questions(g.db, proposal)), *file_gaps(g.db, proposal, content))
    lacking = [Obstacle(gap.why, f"{proposal.href}/edit/{gap.part}#{gap.field}") for gap in found]
    if not AUTHOR.holds(g.actor, proposal):
        return lacking
    refusing = [why for guard in row.guards if guard not in (is_complete, are_harmless) and (why := guard(step))]
    return lacking + [Obstacle(why, None) for why in refusing]


def _links(proposal: Proposal, content: Content, here: str) -> list[PartLink]:
    done = {
        "summary": bool(content.summary),
        "team": bool(content.team),
        "plan": bool(content.packages),
        "budget": content.asked_minor + content.own_minor > 0,
        "rights": content.results_owner is not None,
        FILES: bool(content.files),
        ASKED: bool(content.answers),
    }
    return [
        PartLink(gettext(label), f"{proposal.href}/edit/{name}", done.get(name, False), name == here)
        for name, label in labels_of(proposal).items()
    ]


def _writable(proposal: Proposal) -> Content:
    require_writable(proposal)
    return proposal.written


def _part(proposal: Proposal, step: str) -> type[PartForm]:
    if step in PARTS:
        return PARTS[step]
    if step not in labels_of(proposal) or step == CHECK:
        raise Missing
    questions = own_questions(g.db, proposal)
    content = proposal.written
    addresses = (str(given.value) for given in content.answers if given.names_address)
    earlier = {address: address.rpartition("/")[2] for address in addresses}
    return answers_form(questions, earlier | {one.code: one.name for one in content.files})


def labels_of(proposal: Proposal) -> dict[str, str]:
    """The steps of this proposal's form: whether there are questions is for the listing's owner."""
    asks = bool(own_questions(g.db, proposal).questions)
    return {name: label for name, label in LABELS.items() if asks or name != ASKED}


def after_part(proposal: Proposal, step: str) -> str:
    """The step that comes after this one."""
    names = list(labels_of(proposal))
    return names[names.index(step) + 1]
