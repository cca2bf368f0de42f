"""The search page's address: what it asks, and the addresses of the pages around it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from portal.kernel.policy import Actor
from portal.search.engine.query import MAX_HITS, SORTS, Query

FACETS = ("kind", "organisation", "field")
SWITCHES = ("remote", "paid")
PER_PAGE = 10
_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """One search as its address states it; whatever makes no sense is passed over."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    sort: str
    page: int

    @classmethod
    def from_args(cls, args: "MultiDict[str, str]") -> "Asked":
        filters = {name: tuple(dict.fromkeys(args.getlist(name)[:50])) for name in FACETS}
        filters |= {name: ("yes",) for name in SWITCHES if args.get(name)}
        sort = args.get("sort", "best")
        page = args.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return cls(
            text=args.get("q", "")[:_LONGEST],
            filters={name: tuple(v for v in values if v) for name, values in filters.items() if any(values)},
            sort=sort if sort in SORTS else "best",
            page=max(1, min(number, MAX_HITS // PER_PAGE)),
        )

    def query(self, actor: Actor) -> Query:
        """The question to the engine, on what this person may see."""
        return Query(
            text=self.text,
            filters=self.filters,
            readers=actor.reader_tokens,
            sort=self.sort,  # type: ignore[arg-type]  # checked above
            page=self.page,
            per_page=PER_PAGE,
            facets=(*FACETS, *SWITCHES),
            open_at=int(time.time()),
        )

    def address(self, **changed: Any) -> str:
        """The page's address with some of its parts changed; None leaves a part out."""
        parts: dict[str, Any] = {"q": self.text, **self.filters}
        if self.sort != "best":
            parts["sort"] = self.sort
        parts |= changed
        return "/search?" + urlencode({name: value for name, value in parts.items() if value}, doseq=True)

    def without(self, name: str, value: str) -> str:
        """The address with one filter less."""
        return self.address(**{name: tuple(v for v in self.filters.get(name, ()) if v != value)})
