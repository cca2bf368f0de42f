"""Bringing in files of records: uploaded, looked at, sent to the worker, reported."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, current_app, flash, g, redirect, render_template, request, session
from sqlalchemy import select

from portal.accounts.security import COOKIE_KEY
from portal.imports.actions import choose_columns, discard_run, keep_upload, send_on_its_way, stop_run
from portal.imports.forms import ColumnsForm, UploadForm, columns_form
from portal.imports.inputs import ColumnsChosen, Uploaded
from portal.imports.models import ImportRun
from portal.imports.policies import IMPORTS, KEEPER
from portal.imports.preview import Preview, looked_at
from portal.imports.queries import WITH_ASKER, each_refusal, mappings_for, refusals_of, runs_for
from portal.imports.states import OPEN, RUNNING, ImportState
from portal.imports.terms import Uploadable
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing
from portal.kernel.policy import Role
from portal.kernel.spreadsheets import csv_pieces
from portal.kernel.subjects import subject_named
from portal.kernel.text import N_
from portal.web.forms import attempt, show_problems
from portal.web.guards import loads, only
from portal.web.words import gettext

bp = Blueprint("imports", __name__)
_BY_ID = "/imports/<int(max=2147483647):id>"
_AROUND_A_FILE = 100_000  # octets of a form besides its file


def init_imports(app: Flask, store: Any, uploads: Mapping[str, Uploadable]) -> None:
    """Keep uploaded files of records in `store`, and take in the kinds of `uploads`."""
    app.extensions["uploads"] = store
    app.extensions["uploadable"] = uploads


@bp.url_value_preprocessor
def _take_large_bodies(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A body as large as a file, on this one route and from people who have signed in; it goes to disk as it comes."""
    if endpoint == "imports.create" and COOKIE_KEY in session:
        request.max_content_length = _store().limit_bytes + _AROUND_A_FILE


@bp.get("/imports")
@only(IMPORTS)
def index() -> Any:
    """The files of those organisations that this person looks after, the newest first."""
    return render_template("imports/index.html", runs=runs_for(g.db, g.actor), uploads=_uploads(), names=dict(_organisations()))


@bp.get("/imports/new")
@only(IMPORTS)
def new() -> Any:
    """The file and what it holds, asked."""
    return _ask(_upload_form(), 200)


@bp.post("/imports/new")
@only(IMPORTS)
def create() -> Any:
    """Keep the file and show how it is read."""
    form = _upload_form()
    given = form.read(Uploaded)
    run = _kept(form, given) if given else None
    return redirect(run.href, 303) if run else _ask(form, 422)


@bp.get(_BY_ID)
@loads(ImportRun, KEEPER, options=WITH_ASKER)
def show(run: ImportRun) -> Any:
    """Where it stands: how it is read, how far the worker is, what became of it."""
    seen = _seen(run)
    return _draw(run, seen, columns_form(seen.headers, _uploads()[run.kind].fields) if seen else None, 200)


@bp.post(f"{_BY_ID}/columns")
@loads(ImportRun, KEEPER, options=WITH_ASKER)
def update_columns(run: ImportRun) -> Any:
    """Read the columns as chosen from now on."""
    seen = _seen(run)
    if seen is None:
        return redirect(run.href, 303)
    form = columns_form(seen.headers, _uploads()[run.kind].fields)
    _, status = attempt(form, _reader(seen.headers), lambda chosen: choose_columns(g.db, run, chosen, actor=g.actor))
    return redirect(f"{run.href}#rows", 303) if status == 303 else _draw(run, seen, form, status)


@bp.post(f"{_BY_ID}/columns/<int(max=2147483647):mapping>")
@loads(ImportRun, KEEPER)
def use_columns(run: ImportRun, mapping: int) -> Any:
    """Read the columns as they were kept before."""
    kept = next((each for each in mappings_for(g.db, run) if each.id == mapping), None)
    if kept is None:
        raise Missing
    with transaction(g.db):
        choose_columns(g.db, run, ColumnsChosen(kept.columns), actor=g.actor)
    return redirect(f"{run.href}#rows", 303)


