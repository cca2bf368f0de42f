"""The papers of a collaboration: filed, versioned, locked, removed, and fetched all at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, g, redirect, render_template

from portal.collaborations.actions import change_document, file_document
from portal.collaborations.forms import DocumentForm, NewDocumentForm
from portal.collaborations.inputs import DocumentEntry
from portal.collaborations.models import Collaboration, Document
from portal.collaborations.policies import DOCUMENT_FILES, DOCUMENT_KEEPS, DOCUMENT_READ, DOCUMENT_WRITES, SEES, accesses_for
from portal.collaborations.queries import DOCUMENT, FULL, documents_of
from portal.collaborations.views.asking import Asking, asked, standing, tried
from portal.collaborations.workflow import DOCUMENT_FLOW
from portal.files.bundle import Packed
from portal.files.inputs import Upload
from portal.files.queries import series_of
from portal.files.serving import archive, present, store, take_large_body
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.text import N_, free_slug
from portal.web.forms import ReasonForm, show_problems
from portal.web.guards import loads
from portal.web.steps import add_steps
from portal.web.words import gettext as _

bp = Blueprint("documents", __name__)
_FILE = N_("File a document")


@bp.url_value_preprocessor
def _take_large_bodies(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A body as large as a file, on this one route."""
    if endpoint == "collaborations.documents.create":
        take_large_body()


@bp.get("/collaborations/<ref(CO):id>/documents")
@loads(Collaboration, SEES, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """Those that the reader may read, by category, each with its newest version."""
    documents = documents_of(g.db, g.actor, collaboration)
    page: dict[str, Any] = {"documents": documents, "newest": _newest(documents)}
    page["may_file"] = DOCUMENT_FILES.holds(g.actor, collaboration)
    page["standing"] = standing(collaboration, g.actor)
    return render_template("collaborations/documents.html", collaboration=collaboration, **page)


@bp.get("/collaborations/<ref(CO):id>/documents/all")
@loads(Collaboration, SEES, options=FULL)
def bundle(collaboration: Collaboration) -> Any:
    """Every version of every document that the reader may read, in one archive with a manifest."""
    documents = documents_of(g.db, g.actor, collaboration)
    return archive(_packed(documents), f"{collaboration.reference}-documents")


def _packed(documents: Sequence[Document]) -> Iterator[Packed]:
    """By category and title; of one title twice the second lies in a folder with a number."""
    newest, taken = _newest(documents), set[str]()
    for document in documents:
        if document.id not in newest:
            continue
        name = free_slug(document.title, taken)
        taken.add(name)
        for file, path in present(newest[document.id].versions):
            yield Packed(
                f"{document.category.value}/{name}/version-{file.version}/{file.name}", file, _(document.access.label), path
            )


def _newest(documents: Sequence[Document]) -> Any:
    return series_of(g.db, Document.__tablename__, [one.id for one in documents])


@bp.get("/collaborations/<ref(CO):id>/documents/new")
@loads(Collaboration, SEES, options=FULL, also=DOCUMENT_FILES)
def new(collaboration: Collaboration) -> Any:
    """What it is called, who reads it, and the file."""
    form = NewDocumentForm(accesses_for(g.actor, collaboration))
    return asked(form, collaboration, _FILE, _FILE)


@bp.post("/collaborations/<ref(CO):id>/documents/new")
@loads(Collaboration, SEES, options=FULL, also=DOCUMENT_FILES)
def create(collaboration: Collaboration) -> Any:
    """File it with its first version."""
    form = NewDocumentForm(accesses_for(g.actor, collaboration))
    given = form.read(_given)
    document = _filed(form, collaboration, *given) if given else None
    if document is None:
        return asked(form, collaboration, _FILE, _FILE)
    return redirect(document.href, 303)


def _given(file: Any = None, **fields: Any) -> tuple[DocumentEntry, Upload]:
    return DocumentEntry(**fields), Upload(file)


def _filed(form: NewDocumentForm, collaboration: Collaboration, entry: DocumentEntry, upload: Upload) -> Document | None:
    try:
        with store().keeping(form.file.data.stream) as kept, transaction(g.db):
            return file_document(g.db, collaboration, entry, upload, kept, actor=g.actor)
    except Invalid as invalid:
        show_problems(form, invalid)
    except Refused as refused:
        form.refusal = _(refused.why)
    return None


@bp.get("/documents/<int:id>")
@loads(Document, DOCUMENT_READ, options=DOCUMENT)
def document(document: Document) -> Any:
    """Its versions, who reads it, and what can be done with it; of a removed one who did that, when and why."""
    page: dict[str, Any] = {"newest": _newest([document]).get(document.id), "collaboration": document.collaboration}
    page["offered"] = DOCUMENT_FLOW.offered(g.actor, document, session=g.db)
    page["step_url"] = lambda action: f"{document.href}/steps/{action}"
    page["may_add"] = DOCUMENT_WRITES.holds(g.actor, document)
    page["may_change"] = DOCUMENT_KEEPS.holds(g.actor, document)
    return render_template("collaborations/document.html", document=document, **page)


@bp.route("/documents/<int:id>/edit", methods=["GET", "POST"])
@loads(Document, DOCUMENT_READ, options=DOCUMENT, also=DOCUMENT_KEEPS)
def edit_document(document: Document) -> Any:
    """Another title, category or readers."""
    offered = accesses_for(g.actor, document.collaboration)
    now = {"title": document.title, "category": document.category.value, "access": document.access.value}
    form = DocumentForm(offered, data=now)
    words = Asking(N_("Change the document"), N_("Save"), N_("The document is changed."), "", document.href)
    return tried(form, document.collaboration, words, DocumentEntry, lambda e: change_document(g.db, document, e, actor=g.actor))


add_steps(
    bp,
    "/documents/<int:id>",
    DOCUMENT_FLOW,
    loads(Document, DOCUMENT_READ, options=DOCUMENT),
    forms={Reason: ReasonForm},
    href=lambda document: str(document.href),
)
