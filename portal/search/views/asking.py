"""What all pages of the search ask with: the index, the features' part, the filters somebody named."""

import time
from typing import Any

from flask import current_app, g

from portal.search.engine.backend import SearchBackend
from portal.search.engine.errors import IndexBroken
from portal.search.engine.highlight import highlight
from portal.search.engine.query import Page, Query, Sort
from portal.search.forms import OPEN, Asked
from portal.search.sources import Mark, Searched
from portal.web.words import gettext as _

_NOTHING = Page((), 0, {}, None, (), 0)


def index() -> SearchBackend:
    found: SearchBackend = current_app.extensions["index"]
    return found


def searched() -> Searched:
    found: Searched = current_app.extensions["searched"]
    return found


def generation() -> int | None:
    """The state of the index, which follows the log a moment later; None where there is none."""
    try:
        return index().generation
    except IndexBroken:
        return None


def question(asked: Asked, *, sort: Sort | None = None) -> Query:
    """What this person asks of the index."""
    return asked.query(g.actor, searched().owned(g.db, g.actor, asked.filters.get("own", ())), sort=sort)


def answer(query: Query) -> tuple[Page, bool]:
    """The page, or an empty one and that the index is broken."""
    try:
        return index().search(query), False
    except IndexBroken:
        return _NOTHING, True


def marked(page: Page) -> Mark:
    """Marks in texts of the results what they were found by."""
    return lambda text, most, number: highlight(text, page.terms, most, page.tongue(number))


def named_values(name: str) -> list[tuple[str, str]]:
    """Values of a facet with what they are called, for filters typed into the box."""
    choices: Any = {"kind": searched().kinds, **searched().choices}.get(name)
    if choices is not None:
        return [(value, _(label)) for value, label in choices.items()] + [(value, value) for value in choices]
    return [(value, called) for value, called, _count in values_of(name)]


def values_of(name: str) -> list[tuple[str, str, int]]:
    """What a facet holds for this person: value, what it is called, how many; the most frequent first."""
    only_open = {"state": (OPEN,)}
    query = Query(readers=g.actor.reader_tokens, per_page=1, facets=(name,), filters=only_open, open_at=int(time.time()))
    found = answer(query)[0].facets.get(name, ())
    if name != "organisation":
        return [(value, value, count) for value, count in found]
    names = searched().organisations(g.db, [int(value) for value, _count in found if value.isdigit()])
    return [(value, names[int(value)], count) for value, count in found if value.isdigit() and int(value) in names]
