"""What the search may know of outcomes: those that both sides show to everybody."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies import OUTCOME_PUBLIC, outcome_tokens
from portal.collaborations.queries import OUTCOME
from portal.collaborations.states import OutcomeKind
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR, Actor
from portal.kernel.text import N_
from portal.organisations.models import Organisation
from portal.organisations.search import verified_names
from portal.search.engine.documents import Document
from portal.search.sources import Facet, Findable, Mark
from portal.search.telling import labels_of, themselves
from portal.web.words import gettext as _


def documents(session: Session, ids: Sequence[int]) -> list[Document]:
    """Those of `ids` that everybody may know of."""
    return [_document(outcome) for outcome in _public(session, ids)]


def all_ids(session: Session) -> Iterable[int]:
    """All that everybody may know of."""
    return session.scalars(select(Outcome.id).where(OUTCOME_PUBLIC.where(VISITOR)).order_by(Outcome.id)).all()


def rows(session: Session, _actor: Actor, ids: Sequence[int], mark: Mark) -> list[Mapping[str, Any]]:
    """The outcomes found, as far as everybody may know of them at this moment, in the order they were found in."""
    found = {each.id: each for each in _public(session, ids)}
    return [_row(found[number], mark) for number in ids if number in found]


def touched(session: Session, events: Sequence[Event]) -> set[int]:
    """The outcomes that changed, and those of collaborations and organisations that did."""
    changed = {event.subject_id for event in events if event.subject_type == "outcome" and event.subject_id}
    works = {event.subject_id for event in events if event.subject_type == "collaboration"}
    sides = {event.subject_id for event in events if event.subject_type == "organisation"}
    if works or sides:
        of_sides = or_(Collaboration.host_id.in_(sides), Collaboration.organisation_id.in_(sides))
        theirs = select(Outcome.id).join(Collaboration).where(or_(Collaboration.id.in_(works), of_sides))
        changed.update(session.scalars(theirs.where(Outcome.host_shown_at.is_not(None), Outcome.partner_shown_at.is_not(None))))
    return changed


def _public(session: Session, ids: Sequence[int]) -> Sequence[Outcome]:
    query = select(Outcome).options(*OUTCOME).where(Outcome.id.in_(ids), OUTCOME_PUBLIC.where(VISITOR))
    return session.scalars(query).unique().all()


def _sides(outcome: Outcome) -> tuple[Organisation, Organisation]:
    return outcome.collaboration.host, outcome.collaboration.organisation


def _document(outcome: Outcome) -> Document:
    """Both organisations lie in the column of levels, the year in that of modes."""
    sides = _sides(outcome)
    return Document(
        id=outcome.id,
        type="outcome",
        kind=str(outcome.kind.value),
        organisation_id=outcome.side_id,
        organisation="\n".join(" ".join((each.name, each.short_name)) for each in sides),
        fields=(),
        reference=(outcome.identifier or "").partition(":")[2],
        title=outcome.title,
        summary=outcome.kind.label,
        text="",
        readers=outcome_tokens(outcome),
        state="",
        published_at=int(outcome.at.timestamp()),
        mode=str(outcome.at.year),
        levels=tuple(str(each.id) for each in sides),
    )


def _row(outcome: Outcome, mark: Mark) -> Mapping[str, Any]:
    return {
        "number": outcome.id,
        "kind": "outcome",
        "kind_label": _(outcome.kind.label),
        "title": mark(outcome.title, 0, outcome.id),
        "href": f"{outcome.href}/public",
        "summary": mark((outcome.identifier or "").partition(":")[2], 0, outcome.id),
        "closes": str(outcome.at.year),
        "organisation": ", ".join(each.name for each in _sides(outcome)),
    }


FINDABLE_OUTCOMES = Findable(
    name="outcomes",
    label=N_("Outcomes"),
    documents=documents,
    all_ids=all_ids,
    rows=rows,
    touched=touched,
    nothing=N_("No outcome uses all of these words. Those are found here that both sides confirmed and show to everybody."),
    facets=(
        Facet("kind", N_("Kind"), "kind", labels_of(OutcomeKind)),
        Facet("organisation", N_("Organisation"), "level", verified_names),
        Facet("year", N_("Year"), "mode", themselves),
    ),
    sorts=(("newest", N_("Newest")),),
)
