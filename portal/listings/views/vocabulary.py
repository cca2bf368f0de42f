"""Vocabularies: what is in them, and tending their terms."""

from typing import Any

from flask import flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_, one_line
from portal.listings.actions import add_term, merge_term, retire_term, reword_term
from portal.listings.forms import MergeTermForm, NewTermForm, TermForm
from portal.listings.inputs import NewTerm, TermText
from portal.listings.queries import VOCABULARIES, filed_under, schemes, term_tended, terms_like, terms_page
from portal.listings.views.mount import bp
from portal.web.forms import attempt, translated_choices
from portal.web.guards import only, signed_in
from portal.web.limits import Limit, limited
from portal.web.words import gettext

_LABELS = {"fields": N_("Field of research"), "skills": N_("Skill")}
SHORTEST = 2  # letters before terms are suggested
LOOKUPS = Limit("terms of vocabularies", "120 per minute", lambda: str(g.actor.id))
_BY_ID = "/admin/vocabularies/<string:kind>/<int(max=2147483647):id>"


@bp.get("/vocabularies/<string:kind>")
@signed_in
@limited(LOOKUPS)
def suggest_terms(kind: str) -> Any:
    """Terms for a form that fills in a field, as a fragment."""
    words = one_line(request.args.get("q", ""))[:100]
    found = terms_like(g.db, kind, words) if len(words) >= SHORTEST else ()
    rows = [{"text": term.label, "value": term.code if kind == "fields" else term.label} for term in found]
    return render_template("search/suggest.html", groups=[{"label": gettext(_LABELS[kind]), "rows": rows}] if rows else [])


@bp.get("/admin/vocabularies")
@only(ADMIN)
def index_terms() -> Any:
    """The vocabularies, and the terms of one of them or of all of a kind, by label."""
    asked = {name: one_line(request.args.get(name, ""))[:100] for name in ("of", "scheme", "q")}
    kind = asked["of"] or "fields"
    found = terms_page(g.db, kind, asked["scheme"], asked["q"], request.args.get("after"))
    shown = {"kind": kind, "scheme": asked["scheme"], "q": asked["q"], "found": found}
    return render_template("listings/index_terms.html", schemes=schemes(g.db), labels=_LABELS, **shown)


@bp.get("/admin/vocabularies/new")
@only(ADMIN)
def new_term() -> Any:
    """A term of our own, asked."""
    return _ask(_new_form(), 200)


@bp.post("/admin/vocabularies/new")
@only(ADMIN)
def create_term() -> Any:
    """Add it."""
    form = _new_form()
    model = VOCABULARIES.get(form.kind.data or "", VOCABULARIES["fields"])

    def make(kind: str = "", **given: Any) -> NewTerm:
        return NewTerm(**given)

    made, status = attempt(form, make, lambda given: add_term(g.db, model, given, actor=g.actor))
    return _done(N_("The term is added."), _href(made)) if made else _ask(form, status)


@bp.get(_BY_ID)
@only(ADMIN)
def edit_term(kind: str, id: int) -> Any:
    """One term, and what can be done with it."""
    term = term_tended(g.db, kind, id)
    told = "\n".join(f"{language}: {word}" for language, word in term.translations.items())
    return _draw(term, TermForm(data={"label": term.label, "translations": told}), MergeTermForm(formdata=None), 200)


@bp.post(_BY_ID)
@only(ADMIN)
def update_term(kind: str, id: int) -> Any:
    """Let it read otherwise."""
    term, form = term_tended(g.db, kind, id), TermForm()
    _, status = attempt(form, TermText, lambda given: reword_term(g.db, term, given, actor=g.actor))
    if status != 303:
        return _draw(term, form, MergeTermForm(formdata=None), status)
    return _done(N_("It reads so from now on."), _href(term))


@bp.post(f"{_BY_ID}/merge")
@only(ADMIN)
def merge_terms(kind: str, id: int) -> Any:
    """Let another term stand for it."""
    term, form = term_tended(g.db, kind, id), MergeTermForm()
    into, status = attempt(form, _code_in, lambda code: merge_term(g.db, term, code, actor=g.actor))
    if into is None:
        return _draw(term, TermForm(formdata=None, data={"label": term.label}), form, status)
    return _done(N_("They are one term now."), _href(into))


@bp.post(f"{_BY_ID}/retire")
@only(ADMIN)
def retire(kind: str, id: int) -> Any:
    """Offer it no longer, or again where `again` is sent."""
    with transaction(g.db):
        term = term_tended(g.db, kind, id)
        retire_term(g.db, term, retired=not request.form.get("again"), actor=g.actor)
    return _done(N_("It is offered again.") if request.form.get("again") else N_("It is no longer offered."), _href(term))


def _code_in(code: str | None) -> str:
    return one_line(code or "")[:200]


def _href(term: Any) -> str:
    kind = next(word for word, model in VOCABULARIES.items() if isinstance(term, model))
    return f"/admin/vocabularies/{kind}/{term.id}"


def _done(sentence: str, address: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(address, 303)


def _new_form() -> NewTermForm:
    form = NewTermForm()
    form.kind.choices = translated_choices(list(_LABELS.items()))
    return form


def _ask(form: NewTermForm, status: int) -> Any:
    return render_template("listings/new_term.html", form=form), status


def _draw(term: Any, form: TermForm, merging: MergeTermForm, status: int) -> Any:
    shown = {"form": form, "merging": merging, "filed": filed_under(g.db, term), "href": _href(term)}
    return render_template("listings/edit_term.html", term=term, **shown), status
