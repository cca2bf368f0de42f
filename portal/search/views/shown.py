"""What stands around the results: options to choose from, how the question was read, what would find something else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from flask import g

from portal.kernel.ids import row_id
from portal.kernel.text import N_
from portal.search.engine.backend import SearchBackend
from portal.search.engine.parser import Atom, Parsed, parse
from portal.search.engine.query import Page, Query
from portal.search.engine.reasons import reasons
from portal.search.forms import AMOUNTS, ANNOUNCED, OPEN, PER_PAGE, SWITCHES, Asked
from portal.search.language import runs
from portal.search.sought import Sought
from portal.search.views.asking import index, marked, names_of, question, searched
from portal.search.views.tabs import elsewhere, listing_tabs, other_tabs
from portal.web.filters import number
from portal.web.words import gettext as _
from portal.web.words import ngettext

OFFERED = 12  # options of a facet that are shown, besides those chosen
NEAR_MISSES = 3
SOME_WORDS = 5  # rows shown that hold some of the words only
_PLACES = {"title": N_("title"), "summary": N_("summary"), "organisation": N_("organisation"), "reference": N_("reference")}
Wanted = TypeVar("Wanted", Asked, Sought)
_OWN = {"mine": N_("Yours"), "followed": N_("Followed by you")}
_OPTIONS = ("organisation", "field", "skill", "place", *SWITCHES, "level", "mode", "trl", "currency", "closes", "state")


def facets(asked: Asked, page: Page) -> dict[str, Any]:
    """The facets' options with labels, the chips of the filters that are on, and the tabs of kinds."""
    on = {**asked.filters, "state": asked.states}
    offered = {
        name: [(value, count) for place, (value, count) in enumerate(counts) if place < OFFERED or value in on.get(name, ())]
        for name, counts in page.facets.items()
    }
    offered["trl"] = sorted(offered.get("trl", ()))
    labels = _labels([number for value, _count in offered.get("organisation", ()) if (number := row_id(value)) is not None])

    def options(name: str) -> list[dict[str, Any]]:
        known = labels.get(name)
        return [
            {"value": value, "label": known[value] if known else value, "count": count, "on": value in on.get(name, ())}
            for value, count in offered.get(name, ())
            if known is None or value in known
        ]

    return {
        "options": {name: options(name) for name in _OPTIONS} | {"own": _own(asked)},
        "amounts": {name: asked.filters.get(name, ("",))[0] for name in AMOUNTS},
        "mixed": _mixed(asked, page),
        "chips": [(_chip(asked, name, value, labels), asked.without(name, value)) for name, value in asked.each_filter()],
        "tabs": [*listing_tabs(asked, dict(page.facets.get("kind", ())), here=True), *other_tabs(asked.text)],
        "announced": 0 if ANNOUNCED in asked.states else dict(page.facets.get("state", ())).get(ANNOUNCED, 0),
    }


def _labels(organisations: list[int]) -> dict[str, Mapping[str, str]]:
    names = searched().organisations(g.db, organisations) if organisations else {}
    return {
        "organisation": {str(own): name for own, name in names.items()},
        "kind": {value: _(label) for value, label in searched().kinds.items()},
        **{name: {value: _(label) for value, label in known.items()} for name, known in searched().choices.items()},
        "remote": {"yes": _("Remote possible")},
        "closes": {"14": _("2 weeks"), "30": _("1 month"), "90": _("3 months")},
        "paid": {"yes": _("Paid or funded")},
        "state": {OPEN: _("Open now"), ANNOUNCED: _("Announced, opens later")},
        "own": {value: _(label) for value, label in _OWN.items()},
    }


def _own(asked: Asked) -> list[dict[str, Any]]:
    """Filters on what is one's own: only for somebody who has anything here."""
    return [
        {"value": value, "label": _(label), "count": None, "on": value in asked.filters.get("own", ())}
        for value, label in _OWN.items()
        if g.actor.is_person
    ]


def _mixed(asked: Asked, page: Page) -> bool:
    """Whether amounts of several currencies are compared with one another."""
    compares = asked.sort == "amount" or any(name in asked.filters for name in AMOUNTS)
    return compares and len(asked.filters.get("currency", ())) != 1 and len(page.facets.get("currency", ())) > 1


