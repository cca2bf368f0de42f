"""Tending the vocabularies: a term added, reworded, retired, merged into another."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_
from portal.listings.events import TermTended
from portal.listings.inputs import NewTerm, TermText
from portal.listings.models import Field, ListingField
from portal.listings.queries import term_coded
from portal.listings.states import TermStep


def add_term(session: Session, model: Any, given: NewTerm, *, actor: Actor) -> Any:
    """A term of our own in a vocabulary; `model` is Field or Skill.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
        Invalid: the code is taken, or nothing has that of its parent.
    """
    require(ADMIN, actor, None)
    if term_coded(session, model, given.scheme, given.code) is not None:
        raise Invalid("code", N_("This code is taken. Choose another, or change the term that has it."))
    if given.parent and (model is not Field or term_coded(session, model, given.scheme, given.parent) is None):
        raise Invalid("parent", N_("No term of this vocabulary has that code."))
    term = model(scheme=given.scheme, code=given.code, label=given.label, translations=dict(given.translations))
    term.edited_at = clock.now()
    if model is Field:
        term.parent = given.parent
    session.add(term)
    record(session, TermTended(TermStep.ADDED), actor=actor, subject=term)
    return term


def reword_term(session: Session, term: Any, given: TermText, *, actor: Actor) -> None:
    """Let it read so; an import does not change that any more.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
    """
    require(ADMIN, actor, None)
    if (term.label, term.translations) != (given.label, dict(given.translations)):
        term.label, term.translations, term.edited_at = given.label, dict(given.translations), clock.now()
        record(session, TermTended(TermStep.REWORDED), actor=actor, subject=term)


def retire_term(session: Session, term: Any, *, retired: bool, actor: Actor) -> None:
    """Offer it no longer, or again; what is filed under it stays.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
    """
    require(ADMIN, actor, None)
    if (term.retired_at is not None) is not retired:
        term.retired_at = clock.now() if retired else None
        record(session, TermTended(TermStep.RETIRED if retired else TermStep.OFFERED), actor=actor, subject=term)


def merge_term(session: Session, term: Any, code: str, *, actor: Actor) -> Any:
    """Let the term with this code of the same vocabulary stand for `term`: what is filed there goes over, and its code leads on.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
        Invalid: there is no such term, or it is the same or was merged itself.
        Refused: `term` was merged before.
    """
    require(ADMIN, actor, None)
    model = type(term)
    if term.merged_into_id is not None:
        raise Refused(N_("Another term stands for this one already."))
    into = term_coded(session, model, term.scheme, code)
    if into is None or into is term or into.merged_into_id is not None:
        raise Invalid("code", N_("Enter the code of another term of this vocabulary, one that was not merged itself."))
    term.merged_into_id = into.id
    session.execute(update(model).where(model.merged_into_id == term.id).values(merged_into_id=into.id))
    if model is Field:
        _move(session, term, into)
    record(session, TermTended(TermStep.MERGED, into.id), actor=actor, subject=term)
    return into


def _move(session: Session, term: Field, into: Field) -> None:
    """Listings and narrower terms follow; a listing that has both keeps one."""
    both = select(ListingField.listing_id).where(ListingField.field_id == into.id)
    session.execute(delete(ListingField).where(ListingField.field_id == term.id, ListingField.listing_id.in_(both)))
    session.execute(update(ListingField).where(ListingField.field_id == term.id).values(field_id=into.id))
    below = Field.scheme == term.scheme, Field.parent == term.code, Field.id != into.id
    session.execute(update(Field).where(*below).values(parent=into.code))
