"""The tabs above the results: listings of each kind, and what else is found, each with how much this person would find there."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import g

from portal.search.engine.query import Query
from portal.search.forms import Asked
from portal.search.views.asking import answer, others, searched
from portal.web.words import gettext as _

Tab = Mapping[str, Any]


def listing_tabs(asked: Asked, counts: Mapping[str, int], *, here: bool) -> list[Tab]:
    """All listings, then each kind of them; `counts` by kind, and `here` where one of them is the page."""
    chosen = asked.filters.get("kind", ()) if here else None
    everything = {"href": asked.address(kind=None, page=None), "count": sum(counts.values()), "current": chosen == ()}
    kinds = [
        {
            "label": _(label),
            "href": asked.address(kind=value, page=None),
            "count": counts.get(value, 0),
            "current": chosen is not None and value in chosen,
        }
        for value, label in searched().kinds.items()
    ]
    return [{"label": _("All listings"), **everything}, *kinds]


def other_tabs(text: str, current: str = "") -> list[Tab]:
    """The other kinds, with what the words alone find there; no number where its index is being put in order."""
    asked = Query(text=text, readers=g.actor.reader_tokens, per_page=1, suggests=False)
    found = [(kind, *answer(asked, index)) for kind, index in others()]
    return [
        {
            "label": _(kind.label),
            "href": f"/search?{urlencode({'in': kind.name, 'q': text})}",
            "count": None if broken else page.total,
            "current": kind.name == current,
        }
        for kind, page, broken in found
    ]


def elsewhere(text: str, tabs: list[Tab]) -> list[Tab]:
    """The tabs of other things on which these words find something."""
    return [tab for tab in tabs if text and tab["count"] and not tab["current"]]
