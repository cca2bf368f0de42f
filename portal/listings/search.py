"""What the search may know of listings: those open for answers or announced, and only for whom they were published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, joinedload

from portal.kernel.db import AnySelect, plain_rows
from portal.kernel.events import Event
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.states import Labelled
from portal.kernel.units import minor_digits
from portal.listings.models import ChallengeDetail, Field, InternshipDetail, Listing, ListingField, ProjectDetail
from portal.listings.policies import AUDIENCE, FINDABLE, reader_tokens
from portal.listings.queries import FULL, ancestors_of, descendants_of, organisations_named, owned_by, terms_among
from portal.listings.states import IpStance, Kind, Level, ListingState, Mode, PayPeriod, Visa
from portal.organisations.models import Organisation
from portal.search.engine.documents import Document
from portal.search.sources import Finding, Mark, Searched
from portal.search.telling import unmarked
from portal.web.filters import day, due, money, money_range
from portal.web.words import gettext as _

EXCERPT = 240  # characters of a summary that a result shows
_WORDS_OF = {  # what a kind's own texts add to what is searched
    Kind.PROJECT: ("acronym", "funder", "programme", "partner_sought", "results", "ip_stance"),
    Kind.CHALLENGE: ("must_haves", "out_of_scope", "criteria", "eligibility", "phases", "ip_stance"),
    Kind.INTERNSHIP: ("eligibility", "level", "visa", "supervisor"),
    Kind.TRAINING: ("provider", "prerequisites", "level", "mode", "licence", "sessions"),
    Kind.COMPUTE: ("accelerator", "software", "eligibility", "grid_region", "data_class"),
}
_SAYING_NOTHING = (IpStance.OPEN, Level.ANY, Visa.UNSAID)
_MONEY_OF = {
    Kind.PROJECT: ("amount_minor",),
    Kind.CHALLENGE: ("budget_minor", "prize_minor"),
    Kind.INTERNSHIP: ("pay_minor",),
}
_HOURS_PER_WEEK = 40  # of an internship that does not say
_WEEKS_PER_MONTH = 52 / 12

# Columns, not objects: a page holds twenty rows, and objects would cost more than all the rest of it. By their numbers alone:
# asked for the state as well, SQLite takes the index of states and reads every open listing. The rule is asked of each row.
_ROWS: AnySelect = (
    select(
        *(Listing.id, Listing.kind, Listing.title, Listing.summary, Listing.closes_at, Listing.place, Listing.remote),
        *(Listing.currency, Organisation.name.label("organisation"), Organisation.slug.label("organisation_slug")),
        *(ProjectDetail.amount_minor, ChallengeDetail.budget_minor, ChallengeDetail.prize_minor),
        *(InternshipDetail.pay_minor, InternshipDetail.pay_period),
        *(Listing.published_at, Listing._state.label("state"), Listing.visibility, Listing.organisation_id),
        *(Listing.readers.label("readers"), Listing.opens_at, Listing.announced_at),
    )
    .join(Organisation, Organisation.id == Listing.organisation_id)
    .outerjoin(ProjectDetail, ProjectDetail.listing_id == Listing.id)
    .outerjoin(ChallengeDetail, ChallengeDetail.listing_id == Listing.id)
    .outerjoin(InternshipDetail, InternshipDetail.listing_id == Listing.id)
    .where(Listing.id.in_(bindparam("ids", expanding=True)))
)


def documents(session: Session, ids: Sequence[int]) -> list[Document]:
    """Those of `ids` that somebody may find."""
    words = joinedload(Listing.field_links).joinedload(ListingField.field).undefer(Field.translations)
    query = select(Listing).where(Listing.id.in_(ids), Listing._state.in_(FINDABLE)).options(*FULL, words)
    listings = session.scalars(query).unique().all()
    above = ancestors_of(session, {term for listing in listings for term in listing.fields})
    return [_document(listing, above) for listing in listings]


def all_ids(session: Session) -> Iterable[int]:
    """Every listing that somebody may find."""
    return session.scalars(select(Listing.id).where(Listing._state.in_(FINDABLE)).order_by(Listing.id)).all()


def rows(session: Session, actor: Actor, ids: Sequence[int], mark: Mark) -> list[Mapping[str, Any]]:
    """The listings found, as far as `actor` may read them at this moment, in the order they were found in."""
    return [_row(row, mark) for row in _readable(session, actor, ids)]


def findings(session: Session, actor: Actor, ids: Sequence[int]) -> list[Finding]:
    """The same as plain facts."""
    return [_finding(row) for row in _readable(session, actor, ids)]


def _readable(session: Session, actor: Actor, ids: Sequence[int]) -> Iterable[Row[Any]]:
    found = {row.id: row for row in plain_rows(session, _ROWS, {"ids": list(ids)})}
    known = (found[number] for number in ids if number in found)
    return (row for row in known if row.state in FINDABLE and AUDIENCE.holds(actor, row))


def touched(session: Session, events: Sequence[Event]) -> set[int]:
    """The listings that changed, and those of organisations and fields that did."""
    changed = {event.subject_id for event in events if event.subject_type == "listing"}
    renamed = {event.subject_id for event in events if event.subject_type == "organisation"}
    if renamed:
        of_these = select(Listing.id).where(Listing.organisation_id.in_(renamed), Listing._state.in_(FINDABLE))
        changed.update(session.scalars(of_these))
    terms = {event.subject_id for event in events if event.subject_type == "field"}
    terms |= {event.data["into_id"] for event in events if event.subject_type == "field" and event.data["into_id"]}
    if terms:
        terms |= descendants_of(session, terms)
        changed.update(session.scalars(select(ListingField.listing_id).where(ListingField.field_id.in_(terms))))
    return changed


def organisations(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """Their names."""
    return dict(organisations_named(session, ids))


def _document(listing: Listing, above: Mapping[int, Sequence[str]]) -> Document:
    """`above`: the labels of what each field belongs to, by its number: who looks for those finds it too."""
    labels = [word for term in listing.fields for word in (term.label, *term.translations.values(), *above.get(term.id, ()))]
    texts = [listing.description, *(_words(value) for value in _own(listing, _WORDS_OF))]
    return Document(
        id=listing.id,
        type="listing",
        kind=str(listing.kind.value),
        organisation_id=listing.organisation_id,
        organisation=listing.organisation.name,
        fields=_fields(listing, above),
        reference=listing.reference,
        title=listing.title,
        summary=listing.summary,
        text="\n".join(unmarked(text) for text in texts if text),
        readers=reader_tokens(listing),
        state=str(listing.state.value),
        published_at=int((listing.published_at or listing.announced_at or listing.created_at).timestamp()),
        closes_at=int(listing.closes_at.timestamp()) if listing.closes_at else None,
        paid=any(_own(listing, _MONEY_OF)),
        remote=listing.remote,
        place=listing.place,
        skills=tuple(listing.skills),
        topics="\n".join((*listing.skills, *dict.fromkeys(labels))),
        trl=getattr(listing.detail, "trl", None),
        levels=_levels(getattr(listing.detail, "level", None)),
        mode=str(getattr(listing.detail, "mode", "")),
        amount=_amount(listing),
        currency=listing.currency if any(_own(listing, _MONEY_OF)) else "",
        language=listing.language,
    )


def _fields(listing: Listing, above: Mapping[int, Sequence[str]]) -> tuple[str, ...]:
    """Its fields, and what they belong to: whoever chooses that finds it, and is told how many there are."""
    own = sorted(term.label for term in listing.fields)
    return tuple(dict.fromkeys((*own, *(label for term in listing.fields for label in above.get(term.id, ())))))


def _levels(level: Level | None) -> tuple[str, ...]:
    """What is for any level is for each."""
    if level is None:
        return ()
    return tuple(str(one) for one in Level if one is level or (level is Level.ANY and one is not Level.ANY))


def _amount(listing: Listing) -> int:
    """The largest sum it names, in whole units of its currency; pay by the hour is counted as that of a month."""
    largest = max((value for value in _own(listing, _MONEY_OF) if value), default=0)
    whole = int(largest // 10 ** minor_digits(listing.currency))
    detail = listing.internship if listing.kind is Kind.INTERNSHIP else None
    if detail is None or detail.pay_period is not PayPeriod.HOUR:
        return whole
    return int(whole * (detail.hours_per_week or _HOURS_PER_WEEK) * _WEEKS_PER_MONTH)


def _own(listing: Listing, names: Mapping[Kind, tuple[str, ...]]) -> list[Any]:
    """Values of the kind's details."""
    return [getattr(listing.detail, name) for name in names.get(listing.kind, ())] if listing.detail else []


