"""What all pages of the search ask with: the index, the features' part, the filters somebody named."""

import time
from collections.abc import Mapping, Sequence

from flask import current_app, g

from portal.kernel.ids import row_id
from portal.search.alike import generation_of
from portal.search.engine.backend import SearchBackend
from portal.search.engine.errors import IndexBroken
from portal.search.engine.highlight import highlight
from portal.search.engine.query import ALL_VALUES, Page, Query, Sort
from portal.search.forms import OPEN, Asked
from portal.search.sources import Findable, Mark, Searched
from portal.web.words import gettext as _

_NOTHING = Page((), 0, {}, None, (), 0)


def index() -> SearchBackend:
    found: SearchBackend = current_app.extensions["index"]
    return found


def searched() -> Searched:
    found: Searched = current_app.extensions["searched"]
    return found


def others() -> Sequence[tuple[Findable, SearchBackend]]:
    """What is found beside listings, each with its index."""
    found: Sequence[tuple[Findable, SearchBackend]] = current_app.extensions["findables"]
    return found


def generation(of: SearchBackend | None = None) -> int | None:
    """The state of an index, which follows the log a moment later; None where there is none."""
    return generation_of(of or index())


def generations() -> tuple[int | None, ...]:
    """The states of all of them."""
    return (generation(), *(generation(of) for _kind, of in others()))


def question(asked: Asked, *, sort: Sort | None = None) -> Query:
    """What this person asks of the index."""
    return asked.query(g.actor, searched().owned(g.db, g.actor, asked.filters.get("own", ())), sort=sort)


def answer(query: Query, of: SearchBackend | None = None) -> tuple[Page, bool]:
    """The page, or an empty one and that the index is broken."""
    try:
        return (of or index()).search(query), False
    except IndexBroken:
        return _NOTHING, True


def marked(page: Page) -> Mark:
    """Marks in texts of the results what they were found by."""
    return lambda text, most, number: highlight(text, page.terms, most, page.tongue(number))


def named_values(name: str) -> list[tuple[str, str]]:
    """All values of a facet with what they are called, for filters typed into the box."""
    labels = _labels_of(name)
    if labels is not None:
        return [(value, _(label)) for value, label in labels.items()] + [(value, value) for value in labels]
    return [(value, called) for value, called, _count in values_of(name)]


def names_of(name: str, values: Sequence[str]) -> Mapping[str, str]:
    """What these values of a facet are called; those that are called nothing are left out."""
    labels = _labels_of(name)
    if labels is not None:
        return {value: _(labels[value]) for value in values if value in labels}
    if name != "organisation":
        return {value: value for value in values}
    numbers = {value: number for value in values if (number := row_id(value)) is not None}
    names = searched().organisations(g.db, list(numbers.values()))
    return {value: names[number] for value, number in numbers.items() if number in names}


def values_of(name: str, beginning: str = "", most: int = ALL_VALUES) -> list[tuple[str, str, int]]:
    """What a facet holds for this person – value, what it is called, how many; the most frequent first.

    Args:
        beginning: only those with a word that begins so.
    """
    query = Query(
        readers=g.actor.reader_tokens,
        per_page=1,
        facets=(name,),
        facet_values=most,
        beginning=beginning,
        filters={"state": (OPEN,)},
        open_at=int(time.time()),
    )
    found = answer(query)[0].facets.get(name, ())
    names = names_of(name, [value for value, _count in found])
    return [(value, names[value], count) for value, count in found if value in names]


def _labels_of(name: str) -> Mapping[str, str] | None:
    return {"kind": searched().kinds, **searched().choices}.get(name)
