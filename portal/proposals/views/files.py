"""The step of the form in which files are added to the text, changed and taken out."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, session

from portal.accounts.security import COOKIE_KEY
from portal.files.inputs import Part, Upload
from portal.files.store import Store
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, Words
from portal.proposals.actions import change_file, enclose_file, require_writable, take_out_file
from portal.proposals.forms import FilesForm
from portal.proposals.inputs import Enclosing
from portal.proposals.models import Proposal
from portal.proposals.policies import WRITER
from portal.proposals.queries import FULL, proposal_in_full
from portal.proposals.views.enclosed import file_form, file_lines
from portal.proposals.views.writing import FILES, after_part, draw_part
from portal.web.forms import show_problems
from portal.web.guards import loads
from portal.web.words import gettext, ngettext

bp = Blueprint("enclosing", __name__)
_AT = "/proposals/<ref(PR):id>/edit/files"
_AT_ONCE = 4  # files of the largest size
_AROUND_FILES = 100_000  # octets of a form besides its files


@bp.url_value_preprocessor
def _take_large_bodies(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A body as large as several files, from people who have signed in; it goes to disk as it comes."""
    if request.method == "POST" and COOKIE_KEY in session:
        request.max_content_length = _AT_ONCE * _store().limit_bytes + _AROUND_FILES


@bp.get(_AT)
@loads(Proposal, WRITER, options=FULL)
def edit_files(proposal: Proposal) -> Any:
    """The files that go with the text, and the form that adds to them."""
    require_writable(proposal)
    return draw_part(proposal, FILES, FilesForm(formdata=None), 200)


@bp.post(_AT)
@loads(Proposal, WRITER, options=FULL)
def add_files(proposal: Proposal) -> Any:
    """Add what was chosen, each file by itself, and go on; those that are refused are named."""
    require_writable(proposal)
    form, number, target = FilesForm(), proposal.id, _way_on(proposal)
    added = _added(proposal, form)
    if added:
        flash(ngettext("%(n)s file was added.", "%(n)s files were added.", added), "good")
    if form.errors:
        return draw_part(proposal_in_full(g.db, number), FILES, form, 422)
    return redirect(target, 303)


@bp.post(f"{_AT}/<string(maxlength=12):code>")
@loads(Proposal, WRITER, options=FULL)
def update_file(proposal: Proposal, code: str) -> Any:
    """Say what a file is, or take it out."""
    require_writable(proposal)
    form, target = file_form(code), f"{proposal.href}/edit/files"
    given = form.read(lambda mark, **said: (mark, Enclosing(**said)))
    if given is None:
        lines = file_lines(proposal, proposal.written, form)
        return draw_part(proposal, FILES, FilesForm(formdata=None), 422, lines=lines)
    _changed(proposal, code, *given)
    flash(gettext(N_("Saved. The team sees it.")), "good")
    return redirect(target, 303)


def _changed(proposal: Proposal, code: str, mark: str, given: Enclosing) -> None:
    """Change a file or take it out, as the button said; its bytes go once nothing has them."""
    with transaction(g.db):
        if request.form.get("do") != "take-out":
            change_file(g.db, proposal, code, given, actor=g.actor, mark=mark)
            return
        unused = take_out_file(g.db, proposal, code, actor=g.actor, mark=mark)
    if unused:
        _store().discard(unused)


def _way_on(proposal: Proposal) -> str:
    """Where the button leads that was pressed: off, to the next part, or back here."""
    way = request.form.get("go")
    if way == "leave":
        return proposal.href
    return f"{proposal.href}/edit/{after_part(proposal, FILES) if way == 'next' else FILES}"


def _added(proposal: Proposal, form: FilesForm) -> int:
    """How many were added; the form holds why others were not."""
    chosen: list[Part] = [part for part in form.files.data or () if part.filename]
    if not chosen and request.form.get("go") in ("leave", "next"):
        return 0
    given = form.read(lambda files, **said: Enclosing(**said))
    if not chosen:
        show_problems(form, Invalid("files", N_("Choose a file.")))
    if given is None:
        return 0
    if given.replaces and len(chosen) > 1:
        show_problems(form, Invalid("replaces", N_("Only one file can take the place of another. Choose one.")))
        return 0
    return sum(_is_added(proposal, form, part, given) for part in chosen)


def _is_added(proposal: Proposal, form: FilesForm, part: Part, given: Enclosing) -> bool:
    try:
        upload = Upload(part)
        with _store().keeping(part.stream) as kept, transaction(g.db):
            enclose_file(g.db, proposal, upload, kept, given, actor=g.actor)
    except Invalid as invalid:
        for problem in invalid.all():
            field = "replaces" if problem.field == "replaces" else "files"
            about = {"name": part.filename, "said": problem.why if isinstance(problem.why, Words) else Words(problem.why)}
            show_problems(form, Invalid(field, Words(N_("“%(name)s”: %(said)s"), about)))
        return False
    return True


def _store() -> Store:
    found: Store = current_app.extensions["files"]
    return found