def _chip(asked: Asked, name: str, value: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    if name in AMOUNTS:
        amount = number(int(value))
        return _("At least %(amount)s", amount=amount) if name == "least" else _("At most %(amount)s", amount=amount)
    if name == "trl":
        levels = ", ".join(f"{low}–{high}" if low < high else str(low) for low, high in runs(asked.filters["trl"]))
        return _("Technology readiness %(levels)s", levels=levels)
    label = labels.get(name, {}).get(value, value)
    return _("Closes within %(window)s", window=label) if name == "closes" else label


def paging(asked: Asked | Sought, page: Page) -> dict[str, Any]:
    """Where the page stands, and the addresses around it: its neighbours by the place of its first and last result."""
    shown = (max(asked.page, 2) if page.before else 1) if asked.at else asked.page
    last = max(-(-page.total // PER_PAGE), shown + bool(page.after))

    def address(wanted: int) -> str:
        at = {shown + 1: page.after, shown - 1: page.before}.get(wanted)
        return asked.address(page=wanted, at=at and str(at))

    pages: Callable[[int], str] = address
    return {"shown": shown, "last": last, "pages": pages}


def reading(asked: Asked) -> dict[str, Any]:
    """How the box was read: what every result holds, what none does, and the whole question as one could type it."""
    parsed = parse(asked.text)
    return {
        "holds": [_(" or ").join(map(_said, alternatives)) for alternatives in parsed.groups],
        "lacks": [_said(atom) for atom in parsed.excluded],
        "typed": asked.typed(names_of) if asked.filters else "",
        "no_one": "own" in asked.filters and not g.actor.is_person,
    }


def with_reasons(asked: Asked, page: Page, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with `why` it was found: what was asked for, and where it stands."""
    parsed = parse(asked.text)
    return [{**row, "why": _why(parsed, row["texts"], page.tongue(row["number"]))} for row in rows]


def _why(parsed: Parsed, texts: Mapping[str, str], tongue: str) -> list[tuple[str, str]]:
    return [
        (_(" or ").join(map(_said, atoms)), ", ".join(_(_PLACES[name]) for name in names) or _("description, skills or fields"))
        for atoms, names in reasons(parsed, texts, tongue)
    ]


def _said(atom: Atom) -> str:
    if atom.prefix:
        return _("words that begin with “%(letters)s”", letters=atom.said)
    if len(atom.stems) > 1:
        return _("“%(words)s”, side by side", words=atom.said)
    return _("“%(words)s”", words=atom.said)


def otherwise(asked: Asked, values: Mapping[str, Any]) -> dict[str, Any]:
    """Where nothing is found: filters without which something would be, rows that hold some of the words, and other tabs."""
    owned = searched().owned(g.db, g.actor, asked.filters.get("own", ()))
    near = near_misses(asked, values["chips"], lambda looser: looser.query(g.actor, owned), index())
    return {"near": near, "partly": _with_some_words(asked), "elsewhere": elsewhere(asked.text, values["tabs"])}


def _with_some_words(asked: Asked) -> list[Mapping[str, Any]]:
    words = [word.plain for word in parse(asked.text).words]
    if len(words) < 2:
        return []
    query = replace(question(asked, sort="best"), text=" OR ".join(words), facets=(), page=1, at=None, per_page=SOME_WORDS)
    page = index().search(query)
    return searched().rows(g.db, g.actor, page.ids, marked(page)) if page.ids else []


def near_misses(
    asked: Wanted, chips: list[tuple[str, str]], question_of: Callable[[Wanted], Query], of: SearchBackend
) -> list[tuple[str, str]]:
    """What to leave out, in words with how much that would give, and the address; the most first."""
    found = []
    for (label, address), (name, value) in zip(chips, asked.each_filter(), strict=True):
        query = replace(question_of(asked.dropping(name, value)), facets=(), per_page=1)
        if total := of.search(query).total:
            found.append((total, label, address))
    return [(_without(total, label), address) for total, label, address in sorted(found, key=lambda row: -row[0])[:NEAR_MISSES]]


def _without(total: int, label: str) -> str:
    shown = number(total)
    return ngettext(
        "%(shown)s result without “%(label)s”", "%(shown)s results without “%(label)s”", total, shown=shown, label=label
    )
