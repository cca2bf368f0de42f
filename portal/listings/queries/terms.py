"""Vocabularies as administrators see them: schemes, terms, and what is filed under each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session, undefer

from portal.kernel.errors import Missing
from portal.kernel.paging import PAGE, Slice, decode, encode
from portal.kernel.text import one_line
from portal.listings.models import Field, ListingField, Skill
from portal.listings.queries.reading import FORD

SUGGESTED = 8
VOCABULARIES: dict[str, Any] = {"fields": Field, "skills": Skill}  # by the word in their addresses


@dataclass(frozen=True)
class Scheme:
    """One vocabulary: what kind of term it has, its name, and how many."""

    kind: str
    name: str
    terms: int


def schemes(session: Session) -> list[Scheme]:
    """Every vocabulary that is here."""
    counted = [
        (kind, select(model.scheme, func.count().label("terms")).group_by(model.scheme).order_by(model.scheme))
        for kind, model in VOCABULARIES.items()
    ]
    return [Scheme(kind, row.scheme, row.terms) for kind, query in counted for row in session.execute(query)]


def terms_page(session: Session, kind: str, scheme: str, words: str, cursor: str | None) -> Slice[Any]:
    """Terms by label, those of one scheme and with these words in label or code where that is asked.

    Raises:
        Missing: there is no such kind of vocabulary.
    """
    model = _model(kind)
    query = select(model).where(model.scheme == scheme) if scheme else select(model)
    if wanted := one_line(words)[:100]:
        query = query.where(or_(model.label.icontains(wanted, autoescape=True), model.code.icontains(wanted, autoescape=True)))
    values = decode(cursor, 2)
    if values is not None and isinstance(values[0], str) and isinstance(values[1], int):
        query = query.where(tuple_(model.label, model.id) > tuple_(*values))
    found: Sequence[Any] = session.scalars(query.order_by(model.label, model.id).limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return Slice(shown, encode([shown[-1].label, shown[-1].id]) if len(found) > PAGE else None)


def terms_like(session: Session, kind: str, words: str) -> Sequence[Any]:
    """A few terms to choose from that have `words` in their label, those that begin with it first.

    Raises:
        Missing: there is no such kind of vocabulary.
    """
    model = _model(kind)
    offered: tuple[Any, ...] = model.retired_at.is_(None), model.merged_into_id.is_(None)
    if model is Field:
        offered = (*offered, Field.scheme == FORD)
    begins = model.label.istartswith(words, autoescape=True)
    query = select(model).where(*offered, model.label.icontains(words, autoescape=True))
    return session.scalars(query.order_by(begins.desc(), func.length(model.label), model.label).limit(SUGGESTED)).all()


def term_tended(session: Session, kind: str, number: int) -> Any:
    """One term with all that is said of it.

    Raises:
        Missing: there is none.
    """
    model = _model(kind)
    found = session.get(model, number, options=(undefer(model.translations), undefer(model.edited_at)))
    if found is None:
        raise Missing
    return found


def term_coded(session: Session, model: Any, scheme: str, code: str) -> Any | None:
    """The term of that scheme and code."""
    return session.scalars(select(model).where(model.scheme == scheme, model.code == code)).one_or_none()


def filed_under(session: Session, term: Any) -> int:
    """How many listings have this field; skills are words of each listing's own."""
    if not isinstance(term, Field):
        return 0
    return session.scalar(select(func.count()).where(ListingField.field_id == term.id)) or 0


def _model(kind: str) -> Any:
    if kind not in VOCABULARIES:
        raise Missing
    return VOCABULARIES[kind]
