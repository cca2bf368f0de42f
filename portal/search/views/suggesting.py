"""What the box offers while somebody types."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request
from markupsafe import Markup, escape

from portal.kernel.text import N_, folded
from portal.search.sources import Findable, Mark
from portal.search.views.asking import generation, index, others, searched, values_of
from portal.search.views.recent import address_of, recent
from portal.web.guards import public
from portal.web.icons import KIND_ICONS
from portal.web.limits import Limit, has_room, network
from portal.web.words import gettext as _

bp = Blueprint("suggesting", __name__)
# Words of vocabularies and places: facets of listings, with the name of their group.
COMPLETED = {
    N_("Fields and skills"): (("field", "mortarboard"), ("skill", "tools")),
    N_("Places"): (("place", "geo-alt"),),
}
SUGGESTED = 3  # rows of each kind in the list under the box, besides titles of listings
TITLES = 5
SHORTEST = 2  # letters before values are suggested
LEAST_OF_LIMITED = 3  # letters before things are suggested that nobody may look through quickly
_RATE = "120 per minute"


@bp.get("/search/suggest")
@public
def suggest() -> Any:
    """A fragment with what completes what is being typed: one's own searches, titles, names, words of vocabularies, places."""
    typed = request.args.get("q", "")[:100]
    groups = [
        (_("Your searches"), _recent(typed)),
        (_("Listings"), _titles(typed)),
        (_("Organisations and people"), _names(typed)),
    ]
    groups += _filters(typed)
    return render_template("search/suggest.html", groups=[{"label": label, "rows": rows} for label, rows in groups if rows])


def _recent(typed: str) -> list[dict[str, Any]]:
    found = recent(typed)[: SUGGESTED if typed.strip() else None]
    tabs = {kind.name: _(kind.label) for kind, _of in others()}
    return [
        {"text": _marked(words, typed), "href": address_of((tab, words)), "icon": "clock-history", "note": tabs.get(tab)}
        for tab, words in found
    ]


def _names(typed: str) -> list[dict[str, Any]]:
    """Straight to the page of an organisation or a person."""
    rows = []
    for kind, of in others():
        if kind.suggested and generation(of) is not None and _may_be_suggested(kind, typed):
            found = of.suggest(typed, g.actor.reader_tokens, SUGGESTED)
            rows += kind.rows(g.db, g.actor, [one.id for one in found], _marks(typed)) if found else []
    return [
        {"text": row["title"], "href": row["href"], "icon": KIND_ICONS[row["kind"]], "note": row.get("closes") or None}
        for row in rows
    ]


def _may_be_suggested(kind: Findable, typed: str) -> bool:
    if kind.limit is None:
        return True
    return len(folded(typed)) >= LEAST_OF_LIMITED and has_room(Limit(f"{kind.name} suggested", _RATE, network))


def _titles(typed: str) -> list[dict[str, Any]]:
    found = index().suggest(typed, g.actor.reader_tokens, TITLES) if generation() is not None else ()
    rows = searched().rows(g.db, g.actor, [one.id for one in found], _marks(typed)) if found else []
    return [
        {"text": row["title"], "href": row["href"], "icon": row["icon"], "note": _("Announced") if row["announced"] else None}
        for row in rows
    ]


def _filters(typed: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Values of facets with a word that begins so, and how much this person would find with each."""
    if len(folded(typed)) < SHORTEST or generation() is None:
        return
    for label, parts in COMPLETED.items():
        rows = [
            {"text": _marked(called, typed), "href": f"/search?{urlencode({name: value})}", "icon": icon, "count": count}
            for name, icon in parts
            for value, called, count in values_of(name, typed, SUGGESTED)
        ]
        yield _(label), rows


def _marks(typed: str) -> Mark:
    return lambda text, _most, _number: _marked(text, typed)


def _marked(text: str, typed: str) -> Markup:
    start = text.lower().find(typed.strip().lower())
    if start < 0 or not typed.strip():
        return escape(text)
    end = start + len(typed.strip())
    return escape(text[:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>") + escape(text[end:])
