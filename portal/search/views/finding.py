"""The search page and its suggestions."""

import functools
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, redirect, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import ServiceUnavailable

from portal.kernel.errors import Missing
from portal.kernel.ids import parse_reference, reference
from portal.kernel.subjects import load_subject, subject_named
from portal.kernel.text import N_, folded
from portal.search.engine.errors import IndexBroken
from portal.search.engine.query import FACET_VALUES, Page
from portal.search.forms import PER_PAGE, Asked
from portal.search.tallying import Searching
from portal.search.views.asking import answer, generation, marked, named_values, question, searched, values_of
from portal.search.views.asking import index as the_index
from portal.search.views.shown import facets, otherwise, reading, with_reasons
from portal.web.caching import kept
from portal.web.guards import public
from portal.web.words import gettext as _

bp = Blueprint("finding", __name__)
COMPLETED = {
    "field": (N_("Fields"), "mortarboard"),
    "organisation": (N_("Organisations"), "building"),
    "place": (N_("Places"), "geo-alt"),
}
SUGGESTED = 3  # values of each facet in the list under the box
LONGEST_TITLE = 200
SHORTEST = 2  # letters before values are suggested
AGAIN = 30  # seconds until whoever met a broken index may ask again


def repaired_soon(_problem: IndexBroken) -> Any:
    """Whoever asked at the moment in which the index broke is asked to come back: the worker makes it anew."""
    return current_app.handle_user_exception(ServiceUnavailable(retry_after=AGAIN))


@bp.get("/search")
@functools.partial(kept, besides=generation)
@public
def index() -> Any:
    """Results with facets; a reference typed in goes straight to its page."""
    asked = Asked.from_args(request.args)
    if (straight := _reference_page(asked.text) or asked.typed_filters(named_values)) is not None:
        return redirect(straight, 303)
    page, broken = _found(asked)
    values = facets(asked, page) | _paging(asked, page)
    if page.ids:
        rows = searched().rows(g.db, g.actor, page.ids, marked(page))
        values["rows"] = with_reasons(asked, page, rows)
    if not page.ids and not broken:
        values |= otherwise(asked, values["chips"])
    return render_template("search/index.html", asked=asked, page_of=page, broken=broken, read=reading(asked), **values)


def _found(asked: Asked) -> tuple[Page, bool]:
    """The answer; that words were looked for is noted, once a walk through its pages."""
    started = time.perf_counter()
    page, broken = answer(question(asked))
    if asked.text and asked.page == 1 and not asked.at and not broken:
        spent = int((time.perf_counter() - started) * 1000)
        current_app.extensions["searches"].note(Searching(asked.text, page.total, spent))
    return page, broken


@bp.get("/search/suggest")
@public
def suggest() -> Any:
    """A fragment with titles, fields, organisations and places that complete what is being typed."""
    typed = request.args.get("q", "")[:100]
    groups = [(_("Listings"), _titles(typed)), *_filters(typed)] if generation() is not None else []
    return render_template("search/suggest.html", groups=[{"label": label, "rows": rows} for label, rows in groups if rows])


def title_of(asked: Asked) -> str:
    """What to call a search: its words, then its filters."""
    chips = facets(asked, answer(question(asked))[0])["chips"]
    said = " · ".join([*([asked.text] if asked.text else []), *(label for label, _address in chips)])
    return said[:LONGEST_TITLE] or _("Everything that is open")


def _paging(asked: Asked, page: Page) -> dict[str, Any]:
    """Where the page stands, and the addresses around it: its neighbours by the place of its first and last result."""
    shown = (max(asked.page, 2) if page.before else 1) if asked.at else asked.page
    last = max(-(-page.total // PER_PAGE), shown + bool(page.after))

    def address(wanted: int) -> str:
        at = {shown + 1: page.after, shown - 1: page.before}.get(wanted)
        return asked.address(page=wanted, at=at and str(at))

    pages: Callable[[int], str] = address
    return {"shown": shown, "last": last, "pages": pages}


def _titles(typed: str) -> list[dict[str, Any]]:
    found = the_index().suggest(typed, g.actor.reader_tokens, 8)
    rows = (
        searched().rows(g.db, g.actor, [c.id for c in found], lambda text, _most, _number: _marked(text, typed)) if found else []
    )
    return [
        {"text": row["title"], "href": row["href"], "icon": row["icon"], "note": _("Announced") if row["announced"] else None}
        for row in rows
    ]


def _filters(typed: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Values of facets with a word that begins so, and how much this person would find with each."""
    if len(folded(typed)) < SHORTEST:
        return
    for name, (label, icon) in COMPLETED.items():
        rows = [
            {"text": _marked(called, typed), "href": f"/search?{urlencode({name: value})}", "icon": icon, "count": count}
            for value, called, count in _begun(name, typed)
        ]
        yield _(label), rows


def _begun(name: str, typed: str) -> list[tuple[str, str, int]]:
    """The index knows organisations by number, so that names are compared here, of the most frequent ones."""
    if name != "organisation":
        return values_of(name, typed, SUGGESTED)
    wanted = f" {folded(typed)}"
    return [row for row in values_of(name, most=FACET_VALUES) if wanted in f" {folded(row[1])}"][:SUGGESTED]


def _reference_page(text: str) -> str | None:
    """The page of what a reference names, if this person may read it; to everybody else it is text like any other."""
    parsed = parse_reference(text)
    name = current_app.extensions["references"].get(parsed[0]) if parsed else None
    if parsed is None or name is None:
        return None
    try:
        thing = load_subject(g.db, name, parsed[1], actor=g.actor)
    except Missing:
        return None
    return subject_named(name).href(thing) if thing.reference == reference(*parsed) else None


def _marked(text: str, typed: str) -> Markup:
    start = text.lower().find(typed.strip().lower())
    if start < 0 or not typed.strip():
        return escape(text)
    end = start + len(typed.strip())
    return escape(text[:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>") + escape(text[end:])
