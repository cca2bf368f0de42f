"""The search page, its suggestions, and its results to take along."""

import functools
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, stream_with_context
from markupsafe import Markup, escape
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

from portal.kernel.ids import parse_reference, reference
from portal.kernel.policy import Actor
from portal.kernel.text import N_, folded
from portal.search.engine.errors import IndexBroken
from portal.search.engine.highlight import highlight
from portal.search.engine.index import WhooshIndex
from portal.search.engine.parser import parse
from portal.search.engine.query import MAX_PER_PAGE, Page, Query
from portal.search.exports import CALENDAR_ENTRIES, FEED_ENTRIES, TABLE_ROWS, atom, calendar, table
from portal.search.forms import ANNOUNCED, OPEN, PER_PAGE, SWITCHES, Asked
from portal.search.sources import Finding, Searched
from portal.web.caching import kept
from portal.web.database import database_of
from portal.web.guards import for_programs, public
from portal.web.words import gettext as _

bp = Blueprint("finding", __name__)
OFFERED = 12  # options of a facet that are shown, besides those chosen
NEAR_MISSES = 3
COMPLETED = {
    "field": (N_("Fields"), "mortarboard"),
    "organisation": (N_("Organisations"), "building"),
    "place": (N_("Places"), "geo-alt"),
}
SOME_WORDS = 5  # rows shown that hold some of the words only
SUGGESTED = 3  # values of each facet in the list under the box
LONGEST_TITLE = 200
SHORTEST = 2  # letters before values are suggested
AGAIN = 30  # seconds until whoever met a broken index may ask again
_NOTHING = Page((), 0, {}, None, (), 0)


@bp.errorhandler(IndexBroken)
def repaired_soon(_problem: IndexBroken) -> Any:
    """Whoever asked at the moment in which the index broke is asked to come back: the worker makes it anew."""
    return current_app.handle_user_exception(ServiceUnavailable(retry_after=AGAIN))


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
    if (straight := _reference_page(asked.text) or asked.typed_filters(_named_values)) is not None:
        return redirect(straight, 303)
    page, broken = _ask(asked)
    values = _facets(asked, page) | {"per_page": PER_PAGE, "pages": lambda number: asked.address(page=number)}
    if page.ids:
        values["rows"] = _searched().rows(g.db, g.actor, page.ids, lambda text, most: highlight(text, page.terms, most))
    if not page.ids and not broken:
        values |= {"near": _near_misses(asked, values["chips"]), "partly": _with_some_words(asked)}
    return render_template("search/index.html", asked=asked, page_of=page, broken=broken, **values)


@bp.get("/search/suggest")
@public
def suggest() -> Any:
    """A fragment with titles, fields, organisations and places that complete what is being typed."""
    typed = request.args.get("q", "")[:100]
    groups = [(_("Listings"), _titles(typed)), *_filters(typed)] if _generation() is not None else []
    return render_template("search/suggest.html", groups=[{"label": label, "rows": rows} for label, rows in groups if rows])


def title_of(asked: Asked) -> str:
    """What to call a search: its words, then its filters."""
    chips = _facets(asked, _ask(asked)[0])["chips"]
    said = " · ".join([*([asked.text] if asked.text else []), *(label for label, _address in chips)])
    return said[:LONGEST_TITLE] or _("Everything that is open")


def _titles(typed: str) -> list[dict[str, Any]]:
    found = _index().suggest(typed, g.actor.reader_tokens, 8)
    rows = _searched().rows(g.db, g.actor, [c.id for c in found], lambda text, _most: _marked(text, typed)) if found else []
    return [
        {"text": row["title"], "href": row["href"], "icon": row["icon"], "note": _("Announced") if row["announced"] else None}
        for row in rows
    ]


