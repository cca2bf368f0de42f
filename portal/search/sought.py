"""A search on the tab of another kind than listings, as its address states it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from portal.kernel.policy import Actor
from portal.search.engine.query import Cursor, Query, Sort
from portal.search.forms import LONGEST, PER_PAGE, page_in
from portal.search.sources import Findable

_MOST_VALUES = 50  # of one facet


@dataclass(frozen=True)
class Sought:
    """Words, filters by the names of the kind's facets, order and page; whatever makes no sense is passed over."""

    kind: Findable
    text: str
    filters: Mapping[str, tuple[str, ...]]
    sort: Sort
    page: int
    at: Cursor | None = None

    @classmethod
    def from_args(cls, kind: Findable, args: "MultiDict[str, str]") -> "Sought":
        asked = {facet.name: tuple(dict.fromkeys(filter(None, args.getlist(facet.name)[:_MOST_VALUES]))) for facet in kind.facets}
        sorts = [sort for sort, _label in kind.sorts]
        return cls(
            kind=kind,
            text=args.get("q", "")[:LONGEST],
            filters={name: values for name, values in asked.items() if values},
            sort=next((sort for sort in sorts if sort == args.get("sort")), "best"),
            page=page_in(args),
            at=Cursor.read(args.get("at", "")),
        )

    def query(self, actor: Actor) -> Query:
        """The question to the kind's index, on what this person may see."""
        columns = {facet.name: facet.column for facet in self.kind.facets}
        return Query(
            text=self.text,
            filters={columns[name]: values for name, values in self.filters.items()},
            readers=actor.reader_tokens,
            sort=self.sort,
            page=self.page,
            per_page=PER_PAGE,
            facets=tuple(columns.values()),
            at=self.at,
        )

    def address(self, **changed: Any) -> str:
        """The page's address with some of its parts changed; None leaves a part out."""
        parts: dict[str, Any] = {"in": self.kind.name, "q": self.text, **self.filters}
        if self.sort != "best":
            parts["sort"] = self.sort
        parts |= changed
        return "/search?" + urlencode({name: value for name, value in parts.items() if value}, doseq=True)

    def without(self, name: str, value: str) -> str:
        """The address with one filter less."""
        left: dict[str, Any] = {name: self.dropping(name, value).filters[name]}
        return self.address(**left)

    def dropping(self, name: str, value: str) -> "Sought":
        """The same with one filter less, from its first page on."""
        left = tuple(one for one in self.filters.get(name, ()) if one != value)
        return replace(self, filters={**self.filters, name: left}, page=1, at=None)

    def each_filter(self) -> Iterator[tuple[str, str]]:
        """Name and value of every filter that is on."""
        return ((name, value) for name, values in self.filters.items() for value in values)
