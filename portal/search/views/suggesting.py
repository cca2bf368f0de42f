"""What the box offers while somebody types."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request
from markupsafe import Markup, escape

from portal.kernel.text import N_, folded
from portal.search.engine.query import FACET_VALUES
from portal.search.views.asking import generation, index, searched, values_of
from portal.web.guards import public
from portal.web.words import gettext as _

bp = Blueprint("suggesting", __name__)
COMPLETED = {
    "field": (N_("Fields"), "mortarboard"),
    "organisation": (N_("Organisations"), "building"),
    "place": (N_("Places"), "geo-alt"),
}
SUGGESTED = 3  # values of each facet in the list under the box
SHORTEST = 2  # letters before values are suggested


@bp.get("/search/suggest")
@public
def suggest() -> Any:
    """A fragment with titles, fields, organisations and places that complete what is being typed."""
    typed = request.args.get("q", "")[:100]
    groups = [(_("Listings"), _titles(typed)), *_filters(typed)] if generation() is not None else []
    return render_template("search/suggest.html", groups=[{"label": label, "rows": rows} for label, rows in groups if rows])


def _titles(typed: str) -> list[dict[str, Any]]:
    found = index().suggest(typed, g.actor.reader_tokens, 8)
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


def _marked(text: str, typed: str) -> Markup:
    start = text.lower().find(typed.strip().lower())
    if start < 0 or not typed.strip():
        return escape(text)
    end = start + len(typed.strip())
    return escape(text[:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>") + escape(text[end:])
