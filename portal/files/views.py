"""Adding, fetching and removing files. Lists of files are shown by the pages of the things they are on."""

from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, send_file

from portal.files.actions import add_file, check_again, remove_file
from portal.files.bundle import Packed, path_in
from portal.files.forms import UploadForm
from portal.files.inputs import Upload
from portal.files.models import File
from portal.files.policies import READ_OF, RECHECK
from portal.files.queries import SCANS, Named, checking, files_for, is_handed_out, readable_file
from portal.files.serving import archive, harmless, present, store, take_large_body
from portal.files.states import FileState
from portal.files.store import Store
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.policy import ADMIN
from portal.kernel.scopes import EVERYBODY
from portal.kernel.subjects import load_contents, load_subject, subject_named
from portal.kernel.text import N_
from portal.web.database import database_of
from portal.web.forms import show_problems
from portal.web.guards import loads, only, public, signed_in
from portal.web.words import gettext

bp = Blueprint("files", __name__)
_TO = "/files/to/<string:subject_type>/<int:subject_id>"
_ONE = "/files/<string:subject_type>/<int:subject_id>/<string:scope>/<int:version>/<string:name>"
_HELD = N_("This file is held back: the scanner found something in it.")
WAITING = FileState.WAITING


def init_files(app: Flask, kept: Store, *, scans: bool) -> None:
    """Keep uploads of `app` in `kept`; where a scanner looks at them, only what it found harmless is handed out."""
    app.extensions["files"] = kept
    database_of(app).info[SCANS] = app.jinja_env.globals["scans_files"] = scans


@bp.url_value_preprocessor
def _take_large_bodies(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A body as large as a file, on this one route."""
    if endpoint == "files.create":
        take_large_body()


@bp.get(_TO)
@signed_in
def new(subject_type: str, subject_id: int) -> Any:
    """The form alone: for the file of a message (`with`), named as its address names it."""
    thing = load_contents(g.db, subject_type, subject_id, actor=g.actor)
    form = UploadForm(data={"scope": EVERYBODY.key, "said_with": request.args.get("with", "")})
    return render_template("files/create.html", form=form, back=_page_of(thing))


@bp.post(_TO)
@signed_in
def create(subject_type: str, subject_id: int) -> Any:
    """Add a file to a thing, or another version of one, and go back to it."""
    thing = load_contents(g.db, subject_type, subject_id, actor=g.actor)
    form, back = UploadForm(), _page_of(thing)
    upload = form.read(Upload)
    if upload is None or not _added(form, subject_type, subject_id, upload):
        return render_template("files/create.html", form=form, back=back), 422
    flash(gettext(N_("“%(name)s” was added."), name=upload.name), "good")
    return redirect(f"/threads/{subject_type}/{subject_id}#messages" if upload.said_with else back, 303)


@bp.get(_ONE)
@public
def show(subject_type: str, subject_id: int, scope: str, version: int, name: str) -> Any:
    """The file itself, to be saved: it never runs or shows inside the portal."""
    file = readable_file(g.db, Named(subject_type, subject_id, scope, version, name), actor=g.actor)
    if not is_handed_out(g.db, file.state):
        raise Refused(N_("This file is being checked. Try again in a few minutes.") if file.state is WAITING else _HELD)
    path = store().path(file.stored_as)
    return harmless(send_file(path, mimetype=file.content_type, as_attachment=True, download_name=file.name, etag=file.sha256))


@bp.post(f"{_ONE}/remove")
@signed_in
def remove(subject_type: str, subject_id: int, scope: str, version: int, name: str) -> Any:
    """Take back a version one has added."""
    with transaction(g.db):
        file = remove_file(g.db, Named(subject_type, subject_id, scope, version, name), actor=g.actor)
        thing = load_subject(g.db, file.subject_type, file.subject_id, actor=g.actor)
    store().discard(file.stored_as)
    flash(gettext(N_("“%(name)s” was removed."), name=file.name), "good")
    return redirect(_page_of(thing), 303)


@bp.get("/files/all/<string:subject_type>/<int:subject_id>")
@public
def bundle(subject_type: str, subject_id: int) -> Any:
    """Every version of every file of a thing that this reader may fetch, in one archive with a manifest."""
    thing = load_contents(g.db, subject_type, subject_id, actor=g.actor)
    shelf = files_for(g.db, g.actor, subject_type, subject_id)
    files = present(one for newest in shelf for one in newest.versions)
    name = getattr(thing, "reference", f"{subject_type}-{subject_id}")
    return archive((Packed(path_in(file), file, file.scope.key, path) for file, path in files), f"{name}-files")


@bp.get("/files/held")
@only(ADMIN)
def index_held() -> Any:
    """What waits for the scanner, and what it found something in."""
    return render_template("files/index_held.html", checking=checking(g.db))


@bp.get("/files/held/<int(max=2147483647):id>")
@loads(File, READ_OF)
def show_held(file: File) -> Any:
    """What was found in a file, for whoever added it and for those who run the portal."""
    return render_template("files/show_held.html", file=file, mine=file.uploaded_by_id == g.actor.id, keeps=g.actor.is_admin)


@bp.post("/files/held/<int(max=2147483647):id>/check")
@loads(File, READ_OF, also=RECHECK)
def check(file: File) -> Any:
    """Let the scanner look at it once more."""
    with transaction(g.db):
        check_again(g.db, file, actor=g.actor)
    flash(gettext(N_("It is checked again.")), "good")
    return redirect("/files/held", 303)


def _page_of(thing: Any) -> str:
    return subject_named(thing.__tablename__).href(thing).partition("#")[0] + "#files"


def _added(form: UploadForm, subject_type: str, subject_id: int, upload: Upload) -> bool:
    try:
        with store().keeping(form.file.data.stream) as kept, transaction(g.db):
            add_file(g.db, subject_type, subject_id, upload, kept, actor=g.actor)
    except Invalid as invalid:
        show_problems(form, invalid)
        return False
    return True
