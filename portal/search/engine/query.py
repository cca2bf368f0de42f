"""A question and its answer, free of any search library."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Sort = Literal["best", "newest", "closing", "amount"]
SORTS: tuple[Sort, ...] = get_args(Sort)

#: What can be filtered and counted. Values are strings: an organisation is its id, a yes-or-no is "yes" or "no".
FACETS = (
    *("type", "kind", "organisation", "field", "skill", "state", "place", "remote", "paid"),
    *("level", "mode", "trl", "currency", "language", "closes"),
)

#: Values of the facet "closes": what closes within so many days, each window within the next. It needs `open_at`.
CLOSES_WITHIN_DAYS = (14, 30, 90)

#: A facet names so many values unless asked otherwise, the most frequent first; chosen values are always among them.
FACET_VALUES = 100
#: More than any portal has of anything that is counted.
ALL_VALUES = 1_000_000

#: Nobody reads further; ranking that far costs as much as ranking everything.
MAX_HITS = 10_000
#: A greater weight does not exist, see `ranking.rarity`; a cursor comes from the address.
MAX_WEIGHT = 2_500
MAX_PER_PAGE = 100
_DAY = 86_400
_CURSOR = re.compile(r"[01](?:-[0-9]{1,15}){3}(?:-[0-9]{1,4}){0,200}")


@dataclass(frozen=True)
class Cursor:
    """The place of one result in an order, from which to go on, or back: whatever else comes or goes, nothing is met twice
    and nothing is passed over that stayed.

    Args:
        key: what it is ordered by first; among equals the newest, then the highest id.
        weights: how rare each word was taken to be where the walk began. Words grow rarer or commoner meanwhile, and scores
            that moved with them would change the order under the reader's hands.
        back: go to what stands before it.
    """

    key: int
    published_at: int
    id: int
    weights: tuple[int, ...] = ()
    back: bool = False

    def __str__(self) -> str:
        return "-".join(map(str, (int(self.back), self.key, self.published_at, self.id, *self.weights)))

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What `str` made; None for anything else."""
        if not _CURSOR.fullmatch(text):
            return None
        back, key, published_at, number, *weights = map(int, text.split("-"))
        return cls(key, published_at, number, tuple(min(max(weight, 1), MAX_WEIGHT) for weight in weights), back == 1)


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
        facet_values: name at most so many values of each, besides those chosen.
        beginning: name only values in which a word begins so, whatever its case and accents.
        open_at: leave out what closed before this second.
        amount: the least and the most a document may offer, in whole units of its own currency. What offers nothing is out.
        suggests: whether to look for what may have been meant where nothing is found.
        among: ids to look among; None for all.
        at: go on from there instead of counting from `page`.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readers: tuple[str, ...] = ()
    sort: Sort = "best"
    page: int = 1
    per_page: int = 20
    facets: tuple[str, ...] = ()
    facet_values: int = FACET_VALUES
    beginning: str = ""
    suggests: bool = True
    open_at: int | None = None
    amount: tuple[int, int] | None = None
    among: frozenset[int] | None = None
    at: Cursor | None = None

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
    def moments(self) -> tuple[int, ...]:
        """The seconds on which it depends what is found and counted."""
        if self.open_at is None:
            return ()
        return (self.open_at, *(self.closing_before((str(days),)) for days in CLOSES_WITHIN_DAYS))

    @property
    def form(self) -> Hashable:
        """All that tells it from other questions, besides its text, `among` and `open_at`."""
        shown = (self.sort, self.page, self.per_page, self.facets, self.facet_values, self.beginning, self.at)
        return tuple(sorted(self.chosen.items())), frozenset(self.readers), self.amount, shown

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
        tongues: the language each of `ids` was found in, for `highlight` too.
        after: where to go on from, None at the end; `before` likewise towards the beginning.
        generation: rises with every change of the index; compare with what `index` returned to read your own write.
    """

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, FacetCounts]
    suggestion: str | None
    terms: tuple[str, ...]
    generation: int
    after: Cursor | None = None
    before: Cursor | None = None
    tongues: tuple[str, ...] = ()

    def tongue(self, number: int) -> str:
        """The language in which this one of `ids` was found."""
        return self.tongues[self.ids.index(number)]


@dataclass(frozen=True)
class Completion:
    """A title that completes what is being typed."""

    id: int
    title: str
