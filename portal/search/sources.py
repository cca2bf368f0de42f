"""What a feature gives the search: its documents, the rows behind the ids found, and what an event changed."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.search.engine.documents import Document
from portal.search.engine.query import Sort
from portal.web.limits import Limit

Mark = Callable[[str, int, int], Markup]  # (text, most characters, id of what it is of) → the text with what was found in <mark>


@dataclass(frozen=True)
class Finding:
    """One thing found, as plain facts for feeds and tables."""

    reference: str
    kind: str
    title: str
    summary: str
    organisation: str
    place: str
    remote: bool
    published_at: dt.datetime  # since when it can be found
    closes_at: dt.datetime | None
    href: str
    opens_at: dt.datetime | None = None  # of what is announced only


class Indexed(Protocol):
    """What an index is made of, and kept equal to.

    `documents(session, ids)` leaves out what nobody may find; `all_ids` names the others; `touched` those whose document an event
    may have changed.
    """

    @property
    def documents(self) -> Callable[[Session, Sequence[int]], list[Document]]: ...

    @property
    def all_ids(self) -> Callable[[Session], Iterable[int]]: ...

    @property
    def touched(self) -> Callable[[Session, Sequence[Event]], set[int]]: ...


@dataclass(frozen=True)
class Facet:
    """What results of one kind are told apart by, on its tab.

    Args:
        name: in the address.
        column: what the index counts for it. Columns of a document that mean nothing for its kind hold what its own facets count.
        called: of these values those that have a name, with it; the others are not offered.
    """

    name: str
    legend: str
    column: str
    called: Callable[[Session, Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Findable:
    """Things of a kind of their own, with an index and a tab of their own beside the listings.

    `rows(session, actor, ids, mark)` checks the right to find once more and answers in the order of `ids` with the values of the
    macro `lists.listing`.

    Args:
        name: of the tab in the address, of the index in its folder, and of the things in what operators read.
        sorts: orders besides the best match, with what they are called.
        nothing: what to say where nothing of the kind is found.
        whole: what leads to all of them, and its address; empty where there is no such page.
        suggested: their names are offered while somebody types.
        limit: how often somebody may look through them.
        shipped: they come with the portal, and change when that does.
    """

    name: str
    label: str
    documents: Callable[[Session, Sequence[int]], list[Document]]
    all_ids: Callable[[Session], Iterable[int]]
    rows: Callable[[Session, Actor, Sequence[int], Mark], list[Mapping[str, Any]]]
    touched: Callable[[Session, Sequence[Event]], set[int]]
    nothing: str
    facets: tuple[Facet, ...] = ()
    sorts: tuple[tuple[Sort, str], ...] = ()
    whole: tuple[str, str] = ("", "")
    suggested: bool = False
    limit: Limit | None = None
    shipped: bool = False


@dataclass(frozen=True)
class Searched:
    """What listings give.

    `documents(session, ids)` leaves out what nobody may find; `rows(session, actor, ids, mark)` checks the right to read once
    more and answers in the order of `ids` with the values of the macro `lists.listing`, its `number` (the id) and `reference`,
    the `texts` it shows, by name and unmarked, and whether it is `announced`; `findings` does the same with plain facts;
    `touched` names the ids whose document an event may have changed.
    """

    documents: Callable[[Session, Sequence[int]], list[Document]]
    all_ids: Callable[[Session], Iterable[int]]
    rows: Callable[[Session, Actor, Sequence[int], Mark], list[Mapping[str, Any]]]
    findings: Callable[[Session, Actor, Sequence[int]], list[Finding]]
    touched: Callable[[Session, Sequence[Event]], set[int]]
    organisations: Callable[[Session, Sequence[int]], Mapping[int, str]]  # names of the organisations a facet counts
    terms: Callable[[Session, Collection[str]], Mapping[str, str]]  # of folded phrases those that vocabularies hold → term
    owned: Callable[[Session, Actor, Sequence[str]], Mapping[str, frozenset[int]]]  # of "mine" and "followed", those asked → ids
    kinds: Mapping[str, str]  # value of the kind facet → label, marked for translation
    choices: Mapping[str, Mapping[str, str]]  # the same for other facets whose values have labels