def _words(value: Any) -> str:
    """A detail as words: a choice by its label – unless it says nothing –, rows one after the other."""
    if isinstance(value, Labelled):
        return "" if value in _SAYING_NOTHING else value.label
    return "\n".join(str(row) for row in value) if isinstance(value, tuple) else value


def _beyond(title: str, summary: str) -> str:
    """The summary without the title, with which imported ones begin: it stands right above."""
    return "" if summary == title else summary.removeprefix(f"{title} · ")


def _row(listing: Row[Any], mark: Mark) -> Mapping[str, Any]:
    facts, elsewhere = listing.kind.facts, listing.place and listing.remote
    return {
        "kind": str(listing.kind.value),
        "number": listing.id,
        "reference": reference(facts.prefix, listing.id),
        "kind_label": _(listing.kind.label),
        "icon": facts.icon,
        "title": mark(listing.title, 0, listing.id),
        "href": f"/{facts.path}/{reference(facts.prefix, listing.id)}",
        "summary": mark(_beyond(listing.title, listing.summary), EXCERPT, listing.id),
        "texts": {
            **{"title": listing.title, "summary": listing.summary},
            **{"organisation": listing.organisation, "reference": reference(facts.prefix, listing.id)},
        },
        "announced": listing.state is ListingState.ANNOUNCED,
        "closes": _until(listing),
        "closes_tone": _tone(listing),
        "organisation": listing.organisation,
        "organisation_href": f"/organisations/{listing.organisation_slug}",
        "place": _("%(place)s, or from elsewhere", place=listing.place) if elsewhere else listing.place,
        "money": _money(listing),
    }


