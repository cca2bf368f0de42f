"""Facts about saved searches. What somebody looks for stands in none of them."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class SearchSaved(Fact):
    """Somebody wants to be told of what fits a search."""

    kind: ClassVar[str] = "saved_search.saved"
    says: ClassVar[str] = N_("%(actor)s began to follow %(subject)s")


@dataclass(frozen=True)
class SearchPaced(Fact):
    """Its owner chose how often they are told."""

    kind: ClassVar[str] = "saved_search.paced"
    says: ClassVar[str] = N_("%(actor)s chose how often %(subject)s tells what is new")


@dataclass(frozen=True)
class SearchForgotten(Fact):
    """Its owner does not want it any more."""

    kind: ClassVar[str] = "saved_search.forgotten"
    says: ClassVar[str] = N_("%(actor)s gave up the search %(subject)s")


@dataclass(frozen=True)
class SearchMatched(Fact):
    """So many listings that fit were published since it was last looked."""

    kind: ClassVar[str] = "saved_search.matched"
    says: ClassVar[str] = N_("New for the search %(subject)s: %(count)s")
    count: int
