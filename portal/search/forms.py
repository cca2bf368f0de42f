"""The search page's address: what it asks, and the addresses of the pages around it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from portal.kernel.policy import Actor
from portal.search.engine.query import CLOSES_WITHIN_DAYS, MAX_HITS, SORTS, Cursor, Query, Sort
from portal.search.language import MOST, ONE, TRL, Names, Values, read, written

FACETS = ("kind", "organisation", "field", "skill", "place", "level", "mode", "trl", "currency")
SWITCHES = ("remote", "paid")
# What is found without saying so, and what is found besides: things that can be read already but open later.
OPEN, ANNOUNCED = STATES = ("published", "announced")
OWN = ("mine", "followed")  # listings of the one who asks, and those they follow
AMOUNTS = ("least", "most")
TOGETHER = ("trl",)  # filters whose values are one thing to whoever looks at them
PER_PAGE = 10
LONGEST = 200
_DIGITS = 15
_WINDOWS = tuple(map(str, CLOSES_WITHIN_DAYS))

Owned = Mapping[str, frozenset[int]]  # a value of OWN → ids


@dataclass(frozen=True)
class Asked:
    """One search as its address states it; whatever makes no sense is passed over."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    sort: Sort
    page: int
    at: Cursor | None = None

    @classmethod
    def from_args(cls, args: "MultiDict[str, str]") -> "Asked":
        filters = {name: tuple(dict.fromkeys(args.getlist(name)[:50])) for name in FACETS}
        filters["trl"] = tuple(level for level in map(str, TRL) if level in filters["trl"])
        filters |= {name: ("yes",) for name in SWITCHES if args.get(name)}
        filters |= {name: (amount,) for name in AMOUNTS if (amount := _whole(args.get(name, "")))}
        filters["own"] = tuple(own for own in OWN if own in args.getlist("own"))
        filters["state"] = _states(args.getlist("state"))
        if args.get("closes") in _WINDOWS:
            filters["closes"] = (args["closes"],)
        sort = args.get("sort", "best")
        return cls(
            text=args.get("q", "")[:LONGEST],
            filters={name: tuple(v for v in values if v) for name, values in filters.items() if any(values)},
            sort=next((known for known in SORTS if known == sort), "best"),
            page=page_in(args),
            at=Cursor.read(args.get("at", "")),
        )

    @classmethod
    def of_words(cls, text: str) -> "Asked":
        """What is open, by words alone."""
        return cls(text=text, filters={}, sort="best", page=1)

    def query(self, actor: Actor, owned: Owned, *, sort: Sort | None = None) -> Query:
        """The question to the engine, on what this person may see; `sort` for another order than the page's.

        Args:
            owned: ids of what is theirs, for each value of the filter "own"; empty for a visitor, who has nothing here.
        """
        asked = [owned[value] for value in self.filters.get("own", ()) if value in owned]
        facets = {name: values for name, values in self.filters.items() if name not in (*AMOUNTS, "own")}
        return Query(
            text=self.text,
            filters={**facets, "state": self.states},
            readers=actor.reader_tokens,
            sort=sort or self.sort,
            page=self.page,
            per_page=PER_PAGE,
            facets=(*FACETS, *SWITCHES, "closes", "state"),
            open_at=int(time.time()),
            amount=self._amount,
            among=frozenset().union(*asked) if asked else None,
            at=self.at if sort in (None, self.sort) else None,
        )

    @property
    def _amount(self) -> tuple[int, int] | None:
        least, most = (self.filters.get(name, ("",))[0] for name in AMOUNTS)
        return (int(least or 0), int(most or MOST)) if least or most else None

    @property
    def states(self) -> tuple[str, ...]:
        """What is looked for: only what is open, unless the address says otherwise."""
        return self.filters.get("state", ()) or (OPEN,)

    def address(self, *, path: str = "/search", **changed: Any) -> str:
        """The page's address, or that of another form of it, with some of its parts changed; None leaves a part out."""
        parts: dict[str, Any] = {"q": self.text, **self.filters}
        if self.sort != "best":
            parts["sort"] = self.sort
        parts |= changed
        return f"{path}?" + urlencode({name: value for name, value in parts.items() if value}, doseq=True)

    @property
    def kept_as(self) -> str:
        """The query string without order and page: the same for the same question."""
        filters = {name: sorted(values) for name, values in sorted(self.filters.items()) if values}
        return urlencode(({"q": self.text} if self.text else {}) | filters, doseq=True)

    def typed_filters(self, values: Values) -> str | None:
        """The address that says with filters what the box says with words such as `kind:challenge`; None where it says none."""
        understood = read(self.text, values)
        if not understood.filters:
            return None
        merged: dict[str, Any] = {
            name: chosen if name in ONE else tuple(dict.fromkeys((*self.filters.get(name, ()), *chosen)))
            for name, chosen in understood.filters.items()
        }
        return self.address(q=understood.text, **merged)

    def typed(self, names: Names) -> str:
        """The whole question as it could be typed into the box."""
        return written(self.text, self.filters, names)

    def without(self, name: str, value: str) -> str:
        """The address with one filter less."""
        left: dict[str, Any] = {name: self.dropping(name, value).filters[name]}
        return self.address(**left)

    def dropping(self, name: str, value: str) -> "Asked":
        """The same with one filter less, from its first page on."""
        left = () if name in TOGETHER else tuple(v for v in self.filters.get(name, ()) if v != value)
        return replace(self, filters={**self.filters, name: left}, page=1, at=None)

    def each_filter(self) -> Iterator[tuple[str, str]]:
        """Name and value of every filter that is on; of those whose values belong together, the first alone."""
        return ((name, value) for name, values in self.filters.items() for value in (values[:1] if name in TOGETHER else values))


def by_kind(text: str, actor: Actor) -> Query:
    """How many listings of each kind that are open these words find, and none of them."""
    return replace(Asked.of_words(text).query(actor, {}), facets=("kind",), per_page=1)


def page_in(args: "MultiDict[str, str]") -> int:
    """The number of the page that is asked for; the first where there is none such."""
    page = args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return max(1, min(number, MAX_HITS // PER_PAGE))


def _whole(text: str) -> str:
    """The digits of a whole number above zero that is no mistake; empty otherwise."""
    digits = text.strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else 0
    return str(number) if 0 < number <= MOST else ""


def _states(asked: Sequence[str]) -> tuple[str, ...]:
    """Those asked for; none where that is only what is looked for anyway."""
    chosen = tuple(state for state in STATES if state in asked)
    return () if chosen == (OPEN,) else chosen