def _until(listing: Row[Any]) -> str:
    """What time does to it next, in words."""
    if listing.state is ListingState.ANNOUNCED:
        return _("Announced: opens %(day)s", day=day(listing.opens_at, weekday=False))
    return _("Closes %(day)s", day=day(listing.closes_at, weekday=False)) if listing.closes_at else _("Open until filled")


def _tone(listing: Row[Any]) -> str | None:
    if listing.state is ListingState.ANNOUNCED:
        return "info"
    return "turn" if due(listing.closes_at)[1] == "turn" else None


def _finding(listing: Row[Any]) -> Finding:
    facts = listing.kind.facts
    number = reference(facts.prefix, listing.id)
    return Finding(
        reference=number,
        kind=_(listing.kind.label),
        title=listing.title,
        summary=f"{_until(listing)}. {listing.summary}" if listing.state is ListingState.ANNOUNCED else listing.summary,
        organisation=listing.organisation,
        place=listing.place,
        remote=listing.remote,
        published_at=listing.published_at or listing.announced_at,
        opens_at=listing.opens_at if listing.state is ListingState.ANNOUNCED else None,
        closes_at=listing.closes_at,
        href=f"/{facts.path}/{number}",
    )


def _money(listing: Row[Any]) -> str:
    currency = listing.currency
    if listing.kind is Kind.CHALLENGE:
        return money_range(None, listing.budget_minor, currency) or money(listing.prize_minor, currency)
    if listing.kind is Kind.PROJECT:
        return money(listing.amount_minor, currency)
    return f"{money(listing.pay_minor, currency)} {_(listing.pay_period.label)}" if listing.pay_minor else ""


SEARCHED = Searched(
    documents=documents,
    all_ids=all_ids,
    rows=rows,
    findings=findings,
    touched=touched,
    organisations=organisations,
    terms=terms_among,
    owned=owned_by,
    choices={
        "level": {str(level): level.label for level in Level if level is not Level.ANY},
        "mode": {str(mode): mode.label for mode in Mode},
    },
    kinds={str(kind.value): kind.facts.plural for kind in Kind},
)
