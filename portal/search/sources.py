"""What a feature gives the search: its documents, the rows behind the ids found, and what an event changed."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.search.engine.documents import Document

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


@dataclass(frozen=True)
class Searched:
    """One feature's part.

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
