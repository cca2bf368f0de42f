"""The search page, its suggestions, and the command that rebuilds the index."""

import functools
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from markupsafe import Markup, escape

from portal.kernel.ids import parse_reference, reference
from portal.search.engine.errors import IndexBroken
from portal.search.engine.highlight import highlight
from portal.search.engine.index import WhooshIndex
from portal.search.engine.query import Page
from portal.search.forms import PER_PAGE, SWITCHES, Asked
from portal.search.sources import Searched
from portal.web.caching import kept
from portal.web.guards import public
from portal.web.words import gettext as _

bp = Blueprint("search", __name__)
OFFERED = 12  # options of a facet that are shown, besides those chosen
_NOTHING = Page((), 0, {}, None, (), 0)


def _generation() -> int | None:
    """The state of the index, which follows the log a moment later."""
    try:
        return _index().generation
    except IndexBroken:
        return None


@bp.get("/search")
@functools.partial(kept, besides=_generation)
@public
def index() -> Any:
    """Results with facets; a reference typed in goes straight to its page."""
    asked = Asked.from_args(request.args)
    if (straight := _reference_page(asked.text)) is not None:
        return redirect(straight, 303)
    page, broken = _ask(asked)
    values = _facets(asked, page) | {"per_page": PER_PAGE, "pages": lambda number: asked.address(page=number)}
    if page.ids:
        values["rows"] = _searched().rows(g.db, g.actor, page.ids, lambda text, most: highlight(text, page.terms, most))
    return render_template("search/index.html", asked=asked, page_of=page, broken=broken, **values)


@bp.get("/search/suggest")
@public
def suggest() -> Any:
    """A fragment with titles that complete what is being typed."""
    typed = request.args.get("q", "")[:100]
    try:
        found = _index().suggest(typed, g.actor.reader_tokens, 8)
    except IndexBroken:
        found = ()
    rows = _searched().rows(g.db, g.actor, [c.id for c in found], lambda text, _most: _marked(text, typed)) if found else []
    items = [{"text": row["title"], "href": row["href"], "icon": row["icon"], "count": None} for row in rows]
    return render_template("search/suggest.html", groups=[{"label": _("Listings"), "rows": items}] if items else [])


def _ask(asked: Asked) -> tuple[Page, bool]:
    try:
        return _index().search(asked.query(g.actor)), False
    except IndexBroken:
        return _NOTHING, True


def _facets(asked: Asked, page: Page) -> dict[str, Any]:
    """The facets' options with labels, the chips of the filters that are on, and the tabs of kinds."""
    searched = _searched()
    on = asked.filters
    offered = {
        name: [(value, count) for place, (value, count) in enumerate(counts) if place < OFFERED or value in on.get(name, ())]
        for name, counts in page.facets.items()
    }
    counted = [int(value) for value, _count in offered.get("organisation", ()) if value.isdigit()]
    names = searched.organisations(g.db, counted) if counted else {}
    labels: dict[str, Mapping[str, str]] = {
        "organisation": {str(number): name for number, name in names.items()},
        "kind": {value: _(label) for value, label in searched.kinds.items()},
        "remote": {"yes": _("Remote possible")},
        "paid": {"yes": _("Paid or funded")},
    }

    def options(name: str) -> list[dict[str, Any]]:
        known = labels.get(name)
        return [
            {"value": value, "label": known[value] if known else value, "count": count, "on": value in on.get(name, ())}
            for value, count in offered.get(name, ())
            if known is None or value in known
        ]

    chips = [
        (labels.get(name, {}).get(value, value), asked.without(name, value)) for name, values in on.items() for value in values
    ]
    counts = dict(page.facets.get("kind", ()))
    kinds = [(value, _(label), counts.get(value, 0), value in on.get("kind", ())) for value, label in searched.kinds.items()]
    return {
        "options": {name: options(name) for name in ("organisation", "field", *SWITCHES)},
        "chips": chips,
        "kinds": kinds,
        "all_kinds": sum(counts.values()),
    }


def _reference_page(text: str) -> str | None:
    parsed = parse_reference(text)
    if parsed is None or parsed[0] not in _searched().addresses:
        return None
    return f"{_searched().addresses[parsed[0]]}/{reference(*parsed)}"


def _marked(text: str, typed: str) -> Markup:
    start = text.lower().find(typed.strip().lower())
    if start < 0 or not typed.strip():
        return escape(text)
    end = start + len(typed.strip())
    return escape(text[:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>") + escape(text[end:])


def _index() -> WhooshIndex:
    found: WhooshIndex = current_app.extensions["index"]
    return found


def _searched() -> Searched:
    found: Searched = current_app.extensions["searched"]
    return found
