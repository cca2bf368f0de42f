"""The tabs beside the listings: organisations, people and whatever else has an index of its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request

from portal.search.engine.backend import SearchBackend
from portal.search.engine.query import Page
from portal.search.forms import Asked, by_kind
from portal.search.sought import Sought
from portal.search.sources import Findable
from portal.search.views.asking import answer, index, marked, others
from portal.search.views.recent import remember
from portal.search.views.shown import OFFERED, near_misses, paging
from portal.search.views.straight import reference_page
from portal.search.views.tabs import elsewhere, listing_tabs, other_tabs
from portal.web.limits import require_room
from portal.web.words import gettext as _


def tab_named(name: str) -> tuple[Findable, SearchBackend] | None:
    """The kind whose tab is called so in the address."""
    return next(((kind, of) for kind, of in others() if kind.name == name), None)


def draw(kind: Findable, of: SearchBackend) -> Any:
    """Results of one kind with facets; a reference typed in goes straight to its page."""
    if kind.limit is not None:
        require_room(kind.limit)
    sought = Sought.from_args(kind, request.args)
    if (straight := reference_page(sought.text)) is not None:
        return redirect(straight, 303)
    page, broken = answer(sought.query(g.actor), of)
    if sought.page == 1 and not sought.at:
        remember(kind.name, sought.text)
    rows = kind.rows(g.db, g.actor, page.ids, marked(page)) if page.ids else []
    tabs = _tabs(sought)
    values = _facets(sought, page) | paging(sought, page) | {"sorts": _sorts(sought)}
    if not page.ids and not broken:
        values["near"] = near_misses(sought, values["chips"], lambda asked: replace(asked.query(g.actor), at=None), of)
        values["elsewhere"] = elsewhere(sought.text, tabs)
    return render_template(
        "search/elsewhere.html", asked=sought, kind=kind, page_of=page, broken=broken, rows=rows, tabs=tabs, **values
    )


def _tabs(sought: Sought) -> list[Mapping[str, Any]]:
    listings = Asked.of_words(sought.text)
    counts = answer(by_kind(sought.text, g.actor), index())[0].facets.get("kind", ())
    return [*listing_tabs(listings, dict(counts), here=False), *other_tabs(sought.text, sought.kind.name)]


def _sorts(sought: Sought) -> list[dict[str, Any]]:
    return [{"value": sort, "label": _(label), "on": sort == sought.sort} for sort, label in sought.kind.sorts]


def _facets(sought: Sought, page: Page) -> dict[str, Any]:
    """The facets' options with what they are called, and the chips of the filters that are on."""
    facets, chips = [], []
    for facet in sought.kind.facets:
        on = sought.filters.get(facet.name, ())
        counts = page.facets.get(facet.column, ())
        offered = [(value, count) for place, (value, count) in enumerate(counts) if place < OFFERED or value in on]
        called = facet.called(g.db, [*dict.fromkeys([*(value for value, _count in offered), *on])])
        options = [
            {"value": value, "label": called[value], "count": count, "on": value in on}
            for value, count in offered
            if value in called
        ]
        facets.append({"name": facet.name, "legend": _(facet.legend), "options": options})
        chips += [(called.get(value, value), sought.without(facet.name, value)) for value in on]
    return {"facets": facets, "chips": chips}
