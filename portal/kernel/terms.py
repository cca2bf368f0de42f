"""The fields of research that people and things are filed under, for features below the one that tends them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session


class Term(Protocol):
    """One field; `code` places it in its tree: 1.2 belongs to 1."""

    id: int
    code: str
    label: str


@dataclass(frozen=True)
class Terms:
    """`offered` are those to choose from, in order; `numbered` those of given ids as they stand now: one that was merged into
    another is that other, one that is gone is left out.
    """

    offered: Callable[[Session], Sequence[Term]]
    numbered: Callable[[Session, Collection[int]], Sequence[Term]]


_terms: list[Terms] = []


def use_terms(terms: Terms) -> None:
    """Hand over who knows them; called once by the wiring."""
    _terms[:] = [terms]


def the_terms() -> Terms:
    """Who knows them."""
    return _terms[0]


def grouped(terms: Iterable[Term], chosen: Collection[str]) -> list[list[tuple[str, str, bool]]]:
    """Code, label and whether it is chosen, of each term: each top term with those under it."""
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for term in terms:
        groups.setdefault(term.code.split(".")[0], []).append((term.code, term.label, term.code in chosen))
    return list(groups.values())
