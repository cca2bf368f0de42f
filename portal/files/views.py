"""Adding, fetching and removing files. Lists of files are shown by the pages of the things they are on."""

from typing import Any

from flask import Blueprint, Flask, current_app, flash, g, redirect, render_template, request, send_file, session

from portal.accounts.security import COOKIE_KEY
from portal.files.actions import add_file, remove_file
from portal.files.forms import UploadForm
from portal.files.inputs import Upload
from portal.files.queries import readable_file
from portal.files.store import Store
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing
from portal.kernel.subjects import load_subject, subject_named
from portal.kernel.text import N_
from portal.web.forms import show_problems
from portal.web.guards import public, signed_in
from portal.web.words import gettext

bp = Blueprint("files", __name__)
_AROUND_A_FILE = 100_000  # octets of a form besides its file
_HARMLESS = "sandbox; default-src 'none'"


def init_files(app: Flask, store: Store) -> None:
    """Keep uploads of `app` in `store`."""
    app.extensions["files"] = store


@bp.url_value_preprocessor
def _take_large_bodies(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A body as large as a file, on this one route and from people who have signed in; it goes to disk as it comes."""
    if endpoint == "files.create" and COOKIE_KEY in session:
        request.max_content_length = _store().limit_bytes + _AROUND_A_FILE


@bp.post("/files/to/<string:subject_type>/<int:subject_id>")
@signed_in
def create(subject_type: str, subject_id: int) -> Any:
    """Add a file to a thing and go back to it."""
    thing = load_subject(g.db, subject_type, subject_id, actor=g.actor)
    back = subject_named(subject_type).href(thing).partition("#")[0] + "#files"
    form = UploadForm()
    upload = form.read(Upload)
    if upload is None or not _added(form, subject_type, subject_id, upload):
        return render_template("files/create.html", form=form, back=back), 422
    flash(gettext(N_("“%(name)s” was added."), name=upload.name), "good")
    return redirect(back, 303)


@bp.get("/files/<int:id>/<string:name>")
@public
def show(id: int, name: str) -> Any:
    """The file itself, to be saved: it never runs or shows inside the portal."""
    file = readable_file(g.db, id, actor=g.actor)
    if file.name != name:
        raise Missing
    path = _store().path(file.stored_as)
    response = send_file(path, mimetype=file.content_type, as_attachment=True, download_name=file.name, etag=file.sha256)
    response.headers["Content-Security-Policy"] = _HARMLESS
    return response


@bp.post("/files/<int:id>/remove")
@signed_in
def remove(id: int) -> Any:
    """Take back a file one has added."""
    with transaction(g.db):
        file = remove_file(g.db, id, actor=g.actor)
        thing = load_subject(g.db, file.subject_type, file.subject_id, actor=g.actor)
    _store().discard(file.stored_as)
    flash(gettext(N_("“%(name)s” was removed."), name=file.name), "good")
    return redirect(subject_named(file.subject_type).href(thing).partition("#")[0] + "#files", 303)


def _store() -> Store:
    found: Store = current_app.extensions["files"]
    return found


def _added(form: UploadForm, subject_type: str, subject_id: int, upload: Upload) -> bool:
    try:
        with _store().keeping(form.file.data.stream) as kept, transaction(g.db):
            add_file(g.db, subject_type, subject_id, upload, kept, actor=g.actor)
    except Invalid as invalid:
        show_problems(form, invalid)
        return False
    return True