def _filters(typed: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Values of facets with a word that begins so, and how much this person would find with each."""
    wanted = folded(typed)
    if len(wanted) < SHORTEST:
        return
    for name, (label, icon) in COMPLETED.items():
        yield (
            _(label),
            [
                {
                    "text": _marked(called, typed),
                    "href": f"/search?{urlencode({name: value})}",
                    "icon": icon,
                    "count": count,
                }
                for value, called, count in _values(name)
                if f" {wanted}" in f" {folded(called)}"
            ][:SUGGESTED],
        )


@bp.get("/search.<any(atom, ics, csv):form>")
@for_programs
@public
def export(form: str) -> Any:
    """The results of the same question as a feed, a calendar of deadlines or a table."""
    if _generation() is None:
        raise ServiceUnavailable
    asked = Asked.from_args(request.args)
    title = _("“%(words)s” – search", words=asked.text) if asked.text else _("Find opportunities")
    return {"atom": _feed, "ics": _calendar, "csv": _csv}[form](asked, title)


def _feed(asked: Asked, title: str) -> Response:
    found = _all(g.db, g.actor, asked.query(g.actor, sort="newest"), FEED_ENTRIES)
    return Response(atom(title, request.full_path.rstrip("?"), found, _address), mimetype="application/atom+xml")


def _calendar(asked: Asked, title: str) -> Response:
    found = _all(g.db, g.actor, asked.query(g.actor, sort="closing"), CALENDAR_ENTRIES)
    return Response(calendar(title, found, _address), mimetype="text/calendar")


def _csv(asked: Asked, _title: str) -> Response:
    lines = _table(asked.query(g.actor), g.actor)
    begun = [next(lines)]  # once the answer is on its way it can no longer become a refusal
    headers = {"Content-Disposition": "attachment; filename=search.csv"}
    return Response(stream_with_context(chain(begun, lines)), mimetype="text/csv", headers=headers)


def _table(query: Query, actor: Actor) -> Iterator[str]:
    """Streams longer than the request's own session lives."""
    with database_of().reading() as session:
        found = _all(session, actor, query, TABLE_ROWS)
        first = list(islice(found, 1))
        yield from table(chain(first, found), _address)


def _all(session: Session, actor: Actor, query: Query, most: int) -> Iterator[Finding]:
    """The findings of every page, at most so many, read a page at a time."""
    query = replace(query, facets=(), per_page=MAX_PER_PAGE)
    for page in range(1, -(-most // MAX_PER_PAGE) + 1):
        ids = _index().search(replace(query, page=page)).ids[: most - (page - 1) * MAX_PER_PAGE]
        yield from _searched().findings(session, actor, ids)
        if len(ids) < MAX_PER_PAGE:
            return


def _address(path: str) -> str:
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + path


def _named_values(name: str) -> list[tuple[str, str]]:
    """Values of a facet with what they are called, for filters typed into the box."""
    if name == "kind":
        kinds = _searched().kinds
        return [(value, _(label)) for value, label in kinds.items()] + [(value, value) for value in kinds]
    return [(value, called) for value, called, _count in _values(name)]


def _values(name: str) -> list[tuple[str, str, int]]:
    """What a facet holds for this person: value, what it is called, how many; the most frequent first."""
    only_open = {"state": (OPEN,)}
    query = Query(readers=g.actor.reader_tokens, per_page=1, facets=(name,), filters=only_open, open_at=int(time.time()))
    try:
        found = _index().search(query).facets[name]
    except IndexBroken:
        return []
    if name != "organisation":
        return [(value, value, count) for value, count in found]
    names = _searched().organisations(g.db, [int(value) for value, _count in found if value.isdigit()])
    return [(value, names[int(value)], count) for value, count in found if value.isdigit() and int(value) in names]


def _with_some_words(asked: Asked) -> list[Mapping[str, Any]]:
    """Rows that hold some of the words, the best first, where none holds all."""
    words = [word.plain for word in parse(asked.text).words]
    if len(words) < 2:
        return []
    query = replace(asked.query(g.actor, sort="best"), text=" OR ".join(words), facets=(), page=1, per_page=SOME_WORDS)
    page = _index().search(query)
    return _searched().rows(g.db, g.actor, page.ids, lambda text, most: highlight(text, page.terms, most)) if page.ids else []


def _near_misses(asked: Asked, chips: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Filters without which something would be found: label, address, how much."""
    found = []
    for (label, address), (name, value) in zip(chips, asked.each_filter(), strict=True):
        query = replace(asked.dropping(name, value).query(g.actor), facets=(), per_page=1)
        if total := _index().search(query).total:
            found.append((label, address, total))
    return sorted(found, key=lambda row: -row[2])[:NEAR_MISSES]


def _ask(asked: Asked) -> tuple[Page, bool]:
    try:
        return _index().search(asked.query(g.actor)), False
    except IndexBroken:
        return _NOTHING, True


def _facets(asked: Asked, page: Page) -> dict[str, Any]:
    """The facets' options with labels, the chips of the filters that are on, and the tabs of kinds."""
    searched = _searched()
    on = {**asked.filters, "state": asked.states}
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
        "closes": {"14": _("2 weeks"), "30": _("1 month"), "90": _("3 months")},
        "paid": {"yes": _("Paid or funded")},
        "state": {OPEN: _("Open now"), ANNOUNCED: _("Announced, opens later")},
    }

    def options(name: str) -> list[dict[str, Any]]:
        known = labels.get(name)
        return [
            {"value": value, "label": known[value] if known else value, "count": count, "on": value in on.get(name, ())}
            for value, count in offered.get(name, ())
            if known is None or value in known
        ]

    chips = [
        (_chip(name, labels.get(name, {}).get(value, value)), asked.without(name, value)) for name, value in asked.each_filter()
    ]
    counts = dict(page.facets.get("kind", ()))
    kinds = [(value, _(label), counts.get(value, 0), value in on.get("kind", ())) for value, label in searched.kinds.items()]
    return {
        "options": {name: options(name) for name in ("organisation", "field", "place", *SWITCHES, "closes", "state")},
        "chips": chips,
        "kinds": kinds,
        "all_kinds": sum(counts.values()),
        "announced": 0 if ANNOUNCED in asked.states else dict(page.facets.get("state", ())).get(ANNOUNCED, 0),
    }


def _chip(name: str, label: str) -> str:
    return _("Closes within %(window)s", window=label) if name == "closes" else label


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
