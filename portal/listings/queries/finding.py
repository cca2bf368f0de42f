"""What the search asks besides listings: what a field belongs to and what belongs to it, and what is somebody's own."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.models import Field, Listing, ListingFollow, Skill
from portal.listings.policies import FINDABLE, OWNER

_AT_ONCE = 500  # phrases in one statement
_DEEPEST = 8  # steps from a field up or down: no vocabulary has more, and a circle ends


def ancestors_of(session: Session, fields: Collection[Field]) -> Mapping[int, Sequence[str]]:
    """Labels of what each field belongs to, the nearest first, by the field's number; one statement a step."""
    known: dict[tuple[str, str], tuple[str, str]] = {}  # of a term: its label, and the code above
    wanted = {(term.scheme, term.parent) for term in fields if term.parent}
    for _ in range(_DEEPEST):
        if not (missing := wanted - known.keys()):
            break
        query = select(Field.scheme, Field.code, Field.label, Field.parent)
        rows = session.execute(query.where(tuple_(Field.scheme, Field.code).in_(sorted(missing)))).all()
        known |= dict.fromkeys(missing, ("", "")) | {(row.scheme, row.code): (row.label, row.parent) for row in rows}
        wanted = {(row.scheme, row.parent) for row in rows if row.parent}
    return {term.id: list(_upwards(known, term.scheme, term.parent)) for term in fields}


def _upwards(known: Mapping[tuple[str, str], tuple[str, str]], scheme: str, code: str) -> list[str]:
    labels = []
    for _ in range(_DEEPEST):
        label, code = known.get((scheme, code), ("", ""))
        if not label:
            break
        labels.append(label)
    return labels


def descendants_of(session: Session, field_ids: Collection[int]) -> set[int]:
    """Numbers of all fields that belong to these, at any depth; one statement a step."""
    found: set[int] = set()
    query = select(Field.id, Field.scheme, Field.code)
    above = session.execute(query.where(Field.id.in_(field_ids))).all()
    for _ in range(_DEEPEST):
        pairs = [(row.scheme, row.code) for row in above]
        above = [
            row
            for row in (session.execute(query.where(tuple_(Field.scheme, Field.parent).in_(pairs))) if pairs else ())
            if row.id not in found
        ]
        found |= {row.id for row in above}
    return found


def owned_by(session: Session, actor: Actor, asked: Sequence[str]) -> Mapping[str, frozenset[int]]:
    """Listings that can be found and that are this person's as owner or co-owner ("mine"), or that they follow ("followed").

    Nothing for a visitor; a statement for each word asked.
    """
    if not actor.is_person:
        return {}
    queries = {
        "mine": select(Listing.id).where(OWNER.where(actor), Listing._state.in_(FINDABLE)),
        "followed": select(ListingFollow.listing_id).where(ListingFollow.account_id == actor.id),
    }
    return {name: frozenset(session.scalars(queries[name])) for name in asked if name in queries}


def terms_among(session: Session, phrases: Collection[str]) -> dict[str, str]:
    """Of these phrases in lower case those that are labels of fields or skills, with the label as it is written."""
    wanted, found = sorted(phrases), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        for label in (Field.label, Skill.label):
            asked = select(label).where(func.lower(label).in_(wanted[start : start + _AT_ONCE]))
            found |= {text.lower(): text for text in session.scalars(asked)}
    return found
