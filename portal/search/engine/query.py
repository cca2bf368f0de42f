"""A question and its answer, free of any search library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Sort = Literal["best", "newest", "closing"]
SORTS: tuple[Sort, ...] = get_args(Sort)

#: What can be filtered and counted. Values are strings: an organisation is its id, a yes-or-no is "yes" or "no".
FACETS = ("type", "kind", "organisation", "field", "state", "place", "remote", "paid", "closes")

#: Values of the facet "closes": what closes within so many days, each window within the next. It needs `open_at`.
CLOSES_WITHIN_DAYS = (14, 30, 90)

#: A facet names at most so many values, the most frequent first; chosen values are always among them.
FACET_VALUES = 100

#: Nobody reads further; ranking that far costs as much as ranking everything.
MAX_HITS = 10_000
MAX_PER_PAGE = 100
_DAY = 86_400


@dataclass(frozen=True)
class Query:
    """What somebody wants to find.

    Args:
        text: as typed; any text is legal, see `parser`.
        filters: allowed values per facet; values of one facet are alternatives, facets must all agree.
        readers: the viewer's tokens. Without a token in common a document does not exist for this query.
        sort: "best" is "newest" when there is no text to rank by; "closing" puts the nearest closing date first and
            open-ended things last.
        facets: names to count, each as if its own filter were not set.
        open_at: leave out what closed before this second.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readers: tuple[str, ...] = ()
    sort: Sort = "best"
    page: int = 1
    per_page: int = 20
    facets: tuple[str, ...] = ()
    open_at: int | None = None

    def __post_init__(self) -> None:
        if unknown := (set(self.filters) | set(self.facets)) - set(FACETS):
            raise ValueError(f"not a facet: {', '.join(sorted(unknown))}")
        if self.sort not in SORTS:
            raise ValueError(f"not a sort: {self.sort}")
        if self.open_at is None and "closes" in (*self.filters, *self.facets):
            raise ValueError("closes: within what? open_at is not given")

    @property
    def window(self) -> tuple[int, int]:
        """First and last place asked for, counted from 0, the last not included."""
        size = min(max(self.per_page, 1), MAX_PER_PAGE)
        start = min((max(self.page, 1) - 1) * size, MAX_HITS)
        return start, min(start + size, MAX_HITS)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters that restrict anything, each value once."""
        return {name: tuple(sorted(set(values[:FACET_VALUES]))) for name, values in self.filters.items() if values}

    def closing_before(self, values: tuple[str, ...]) -> int:
        """The second before which something closes that meets one of these values of the facet "closes"."""
        days = [day for day in CLOSES_WITHIN_DAYS if str(day) in values]
        return (self.open_at or 0) + max(days) * _DAY + 1 if days else 0


FacetCounts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Page:
    """One page of an answer; every part of it is computed on what the viewer may see.

    Args:
        total: exact number of hits.
        facets: per name asked for, (value, count) by falling count.
        suggestion: the text with misspelt words replaced, when nothing was found and that would find something.
        terms: what to hand to `highlight`.
        generation: rises with every change of the index; compare with what `index` returned to read your own write.
    """

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, FacetCounts]
    suggestion: str | None
    terms: tuple[str, ...]
    generation: int


@dataclass(frozen=True)
class Completion:
    """A title that completes what is being typed."""

    id: int
    title: str