@bp.post(f"{_BY_ID}/check")
@loads(ImportRun, KEEPER)
def check(run: ImportRun) -> Any:
    """Have the whole file gone through; nothing comes in."""
    return _sent(run, ImportState.CHECKING)


@bp.post(f"{_BY_ID}/start")
@loads(ImportRun, KEEPER)
def start(run: ImportRun) -> Any:
    """In earnest."""
    return _sent(run, ImportState.IMPORTING)


@bp.post(f"{_BY_ID}/stop")
@loads(ImportRun, KEEPER)
def stop(run: ImportRun) -> Any:
    """After the batch that it is at."""
    with transaction(g.db):
        stop_run(g.db, run, actor=g.actor)
    flash(gettext(N_("It stops after the records it is at. What came in stays.")), "good")
    return redirect(run.href, 303)


@bp.post(f"{_BY_ID}/remove")
@loads(ImportRun, KEEPER)
def destroy(run: ImportRun) -> Any:
    """The file and its report go."""
    with transaction(g.db):
        discard_run(g.db, run, actor=g.actor)
    _store().discard(run.stored_as)
    flash(gettext(N_("“%(name)s” was removed. What came in with it stays."), name=run.name), "good")
    return redirect("/imports", 303)


@bp.get(f"{_BY_ID}/refused.csv")
@loads(ImportRun, KEEPER)
def refused(run: ImportRun) -> Any:
    """All that was left out, as a table."""
    head = [gettext(word) for word in (N_("Line"), N_("Id"), N_("Field"), N_("Reason"))]
    rows = [[str(each.line), each.source_id, each.field, gettext(each.why)] for each in each_refusal(g.db, run.id)]
    named = {"Content-Disposition": f"attachment; filename=refused-{run.id}.csv"}
    return Response(csv_pieces([head, *rows]), mimetype="text/csv", headers=named)


def _sent(run: ImportRun, state: ImportState) -> Any:
    with transaction(g.db):
        send_on_its_way(g.db, run, state, actor=g.actor)
    return redirect(run.href, 303)


def _ask(form: UploadForm, status: int) -> Any:
    own = {name: each.fields for name, each in _uploads().items() if each.own}
    return render_template("imports/new.html", form=form, uploads=_uploads(), own=own), status


def _draw(run: ImportRun, seen: Preview | None, form: ColumnsForm | None, status: int) -> Any:
    page = render_template(
        "imports/show.html",
        run=run,
        uploadable=_uploads()[run.kind],
        seen=seen,
        form=form,
        mappings=mappings_for(g.db, run) if seen and seen.headers else (),
        refusals=refusals_of(g.db, run.id) if run.counts.get("refused") else (),
        is_running=run.state in RUNNING,
    )
    return page, status


def _seen(run: ImportRun) -> Preview | None:
    """How the file is read, as long as that can still be changed."""
    try:
        return looked_at(g.db, _store().path(run.stored_as), _uploads()[run.kind], run.columns) if run.state in OPEN else None
    except Missing:
        return None


def _reader(headers: Sequence[tuple[str, str]]) -> Any:
    def make(name: str = "", **columns: str) -> ColumnsChosen:
        return ColumnsChosen({header: columns[f"column_{n}"] for n, (header, _) in enumerate(headers)}, name)

    return make


def _kept(form: UploadForm, given: Uploaded) -> ImportRun | None:
    try:
        with _store().keeping(form.file.data.stream) as kept, transaction(g.db):
            return keep_upload(g.db, given, kept, _uploads(), actor=g.actor)
    except Invalid as invalid:
        show_problems(form, invalid)
        return None


def _upload_form() -> UploadForm:
    return UploadForm(_organisations(), _uploads(), public=g.actor.is_admin)


def _organisations() -> list[tuple[int, str]]:
    """Those that this person looks after, by name."""
    model: Any = subject_named("organisation").model
    mine = select(model.id, model.name).where(model.id.in_(g.actor.organisations_as(Role.ADMINISTRATOR)))
    return [(row.id, row.name) for row in g.db.execute(mine.order_by(model.name))]


def _uploads() -> Mapping[str, Uploadable]:
    found: Mapping[str, Uploadable] = current_app.extensions["uploadable"]
    return found


def _store() -> Any:
    return current_app.extensions["uploads"]
